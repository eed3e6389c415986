// What may go wrong between the program and its exchange, and between the exchange and the telephones. Asked at each
// message; whoever implements it (the twin, by seed) decides and counts. Nothing goes wrong where none is given. It must
// know neither the house nor what a message is about.

import type { Refusal } from '../far-side.ts';

/** Of an event on its way to the program. Reordered: by a few ms, behind the next ones. Late: by seconds. */
export type EventTrouble = 'none' | 'twice' | 'late' | 'reordered';

/** Of a request: refused without being done, with this status; done, and its reply lost; or neither done nor answered. */
export type RequestTrouble = 'none' | 'reply_lost' | 'stalled' | 404 | 409 | 500;

/**
 * Of a question at the fence. Lying: a yes without a number. Malformed: a text that is no answer. Asked twice: the
 * question comes a second time, and only the second reply arrives.
 */
export type FenceTrouble = 'none' | 'slow' | 'down' | 'lying' | 'malformed' | 'asked_twice';

/** Only what places a call stalls while others pass; that a channel is gone is never said twice of one that lives. */
export type RequestKind = 'places' | 'lets_go' | 'other';

export interface SocketTrouble {
  event(): EventTrouble;
  request(what: RequestKind): RequestTrouble;
  fence(): FenceTrouble;
  /** How long the list of what lives takes after a connect; 0: at once. */
  listingMs(): number;
  /** A whole number of ms, `least` and `most` included. */
  delayMs(least: number, most: number): number;
  /** Something that is no answer. */
  garbage(): string;
}

/** Of an INVITE over the trunk. Rings on: for ever, whoever is called never hears of it. No reply: not even a 100. */
export type InviteTrouble = 'none' | Refusal | 'rings_on' | 'no_reply' | 'answers_at_once' | 'machine';

export interface CarrierTrouble {
  invite(): InviteTrouble;
  /** The far end has hung up, and the exchange is not told. */
  losesBye(): boolean;
  /** The exchange forgets to count the ring time of this call. */
  hangsDial(): boolean;
  /** The far end answers while the CANCEL is under way. */
  crossesCancel(): boolean;
}
