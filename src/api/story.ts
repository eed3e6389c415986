// One callback's story out of the journal: from its call to its end, each fact that is about it, as others may have it. Ids
// only grow along the journal, so that the registration is found by halving; from there a bounded way back to the call and
// on to the end. It must not know who asks, nor what a fact looks like on a page.

import type { Fact } from '../core/fact.ts';
import type { AgentId, AttemptId, CallbackId, CallId, PlaceId } from '../core/id.ts';
import type { Row } from '../journal/journal.ts';
import { type PublicFact, publicFact } from './public-fact.ts';

/** The journal page by page, from a seq on; an empty page is its end. */
export interface FactPages {
  page(fromSeq: number): Promise<readonly Row<Fact>[]>;
}

export type StoryFact = { readonly seq: number; readonly at: number; readonly fact: PublicFact };
export type Story = { readonly facts: readonly StoryFact[]; readonly isWhole: boolean };

/** Rows looked at before the registration, for its call. */
const BACK_ROWS = 20_000;
/** Rows looked at in all: about the work of a busy hour. A longer story is told up to there. */
const ROWS_MAX = 500_000;
const FACTS_MAX = 2_000;

export async function storyOf(
  pages: FactPages,
  newestSeq: number,
  callback: CallbackId,
): Promise<Story | undefined> {
  const registered = await findRegistered(pages, newestSeq, callback);
  if (registered === undefined) return undefined;
  const about = new About(callback);
  const facts: StoryFact[] = [];
  let seq = Math.max(1, registered.seq - BACK_ROWS);
  // The call and the place are known from the registration, so that what was before it is found on the way.
  about.know(registered.fact);
  for (let read = 0; read < ROWS_MAX && facts.length < FACTS_MAX; ) {
    const rows = await pages.page(seq);
    for (const row of rows) {
      if (about.tells(row.fact)) facts.push({ seq: row.seq, at: row.at, fact: publicFact(row.fact) });
      if (about.isOver) return { facts, isWhole: true };
    }
    if (rows.length === 0) return { facts, isWhole: true };
    read += rows.length;
    seq += rows.length;
  }
  return { facts, isWhole: false };
}

/** The row of its `callback.registered`. */
async function findRegistered(
  pages: FactPages,
  newestSeq: number,
  callback: CallbackId,
): Promise<Row<Fact> | undefined> {
  let low = 1;
  let high = newestSeq;
  // The registration lies in [low, high]; a probe looks from the middle on for any registration, and learns where ours is.
  while (low <= high) {
    const middle = low + Math.floor((high - low) / 2);
    const found = await nextRegistered(pages, middle, high);
    if (found === undefined || found.fact.callback > callback) high = middle - 1;
    else if (found.fact.callback === callback) return found;
    else low = found.seq + 1;
  }
  return undefined;
}

type Registered = Row<Fact> & { readonly fact: Extract<Fact, { type: 'callback.registered' }> };

async function nextRegistered(
  pages: FactPages,
  fromSeq: number,
  toSeq: number,
): Promise<Registered | undefined> {
  for (let seq = fromSeq; seq <= toSeq; ) {
    const rows = await pages.page(seq);
    if (rows.length === 0) return undefined;
    for (const row of rows) {
      if (row.seq > toSeq) return undefined;
      if (row.fact.type === 'callback.registered') return row as Registered;
    }
    seq += rows.length;
  }
  return undefined;
}

/** Whom a fact names. */
type Named = {
  readonly callback?: CallbackId;
  readonly place?: PlaceId;
  readonly call?: CallId;
  readonly attempt?: AttemptId;
  readonly agent?: AgentId;
};

/** Whether a fact is about this callback: by its own id, its place, its calls, its attempts, its agents. */
class About {
  readonly #callback: CallbackId;
  readonly #places = new Set<PlaceId>();
  readonly #calls = new Set<CallId>();
  readonly #attempts = new Set<AttemptId>();
  readonly #agents = new Set<AgentId>();
  #hasEnded = false;

  constructor(callback: CallbackId) {
    this.#callback = callback;
  }

  get isOver(): boolean {
    return this.#hasEnded && this.#agents.size === 0;
  }

  know(fact: Fact): void {
    if (fact.type === 'callback.registered' || fact.type === 'callback.merged') {
      this.#places.add(fact.place);
      this.#calls.add(fact.call);
    }
    if (fact.type === 'place.rejoined') this.#calls.add(fact.call);
    if (fact.type === 'attempt.intended') this.#attempts.add(fact.attempt);
    if (fact.type === 'agent.reserved') this.#agents.add(fact.agent);
  }

  tells(fact: Fact): boolean {
    const { callback, place, call, attempt, agent } = fact as unknown as Named;
    const isOurs =
      callback === this.#callback ||
      (place !== undefined && this.#places.has(place)) ||
      (call !== undefined && this.#calls.has(call) && callback === undefined) ||
      (attempt !== undefined && this.#attempts.has(attempt)) ||
      (agent !== undefined && place === undefined && callback === undefined && this.#agents.has(agent));
    if (!isOurs) return false;
    this.know(fact);
    if (ENDS.has(fact.type)) this.#hasEnded = true;
    // The agent is ours until they are free again.
    if (FREES.has(fact.type) && agent !== undefined) this.#agents.delete(agent);
    return true;
  }
}

const ENDS = new Set<Fact['type']>([
  'callback.completed',
  'callback.unreachable',
  'callback.cancelled',
  'callback.expired',
]);
const FREES = new Set<Fact['type']>(['agent.ready', 'agent.not_ready', 'agent.signed_out']);
