// Whose turn it is, read from the facts alone: for each queue who is absent with their key kept, which callbacks wait, and
// how many agents are idle. From it come the virtual turn of a callback (the first moment at which a caller who held
// would have been given an agent: an agent of its queue takes a later place, or has nothing to do), what lies between
// that turn and the agent it got, by whose doing, and who was passed. Derived from the open things; kept nowhere.

import type { Language, LineId, PlaceId } from '../../core/id.ts';
import { isBefore, Line } from '../../core/line.ts';
import { queueKey, queueKeys } from '../../core/queue.ts';
import type { Column } from '../column.ts';
import type { Blame, Books, OpenAgent, OpenCallback, OpenPlace, Why } from './open-things.ts';
import type { Sink } from './sink.ts';

type Waiting = {
  /** Away, or held by an agent and perhaps coming back. */
  readonly absent: Set<number>;
  readonly callbacks: Line;
  readonly callbackIds: Set<number>;
  idle: number;
};

/** What of a place decides whose turn it is. */
type Moved = Partial<
  Pick<
    OpenPlace,
    'state' | 'why' | 'priority' | 'line' | 'language' | 'callback' | 'call' | 'leftAt' | 'reason'
  >
>;

const OVERTAKEN: Readonly<Record<Why, Column>> = {
  goodbye: 'overtaken_goodbye',
  client_not_reached: 'overtaken_client_not_reached',
  postponed_by_client: 'overtaken_postponed_by_client',
  carried_over_closing: 'overtaken_carried_over_closing',
  held_back: 'overtaken_held_back',
  system: 'overtaken_system',
};

const BLAME: Readonly<Record<Why, Blame>> = {
  goodbye: 'own',
  client_not_reached: 'own',
  postponed_by_client: 'own',
  carried_over_closing: 'owners',
  held_back: 'owners',
  system: 'system',
};

export class Turns {
  readonly #books: Books;
  readonly #sink: Sink;
  readonly #queues = new Map<string, Waiting>();

  constructor(books: Books, sink: Sink) {
    this.#books = books;
    this.#sink = sink;
  }

  /** From the open things, after they were restored. */
  restore(): void {
    for (const place of this.#books.place.values()) this.#enter(place);
    for (const agent of this.#books.agent.values()) if (agent.state === 'ready') this.#idle(agent, 1);
  }

  /** Every change of a place's state, key, queue or callback goes through here. */
  move(place: OpenPlace, to: Moved, at: number): void {
    this.#leave(place);
    Object.assign(place, to);
    this.#enter(place);
    const isOpen = place.state === 'waiting' || place.state === 'away';
    // An agent is there with nothing to do, and yet this callback is not served: its turn has come.
    if (
      isOpen &&
      place.callback !== 0 &&
      this.#queueOf(place).idle > 0 &&
      this.#books.centre.get('centre')?.isUp
    )
      this.#comes(place, at);
  }

  remove(place: OpenPlace): void {
    this.#leave(place);
  }

  agentIs(agent: OpenAgent, wasReady: boolean): void {
    const isReady = agent.state === 'ready';
    if (wasReady !== isReady) this.#idle(agent, isReady ? 1 : -1);
  }

  signedOut(agent: OpenAgent, wasReady: boolean): void {
    if (wasReady) this.#idle(agent, -1);
  }

  /** An agent has been idle since `at`: whoever is not there, or is held back, would have been given them. */
  agentIdle(agent: OpenAgent, at: number): void {
    for (const queue of this.#queuesOf(agent)) {
      for (const id of queue.absent) {
        const place = this.#books.place.get(id) as OpenPlace;
        if (place.state === 'away') this.#comes(place, at);
      }
      for (const id of queue.callbackIds) this.#comes(this.#books.place.get(id) as OpenPlace, at);
    }
  }

  /** The agent is given this place: everybody before it in the agent's queues is passed. */
  reserved(agent: OpenAgent, place: OpenPlace, at: number): void {
    for (const queue of this.#queuesOf(agent)) {
      for (const id of queue.absent) this.#passedBy(id, place, at);
      const first = queue.callbacks.first();
      if (first === null || !isBefore(first, place)) continue;
      for (const id of queue.callbackIds) this.#passedBy(id, place, at);
    }
  }

  /** It came back, or went away again, without having been served: it was passed while it was held. */
  cameBack(place: OpenPlace, why: Why): void {
    if (place.passed > 0) this.#count(place, why, place.passed);
    place.passed = 0;
  }

  #passedBy(id: number, by: OpenPlace, at: number): void {
    const place = this.#books.place.get(id) as OpenPlace;
    if (place === by || !isBefore(place, by)) return;
    this.#books.place.change(id);
    if (place.state === 'held') {
      place.passed += 1;
      return;
    }
    this.#count(place, whyOf(place), 1);
    this.#comes(place, at);
  }

  #count(place: OpenPlace, why: Why, times: number): void {
    place.overtaken += times;
    this.#sink.count(place.cell, OVERTAKEN[why], times);
  }

