// The telephony port: effects in, inputs out. Two implementations keep it, asterisk/ (the real thing) and simulated/
// (virtual time), under one contract suite. Telephony decides nothing: it does what it is asked, reports what happened,
// and asks the house two questions that only the engine may answer: may this be dialled, and what is this number.

import type { Dialled } from '../core/dialled.ts';
import type { Effect } from '../core/effect.ts';
import type { AgentId, NumberKey } from '../core/id.ts';
import type { TelephonyInput } from '../core/input.ts';
import type { ExtensionView, NumberView } from '../core/number.ts';

/** An agent's phone that may register with us. */
export type Seat = {
  readonly agent: AgentId;
  /** Digest password of the phone's registration; the user name is the agent's id. */
  readonly secret: string;
};

/** What telephony may ask of the house. Implemented by the engine. */
export interface House {
  /** False while nothing can be written down: a new caller is left to wait with music, and comes again by themselves. */
  readonly takesCalls: boolean;
  /** Something happened. Order of calls is order of events. */
  tell(input: TelephonyInput): void;
  /**
   * The dial fence: what is to be dialled, once for an attempt and only after `attempt.permitted` is committed; null for
   * everything else (unknown, asked before, voided, no longer ours). Never rejects.
   */
  askDial(attempt: string): Promise<Dialled | null>;
  /** Keys or a caller's number, in; what the core may know of it, out. The digits go to the vault. */
  takeNumber(text: string): NumberView;
  /** Keys of an extension, the number sign at their end unless silence ended them: kept with the number that it is of. */
  takeExtension(numberKey: NumberKey, text: string): ExtensionView;
  /** The digits of a number, to be said back to the person who gave it; undefined when erased. */
  sayNumber(numberKey: NumberKey): Promise<string | undefined>;
  /** The digits of its extension, for the same. */
  sayExtension(numberKey: NumberKey): Promise<string | undefined>;
}

export interface Telephony {
  /** Connects, reports `telephony.resynced` first, then events; reconnects by itself (and resyncs) until closed. */
  open(house: House): Promise<void>;
  /** Does the effects in order, per channel. Never throws: what fails is reported as the channel's end. */
  perform(effects: readonly Effect[]): void;
  /** The phones that may register: the whole set; asked again whenever it changes. */
  seat(seats: readonly Seat[]): Promise<void>;
  close(): Promise<void>;
}
