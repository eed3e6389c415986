// Reads the facts of each turn, as records would, and keeps the figures of every line. It counts who arrived after the
// warm-up, follows ghosts to the end of their wait, and holds every reservation against an order of its own. It changes
// nothing in the run: it sees facts, and the core's state only to read how many of those ahead hold.

import { must } from '../../core/assert.ts';
import type { Fact, FactOf } from '../../core/fact.ts';
import type { AgentId } from '../../core/id.ts';
import { queueKey } from '../../core/queue.ts';
import type { State } from '../../core/state.ts';
import type { Random } from '../random.ts';
import { agentId } from './centre.ts';
import { QuoteFloor } from './floor.ts';
import { type Ghost, Ghosts } from './ghosts.ts';
import { meanMsOf } from './law.ts';
import { LineFigures, type LineResult } from './line-figures.ts';
import { OrderWatch } from './order-watch.ts';
import { AWAY, COUNTED, OFFERED, type People, REACHED, SAMPLED, TOOK, WAITED } from './people.ts';
import { QuoteError } from './quote-error.ts';
import type { Scenario, ScenarioLine } from './scenario.ts';
import { TimeMean } from './time-mean.ts';

/** Another way to tell a caller on entry how long it will be, from what the line's waits were. */
export interface Rival {
  readonly name: string;
  /** Somebody who entered has just been given an agent after so long. */
  reached(waitMs: number): void;
  toldMs(): number;
}

class WatchedLine {
  readonly figures: LineFigures;
  readonly order = new OrderWatch();
  readonly ghosts = new Ghosts();
  readonly waiting = new TimeMean();
  readonly floor: QuoteFloor;
  readonly rivals: readonly Rival[];
  readonly rivalErrors: readonly QuoteError[];
  readonly queue: string;

  constructor(line: ScenarioLine, agents: number, rivals: readonly Rival[]) {
    this.figures = new LineFigures(line.serviceLevelS);
    this.floor = new QuoteFloor(
      agents / (meanMsOf(line.handle) + line.wrapUpMs),
      1 / meanMsOf(line.patience),
    );
    this.rivals = rivals;
    this.rivalErrors = rivals.map(() => new QuoteError());
    this.queue = queueKey(line.id, 'en');
  }
}

type Group = { readonly count: number; readonly lines: readonly number[]; readonly busy: TimeMean };

export class Watch {
  /** Who arrived after the warm-up and whose story has not ended, ghosts included. */
  open = 0;
  /** The caller whose call is arriving. */
  arriving = 0;
  /** Ms since the beginning. */
  now = 0;
  isCounting = false;
  readonly #people: People;
  readonly #state: State;
  readonly #lines: readonly WatchedLine[];
  readonly #groups: readonly Group[];
  readonly #groupOf = new Map<AgentId, Group>();
  readonly #chance: Random;
  readonly #ghostShare: number;
  #free: Group | null = null;

