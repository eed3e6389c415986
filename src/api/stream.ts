// GET /api/v1/stream: Server-Sent Events. With `after` the facts for programs (fact-stream.ts); else the board for desks.
// Each listener is given the whole board at once, and then its changes, at most ten times a second, computed once for
// everybody; a beat every two seconds says that the stream lives. A browser begins anew by itself; since the board comes
// whole, nothing was missed. Who reads too slowly is let go with a reason: no buffer of ours grows without end. Only what
// is committed is told.

import type { ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { boardOf } from '../engine/board.ts';
import type { BoardView } from '../engine/board-shape.ts';
import type { Engine } from '../engine/engine.ts';
import type { LiveCounters } from '../engine/live-counters.ts';
import type { App } from './agents.ts';
import { texted } from './answer-shapes.ts';
import { BoardSlices, type Eyes } from './board-slices.ts';
import { type FactPages, sendFacts } from './fact-stream.ts';
import type { Identity } from './identity.ts';
import { problem } from './problem.ts';

export const STREAM_PAUSE_MS = 100;
export const STREAM_BEAT_MS = 2_000;
/** Unread bytes of one listener. */
const UNREAD_MAX_BYTES = 4 * 1024 * 1024;
const STREAMS_MAX = 2_000;
/** Making a board may take so much of the time, one part of this many: a huge board comes more rarely. */
const SHARE_OF_TIME = 8;
const GRACE_MS = 5_000;

type Listener = { readonly to: ServerResponse; readonly eyes: Eyes };

export class BoardStreams {
  readonly #engine: Engine;
  readonly #live: LiveCounters | undefined;
  readonly #now: () => number;
  readonly #slices = new BoardSlices();
  readonly #listeners = new Set<Listener>();
  readonly #stopHearing: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #beat: ReturnType<typeof setInterval> | undefined;
  #pauseMs = STREAM_PAUSE_MS;
  #madeAt = 0;
  #seq = 0;
  #at = 0;

  constructor(engine: Engine, live: LiveCounters | undefined, now: () => number) {
    this.#engine = engine;
    this.#live = live;
    this.#now = now;
    this.#stopHearing = engine.onCommitted(() => this.#soon());
  }

  get count(): number {
    return this.#listeners.size;
  }

  add(to: ServerResponse, eyes: Eyes): void {
    const listener: Listener = { to, eyes };
    to.once('close', () => this.#drop(listener));
    this.#listeners.add(listener);
    this.#beat ??= setInterval(() => this.#beatAll(), STREAM_BEAT_MS);
    if (this.#slices.board !== null) this.#sendWhole(listener);
    else this.#engine.readCommitted(() => this.#first(listener));
  }

  close(): void {
    this.#stopHearing();
    for (const { to } of this.#listeners) bye(to, 'stream.closing');
    this.#listeners.clear();
    this.#rest();
  }

  #first(listener: Listener): void {
    if (this.#slices.board === null) this.#make();
    if (this.#listeners.has(listener)) this.#sendWhole(listener);
  }

  #drop(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#rest();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    clearInterval(this.#beat);
    this.#timer = undefined;
    this.#beat = undefined;
    this.#slices.clear();
  }

  #soon(): void {
    if (this.#timer !== undefined || this.#listeners.size === 0) return;
    const sinceMs = performance.now() - this.#madeAt;
    this.#timer = setTimeout(() => this.#tick(), Math.max(0, this.#pauseMs - sinceMs));
  }

  #tick(): void {
    this.#engine.readCommitted(() => {
      this.#timer = undefined;
      if (this.#listeners.size === 0 || !this.#make()) return;
      const head = `event: board\nid: ${this.#seq}\ndata: {"seq":${this.#seq},"at":${this.#at},"change":{`;
      for (const listener of this.#listeners) {
        const change = this.#slices.change(listener.eyes);
        if (change !== '') this.#send(listener, `${head}${change}}}\n\n`);
      }
    });
  }

  /** True: something has changed. To be called when everything is committed. */
  #make(): boolean {
    const beganAt = performance.now();
    const { state } = this.#engine;
    this.#engine.readCommitted((_state, seq) => {
      this.#seq = seq;
    });
    this.#at = Math.max(state.now, this.#now());
    const isChanged = this.#slices.put(boardOf({ state, live: this.#live, at: this.#at }));
    this.#madeAt = performance.now();
    this.#pauseMs = Math.max(STREAM_PAUSE_MS, (this.#madeAt - beganAt) * SHARE_OF_TIME);
    return isChanged;
  }

  #sendWhole(listener: Listener): void {
    const whole = this.#slices.whole(listener.eyes);
    const head = `event: board\nid: ${this.#seq}\ndata: {"seq":${this.#seq},"at":${this.#at},"whole":{`;
    this.#send(listener, `${head}${whole}}}\n\n`);
  }

  /** What time alone changes (a wait expected, a new day) is looked at with each beat. */
  #beatAll(): void {
    this.#soon();
    const beat = `event: beat\ndata: {"at":${Math.max(this.#engine.state.now, this.#now())},"seq":${this.#seq}}\n\n`;
    for (const listener of this.#listeners) this.#send(listener, beat);
  }

  #send(listener: Listener, text: string): void {
    const { to } = listener;
    if (to.writableLength <= UNREAD_MAX_BYTES) {
      to.write(text);
      return;
    }
    this.#drop(listener);
    bye(to, 'stream.too_slow');
  }
}

