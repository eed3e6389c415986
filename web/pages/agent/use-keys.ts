// The keys of the page in a component: what is pressed does what the page offers just now under that key, and nothing else.

import { useEffect, useRef, useState } from 'react';
import { actOf, isWriting, type KeyAct, type KeyMap, storedKeys, storeKeys } from './keys.ts';

/** What can be done now. */
export type KeyActs = Readonly<Partial<Record<KeyAct, () => unknown>>>;

export type Keys = {
  readonly keys: KeyMap;
  readonly layout: ReadonlyMap<string, string> | null;
  set(keys: KeyMap): void;
};

export function useKeys(): Keys {
  const [keys, setKeys] = useState<KeyMap>(() => storedKeys(localStorage));
  const [layout, setLayout] = useState<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    const { keyboard } = navigator as { keyboard?: { getLayoutMap?(): Promise<Map<string, string>> } };
    keyboard?.getLayoutMap?.().then(setLayout, () => undefined);
  }, []);
  return {
    keys,
    layout,
    set(next) {
      storeKeys(localStorage, next);
      setKeys(next);
    },
  };
}

/** `onList`: the key that lists them all, by its sign since that is how people know it. */
export function usePressed(keys: KeyMap, acts: KeyActs, onList: () => void): void {
  const now = useRef({ keys, acts, onList });
  now.current = { keys, acts, onList };
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isWriting(event.target)) return;
      const { keys, acts, onList } = now.current;
      if (event.key === '?' && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        onList();
        return;
      }
      const act = actOf(keys, event);
      const doIt = act === null ? undefined : acts[act];
      if (doIt === undefined) return;
      event.preventDefault();
      doIt();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}
