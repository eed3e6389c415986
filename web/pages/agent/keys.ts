// The keys of the agent's page: what each does, where it stands at first, and what this browser's user has made of it. By
// the place of the key (`event.code`), so that they are where the hand expects them on every keyboard; never with AltGr,
// Ctrl or Meta, and never while somebody writes (WCAG 2.1.4: each can be changed or turned off).

export const KEY_ACTS = [
  'accept',
  'reject',
  'hang_up',
  'voicemail',
  'hold',
  'consult',
  'join',
  'hand_over',
  'mute',
  'keypad',
  'ready',
  'not_ready',
  'outcome_reached',
  'outcome_voicemail',
  'outcome_wrong_person',
  'outcome_again',
  'note',
  'save_ready',
  'longer',
] as const;

export type KeyAct = (typeof KEY_ACTS)[number];

/** Codes of keys; empty: none. */
export type KeyMap = Readonly<Record<KeyAct, string>>;

export const FIRST_KEYS: KeyMap = {
  accept: 'KeyA',
  reject: 'KeyX',
  hang_up: 'KeyH',
  voicemail: 'KeyV',
  hold: 'KeyP',
  consult: 'KeyC',
  join: 'KeyJ',
  hand_over: 'KeyO',
  mute: 'KeyM',
  keypad: 'KeyK',
  ready: 'KeyR',
  not_ready: 'KeyN',
  outcome_reached: 'Digit1',
  outcome_voicemail: 'Digit2',
  outcome_wrong_person: 'Digit3',
  outcome_again: 'Digit4',
  note: 'KeyW',
  save_ready: 'KeyS',
  longer: 'KeyL',
};

const STORE = 'rappel-agent-keys';

type Storage = Pick<globalThis.Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** What was stored, as far as it makes sense; the rest as at first. */
export function storedKeys(storage: Storage): KeyMap {
  try {
    const stored: unknown = JSON.parse(storage.getItem(STORE) ?? '{}');
    const given = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
    return Object.fromEntries(
      KEY_ACTS.map((act) => {
        const code = given[act];
        return [act, typeof code === 'string' && /^\w{0,24}$/.test(code) ? code : FIRST_KEYS[act]];
      }),
    ) as KeyMap;
  } catch {
    return FIRST_KEYS;
  }
}

export function storeKeys(storage: Storage, keys: KeyMap): void {
  try {
    if (keys === FIRST_KEYS) storage.removeItem(STORE);
    else storage.setItem(STORE, JSON.stringify(keys));
  } catch {
    // A browser that stores nothing: it holds for as long as the page does.
  }
}

/** One key does one thing: whatever had it before has none. */
export function withKey(keys: KeyMap, act: KeyAct, code: string): KeyMap {
  const others = KEY_ACTS.map((one) => [one, code !== '' && keys[one] === code ? '' : keys[one]]);
  return { ...(Object.fromEntries(others) as KeyMap), [act]: code };
}

/** As far as a key event is concerned; a part of KeyboardEvent. */
export type Pressed = {
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  getModifierState(name: string): boolean;
};

export function isPlain(event: Pressed): boolean {
  const { ctrlKey, altKey, metaKey, repeat, isComposing } = event;
  return !(ctrlKey || altKey || metaKey || repeat || isComposing || event.getModifierState('AltGraph'));
}

export function actOf(keys: KeyMap, event: Pressed): KeyAct | null {
  if (event.code === '' || !isPlain(event)) return null;
  return KEY_ACTS.find((act) => keys[act] === event.code) ?? null;
}

/** Where what is pressed is written, or is the element's own: fields, lists, menus and dialogs. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type="radio"]), textarea, select, [contenteditable], [role="listbox"], [role="menu"], [role="dialog"], [role="alertdialog"]',
    ) !== null
  );
}

/** `KeyA` is A, `Digit1` is 1: what most keyboards have there, unless the browser knows better. */
export function keyName(code: string, layout: ReadonlyMap<string, string> | null): string {
  const known = layout?.get(code);
  if (known !== undefined && known.trim() !== '') return known.toUpperCase();
  return code.replace(/^(Key|Digit)/, '').replace(/^Numpad/, 'Num ');
}
