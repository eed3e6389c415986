// The callbacks that have not ended: how each stands, cancelling one, calling one later, at another number, in the other
// language, or as that of a client who uses a relay service. Ended ones are in the journal and the records. Keys and
// counts only, never a number, and never the code that the agent says to the client.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { LIMITS } from '../core/configuration.ts';
import { referenceOf } from '../core/effects.ts';
import type { CallbackId } from '../core/id.ts';
import type { OwnerInput } from '../core/input.ts';
import { isDialable } from '../core/number.ts';
import { placesAhead } from '../core/quoting.ts';
import { type Callback, placeOf, type State } from '../core/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { App } from './agents.ts';
import { CALLBACK, CALLBACKS } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import { type NumberBody, numberBody, takeNumber } from './number-body.ts';
import { refuseRelay } from './owners.ts';
import { refuse, refuseNumber } from './refusal.ts';

const LIST_MAX = 1_000;
/** Who needs more calls again. */
const POSTPONE_MINUTES_MAX = LIMITS.laterMaxMs / 60_000;

const params = Type.Object({ callback: Type.Integer({ minimum: 1, description: 'id or reference number' }) });
const query = Type.Object({
  line: Type.Optional(Type.String({ maxLength: 64 })),
  after: Type.Optional(Type.Integer({ minimum: 0, default: 0, description: 'only those with a greater id' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: LIST_MAX, default: 100 })),
});
const later = Type.Object(
  { minutes: Type.Integer({ minimum: 1, maximum: POSTPONE_MINUTES_MAX }) },
  { additionalProperties: false },
);

const spoken = Type.Object(
  { language: Type.Union([Type.Literal('en'), Type.Literal('fr')]) },
  { additionalProperties: false },
);

export function callbackRoutes(app: App, engine: Engine): void {
  const path = '/api/v1/callbacks';
  const submit = async (reply: FastifyReply, input: OwnerInput, id: CallbackId) => {
    const { refused } = await engine.submit(input);
    return refused === null ? callbackView(engine.state, id) : refuse(reply, refused);
  };
  app.get(path, { schema: { querystring: query, response: CALLBACKS } }, (request) => {
    const { line, after = 0, limit = 100 } = request.query;
    const callbacks = listOf(engine.state, line, after, limit);
    const last = callbacks.length === limit ? callbacks.at(-1) : undefined;
    return { callbacks, next: last?.callback ?? null };
  });
  app.get(`${path}/:callback`, { schema: { params, response: CALLBACK } }, (request, reply) => {
    const id = request.params.callback as CallbackId;
    return engine.state.callbacks.has(id)
      ? callbackView(engine.state, id)
      : refuse(reply, 'callback.unknown');
  });
  app.post(`${path}/:callback/cancel`, { schema: { params, response: CALLBACK } }, (request, reply) => {
    const callback = request.params.callback as CallbackId;
    return submit(reply, { type: 'callback.cancel', callback, by: byOf(request) }, callback);
  });
  app.post(`${path}/:callback/relay`, { schema: { params, response: CALLBACK } }, (request, reply) => {
    const callback = request.params.callback as CallbackId;
    return submit(reply, { type: 'callback.mark_relay', callback, by: byOf(request) }, callback);
  });
  app.post(`${path}/:callback/never-call`, { schema: { params, response: CALLBACK } }, (request, reply) => {
    const callback = request.params.callback as CallbackId;
    const known = engine.state.callbacks.get(callback);
    if (known === undefined) return refuse(reply, 'callback.unknown');
    if (known.byRelay) return refuseRelay(reply);
    // The number itself, with all of its extensions; what is pending for it is cancelled.
    const bar = { type: 'number.bar', numberKey: known.mainKey, barred: true, by: byOf(request) } as const;
    return submit(reply, bar, callback);
  });
  app.post(
    `${path}/:callback/language`,
    { schema: { params, body: spoken, response: CALLBACK } },
    (request, reply) => {
      const callback = request.params.callback as CallbackId;
      const { language } = request.body;
      return submit(
        reply,
        { type: 'callback.change_language', callback, language, by: byOf(request) },
        callback,
      );
    },
  );
  app.post(
    `${path}/:callback/number`,
    { schema: { params, body: numberBody, response: CALLBACK } },
    (request, reply) => {
      const callback = request.params.callback as CallbackId;
      const number = takeNumber(engine, request.body as NumberBody);
      if (!isDialable(number)) return refuseNumber(reply, number.code);
      return submit(reply, { type: 'callback.change_number', callback, number, by: byOf(request) }, callback);
    },
  );
  app.post(
    `${path}/:callback/postpone`,
    { schema: { params, body: later, response: CALLBACK } },
    (request, reply) => {
      const callback = request.params.callback as CallbackId;
      const { minutes } = request.body;
      return submit(reply, { type: 'callback.postpone', callback, minutes, by: byOf(request) }, callback);
    },
  );
}

/** In the order in which they were registered, which is that of their ids. */
function listOf(state: State, line: string | undefined, after: number, limit: number) {
  const listed: ReturnType<typeof viewOf>[] = [];
  for (const callback of state.callbacks.values()) {
    if (callback.id <= after || (line !== undefined && callback.line !== line)) continue;
    listed.push(viewOf(state, callback));
    if (listed.length === limit) break;
  }
  return listed;
}

/** One that has just been cancelled is gone from the state. */
function callbackView(state: State, id: CallbackId) {
  const callback = state.callbacks.get(id);
  return callback === undefined
    ? { callback: id, reference: referenceOf(id), state: 'cancelled' as const }
    : viewOf(state, callback);
}

function viewOf(state: State, callback: Callback) {
  const place = placeOf(state, callback.place);
  return {
    callback: callback.id,
    reference: referenceOf(callback.id),
    state: callback.state,
    line: callback.line,
    language: place.language,
    place: place.id,
    /** Its number in the line by its key, also while it waits away from the line; 1 is next. */
    rank: placesAhead(state, place) + 1,
    /** The client uses a relay service or a TTY. */
    relay: place.relay,
    /** Chances used up: calls that did not reach the client. */
    attempts: callback.chances,
    registeredAt: callback.registeredAt,
    /** UTC ms; null: as soon as its turn comes. */
    notBefore: callback.notBeforeAt > state.now ? callback.notBeforeAt : null,
  };
}
