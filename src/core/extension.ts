// The extension of a number: asked after the number was confirmed, of a number that the caller keyed, and of one they call
// from together with many others (an employer's, a shelter's). # alone means that there is none, and so does silence at
// last: no callback is lost for want of a key. An extension that was keyed is read back with its number and confirmed
// once more. Its digits are the vault's, like the number's; here it is another key.

import type { Decision } from './decision.ts';
import { KEYS } from './dialogue.ts';
import type { Fact } from './fact.ts';
import type { Stamp } from './input.ts';
import { type ExtensionView, isDialable } from './number.ts';
import { sharersOf } from './offer.ts';
import { ask, askAgain } from './question.ts';
import { type Call, configurationOf, type State } from './state.ts';

/** What follows the answer: the callback is registered, or the number of the one they have is changed. */
export type Settled = (state: State, call: Call, stamp: Stamp, key: string) => Fact[];

/** Whether a number that was confirmed may have an extension that nobody has asked for yet. */
export function asksExtension(state: State, { number, given }: Call): boolean {
  if (!isDialable(number) || number.type === 'relay' || number.mainKey !== undefined) return false;
  return given === 'keyed' || (given === 'calling' && sharersOf(state, number.numberKey) !== null);
}

export function collectExtension(
  state: State,
  call: Call,
  keyed: ExtensionView,
  stamp: Stamp,
  outcome: { readonly settled: Settled; readonly givenUp: Settled },
): Decision {
  const key = KEYS.endOfNumber; // the same key once more, at once, is no answer to what is asked next
  if (keyed === null) return outcome.settled(state, call, stamp, key);
  if (isDialable(keyed)) {
    return [
      { type: 'dialogue.number_given', v: 1, call: call.id, number: keyed },
      ask(state, call.id, 'confirm', key),
    ];
  }
  if (keyed.code === 'number.erased') return [ask(state, call.id, 'number', key)];
  const isSilence = keyed.code === 'extension.empty';
  // No key is required of who uses a relay service.
  if (isSilence && call.relay) return outcome.settled(state, call, stamp, '');
  if (call.round < configurationOf(state).dialogue.roundsMax)
    return [askAgain(state, call, '', isSilence ? 'silence' : keyed.code)];
  return isSilence ? outcome.settled(state, call, stamp, '') : outcome.givenUp(state, call, stamp, '');
}
