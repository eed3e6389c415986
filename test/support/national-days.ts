// The national scenario, scaled down to some of its days and a share of its size: for tests, as text and as read.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AnyScenario, parseAnyScenario } from '../../src/twin/calendar/any-scenario.ts';
import type { CalendarScenario } from '../../src/twin/calendar/calendar-scenario.ts';
import { root } from './source.ts';

export const NATIONAL = join(root, 'config/scenarios/national-2019.yaml');

export type Days = {
  readonly from: string;
  readonly to: string;
  readonly callersPerDay: number;
  readonly agents: number;
};

export function nationalText({ from, to, callersPerDay, agents }: Days): string {
  return readFileSync(NATIONAL, 'utf8')
    .replace(/from: 2019-04-17, to: 2019-12-31/, `from: ${from}, to: ${to}`)
    .replace(/callersPerDay: \d+/, `callersPerDay: ${callersPerDay}`)
    .replace(/count: \d+/, `count: ${agents}`)
    .replace(/capacity: (\d+)/g, (_, places) => `capacity: ${Math.ceil((Number(places) * agents) / 107)}`);
}

export function nationalDays(days: Days): CalendarScenario {
  return calendarOf(parseAnyScenario(nationalText(days), NATIONAL));
}

export function calendarOf(any: AnyScenario): CalendarScenario {
  if (any.form !== 'calendar') throw new Error('the scenario has no calendar');
  return any.scenario;
}