  #comes(place: OpenPlace, at: number): void {
    const known = place.callback === 0 ? undefined : this.#books.callback.get(place.callback);
    if (known === undefined || known.turnAt !== 0) return;
    beginTurn(this.#books.callback.change(known.id), at, BLAME[whyOf(place)]);
  }

  #enter(place: OpenPlace): void {
    if (place.state === 'left' || place.state === 'talking') return;
    const queue = this.#queueOf(place);
    if (place.state !== 'waiting') queue.absent.add(place.id);
    else if (place.callback !== 0) {
      queue.callbacks.add(place, place.id as PlaceId);
      queue.callbackIds.add(place.id);
    }
  }

  #leave(place: OpenPlace): void {
    if (place.state === 'left' || place.state === 'talking') return;
    const queue = this.#queueOf(place);
    if (queue.absent.delete(place.id) || !queue.callbackIds.delete(place.id)) return;
    queue.callbacks.remove(place);
  }

  #idle(agent: OpenAgent, by: 1 | -1): void {
    for (const queue of this.#queuesOf(agent)) queue.idle += by;
  }

  #queuesOf({ lines, languages }: OpenAgent): Waiting[] {
    return queueKeys(lines as readonly LineId[], languages as readonly Language[]).map((key) =>
      this.#queue(key),
    );
  }

  #queueOf(place: OpenPlace): Waiting {
    return this.#queue(queueKey(place.line as LineId, place.language as Language));
  }

  #queue(key: string): Waiting {
    const known = this.#queues.get(key);
    if (known !== undefined) return known;
    const queue = {
      absent: new Set<number>(),
      callbacks: new Line(),
      callbackIds: new Set<number>(),
      idle: 0,
    };
    this.#queues.set(key, queue);
    return queue;
  }
}

function whyOf(place: OpenPlace): Why {
  return place.state === 'away' ? place.why : 'held_back';
}

function beginTurn(callback: OpenCallback, at: number, blame: Blame): void {
  callback.turnAt = at;
  callback.blamedFrom = at;
  callback.blame = blame;
}

/** The time since the last change is whose doing it was; from here on it is `blame`'s. Nothing before the turn. */
export function blame(callback: OpenCallback, at: number, next: Blame): void {
  if (callback.turnAt === 0) return;
  const ms = at - callback.blamedFrom;
  if (callback.blame === 'own') callback.ownMs += ms;
  else if (callback.blame === 'owners') callback.ownersMs += ms;
  else callback.systemMs += ms;
  callback.blamedFrom = at;
  callback.blame = next;
}

/** An agent is held for it: what came between the turn and now is settled. */
export function reserveCallback(callback: OpenCallback, at: number): void {
  if (callback.turnAt === 0) beginTurn(callback, at, 'system');
  else blame(callback, at, 'system');
  callback.reservedAt = at;
  callback.failure = '';
}
