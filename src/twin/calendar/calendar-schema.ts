// The shape of a scenario with a calendar: a centre as its owners configure it, between two dates; how many people call it,
// when, in which language, for what; how many seats are filled at which time; how people hold, call again and answer.
// Seconds and minutes, because people write it. What a centre decides stands in its configuration and nowhere here.

import { type Static, Type } from 'typebox';
import { SCENARIO_FORMS } from '../simulate/scenario-schema.ts';

const closed = { additionalProperties: false } as const;
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
const CLOCK = '^([01][0-9]|2[0-3]):[0-5][0-9]$';
const LINE_ID = '^[a-z][a-z0-9_-]{0,31}$';
const DAY_S = 86_400;

export const CALENDAR_FORMS: Readonly<Record<string, string>> = {
  ...SCENARIO_FORMS,
  [DATE]: 'a date as year-month-day, such as 2019-04-17',
  [CLOCK]: 'a time of the clock in quotes, such as "07:00"',
};

const share = (description: string) => Type.Number({ minimum: 0, maximum: 1, description });
const date = (description: string) => Type.String({ pattern: DATE, description });
const weights = (description: string) =>
  Type.Array(Type.Number({ minimum: 0, maximum: 1_000 }), { minItems: 1, maxItems: 48, description });
const from = Type.String({ pattern: CLOCK, description: 'local time at which the first half-hour begins' });
const note = Type.Array(Type.String({ minLength: 1, maxLength: 2_000 }), { maxItems: 100 });

const lawSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('exponential'), Type.Literal('lognormal'), Type.Literal('constant')]),
    meanS: Type.Number({ minimum: 0.001, maximum: DAY_S, description: 'mean, in seconds' }),
    cv: Type.Optional(
      Type.Number({ minimum: 0.001, maximum: 20, description: 'lognormal: standard deviation over mean' }),
    ),
  },
  closed,
);

const demandSchema = Type.Object(
  {
    callersPerDay: Type.Number({
      minimum: 0.1,
      maximum: 1_000_000,
      description: 'people who call for the first time, on a day of the mean',
    }),
    weekdays: Type.Array(Type.Number({ minimum: 0, maximum: 100 }), {
      minItems: 7,
      maxItems: 7,
      description: 'factor of each day, Monday first',
    }),
    dayCv: Type.Optional(
      Type.Number({ minimum: 0, maximum: 2, default: 0, description: 'of a day: deviation over mean' }),
    ),
    halfHours: Type.Object({ from, weights: weights('how the callers of a day divide') }, closed),
    french: Type.Optional(share('of callers, where the centre speaks both languages')),
    lines: Type.Record(Type.String({ pattern: LINE_ID }), Type.Number({ minimum: 0, maximum: 1_000 }), {
      ...closed,
      minProperties: 1,
      description: 'how callers divide among the lines',
    }),
    redial: Type.Optional(
      Type.Object(
        {
          probability: share('that whoever was refused or gave up calls again'),
          sameDay: share('of those, who do so on the same day; the others on the next day of work'),
          afterS: Type.Number({ minimum: 1, maximum: DAY_S, description: 'mean delay on the same day' }),
        },
        closed,
      ),
    ),
  },
  closed,
);

const seatsSchema = Type.Object(
  {
    from,
    shape: weights('share of the agents of the configuration who are at work, by half-hour'),
    stayS: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: DAY_S,
        description: 'how long the last half-hour’s agents stay on',
      }),
    ),
  },
  closed,
);

const callbackSchema = Type.Object(
  {
    takeRate: share('of those who are offered one'),
    answers: Type.Array(share('that the client answers'), {
      minItems: 1,
      maxItems: 10,
      description: 'at the first attempt, the second, ...; as many as the centre makes',
    }),
    ringS: Type.Number({ minimum: 0, maximum: 120, description: 'until a client who answers does' }),
  },
  closed,
);

export const calendarSchema = Type.Object(
  {
    seed: Type.Optional(Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, default: 1 })),
    sources: Type.Optional({ ...note, description: 'for people: what is known, and from where' }),
    assumptions: Type.Optional({ ...note, description: 'for people: what is assumed or fitted' }),
    calendar: Type.Object({ from: date('the first day'), to: date('the last day') }, closed),
    centre: Type.Unknown({
      description: 'a configuration of a centre, or the path of its file beside this one',
    }),
    demand: demandSchema,
    handle: { ...lawSchema, description: "conversation and wrap-up together; the wrap-up is the centre's" },
    patience: { ...lawSchema, description: 'how long a caller is willing to hold' },
    callback: callbackSchema,
    seats: seatsSchema,
  },
  { ...closed, title: 'A scenario of rappel simulate, with a calendar', $id: 'rappel-calendar-scenario' },
);

export type CalendarFile = Omit<Static<typeof calendarSchema>, 'centre'> & { readonly centre: unknown };
