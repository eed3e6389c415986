// What the crash bench knows without asking the service: rows as they were committed, INVITEs as the far end's own
// Asterisk counted them, words of acknowledgement as the centre's Asterisk began to say them. From these alone it judges.
// A row that was once seen must stay; an acknowledged callback must end; an INVITE needs a permitted attempt of its own.

import type { Fact } from '../../core/fact.ts';
import type { AttemptId, CallbackId, CallId, Channel, NumberKey } from '../../core/id.ts';

export type SeenRow = {
  readonly seq: number;
  readonly at: number;
  readonly checksum: number;
  readonly fact: Fact;
};

export type LedgerCounts = {
  readonly accepted: number;
  /** Heard the words "your callback is registered" begin. */
  readonly acknowledged: number;
  /** Acknowledged by a commit or by words, and neither ended nor alive any more; at the end of a round, not ended. */
  readonly acceptedLost: number;
  /** How the accepted ended. */
  readonly ends: Readonly<Record<string, number>>;
  /** Accepted that ended without an INVITE to them: attempts that a crash used up. */
  readonly neverRung: number;
  readonly invites: number;
  readonly attemptsPermitted: number;
  /** INVITEs beyond the first of one attempt, and those before any attempt was permitted: must be 0. */
  readonly invitesTooMany: number;
  /** Rows that were once committed and are no longer there, or are others: must be 0. */
  readonly rowsLost: number;
};

type Accepted = { readonly numberKey: NumberKey; end: string | null };
type Permitted = { readonly numberKey: NumberKey; readonly at: number };

const ENDS = new Set<Fact['type']>([
  'callback.completed',
  'callback.unreachable',
  'callback.cancelled',
  'callback.expired',
]);

export class Ledger {
  readonly #accepted = new Map<CallbackId, Accepted>();
  readonly #callbackOf = new Map<AttemptId, CallbackId>();
  readonly #permitted: Permitted[] = [];
  readonly #invites = new Map<NumberKey, number[]>();
  readonly #callOn = new Map<Channel, CallId>();
  readonly #registeredBy = new Set<CallId>();
  readonly #told = new Set<Channel>();
  #rowsLost = 0;
  #last: SeenRow | null = null;

  get lastSeq(): number {
    return this.#last?.seq ?? 0;
  }

  /** Each committed row once, in order. */
  note(row: SeenRow): void {
    this.#last = row;
    const { fact } = row;
    switch (fact.type) {
      case 'call.arrived':
        this.#callOn.set(fact.channel, fact.call);
        return;
      case 'callback.registered':
        this.#accepted.set(fact.callback, { numberKey: fact.numberKey, end: null });
        this.#registeredBy.add(fact.call);
        return;
      case 'callback.merged':
        this.#registeredBy.add(fact.call);
        return;
      case 'attempt.intended':
        this.#callbackOf.set(fact.attempt, fact.callback);
        return;
      case 'attempt.permitted': {
        const accepted = this.#accepted.get(this.#callbackOf.get(fact.attempt) as CallbackId);
        if (accepted) this.#permitted.push({ numberKey: accepted.numberKey, at: row.at });
        return;
      }
    }
    if (!ENDS.has(fact.type) || !('callback' in fact) || fact.callback === null) return;
    const accepted = this.#accepted.get(fact.callback);
    if (accepted) accepted.end = fact.type.slice('callback.'.length);
  }

  /** The journal was opened anew: what stands there at our last row, or nothing. */
  noteAgain(found: { readonly seq: number; readonly checksum: number } | null): void {
    if (this.#last === null) return;
    if (found === null || found.checksum !== this.#last.checksum) this.#rowsLost += 1;
  }

  noteInvite(numberKey: NumberKey, at: number): void {
    const known = this.#invites.get(numberKey);
    if (known) known.push(at);
    else this.#invites.set(numberKey, [at]);
  }

  /** "Your callback is registered" has begun to be said on this channel. */
  noteAcknowledged(channel: Channel): void {
    this.#told.add(channel);
  }

  /** Accepted callbacks that have not ended. */
  open(): CallbackId[] {
    return [...this.#accepted].flatMap(([callback, { end }]) => (end === null ? [callback] : []));
  }

  /** Told so, and no committed row says so. */
  toldOnly(): Channel[] {
    return [...this.#told].filter((channel) => !this.#registeredBy.has(this.#callOn.get(channel) as CallId));
  }

  counts(): LedgerCounts {
    const ends: Record<string, number> = {};
    let neverRung = 0;
    for (const { end, numberKey } of this.#accepted.values()) {
      if (end === null) continue;
      ends[end] = (ends[end] ?? 0) + 1;
      if (end !== 'cancelled' && !this.#invites.has(numberKey)) neverRung += 1;
    }
    let invites = 0;
    for (const at of this.#invites.values()) invites += at.length;
    return {
      accepted: this.#accepted.size,
      acknowledged: this.#told.size,
      acceptedLost: this.open().length + this.toldOnly().length,
      ends,
      neverRung,
      invites,
      attemptsPermitted: this.#permitted.length,
      invitesTooMany: this.#invitesTooMany(),
      rowsLost: this.#rowsLost,
    };
  }

  /** Attempts for one number follow one another, so an INVITE belongs to the last that was permitted before it. */
  #invitesTooMany(): number {
    let tooMany = 0;
    for (const [numberKey, ats] of this.#invites) {
      const permittedAts = this.#permitted.flatMap((one) => (one.numberKey === numberKey ? [one.at] : []));
      const used = new Set<number>();
      for (const at of ats) {
        const attempt = permittedAts.findLastIndex((permittedAt) => permittedAt <= at);
        if (attempt < 0 || used.has(attempt)) tooMany += 1;
        used.add(attempt);
      }
    }
    return tooMany;
  }
}
