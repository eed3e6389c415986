// What owners and supervisors may ask: turn a switch, bar a number from ever being called, put a place before its turn
// for a recorded reason. Each is one input to the engine and, where it changes anything, one fact. A number goes straight
// to the vault; only its key goes on.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { type LineId, type PlaceId, textId } from '../core/id.ts';
import type { OwnerInput } from '../core/input.ts';
import { isDialable } from '../core/number.ts';
import type { State } from '../core/state.ts';
import { isOn, SWITCHES, type SwitchName, switchKey } from '../core/switches.ts';
import type { Engine } from '../engine/engine.ts';
import type { App } from './agents.ts';
import { NEVER_CALL, PRIORITY, SWITCH, SWITCHES as SWITCHES_SHAPE } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import { type NumberBody, numberBody, takeNumber } from './number-body.ts';
import { problem } from './problem.ts';
import { refuse, refuseNumber } from './refusal.ts';

const closed = { additionalProperties: false } as const;
const turn = Type.Object(
  {
    name: Type.Union(SWITCHES.map((name) => Type.Literal(name))),
    line: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 64 }), Type.Null()])),
    on: Type.Boolean(),
    reason: Type.String({ minLength: 1, maxLength: 200, description: 'why, in words; kept with the fact' }),
  },
  closed,
);
const placeParams = Type.Object({ place: Type.Integer({ minimum: 1 }) });
const priority = Type.Object(
  {
    reason: Type.String({ minLength: 1, maxLength: 64, description: 'as in the configuration of the line' }),
  },
  closed,
);

export function ownerRoutes(app: App, engine: Engine): void {
  const submit = async (reply: FastifyReply, input: OwnerInput, view: () => object) => {
    const { refused } = await engine.submit(input);
    return refused === null ? view() : refuse(reply, refused);
  };

  app.get('/api/v1/switches', { schema: { response: SWITCHES_SHAPE } }, () => ({
    switches: switchViews(engine.state),
  }));
  app.post('/api/v1/switches', { schema: { body: turn, response: SWITCH } }, (request, reply) => {
    const { on, reason } = request.body;
    const name = request.body.name as SwitchName;
    const line = (request.body.line ?? null) as LineId | null;
    return submit(reply, { type: 'switch.turn', name, line, on, reason, by: byOf(request) }, () =>
      switchView(engine.state, name, line),
    );
  });

  for (const [method, barred] of [
    ['POST', true],
    ['DELETE', false],
  ] as const) {
    app.route({
      method,
      url: '/api/v1/never-call',
      schema: { body: numberBody, response: NEVER_CALL },
      handler: (request, reply) => {
        const number = takeNumber(engine, request.body as NumberBody);
        if (!isDialable(number)) return refuseNumber(reply, number.code);
        if (number.type === 'relay') return refuseRelay(reply);
        const { numberKey } = number;
        return submit(reply, { type: 'number.bar', numberKey, barred, by: byOf(request) }, () => ({
          numberKey,
          barred,
        }));
      },
    });
  }

  app.post(
    '/api/v1/places/:place/priority',
    { schema: { params: placeParams, body: priority, response: PRIORITY } },
    (request, reply) => {
      const place = request.params.place as PlaceId;
      const { reason } = request.body;
      return submit(reply, { type: 'place.prioritise', place, reason, by: byOf(request) }, () => ({
        place,
        id: textId(engine.state.shard, 'place', place),
        reason,
      }));
    },
  );
}

/** Barring it would leave every client of the service without a callback. */
export function refuseRelay(reply: FastifyReply) {
  const mend =
    'this is the number of a relay service, which many clients use; cancel the one callback instead';
  return problem(reply, 422, 'number.relay', mend);
}

/** The centre's four, then each line's own three; dialling has no switch for a line. */
function switchViews(state: State) {
  const lines = (state.configuration?.lines ?? []).map(({ id }) => id);
  return [null, ...lines].flatMap((line) =>
    SWITCHES.filter((name) => line === null || name !== 'dialling').map((name) =>
      switchView(state, name, line),
    ),
  );
}

/** As it was turned last, and what holds: for a line its own and the centre's count. Null: never turned. */
function switchView(state: State, name: SwitchName, line: LineId | null) {
  const turned = state.switches.get(switchKey(name, line));
  return {
    name,
    line,
    on: turned?.on ?? name !== 'emergency',
    inForce: isOn(state.switches, name, line),
    reason: turned?.reason ?? null,
    by: turned?.by ?? null,
    at: turned?.at ?? null,
  };
}
