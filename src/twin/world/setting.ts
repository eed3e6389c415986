// When and where a world takes place. Most are always open; those of the calendar lie across a night that clocks change
// (Toronto, both ways), in Newfoundland's half-hour zone, across midnight, or on a leap day, with hours that close and open
// just there. Local hours become spans by the same code as the owners' file; the checker works them out for itself.

import { HoursCalendar } from '../../config/hours.ts';
import { ALWAYS, type Span } from '../../core/configuration.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { FaultKind } from '../faults/kinds.ts';

export type Setting = {
  readonly kind: FaultKind | null;
  readonly startAt: number;
  readonly timeZone: string;
  /** Open every day, as local times; null: always open. */
  readonly everyDay: readonly string[] | null;
  readonly open: readonly Span[];
  /** What the calendar is there for happens then. */
  readonly momentAt: number;
};

type Night = {
  readonly startAt: number;
  readonly momentAt: number;
  readonly timeZone: string;
  readonly everyDay: readonly string[];
};

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The opening of the service that this house is built for. */
const ORDINARY_AT = Date.UTC(2019, 3, 17, 12);

const NIGHTS: readonly (readonly [FaultKind, Night])[] = [
  [
    'calendar.spring_forward', // 8 March 2020: 01:59 is followed by 03:00
    {
      startAt: Date.UTC(2020, 2, 8, 6, 15),
      momentAt: Date.UTC(2020, 2, 8, 7),
      timeZone: 'America/Toronto',
      everyDay: ['00:30-02:30', '03:20-08:00'],
    },
  ],
  [
    'calendar.fall_back', // 1 November 2020: 01:00 to 02:00 comes twice
    {
      startAt: Date.UTC(2020, 10, 1, 5, 15),
      momentAt: Date.UTC(2020, 10, 1, 6),
      timeZone: 'America/Toronto',
      everyDay: ['00:30-01:30', '02:10-07:00'],
    },
  ],
  [
    'calendar.newfoundland', // half an hour beside everybody else
    {
      startAt: Date.UTC(2020, 6, 1, 17, 30),
      momentAt: Date.UTC(2020, 6, 1, 18, 30),
      timeZone: 'America/St_Johns',
      everyDay: ['08:00-16:00', '16:20-21:00'],
    },
  ],
  [
    'calendar.midnight',
    {
      startAt: Date.UTC(2019, 5, 12, 3, 0),
      momentAt: Date.UTC(2019, 5, 12, 4),
      timeZone: 'America/Toronto',
      everyDay: ['00:15-06:00', '20:00-24:00'],
    },
  ],
  [
    'calendar.leap_day', // 29 February 2020 begins and is a day like others
    {
      startAt: Date.UTC(2020, 1, 29, 4, 15),
      momentAt: Date.UTC(2020, 1, 29, 5),
      timeZone: 'America/Toronto',
      everyDay: ['00:20-07:00', '19:00-23:55'],
    },
  ],
];

export function settingOf(plan: FaultPlan): Setting {
  for (const [kind, night] of NIGHTS) {
    if (!plan.kinds.has(kind) || !plan.draws(kind)) continue;
    const horizon = { fromAt: night.startAt - DAY_MS, toAt: night.startAt + 6 * DAY_MS };
    const calendar = new HoursCalendar(horizon, night.timeZone);
    return { ...night, kind, open: calendar.open({ everyDay: [...night.everyDay] }, night.timeZone) };
  }
  return {
    kind: null,
    startAt: ORDINARY_AT,
    timeZone: 'UTC',
    everyDay: null,
    open: ALWAYS,
    momentAt: ORDINARY_AT + MINUTE_MS,
  };
}
