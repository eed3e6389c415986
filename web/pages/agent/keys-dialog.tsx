// All keys of the page, and the way to change each. Loaded when it is asked for.

import { useEffect, useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { useSay } from '../../language/phrases.ts';
import { agentPhrases } from './agent-phrases.ts';
import { FIRST_KEYS, isPlain, KEY_ACTS, type KeyAct, keyName, withKey } from './keys.ts';
import type { Keys } from './use-keys.ts';

/** What stays what it is everywhere: moving about, and leaving. */
const NEVER =
  /^(Tab|Escape|Enter|NumpadEnter|Space|Arrow\w+|Shift\w+|Control\w+|Alt\w+|Meta\w+|F\d+|CapsLock|Page\w+|Home|End)$/;

type Props = { readonly keys: Keys; readonly onClose: () => void };

export default function KeysDialog({ keys: { keys, layout, set }, onClose }: Props) {
  const say = useSay(agentPhrases);
  const [changing, setChanging] = useState<KeyAct | null>(null);
  useEffect(() => {
    if (changing === null) return;
    const press = (event: KeyboardEvent) => {
      if (event.code === 'Tab') return;
      event.preventDefault();
      event.stopPropagation();
      if (event.code === 'Delete' || event.code === 'Backspace') set(withKey(keys, changing, ''));
      else if (isPlain(event) && event.code !== '' && !NEVER.test(event.code))
        set(withKey(keys, changing, event.code));
      else if (event.code !== 'Escape') return;
      setChanging(null);
    };
    addEventListener('keydown', press, true);
    return () => removeEventListener('keydown', press, true);
  }, [changing, keys, set]);
  const nameOf = (act: KeyAct) =>
    changing === act ? say('keys.press') : keys[act] === '' ? say('keys.off') : keyName(keys[act], layout);
  return (
    <Dialog title={say('keys.title')} isOpen onClose={onClose}>
      <p>{say('keys.what')}</p>
      <ul className="desk-keys">
        {KEY_ACTS.map((act) => (
          <li key={act}>
            <span>{say(`key.${act}`)}</span>
            <Button
              size="small"
              aria-label={say('keys.change', { act: say(`key.${act}`), key: nameOf(act) })}
              onPress={() => setChanging(act)}
            >
              <kbd>{nameOf(act)}</kbd>
            </Button>
          </li>
        ))}
      </ul>
      <p className="soft small">{say('keys.in_note')}</p>
      <div className="ask-acts">
        <Button onPress={() => set(FIRST_KEYS)}>{say('keys.reset')}</Button>
      </div>
    </Dialog>
  );
}
