// The draft: what is in force, the text as somebody is changing it, what the centre has against it and what it would
// change. Every change of the text is checked by the centre itself, by what `rappel check` looks at; nothing is judged here.

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Checked, DocumentView } from '../../../../src/config/checked.ts';
import type { ConfigurationFile } from '../../../../src/config/schema.ts';
import { ask, type Fault } from '../../../access/api.ts';
import { documentOf, type Path, withValue } from './draft-text.ts';

export type Draft = {
  readonly inForce: DocumentView;
  readonly text: string;
  /** What the text says; undefined where it is no YAML. Its shape may be wrong. */
  readonly file: Partial<ConfigurationFile> | undefined;
  /** Null while it is being looked at. */
  readonly checked: Checked | null;
  readonly isChanged: boolean;
  setText(text: string): void;
  set(path: Path, value: unknown): void;
  discard(): void;
  /** Reads what is in force anew; the draft stays, unless it is what counts now. */
  reload(): Promise<void>;
};

const Room = createContext<Draft | null>(null);

export function useDraft(): Draft {
  const draft = useContext(Room);
  if (draft === null) throw new Error('a part of the configuration stands outside of the draft');
  return draft;
}

/** The centre works hours out for more than a year in each check: not at every key. */
const CHECK_AFTER_MS = 400;

export function DraftRoom({
  children,
  onFault,
}: {
  readonly children: ReactNode;
  readonly onFault: (fault: Fault) => void;
}) {
  const [inForce, setInForce] = useState<DocumentView | null>(null);
  const [text, setText] = useState<string | null>(null);
  const complain = useRef(onFault);
  complain.current = onFault;

  const reload = useCallback(async () => {
    const answer = await ask<DocumentView>('GET', '/configuration/document');
    if (answer.ok) setInForce(answer.value);
    else complain.current(answer.fault);
  }, []);
  useEffect(() => void reload(), [reload]);
  const shown = text ?? inForce?.yaml ?? '';
  const checked = useChecked(shown, inForce, complain.current);
  const file = useMemo(() => documentOf(shown) as Partial<ConfigurationFile> | undefined, [shown]);

  const draft = useMemo<Draft | null>(
    () =>
      inForce === null
        ? null
        : {
            ...{ inForce, text: shown, file, checked, reload },
            isChanged: shown !== inForce.yaml,
            setText,
            set: (path, value) => setText((before) => withValue(before ?? inForce.yaml, path, value)),
            discard: () => setText(null),
          },
    [inForce, shown, file, checked, reload],
  );
  return draft === null ? null : <Room.Provider value={draft}>{children}</Room.Provider>;
}

/** Of the text as it is now; an answer about an earlier one is let go. */
function useChecked(
  text: string,
  inForce: DocumentView | null,
  onFault: (fault: Fault) => void,
): Checked | null {
  const [found, setFound] = useState<{
    readonly text: string;
    readonly version: string;
    readonly checked: Checked;
  }>();
  const version = inForce?.version;
  useEffect(() => {
    if (version === undefined) return;
    let isOver = false;
    const timer = setTimeout(async () => {
      const answer = await ask<Checked>('POST', '/configuration/check', { yaml: text });
      if (isOver) return;
      if (answer.ok) setFound({ text, version, checked: answer.value });
      else onFault(answer.fault);
    }, CHECK_AFTER_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [text, version, onFault]);
  return found?.text === text && found.version === version ? found.checked : null;
}
