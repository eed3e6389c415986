// The far side: everybody at the other end of our wires. Citizens, who call the centre and are called, and the agents'
// phones. The public network of src/demo/network keeps this with a second Asterisk (real SIP, real sound), the
// simulated one keeps it in virtual time; the contract suite, the end-to-end tests and the demonstration use nothing
// else. Everything here is waited for as an event: nothing is polled, and nobody sleeps. It must not know the engine,
// the core's state, or anything that a person with a telephone could not know.

import type { EndCause } from '../core/input.ts';

export interface FarSide {
  /** The person who has this number (E.164). The same number gives the same person. */
  citizen(number: string): Citizen;
  /** The phone of this agent. The same agent gives the same phone. */
  phone(agent: string): Phone;
  /** INVITEs that arrived for this E.164 number or agent, each one, whatever became of it. Retransmissions are one. */
  invites(to: string): number;
  close(): Promise<void>;
}

/** How a call that comes in may be refused, with the SIP answer given: 486, 603, 404, 480, 503. */
export const REFUSALS = ['busy', 'rejected', 'unallocated', 'no_answer', 'congestion'] as const;
export type Refusal = (typeof REFUSALS)[number];

/**
 * What is done by itself with each call that comes in. `hand_over`: nothing, until the one who took it from
 * nextCall() says; `ring`: rings for as long as the other side lets it; `answer`: rings and answers at once.
 */
export type WhenCalled = 'hand_over' | 'ring' | 'answer' | Refusal;

/** What a citizen and a phone have in common. */
export interface Callee {
  /** From the next call on. At first it is `hand_over`. */
  whenCalled(what: WhenCalled): void;
  /**
   * The next call that comes in and was not yet given out, oldest first; every one is given out exactly once, also
   * those that `whenCalled` has dealt with, and those that have ended since.
   */
  nextCall(): Promise<FarRinging>;
}

export interface Citizen extends Callee {
  readonly number: string;
  /** Calls the centre at this dialled number (E.164, or as the line's DNIS is configured). Resolves once it is under way. */
  call(dnis: string): Promise<FarCall>;
}

export interface Phone extends Callee {
  readonly agent: string;
  /** Resolves when the centre has accepted the registration; at once when it already has. Phones register by themselves. */
  registered(): Promise<void>;
  /** Takes the phone off the network; resolves when the centre has confirmed it. */
  unregister(): Promise<void>;
  /** Puts it back; resolves as registered(). */
  register(): Promise<void>;
}

/** A call that came in. After it ended, all of these do nothing. */
export interface FarRinging {
  readonly call: FarCall;
  /** The number that the display shows; null when withheld. */
  readonly callerId: string | null;
  /** When its INVITE arrived, UTC ms. */
  readonly at: number;
  /** Sends 180. */
  ring(): void;
  /** Sends 200; resolves as `call.answered`. */
  answer(): Promise<boolean>;
  /** Sends the refusal; resolves as `call.ended`. */
  refuse(how: Refusal): Promise<FarEnd>;
}

export interface FarCall {
  readonly id: string;
  readonly direction: 'in' | 'out';
  /**
   * The tone that this end sends, from the answer to the end. No two ends of calls that live have the same; 0, nothing
   * at all, when there are more such ends than tones.
   */
  readonly toneHz: number;
  /** True once the call is up and sound flows; false when it ended without. */
  readonly answered: Promise<boolean>;
  readonly ended: Promise<FarEnd>;
  /** Presses 0 to 9, * and # one after the other (RFC 4733); resolves when the last was let go, false if the call ended before. */
  press(keys: string): Promise<boolean>;
  /** Hangs up, or gives up while it still rings. Resolves as `ended`. */
  hangUp(): Promise<FarEnd>;
  /** True as soon as this tone has been heard for HEARD_MS; false when the call ended without. */
  hears(toneHz: number): Promise<boolean>;
  /** True as soon as anything at all (words, music, a tone) has been heard for HEARD_MS; false when the call ended without. */
  hearsAnything(): Promise<boolean>;
  /** True as soon as these keys, pressed at the other end, have been heard one behind the other; false when it ended without. */
  hearsKeys(keys: string): Promise<boolean>;
  /** All keys heard so far. */
  keysHeard(): string;
  /** The tones of other ends heard so far, in order of their first hearing. */
  heard(): readonly HeardTone[];
}

export type FarEnd = {
  readonly by: 'this_end' | 'the_other';
  /** As this end learnt it: `normal` when a call that was up was hung up by anybody. */
  readonly cause: EndCause;
};

export type HeardTone = {
  readonly toneHz: number;
  /** From the answer of this call, in ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  /** How much of the time from first to last it was there, 0 to 1. */
  readonly share: number;
};

/** So long must a tone be there to count as heard: longer than any click, shorter than any word. */
export const HEARD_MS = 300;
