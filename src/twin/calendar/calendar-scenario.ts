// A scenario with a calendar as its simulation sees it: checked, whole, in ms, with its centre's configuration worked out
// by the same code as a real centre's. What is wrong in the file is one line that names the key.

import { resolve as absolute, dirname } from 'node:path';
import {
  configurationMistakes,
  parseConfiguration,
  readConfiguration,
} from '../../config/configuration-file.ts';
import { isDate, LocalDays } from '../../config/local-time.ts';
import { type Mistake, mistake, shapeMistakes } from '../../config/mistake.ts';
import type { Configuration, Span } from '../../core/configuration.ts';
import type { AgentId } from '../../core/id.ts';
import type { Law } from '../simulate/law.ts';
import { CALENDAR_FORMS, type CalendarFile, calendarSchema } from './calendar-schema.ts';

export type CalendarScenario = {
  readonly seed: number;
  /** First and last local date. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
  readonly configuration: Configuration;
  readonly document: string;
  readonly hash: string;
  /** When any line is open. */
  readonly open: readonly Span[];
  /** Agents alike, in the order of the configuration. */
  readonly groups: readonly (readonly AgentId[])[];
  readonly demand: {
    readonly callersPerDay: number;
    readonly weekdays: readonly number[];
    readonly dayCv: number;
    readonly from: string;
    readonly weights: readonly number[];
    readonly french: number;
    /** In the order of the configuration's lines; 1 in all. */
    readonly shares: readonly number[];
    readonly redial: { readonly probability: number; readonly sameDay: number; readonly afterMs: number };
  };
  readonly handle: Law;
  readonly patience: Law;
  readonly takeRate: number;
  readonly answers: readonly number[];
  readonly ringMs: number;
  readonly seats: { readonly from: string; readonly shape: readonly number[]; readonly stayMs: number };
};

const DAYS_MAX = 400;
const DAY_MS = 86_400_000;

export function isCalendar(value: unknown): value is { readonly calendar: unknown } {
  return typeof value === 'object' && value !== null && 'calendar' in value;
}

export function calendarMistakes(value: unknown, file: string): Mistake[] {
  const shape = shapeMistakes(value, calendarSchema, CALENDAR_FORMS);
  const unknown = shape.filter(({ ofKey }) => ofKey);
  if (unknown.length > 0) return unknown;
  if (shape.length > 0) return shape;
  const scenario = value as CalendarFile;
  const dates = ofDates(scenario);
  if (dates.length > 0) return dates;
  if (typeof scenario.centre === 'string') return ofMeaning(scenario, file);
  const inside = configurationMistakes(scenario.centre, beside(file)).map(({ path, what, mend, ofKey }) =>
    mistake(['centre', ...path], what, mend, ofKey),
  );
  return inside.length > 0 ? inside : ofMeaning(scenario, file);
}

function ofDates({ calendar: { from, to } }: CalendarFile): Mistake[] {
  const wrong = (['from', 'to'] as const).filter((key) => !isDate({ from, to }[key]));
  if (wrong.length > 0)
    return wrong.map((key) => mistake(['calendar', key], 'there is no such date', 'give one that exists'));
  if (to < from) return [mistake(['calendar', 'to'], 'is before the first day', 'swap the two')];
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  return days < DAYS_MAX
    ? []
    : [mistake(['calendar', 'to'], `is more than ${DAYS_MAX} days later`, 'simulate a shorter time')];
}

