// A house for the contract suite: writes down what telephony tells, answers the fence from a list of permissions, and
// keeps numbers in a plain map. It decides nothing. Waiting is for an input that was told or will be.

import type { Dialled } from '../../src/core/dialled.ts';
import type { NumberKey } from '../../src/core/id.ts';
import type { TelephonyInput } from '../../src/core/input.ts';
import type { ExtensionView, NumberView } from '../../src/core/number.ts';
import type { House } from '../../src/telephony/telephony.ts';

type InputOf<T extends TelephonyInput['type']> = Extract<TelephonyInput, { type: T }>;
type Waiter = {
  readonly matches: (input: TelephonyInput) => boolean;
  readonly found: (input: TelephonyInput) => void;
};

export class RecordingHouse implements House {
  takesCalls = true;
  /** All that was told, in order. */
  readonly told: TelephonyInput[] = [];
  /** All texts that were given to be taken, in order. */
  readonly taken: string[] = [];
  /** Attempts that were asked for at the fence, in order. */
  readonly asked: string[] = [];
  readonly #permitted = new Map<string, Dialled>();
  readonly #waiters = new Set<Waiter>();

  /** The next question for this attempt is answered with this, once. */
  permit(attempt: string, what: string | Dialled): void {
    const dialled =
      typeof what === 'string' ? ({ to: 'number', e164: what, extension: null } as const) : what;
    this.#permitted.set(attempt, dialled);
  }

  /** The first input of this type for this channel that was told after `since` (a length of `told`), or will be. */
  hears<T extends TelephonyInput['type']>(type: T, channel?: string, since = 0): Promise<InputOf<T>> {
    const matches = (input: TelephonyInput) =>
      input.type === type && (channel === undefined || ('channel' in input && input.channel === channel));
    const past = this.told.slice(since).find(matches);
    if (past) return Promise.resolve(past as InputOf<T>);
    return new Promise((resolve) => {
      this.#waiters.add({ matches, found: (input) => resolve(input as InputOf<T>) });
    });
  }

  of(channel: string): string[] {
    return this.told
      .filter((input) => 'channel' in input && input.channel === channel)
      .map((input) => input.type);
  }

  tell(input: TelephonyInput): void {
    this.told.push(input);
    for (const waiter of this.#waiters) {
      if (!waiter.matches(input)) continue;
      this.#waiters.delete(waiter);
      waiter.found(input);
    }
  }

  async askDial(attempt: string): Promise<Dialled | null> {
    this.asked.push(attempt);
    const number = this.#permitted.get(attempt) ?? null;
    this.#permitted.delete(attempt);
    return number;
  }

  takeNumber(text: string): NumberView {
    this.taken.push(text);
    const digits = /^\+?1?(\d{10})$/.exec(text)?.[1];
    if (digits) return { numberKey: `key-${digits}` as NumberKey, region: 'CA', type: 'fixed' };
    if (text === '') return { code: 'number.empty' };
    return { code: /\D/.test(text) ? 'number.not_digits' : 'number.too_short' };
  }

  takeExtension(numberKey: NumberKey, text: string): ExtensionView {
    this.taken.push(text);
    if (text === '#') return null;
    const digits = /^(\d{1,8})#?$/.exec(text)?.[1];
    if (digits === undefined) return { code: text === '' ? 'extension.empty' : 'extension.not_digits' };
    const extended = `${numberKey}-${digits}` as NumberKey;
    return { numberKey: extended, mainKey: numberKey, region: 'CA', type: 'fixed' };
  }

  async sayExtension(numberKey: NumberKey): Promise<string | undefined> {
    return /^key-\d{10}-(\d+)$/.exec(numberKey)?.[1];
  }

  async sayNumber(numberKey: NumberKey): Promise<string | undefined> {
    return numberKey.startsWith('key-') ? `+1${numberKey.slice(4, 14)}` : undefined;
  }
}
