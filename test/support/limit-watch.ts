// The owners' limits, counted from the facts alone: attempts within their number and spacing (S5), nobody who asked not to
// be called (S9), and the caps on callbacks, diallings and places (S17). It keeps its own books and calls no rule that
// it checks; what it counts since another configuration came into force it counts anew.

import {
  type Configuration,
  LIMITS,
  type LineConfiguration,
  type Span,
} from '../../src/core/configuration.ts';
import type { AttemptCause, Fact, FactOf } from '../../src/core/fact.ts';
import type { AttemptId, CallbackId, LineId, NumberKey } from '../../src/core/id.ts';
import type { Callback, Place, State } from '../../src/core/state.ts';

const DAY_MS = 86_400_000;

type Tried = { chances: number; losses: number; notBeforeAt: number; isOver: boolean };

type Given = { readonly numberKey: NumberKey; readonly mainKey?: NumberKey };

export class LimitWatch {
  private readonly tried = new Map<CallbackId, Tried>();
  private readonly callbackOf = new Map<AttemptId, CallbackId>();
  private readonly barred = new Set<NumberKey>();
  /** Callbacks that were moved to a number or registered for it, within a day. */
  private readonly given: { readonly number: NumberKey; readonly at: number }[] = [];
  private readonly endedAt = new Map<NumberKey, number>();
  private readonly takenInDay = new Map<string, number>();
  private readonly carried = new Map<LineId, number>();

  /** Called before the fact changes the state. */
  see(state: State, fact: Fact, at: number): void {
    if (!isOfClosing(fact)) this.carried.clear();
    switch (fact.type) {
      case 'centre.configured':
        this.endedAt.clear();
        this.takenInDay.clear();
        return;
      case 'number.barred':
        this.barred.add(fact.numberKey);
        return;
      case 'number.unbarred':
        this.barred.delete(fact.numberKey);
        return;
      case 'place.taken':
        checkRoom(state, fact);
        return;
      case 'callback.registered': {
        const { line } = must(state.places.get(fact.place));
        this.give(state, fact, at);
        this.checkDay(state, line, at);
        return;
      }
      case 'callback.asked_on_page':
        checkRoom(state, { ...fact, overflow: true });
        this.give(state, fact, at);
        this.checkDay(state, fact.line, at);
        return;
      case 'callback.number_changed':
        if (must(state.callbacks.get(fact.callback)).numberKey !== fact.numberKey) this.give(state, fact, at);
        return;
      case 'callback.postponed':
        this.carry(state, fact);
        return;
      case 'callback.completed':
      case 'callback.unreachable':
      case 'callback.cancelled':
      case 'callback.expired':
        this.end(must(state.callbacks.get(fact.callback)), at);
        return;
      default:
        this.attempt(state, fact, at);
    }
  }

  private attempt(state: State, fact: Fact, at: number): void {
    switch (fact.type) {
      case 'attempt.intended': {
        const tried = this.triedOf(fact.callback);
        if (tried.isOver) throw new Error(`S5: a further attempt for callback ${fact.callback}`);
        if (at < tried.notBeforeAt) throw new Error(`S5: callback ${fact.callback} is tried again too soon`);
        this.callbackOf.set(fact.attempt, fact.callback);
        return;
      }
      case 'attempt.permitted': {
        const callback = state.callbacks.get(this.callbackOf.get(fact.attempt) ?? (0 as CallbackId));
        if (this.isBarred(must(callback))) throw new Error('S9: a barred number is dialled');
        return;
      }
      case 'attempt.failed':
        this.failed(state, must(this.callbackOf.get(fact.attempt)), fact.cause, at);
        return;
      default:
    }
  }

  private failed(state: State, id: CallbackId, cause: AttemptCause, at: number): void {
    const configuration = must(state.configuration);
    const own = lineOf(state, must(state.callbacks.get(id)).line).attempts;
    const tried = this.triedOf(id);
    if (cause === 'agent_lost') tried.losses += 1;
    else tried.chances += 1;
    const most = own?.attemptsMax ?? configuration.callback.attemptsMax;
    const isSpent = cause === 'agent_lost' ? tried.losses > LIMITS.lossesMax : tried.chances >= most;
    tried.isOver = cause === 'unallocated' || isSpent;
    tried.notBeforeAt = at + leastDelayMs(configuration, own?.retryDelayMs, cause);
  }

  private triedOf(id: CallbackId): Tried {
    const known = this.tried.get(id);
    if (known !== undefined) return known;
    const tried: Tried = { chances: 0, losses: 0, notBeforeAt: 0, isOver: false };
    this.tried.set(id, tried);
    return tried;
  }