  constructor(scenario: Scenario, people: People, state: State, chance: Random, rivals: () => Rival[]) {
    this.#people = people;
    this.#state = state;
    this.#chance = chance;
    this.#ghostShare = scenario.ghostShare;
    this.#groups = scenario.agents.map(({ count, lines }) => ({
      count,
      lines: lines.map((id) => scenario.lines.findIndex((line) => line.id === id)),
      busy: new TimeMean(),
    }));
    this.#groups.forEach((group, g) => {
      for (let i = 0; i < group.count; i += 1) this.#groupOf.set(agentId(g, i), group);
    });
    this.#lines = scenario.lines.map((line, i) => new WatchedLine(line, this.#staffOf(i), rivals()));
  }

  /** Somebody is about to call. */
  arrives(slot: number, line: number): void {
    this.arriving = slot;
    this.#people.enteredAt[slot] = this.now;
    if (!this.isCounting) return;
    this.#people.set(slot, COUNTED);
    this.open += 1;
    this.#figures(line).arrived += 1;
    if (this.#chance.chance(this.#ghostShare)) this.#people.set(slot, SAMPLED);
  }

  /** The warm-up is over: what is averaged over time is averaged from now on. */
  beginCounting(): void {
    this.isCounting = true;
    for (const line of this.#lines) line.waiting.begin(this.now);
    for (const group of this.#groups) group.busy.begin(this.now);
  }

  /** Nobody arrives any more; those who did are followed to their end. */
  endCounting(): void {
    this.isCounting = false;
    for (const line of this.#lines) line.waiting.end(this.now);
    for (const group of this.#groups) group.busy.end(this.now);
  }

  read(facts: readonly Fact[]): void {
    for (const fact of facts) this.#read(fact);
    if (this.#free !== null) this.#stayedFree(this.#free);
    this.#free = null;
  }

  result(line: number): LineResult {
    const groups = this.#groups.filter(({ lines }) => lines.includes(line));
    const busy = groups.reduce((sum, group) => sum + group.busy.mean, 0);
    const watched = this.#watched(line);
    return watched.figures.result(busy / this.#staffOf(line), watched.waiting.mean);
  }

  /** The relative error of each rival's quotes, in the order in which they were given. */
  rivalErrors(line: number): readonly number[] {
    return this.#watched(line).rivalErrors.map(({ rrmse }) => rrmse);
  }

  #read(fact: Fact): void {
    const people = this.#people;
    switch (fact.type) {
      case 'place.taken':
        this.#enter(fact);
        return;
      case 'wait.quoted':
        this.#quoted(must(people.ofPlace.get(fact.place), 'caller at', fact.place), fact);
        return;
      case 'wait.unknown':
        this.#mustWait(must(people.ofPlace.get(fact.place), 'caller at', fact.place));
        return;
      case 'callback.offered':
        this.#offered(must(people.ofPlace.get(fact.place), 'caller at', fact.place));
        return;
      case 'call.refused':
        this.#refused();
        return;
      case 'agent.reserved':
        this.#reserved(fact);
        return;
      case 'agent.ready': {
        const group = must(this.#groupOf.get(fact.agent), 'group of', fact.agent);
        group.busy.add(-1, this.now);
        this.#free = group;
        return;
      }
      case 'call.connected': {
        const slot = must(people.ofPlace.get(fact.place), 'caller at', fact.place);
        if (people.is(slot, COUNTED)) this.#close(slot).answered(this.#waitOf(slot));
        return;
      }
      case 'place.left': {
        if (fact.reason === 'abandoned')
          this.#gaveUp(must(people.ofPlace.get(fact.place), 'caller at', fact.place));
        people.ofPlace.delete(fact.place);
        return;
      }
      default:
        this.#readCallback(fact);
    }
  }

  #readCallback(fact: Fact): void {
    const people = this.#people;
    switch (fact.type) {
      case 'callback.registered': {
        const slot = must(people.ofPlace.get(fact.place), 'caller at', fact.place);
        people.ofCallback.set(fact.callback, slot);
        people.set(slot, TOOK);
        if (people.is(slot, COUNTED)) this.#figuresOf(slot).accepted += 1;
        return;
      }
      case 'attempt.intended':
        people.ofAttempt.set(
          fact.attempt,
          must(people.ofCallback.get(fact.callback), 'client of', fact.callback),
        );
        return;
      case 'attempt.failed':
      case 'attempt.voided':
        people.ofAttempt.delete(fact.attempt);
        return;
      case 'callback.connected': {
        const slot = must(people.ofCallback.get(fact.callback), 'client of', fact.callback);
        people.ofAttempt.delete(fact.attempt);
        if (people.is(slot, COUNTED)) this.#close(slot).calledBack(this.#waitOf(slot));
        return;
      }
      case 'callback.retry_set': {
        const slot = must(people.ofCallback.get(fact.callback), 'client of', fact.callback);
        people.set(slot, AWAY);
        this.#lineOf(slot).waiting.add(1, this.now);
        return;
      }
      case 'callback.due': {
        const slot = must(people.ofCallback.get(fact.callback), 'client of', fact.callback);
        if (!people.is(slot, AWAY)) return;
        people.unset(slot, AWAY);
        people.orderNumber[slot] = this.#lineOf(slot).order.comeBack(people.entry[slot] as number);
        return;
      }
      case 'callback.unreachable': {
        const slot = must(people.ofCallback.get(fact.callback), 'client of', fact.callback);
        if (people.is(slot, COUNTED)) this.#close(slot).notReached(this.#waitOf(slot));
        this.#done(fact, slot);
        return;
      }
      case 'callback.completed':
        this.#done(fact, must(people.ofCallback.get(fact.callback), 'client of', fact.callback));
        return;
      default:
    }
  }

  #done(fact: FactOf<'callback.unreachable' | 'callback.completed'>, slot: number): void {
    this.#people.ofCallback.delete(fact.callback);
    this.#people.release(slot);
  }

  #enter(fact: FactOf<'place.taken'>): void {
    const people = this.#people;
    const slot = this.arriving;
    const line = this.#lineOf(slot);
    people.ofPlace.set(fact.place, slot);
    people.entry[slot] = fact.entry;
    people.orderNumber[slot] = line.order.enter(fact.entry);
    line.waiting.add(1, this.now);
    if (people.is(slot, COUNTED)) line.figures.entered += 1;
  }

  #quoted(slot: number, fact: FactOf<'wait.quoted'>): void {
    const people = this.#people;
    if (people.is(slot, WAITED)) return; // told once more
    this.#mustWait(slot);
    if (!people.is(slot, SAMPLED)) return;
    const line = this.#lineOf(slot);
    const holding = must(this.#state.queues.get(line.queue), 'queue').holding.rank(
      must(this.#state.places.get(fact.place), 'place', fact.place),
    );
    people.quoteMs[slot] = fact.meanMs;
    people.floorMs[slot] = line.floor.meanMs(fact.ahead, holding);
    if (line.rivals.length > 0) people.rivalsMs[slot] = line.rivals.map((rival) => rival.toldMs());
  }

  #mustWait(slot: number): void {
    const people = this.#people;
    if (people.is(slot, WAITED)) return;
    people.set(slot, WAITED);
    people.quoteMs[slot] = Number.NaN;
    if (people.is(slot, COUNTED)) this.#figuresOf(slot).delayed += 1;
  }

  #offered(slot: number): void {
    const people = this.#people;
    if (people.is(slot, OFFERED)) return;
    people.set(slot, OFFERED);
    if (people.is(slot, COUNTED)) this.#figuresOf(slot).offered += 1;
  }

  #refused(): void {
    const slot = this.arriving;
    if (!this.#people.is(slot, COUNTED)) return;
    const figures = this.#close(slot);
    figures.refused += 1;
    figures.delayed += 1;
  }

  #gaveUp(slot: number): void {
    const people = this.#people;
    const line = this.#lineOf(slot);
    const entry = people.entry[slot] as number;
    line.waiting.add(-1, this.now);
    line.order.leave(people.orderNumber[slot] as number, entry);
    if (!people.is(slot, COUNTED)) return;
    this.#close(slot).gaveUp(this.#waitOf(slot));
    if (!people.is(slot, SAMPLED)) return;
    this.open += 1;
    line.ghosts.add({
      entry,
      enteredAt: people.enteredAt[slot] as number,
      quoteMs: people.quoteMs[slot] as number,
      floorMs: people.floorMs[slot] as number,
      rivalsMs: people.rivalsMs[slot] as readonly number[],
    });
  }

  #reserved(fact: FactOf<'agent.reserved'>): void {
    const people = this.#people;
    const slot = must(people.ofPlace.get(fact.place), 'caller at', fact.place);
    const group = must(this.#groupOf.get(fact.agent), 'group of', fact.agent);
    const line = this.#lineOf(slot);
    const entry = people.entry[slot] as number;
    group.busy.add(1, this.now);
    this.#free = null;
    line.waiting.add(-1, this.now);
    line.order.leave(people.orderNumber[slot] as number, entry);
    for (const index of group.lines) {
      const served = this.#watched(index);
      if (served.order.first() < entry) served.figures.overtakes += 1;
      while (served.ghosts.firstEntry < entry) this.#turnCame(served, served.ghosts.take());
    }
    if (people.is(slot, REACHED)) return;
    people.set(slot, REACHED);
    const truthMs = this.#waitOf(slot);
    for (const rival of line.rivals) rival.reached(truthMs);
    if (!people.is(slot, SAMPLED)) return;
    line.figures.wouldHaveWaited(truthMs);
    if (people.is(slot, WAITED))
      this.#judge(
        line,
        people.quoteMs[slot] as number,
        people.floorMs[slot] as number,
        people.rivalsMs[slot] as readonly number[],
        truthMs,
      );
  }

  /** An agent of this group found nobody: every ghost that they could have served would have been. */
  #stayedFree(group: Group): void {
    for (const index of group.lines) {
      const line = this.#watched(index);
      while (line.ghosts.size > 0) this.#turnCame(line, line.ghosts.take());
    }
  }

  #turnCame(line: WatchedLine, ghost: Ghost): void {
    this.open -= 1;
    const truthMs = this.now - ghost.enteredAt;
    line.figures.wouldHaveWaited(truthMs);
    this.#judge(line, ghost.quoteMs, ghost.floorMs, ghost.rivalsMs, truthMs);
  }

  #judge(
    line: WatchedLine,
    quoteMs: number,
    floorMs: number,
    rivalsMs: readonly number[],
    truthMs: number,
  ): void {
    if (Number.isNaN(quoteMs)) return;
    line.figures.quote.add(quoteMs, truthMs);
    line.figures.floor.add(floorMs, truthMs);
    for (const [i, error] of line.rivalErrors.entries()) error.add(rivalsMs[i] ?? 0, truthMs);
  }

  /** Their story has ended; gives the figures that it belongs to. */
  #close(slot: number): LineFigures {
    this.open -= 1;
    return this.#figuresOf(slot);
  }

  #waitOf(slot: number): number {
    return this.now - (this.#people.enteredAt[slot] as number);
  }

  #lineOf(slot: number): WatchedLine {
    return this.#watched(this.#people.line[slot] as number);
  }

  #figuresOf(slot: number): LineFigures {
    return this.#lineOf(slot).figures;
  }

  #figures(line: number): LineFigures {
    return this.#watched(line).figures;
  }

  #watched(line: number): WatchedLine {
    return this.#lines[line] as WatchedLine;
  }

  /** How many agents serve a line. */
  #staffOf(line: number): number {
    return this.#groups.reduce((sum, { count, lines }) => sum + (lines.includes(line) ? count : 0), 0);
  }
}
