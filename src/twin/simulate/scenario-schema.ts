// The shape of a scenario, once, for checking and for the published JSON Schema: the agents and lines of a centre, how
// people call, talk, hold and answer, and when to stop. Seconds, because people write it.

import { type Static, Type } from 'typebox';
import { LIMITS } from '../../core/configuration.ts';

const closed = { additionalProperties: false } as const;
const LINE_NAME = '^[a-z][a-z0-9_-]{0,31}$';
const SECONDS_MAX = 31_536_000;
/** As one number, so that no product of counts and times leaves the safe integers. */
const CALLS_MAX = 1_000_000_000;

export const SCENARIO_FORMS: Readonly<Record<string, string>> = {
  [LINE_NAME]: 'lower case letters, digits, _ and -, at most 32, a letter first',
};

const seconds = (description: string, minimum = 0) =>
  Type.Number({ minimum, maximum: SECONDS_MAX, description });
const optional = (description: string, fallback: number) =>
  Type.Optional(Type.Number({ minimum: 0, maximum: SECONDS_MAX, description, default: fallback }));

const lawSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('exponential'), Type.Literal('lognormal'), Type.Literal('constant')]),
    meanS: seconds('mean, in seconds', 0.001),
    cv: Type.Optional(
      Type.Number({ minimum: 0.001, maximum: 20, description: 'lognormal: standard deviation over mean' }),
    ),
  },
  closed,
);

const patienceSchema = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('exponential'),
      Type.Literal('lognormal'),
      Type.Literal('constant'),
      Type.Literal('infinite'),
    ]),
    meanS: Type.Optional(seconds('mean, in seconds; not for infinite', 0.001)),
    cv: Type.Optional(
      Type.Number({ minimum: 0.001, maximum: 20, description: 'lognormal: standard deviation over mean' }),
    ),
  },
  { ...closed, description: 'how long a caller is willing to hold' },
);

const answerSchema = Type.Object(
  {
    probabilities: Type.Array(Type.Number({ minimum: 0, maximum: 1 }), {
      minItems: 1,
      maxItems: 10,
      description: 'that the client answers the first attempt, the second, ...; as many attempts as items',
    }),
    ringS: optional('until a client who answers does', 0),
    noAnswerS: optional('how long the phone rings when nobody answers', 0),
    retryAfterS: optional('from a failed attempt to the next', 0),
  },
  closed,
);

const callbackSchema = Type.Object(
  {
    offer: Type.Union(
      [
        Type.Literal('always'),
        Type.Literal('never'),
        Type.Object({ whenEwtOverS: seconds('offered where the quoted wait is above this') }, closed),
      ],
      { description: 'to every caller who must wait, on entry; never; or by the wait that is quoted' },
    ),
    takeRate: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, default: 0, description: 'of those offered one' }),
    ),
    answer: Type.Optional(answerSchema),
  },
  closed,
);

const lineSchema = Type.Object(
  {
    arrivals: Type.Object(
      { kind: Type.Literal('poisson'), perHour: Type.Number({ minimum: 0.001, maximum: CALLS_MAX }) },
      closed,
    ),
    handle: lawSchema,
    patience: Type.Optional(patienceSchema),
    wrapUpS: optional("the agent's time after each conversation", 0),
    capacity: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: LIMITS.placesPerLineMax,
        description: 'waiting places, holding and callback; 0: no waiting; left out: no limit',
      }),
    ),
    serviceLevelS: Type.Optional(
      Type.Array(seconds('answered within so many seconds of entry'), { maxItems: 20 }),
    ),
    callback: Type.Optional(callbackSchema),
  },
  closed,
);

export const scenarioSchema = Type.Object(
  {
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 1 })),
    stop: Type.Object(
      {
        calls: Type.Optional(
          Type.Integer({ minimum: 1, maximum: CALLS_MAX, description: 'arrivals after the warm-up' }),
        ),
        days: Type.Optional(
          Type.Number({
            exclusiveMinimum: 0,
            maximum: 36_500,
            description: 'of 24 hours, after the warm-up',
          }),
        ),
      },
      { ...closed, description: 'one of the two' },
    ),
    warmupCalls: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: CALLS_MAX,
        default: 0,
        description: 'arrivals that are not counted',
      }),
    ),
    ghostShare: Type.Optional(
      Type.Number({
        minimum: 0.1,
        maximum: 1,
        default: 0.25,
        description: 'of arrivals, drawn by chance: whose wait with infinite patience is followed to its end',
      }),
    ),
    agents: Type.Array(
      Type.Object(
        {
          count: Type.Integer({ minimum: 1, maximum: LIMITS.agentsMax }),
          lines: Type.Array(Type.String({ pattern: LINE_NAME }), { minItems: 1, uniqueItems: true }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 200 },
    ),
    lines: Type.Record(Type.String({ pattern: LINE_NAME }), lineSchema, {
      ...closed,
      minProperties: 1,
      maxProperties: 100,
    }),
  },
  { ...closed, title: 'A scenario of rappel simulate', $id: 'rappel-scenario' },
);

export type ScenarioFile = Static<typeof scenarioSchema>;
export type ScenarioLineFile = Static<typeof lineSchema>;
export type LawFile = Static<typeof patienceSchema>;

export function scenarioSchemaText(): string {
  return `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', ...scenarioSchema }, null, 2)}\n`;
}
