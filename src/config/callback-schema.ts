// The shape of the rules of callback in the file: the same keys stand under `callback` for the whole centre and under a
// line's own `callback`, where they count instead.

import { type Static, Type } from 'typebox';
import { LIMITS, ORDINARY_PRIORITY } from '../core/configuration.ts';
import { PRIORITIES } from '../core/line.ts';
import { closed, hoursSchema } from './hours-schema.ts';

const DATE_OR_TIME = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T([01][0-9]|2[0-3]):[0-5][0-9])?$';
const REASON = '^[a-z][a-z0-9_]{0,31}$';

export const CALLBACK_FORMS: Readonly<Record<string, string>> = {
  [DATE_OR_TIME]: 'a date such as 2019-04-17, or a local date and time such as 2019-04-17T07:00',
  [REASON]: 'lower case letters, digits and _, at most 32',
};

export const seconds = (minimum: number, maximum: number, description: string, fallback?: number) =>
  Type.Optional(
    Type.Number({ minimum, maximum, description, ...(fallback === undefined ? {} : { default: fallback }) }),
  );
export const count = (minimum: number, maximum: number, description: string, fallback?: number) =>
  Type.Optional(
    Type.Integer({ minimum, maximum, description, ...(fallback === undefined ? {} : { default: fallback }) }),
  );

const DAY_S = 86_400;

const phaseSchema = Type.Object(
  {
    from: Type.String({ pattern: DATE_OR_TIME, description: 'local; it lasts until the next phase begins' }),
    share: Type.Optional(
      Type.Number({
        minimum: 0.001,
        maximum: 1,
        default: 1,
        description: 'of the callers who could be offered one',
      }),
    ),
    perDayMax: count(1, 1_000_000, 'callbacks accepted in one day of the line; left out: no cap'),
    pause: Type.Optional(Type.Literal(true, { description: 'nothing is offered until the next phase' })),
    because: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'for people' })),
  },
  closed,
);

const closingSchema = Type.Object(
  {
    pending: Type.Optional(
      Type.Union([Type.Literal('finish'), Type.Literal('carry'), Type.Literal('expire')], {
        default: 'carry',
        description: 'what becomes of callbacks that wait when the line closes',
      }),
    ),
    finishS: seconds(60, DAY_S / 2, 'finish: for so long after closing, then the rest is carried'),
    carryMax: count(
      0,
      1_000_000,
      'carried to the next opening at most; the latest beyond it expire',
      1_000_000,
    ),
    cutOffS: seconds(0, DAY_S / 2, 'no attempt is begun later than this before closing', 0),
    callingHours: Type.Optional(hoursSchema),
  },
  closed,
);

const prioritySchema = Type.Object(
  {
    reason: Type.String({ pattern: REASON, description: 'recorded with each place that is served sooner' }),
    priority: Type.Integer({
      minimum: 0,
      maximum: PRIORITIES - 1,
      description: `smaller is sooner; an ordinary place has ${ORDINARY_PRIORITY}`,
    }),
    placesMax: Type.Integer({
      minimum: 1,
      maximum: LIMITS.placesPerLineMax,
      description: 'at once in the line',
    }),
  },
  closed,
);

/** Of a line, and for the whole centre where a line does not say otherwise. */
const rules = {
  phases: Type.Optional(
    Type.Array(phaseSchema, {
      minItems: 1,
      maxItems: 100,
      description: 'when callback is offered; left out: always',
    }),
  ),
  waitOverS: seconds(0, DAY_S, 'offered where the quoted wait is above this', 0),
  aheadOver: count(-1, LIMITS.placesPerLineMax, 'offered where more than so many are ahead; -1: always', -1),
  pendingMax: count(1, LIMITS.placesPerLineMax, 'callbacks that have not ended; left out: no cap'),
  keepChance: Type.Optional(
    Type.Number({
      minimum: 0,
      maximum: 1,
      default: 0.9,
      description: 'the least chance that the turn comes before closing',
    }),
  ),
  overflowPlaces: count(0, LIMITS.placesPerLineMax, 'callback places for callers who find the line full', 0),
  closing: Type.Optional(closingSchema),
  priorities: Type.Optional(Type.Array(prioritySchema, { maxItems: 32 })),
  leavesMessage: Type.Optional(
    Type.Boolean({ default: false, description: 'an agent may leave the neutral message on a voicemail' }),
  ),
  attempts: count(1, 10, 'calls to the client at most', 2),
  ringS: seconds(5, 120, "how long the client's phone rings", 25),
  retryAfterS: seconds(1, DAY_S, 'between a failed attempt and the next', 900),
} as const;

export const lineCallbackSchema = Type.Object(rules, closed);

const delay = (description: string) => seconds(1, DAY_S, description);

export const centreCallbackSchema = Type.Object(
  {
    ...rules,
    callAgain: count(
      0,
      5,
      'how often an agent may agree with a client to call again, for one callback; 0: never',
      2,
    ),
    relayRingS: seconds(5, 180, 'the same, for a client who uses a relay service or a TTY', 60),
    retryAfterByCauseS: Type.Optional(
      Type.Object(
        {
          busy: delay('the line was busy'),
          no_answer: delay('it rang and nobody answered'),
          voicemail: delay('a machine answered'),
          rejected: delay('the call was declined'),
          congestion: delay('the network was congested'),
          unknown: delay('nobody knows whether it rang; never less than the quarantine'),
        },
        { ...closed, description: 'instead of retryAfterS' },
      ),
    ),
  },
  closed,
);

export type LineCallbackFile = Static<typeof lineCallbackSchema>;
export type CentreCallbackFile = Static<typeof centreCallbackSchema>;
export type PhaseFile = Static<typeof phaseSchema>;