/** The last word, and the end: at once for who reads it, after a moment for who does not. */
function bye(to: ServerResponse, code: string): void {
  to.end(`event: bye\ndata: ${JSON.stringify({ code })}\n\n`);
  setTimeout(() => to.destroy(), GRACE_MS).unref();
}

const query = Type.Object({
  view: Type.Optional(
    Type.Union(
      (['supervisor', 'wall', 'agent'] as const).map((view) => Type.Literal(view)),
      { default: 'wall' },
    ),
  ),
  agent: Type.Optional(
    Type.String({ maxLength: 64, description: 'whose, for the view of an agent; left out: who asks' }),
  ),
  after: Type.Optional(
    Type.Integer({ minimum: 0, description: 'for programs: the facts after this seq, as events "fact"' }),
  ),
  types: Type.Optional(
    Type.String({ maxLength: 2_000, description: 'with after: only these types, separated by commas' }),
  ),
});

export type StreamParts = {
  readonly engine: Engine;
  readonly live?: LiveCounters;
  readonly now?: () => number;
  /** Left out: no facts are streamed. */
  readonly facts?: () => FactPages;
};

export function streamRoutes(app: App, { engine, live, now = Date.now, facts }: StreamParts): void {
  const streams = new BoardStreams(engine, live, now);
  app.addHook('preClose', async () => streams.close());
  app.get(
    '/api/v1/stream',
    { schema: { querystring: query, response: texted('text/event-stream') } },
    (request, reply) => {
      if (streams.count >= STREAMS_MAX) {
        return problem(reply, 503, 'stream.full', 'as many streams as allowed are open; close one, or wait');
      }
      const { view = 'wall' } = request.query;
      const agent = request.query.agent ?? request.identity?.agent ?? null;
      const after = lastSeen(request, request.query.after);
      // Facts speak of everybody: they are for whoever may see all of the board.
      const seen = after === undefined ? (view as BoardView) : 'supervisor';
      if (!maySee(request.identity, seen, agent)) {
        const mend =
          'this view is for supervisors, and an agent sees their own only; ask for the view "wall"';
        return problem(reply, 403, 'request.forbidden', mend);
      }
      if (after !== undefined && facts !== undefined) {
        const types = request.query.types?.split(',').map((type) => type.trim());
        begin(request, reply);
        sendFacts(reply.raw, engine, facts(), after, types === undefined ? null : new Set(types)).catch(() =>
          reply.raw.destroy(),
        );
        return reply;
      }
      begin(request, reply);
      streams.add(reply.raw, { view: view as BoardView, agent });
      return reply;
    },
  );
}

/** The wall is for everybody inside; what names callbacks and agents is for those who oversee them, and for themselves. */
function maySee(identity: Identity | null, view: BoardView, agent: string | null): boolean {
  if (view === 'wall') return true;
  if (identity === null) return false;
  if (identity.kind === 'token') return true; // its scope says read:stand
  if (identity.roles.some((role) => role === 'supervisor' || role === 'admin')) return true;
  return view === 'agent' && agent !== null && agent === identity.agent;
}

/** A browser that begins anew says the last id it saw, which goes before the one it began with. */
function lastSeen({ headers }: FastifyRequest, after: number | undefined): number | undefined {
  const last = Number(headers['last-event-id'] ?? '');
  return after === undefined || !Number.isSafeInteger(last) || last <= after ? after : last;
}

function begin(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  request.raw.socket.setNoDelay(true);
  request.raw.socket.setTimeout(0);
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close', // at its end the socket ends too, so that nobody waits on it
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  });
}
