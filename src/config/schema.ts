// The shape of the configuration file, once, for checking and for the published JSON Schema. Seconds here, because people
// write it; milliseconds inside. Secrets are not in it.

import { type Static, Type } from 'typebox';
import { PROMPT_KEYS } from '../core/prompt.ts';

const id = Type.String({
  pattern: '^[a-z][a-z0-9_-]{0,31}$',
  description: 'lower case letters, digits, _ and -',
});
const e164 = Type.String({ pattern: '^\\+[1-9][0-9]{6,14}$', description: 'a number as +16135550100' });
const language = Type.Union([Type.Literal('en'), Type.Literal('fr')]);
const seconds = (minimum: number, maximum: number, description: string, fallback: number) =>
  Type.Optional(Type.Number({ minimum, maximum, description, default: fallback }));
const closed = { additionalProperties: false } as const;

export const lineSchema = Type.Object(
  {
    id,
    name: Type.Object({ en: Type.String({ minLength: 1 }), fr: Type.String({ minLength: 1 }) }, closed),
    key: Type.Integer({ minimum: 1, maximum: 9, description: 'the key that chooses the line in the menu' }),
    prompt: Type.Optional(
      Type.Union(
        PROMPT_KEYS.filter((key) => key.startsWith('line.')).map((key) => Type.Literal(key)),
        { description: 'the phrase of the menu; line.other when left out' },
      ),
    ),
    numbers: Type.Optional(
      Type.Array(Type.String({ pattern: '^[+0-9]{1,16}$' }), {
        description: 'dialled numbers that lead straight to the line',
      }),
    ),
    callerId: e164,
    capacity: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'places, holding and callback together' }),
    ),
    expectedHandleS: seconds(1, 36_000, 'handle time until enough calls have been seen', 600),
    expectedPatienceS: seconds(1, 360_000, 'mean patience of a caller who holds', 1_800),
  },
  closed,
);

/** Also the user name of the agent's phone. */
const agentId = Type.String({
  pattern: '^[a-z][a-z0-9-]{0,31}$',
  description: 'lower case letters, digits and -',
});

export const agentSchema = Type.Object(
  {
    id: agentId,
    lines: Type.Array(id, { minItems: 1 }),
    languages: Type.Array(language, { minItems: 1, uniqueItems: true }),
  },
  closed,
);

export const fileSchema = Type.Object(
  {
    languages: Type.Array(language, {
      minItems: 1,
      uniqueItems: true,
      description: 'in the order of the greeting',
    }),
    lines: Type.Array(lineSchema, { minItems: 1, maxItems: 64 }),
    agents: Type.Array(agentSchema, { maxItems: 10_000 }),
    dialogue: Type.Optional(
      Type.Object(
        {
          rounds: Type.Optional(
            Type.Integer({
              minimum: 1,
              maximum: 9,
              default: 3,
              description: 'how often a menu is said before giving up',
            }),
          ),
          silenceS: seconds(1, 60, 'silence after a menu before it is said again', 6),
          keyRepeatMs: Type.Optional(
            Type.Integer({
              minimum: 0,
              maximum: 2_000,
              default: 500,
              description: 'the same key within this time is a bounce',
            }),
          ),
          offerEveryS: seconds(15, 3_600, 'how often place, wait and offer are said while holding', 60),
          firstDigitS: seconds(1, 60, 'silence before the first digit of a number', 8),
          nextDigitS: seconds(1, 60, 'silence between two digits of a number', 4),
        },
        closed,
      ),
    ),
    callback: Type.Optional(
      Type.Object(
        {
          attempts: Type.Optional(
            Type.Integer({ minimum: 1, maximum: 10, default: 2, description: 'calls to the client at most' }),
          ),
          ringS: seconds(5, 120, "how long the client's phone rings", 25),
          retryAfterS: seconds(1, 86_400, 'between a failed attempt and the next', 900),
        },
        closed,
      ),
    ),
    agent: Type.Optional(
      Type.Object(
        {
          ringS: seconds(2, 120, "how long an agent's phone rings", 15),
          wrapUpS: seconds(0, 3_600, 'time for notes after a conversation', 30),
        },
        closed,
      ),
    ),
  },
  { ...closed, $id: 'rappel-configuration', title: 'Rappel: the configuration of a centre' },
);

export type ConfigurationFile = Static<typeof fileSchema>;