  /** A relay service's number is many clients': what ends for one of them is not remembered. */
  private end({ numberKey, byRelay }: Callback, at: number): void {
    if (!byRelay) this.endedAt.set(numberKey, at);
  }

  private isBarred({ numberKey, mainKey = numberKey }: Given): boolean {
    return this.barred.has(numberKey) || this.barred.has(mainKey);
  }

  /** A callback is given to a number, at registration or by a change. A day's are those of all its extensions. */
  private give(state: State, given: Given & { readonly relay?: true }, at: number): void {
    const { perDayMax, cooldownMs, shared } = must(state.configuration).numbers;
    if (this.isBarred(given)) throw new Error('S9: a callback for a barred number');
    if (given.relay === true) return;
    const { numberKey, mainKey: number = numberKey } = given;
    const sharers = shared.find((one) => one.numberKey === number)?.openMax ?? 1;
    const endedAt = this.endedAt.get(numberKey);
    if (endedAt !== undefined && at < endedAt + cooldownMs)
      throw new Error('S17: a callback for a number that had one just now');
    const today = this.given.filter((one) => one.number === number && one.at > at - DAY_MS);
    if (today.length >= perDayMax * sharers)
      throw new Error('S17: more callbacks for a number than a day may have');
    this.given.push({ number, at });
  }

  /** The cap of the phase: callbacks taken on one day of the line's calendar, or in the phase where it has none. */
  private checkDay(state: State, id: LineId, at: number): void {
    const line = lineOf(state, id);
    const phase = line.offer.phases.find((one) => one.fromAt <= at && at < one.toAt);
    if (phase === undefined) throw new Error('S23: a callback is registered outside every phase');
    const isIn = (span: Span): boolean => span.fromAt <= at && at < span.toAt;
    if (!line.open.some(isIn)) throw new Error('S23: a callback is registered while the line is closed');
    const day = `${id} ${line.days.find(isIn)?.fromAt ?? phase.fromAt}`;
    const taken = (this.takenInDay.get(day) ?? 0) + 1;
    this.takenInDay.set(day, taken);
    if (phase.perDayMax !== null && taken > phase.perDayMax)
      throw new Error(`S17: ${taken} callbacks on a day of ${id}`);
  }

  /** In the breath in which a line settles. */
  private carry(state: State, fact: FactOf<'callback.postponed'>): void {
    if (fact.cause !== 'closing') return;
    const { closing, id } = lineOf(state, must(state.callbacks.get(fact.callback)).line);
    const carried = (this.carried.get(id) ?? 0) + 1;
    this.carried.set(id, carried);
    if (carried > Math.max(1, closing.carryMax)) throw new Error(`S17: ${carried} are carried over in ${id}`);
  }
}

function isOfClosing(fact: Fact): boolean {
  return (
    fact.type === 'callback.postponed' ||
    fact.type === 'callback.expired' ||
    fact.type === 'place.left' ||
    fact.type === 'line.closed'
  );
}

/** Places of a line, holding and callback together, before one more is taken. */
type Room = Pick<FactOf<'place.taken'>, 'line' | 'language' | 'overflow'>;

function checkRoom(state: State, fact: Room): void {
  const line = lineOf(state, fact.line);
  if (line.capacity === null) return;
  const counts = (place: Place): boolean =>
    place.line === line.id && (line.capacityCounts === 'places' || place.state !== 'served');
  const taken = [...state.places.values()].filter(counts).length;
  const isFreeForMe = line.capacityCounts !== 'places' && hasIdle(state, fact);
  if (isFreeForMe) return;
  if (taken >= line.capacity + line.offer.overflowPlaces)
    throw new Error(`S17: a place beyond the capacity of ${line.id}`);
  if (taken >= line.capacity && fact.overflow !== true)
    throw new Error(`S17: a place for holding beyond the capacity of ${line.id}`);
}

function hasIdle(state: State, { line, language }: Room): boolean {
  return [...state.agents.values()].some(
    (agent) => agent.state === 'ready' && agent.lines.includes(line) && agent.languages.includes(language),
  );
}

/** The least time between two attempts, by what became of the first. */
function leastDelayMs(
  { callback }: Configuration,
  ownDelayMs: number | undefined,
  cause: AttemptCause,
): number {
  const delayMs = callback.retryDelayByCauseMs[cause] ?? ownDelayMs ?? callback.retryDelayMs;
  if (cause === 'unknown') return Math.max(delayMs, callback.quarantineMs);
  return cause === 'agent_lost' ? Math.min(delayMs, callback.quarantineMs) : delayMs;
}

function lineOf(state: State, id: LineId): LineConfiguration {
  return must(state.lines.get(id));
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('a fact about something that is not there');
  return value;
}
