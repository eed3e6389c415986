// The shape of hours in the file: weekly by weekday, holidays, exceptions by date. A line's opening, a client's calling
// hours and an agent's shifts are all written this way. Times are those of the clock on the wall.

import { type Static, Type } from 'typebox';
import { PROVINCES, type Province } from './holidays.ts';

export const closed = { additionalProperties: false } as const;

export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const TIME_SPAN = '^([01][0-9]|2[0-3]):[0-5][0-9]-(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$';
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';

/** What a pattern means, for the person whose text does not match it. */
export const TIME_FORMS: Readonly<Record<string, string>> = {
  [TIME_SPAN]: 'a span of 24-hour times in quotes, such as "07:00-19:00" (an end may be "24:00")',
  [DATE]: 'a date as year-month-day, such as 2019-12-24',
};

export const dateSchema = Type.String({ pattern: DATE, description: 'year-month-day' });
export const timeZoneSchema = Type.String({
  minLength: 1,
  maxLength: 64,
  description: 'a name of the IANA time zone database, such as America/Toronto or America/St_Johns',
});

const spans = (description: string) =>
  Type.Optional(Type.Array(Type.String({ pattern: TIME_SPAN }), { maxItems: 12, description }));

const exceptionSchema = Type.Object(
  {
    date: dateSchema,
    closed: Type.Optional(Type.Literal(true, { description: 'closed all day' })),
    open: spans("these instead of the weekday's; also on a holiday"),
    because: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'for people' })),
  },
  closed,
);

export const hoursSchema = Type.Object(
  {
    timeZone: Type.Optional(timeZoneSchema),
    everyDay: spans('Monday to Sunday; what follows is more particular and counts instead'),
    weekdays: spans('Monday to Friday'),
    weekend: spans('Saturday and Sunday'),
    monday: spans('what begins on a Monday; a span past midnight ends on the next day'),
    tuesday: spans('Tuesday'),
    wednesday: spans('Wednesday'),
    thursday: spans('Thursday'),
    friday: spans('Friday'),
    saturday: spans('Saturday'),
    sunday: spans('Sunday'),
    holidays: Type.Optional(
      Type.Union([Type.Literal('canada'), Type.Literal('none')], {
        default: 'none',
        description: "canada: closed on Canada's statutory holidays, with the days in lieu",
      }),
    ),
    province: Type.Optional(
      Type.Unsafe<Province>(
        Type.Union(
          PROVINCES.map((province) => Type.Literal(province)),
          {
            description:
              'its additional holiday: the Civic Holiday, 24 June in Quebec, Discovery Day in Yukon',
          },
        ),
      ),
    ),
    easterMonday: Type.Optional(
      Type.Boolean({ default: false, description: 'closed on Easter Monday as well' }),
    ),
    exceptions: Type.Optional(Type.Array(exceptionSchema, { maxItems: 1_000 })),
  },
  { ...closed, description: 'a day that is left out is closed' },
);

export type HoursFile = Static<typeof hoursSchema>;
