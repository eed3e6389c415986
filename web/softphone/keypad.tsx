// Twelve keys. They are buttons for fingers and pointers, and while one of them has the focus the same keys of the
// keyboard press them as well: letters and digits elsewhere on the page are nobody's shortcut (WCAG 2.1.4).

import { type KeyboardEvent, type RefObject, useRef } from 'react';
import { useSay } from '../language/phrases.ts';
import { KEYS, type Key } from './phone.ts';
import { softphonePhrases } from './softphone-phrases.ts';

const LETTERS: Partial<Record<Key, string>> = {
  ...{ 2: 'ABC', 3: 'DEF', 4: 'GHI', 5: 'JKL', 6: 'MNO', 7: 'PQRS', 8: 'TUV', 9: 'WXYZ' },
};

export type KeypadProps = {
  readonly onKey: (key: Key) => void;
  readonly isDisabled?: boolean;
  readonly first?: RefObject<HTMLButtonElement | null>;
};

export function Keypad({ onKey, isDisabled = false, first }: KeypadProps) {
  const say = useSay(softphonePhrases);
  const room = useRef<HTMLFieldSetElement>(null);
  const names: Partial<Record<Key, string>> = { '*': say('key.star'), '#': say('key.pound') };
  const typed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const key = KEYS.find((one) => one === event.key);
    if (key === undefined || isDisabled) return;
    event.preventDefault();
    onKey(key);
    const button = room.current?.querySelector<HTMLElement>(`[data-key="${key}"]`);
    button?.animate?.([{ filter: 'brightness(0.8)' }, {}], 150);
  };
  return (
    <fieldset className="keypad" ref={room} onKeyDown={typed} aria-describedby="keypad-hint">
      <legend className="unseen">{say('keypad')}</legend>
      {KEYS.map((key, i) => (
        <button
          key={key}
          ref={i === 0 ? first : undefined}
          type="button"
          className="keypad-key"
          data-key={key}
          aria-label={names[key]}
          // Not `disabled`: the focus stays where it is when a call ends.
          aria-disabled={isDisabled || undefined}
          onClick={() => {
            if (!isDisabled) onKey(key);
          }}
        >
          <span aria-hidden={names[key] !== undefined}>{key}</span>
          {LETTERS[key] === undefined ? null : (
            <span className="keypad-letters" aria-hidden="true">
              {LETTERS[key]}
            </span>
          )}
        </button>
      ))}
    </fieldset>
  );
}