function ofMeaning(file: CalendarFile, name: string): Mistake[] {
  const { configuration } = configurationOf(file, name);
  const lines = configuration.lines.map(({ id }) => id as string);
  const { answers } = file.callback;
  const centres = configuration.callback.attemptsMax;
  const weights = Object.values(file.demand.lines).reduce((sum, weight) => sum + weight, 0);
  const hours = file.demand.halfHours.weights.reduce((sum, weight) => sum + weight, 0);
  return [
    ...Object.keys(file.demand.lines).flatMap((line) =>
      lines.includes(line)
        ? []
        : [
            mistake(
              ['demand', 'lines', line],
              'the centre has no such line',
              `use ${lines.join(' or ')}`,
              true,
            ),
          ],
    ),
    ...(weights > 0 ? [] : [mistake(['demand', 'lines'], 'nobody calls any line', 'give a share above 0')]),
    ...(hours > 0
      ? []
      : [mistake(['demand', 'halfHours', 'weights'], 'nobody calls at any time', 'give a weight above 0')]),
    ...file.seats.shape.flatMap((share, i) =>
      share <= 1 ? [] : [mistake(['seats', 'shape', i], `${share} is more than all`, 'give 1 or less')],
    ),
    ...configuration.lines.flatMap(({ id, attempts, dnis }, i) => [
      ...((attempts?.attemptsMax ?? centres) === answers.length
        ? []
        : [
            mistake(
              ['callback', 'answers'],
              `has ${answers.length} items, and ${id} makes ${attempts?.attemptsMax ?? centres} attempts`,
              'give as many as attempts are made',
            ),
          ]),
      ...(dnis.length > 0
        ? []
        : [mistake(['centre', 'lines', i], `${id} has no number to dial`, 'give it one under numbers')]),
    ]),
    ...(configuration.agents.length > 0
      ? []
      : [mistake(['centre', 'agents'], 'there are none', 'give at least one group')]),
  ];
}

function beside(file: string): string {
  return dirname(absolute(file));
}

function configurationOf(file: CalendarFile, name: string) {
  // Any instant of the first month; local times are worked out from 40 days before it to 400 after.
  const nowAt = Date.parse(`${file.calendar.from}T12:00:00Z`);
  return typeof file.centre === 'string'
    ? readConfiguration(absolute(beside(name), file.centre), { nowAt })
    : parseConfiguration(JSON.stringify(file.centre), name, { nowAt, beside: beside(name) });
}

/** Of a file in which nobody found a mistake. */
export function calendarScenario(file: CalendarFile, name: string): CalendarScenario {
  const { configuration, document, hash } = configurationOf(file, name);
  const { demand, seats, callback } = file;
  const weights = configuration.lines.map(({ id }) => demand.lines[id] ?? 0);
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  return {
    seed: file.seed ?? 1,
    from: file.calendar.from,
    to: file.calendar.to,
    timeZone: configuration.timeZone ?? 'UTC',
    configuration,
    document,
    hash,
    open: configuration.lines.flatMap(({ open }) => open),
    groups: groupsOf(configuration),
    demand: {
      callersPerDay: demand.callersPerDay,
      weekdays: demand.weekdays,
      dayCv: demand.dayCv ?? 0,
      from: demand.halfHours.from,
      weights: demand.halfHours.weights,
      french: demand.french ?? 0,
      shares: weights.map((weight) => weight / all),
      redial: {
        probability: demand.redial?.probability ?? 0,
        sameDay: demand.redial?.sameDay ?? 0,
        afterMs: (demand.redial?.afterS ?? 1) * 1_000,
      },
    },
    handle: lawOf(file.handle),
    patience: lawOf(file.patience),
    takeRate: callback.takeRate,
    answers: callback.answers,
    ringMs: callback.ringS * 1_000,
    seats: { from: seats.from, shape: seats.shape, stayMs: (seats.stayS ?? 0) * 1_000 },
  };
}

export function localDaysOf({ timeZone }: CalendarScenario): LocalDays {
  return new LocalDays(timeZone);
}

/** Who serve the same lines in the same languages are alike. */
function groupsOf({ agents }: Configuration): AgentId[][] {
  const groups = new Map<string, AgentId[]>();
  for (const { id, lines, languages } of agents) {
    const key = JSON.stringify([lines, languages]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [id]);
    else group.push(id);
  }
  return [...groups.values()];
}

function lawOf({ kind, meanS, cv = 1 }: CalendarFile['handle']): Law {
  const meanMs = meanS * 1_000;
  return kind === 'lognormal' ? { kind, meanMs, cv } : { kind, meanMs };
}
