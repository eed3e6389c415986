// Agents: how long in which state, split at the half-hours, and what each conversation cost them: ringing, talk, wrap-up.
// Times of conversations are counted where the call asked; times of states where they passed, and of the whole centre,
// since an agent may serve several lines.

import type { Fact, FactOf } from '../../core/fact.ts';
import { type Column, NOT_READY_REASONS, type NotReadyReason } from '../column.ts';
import { squared } from './calls-ledger.ts';
import type { Ground } from './ledger.ts';
import type { OpenAgent } from './open-things.ts';
import { HALF_HOUR_MS, halfHourOf } from './sink.ts';

type AgentFact = Extract<
  Fact,
  {
    type:
      | 'agent.ready'
      | 'agent.not_ready'
      | 'agent.signed_out'
      | 'agent.reserved'
      | 'agent.answered'
      | 'agent.released'
      | 'agent.wrap_up_started';
  }
>;

const STATE: Readonly<Record<AgentFact['type'], OpenAgent['state'] | ''>> = {
  'agent.ready': 'ready',
  'agent.not_ready': 'not_ready',
  'agent.signed_out': '',
  'agent.reserved': 'reserved',
  'agent.answered': 'on_call',
  'agent.released': 'clearing',
  'agent.wrap_up_started': 'wrap_up',
};

/** What the centre says, and agents who reject, under the reason that it counts for. */
const COUNTS_FOR: Readonly<Record<string, NotReadyReason>> = {
  hung_up: 'rejected',
  conflict: 'rejected',
  language: 'rejected',
  busy: 'phone',
  unreachable: 'phone',
  phone_unreachable: 'phone',
  page_lost: 'phone',
  technical: 'phone',
};

export function notReadyReasonOf(word: string): NotReadyReason {
  const own = NOT_READY_REASONS.find((reason) => reason === word);
  return own ?? (Object.hasOwn(COUNTS_FOR, word) ? (COUNTS_FOR[word] as NotReadyReason) : 'other');
}

export class AgentsLedger {
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  fact(fact: Fact, at: number): void {
    const { books } = this.#ground;
    switch (fact.type) {
      case 'agent.signed_in':
        this.#signIn(fact, at);
        return;
      case 'consult.begun':
        if (fact.agent !== undefined) this.#consulted(books.agent.change(fact.agent), at);
        return;
      case 'place.handed_over':
        if (fact.to !== null) this.#takesOver(books.agent.change(fact.to), fact.place, at);
        return;
      case 'call.connected':
      case 'callback.connected': {
        const { work } = books.agent.change(fact.agent);
        if (work !== null) work.talkAt = at;
        return;
      }
      case 'agent.ready':
      case 'agent.not_ready':
      case 'agent.signed_out':
      case 'agent.reserved':
      case 'agent.answered':
      case 'agent.released':
      case 'agent.wrap_up_started':
        this.#change(books.agent.change(fact.agent), fact, at);
        return;
      default:
        return;
    }
  }

  #signIn(fact: FactOf<'agent.signed_in'>, at: number): void {
    this.#ground.books.agent.add({
      id: fact.agent,
      state: 'not_ready',
      since: at,
      reason: 'signed_in',
      lines: fact.lines,
      languages: fact.languages,
      work: null,
    });
  }

  #change(agent: OpenAgent, fact: AgentFact, at: number): void {
    const { books, turns, centre } = this.#ground;
    this.#note(agent, fact, at);
    const wasReady = agent.state === 'ready';
    const to = STATE[fact.type];
    // A wrap-up made longer, a release told twice: the same state goes on.
    if (to === agent.state && fact.type !== 'agent.not_ready') return;
    this.#spent(agent, at);
    if (to === '') {
      turns.signedOut(agent, wasReady);
      books.agent.drop(agent.id);
      return;
    }
    agent.state = to;
    agent.since = at;
    agent.reason = fact.type === 'agent.not_ready' ? fact.reason : '';
    turns.agentIs(agent, wasReady);
    if (to !== 'ready') return;
    const { fresh } = centre();
    books.centre.change('centre').fresh = [...fresh, agent.id];
  }

  /** On a call, without a client of their own. */
  #consulted(agent: OpenAgent, at: number): void {
    this.#spent(agent, at);
    Object.assign(agent, { state: 'on_call', since: at, reason: '' });
    this.#ground.turns.agentIs(agent, true);
  }

  #takesOver(agent: OpenAgent, id: number, at: number): void {
    const place = this.#ground.books.place.get(id);
    if (place === undefined) return;
    const { cell } = place;
    agent.work = { cell, isCallback: false, reservedAt: at, talkAt: at, talkMs: -1, wrapAt: 0 };
  }

  #spent(agent: OpenAgent, at: number): void {
    const { sink, count } = this.#ground;
    const columns: Column[] = [`agent_${agent.state}_ms`];
    if (agent.state === 'not_ready') columns.push(`not_ready_${notReadyReasonOf(agent.reason)}_ms`);
    for (let from = agent.since; from < at; ) {
      const to = Math.min(at, halfHourOf(from) + HALF_HOUR_MS);
      const cell = { halfHour: halfHourOf(from), line: '', language: '' };
      for (const column of columns) count(cell, column, to - from);
      from = to;
    }
    const { id, since, state, reason } = agent;
    if (since < at) sink.row('agent_state', { agent: id, from_at: since, to_at: at, state, reason });
  }

  /** What the fact means for the place the agent works for. */
  #note(agent: OpenAgent, fact: AgentFact, at: number): void {
    const { work } = agent;
    switch (fact.type) {
      case 'agent.reserved': {
        const place = this.#ground.books.place.get(fact.place);
        agent.work =
          place === undefined
            ? null
            : {
                cell: place.cell,
                isCallback: place.callback !== 0,
                reservedAt: at,
                talkAt: 0,
                talkMs: -1,
                wrapAt: 0,
              };
        return;
      }
      case 'agent.answered':
        return;
      case 'agent.released':
        if (work === null || work.talkMs >= 0) return;
        if (fact.talked && work.talkAt > 0) work.talkMs = at - work.talkAt;
        else this.#lost(agent, at);
        return;
      case 'agent.wrap_up_started':
        if (work !== null && work.wrapAt === 0) work.wrapAt = at;
        return;
      case 'agent.ready':
      case 'agent.not_ready':
      case 'agent.signed_out':
        if (work === null) return;
        if (work.talkMs >= 0) this.#done(agent, at);
        else this.#lost(agent, at);
        return;
    }
  }

  /** Held for a place, and no conversation came of it. */
  #lost(agent: OpenAgent, at: number): void {
    const { work } = agent;
    agent.work = null;
    if (work?.isCallback) this.#ground.count(work.cell, 'agent_lost_ms', at - work.reservedAt);
  }

  #done(agent: OpenAgent, at: number): void {
    const { work } = agent;
    agent.work = null;
    if (work === null) return;
    const { count } = this.#ground;
    const kind = work.isCallback ? 'callback' : 'live';
    const ringMs = work.talkAt - work.reservedAt;
    const wrapMs = work.wrapAt === 0 ? 0 : at - work.wrapAt;
    count(work.cell, `handled_${kind}`);
    count(work.cell, `${kind}_ring_ms`, ringMs);
    count(work.cell, `${kind}_talk_ms`, work.talkMs);
    count(work.cell, `${kind}_wrap_ms`, wrapMs);
    count(work.cell, `${kind}_handle_ds2`, squared(work.talkMs + wrapMs));
    if (work.isCallback) count(work.cell, 'agent_lost_ms', ringMs);
  }
}
