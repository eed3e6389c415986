// The days of a calendar on which a centre is open, and their half-hours in UTC ms: how many callers come in each, and what
// share of the seats is filled. Worked out once, from local dates; the rest of the simulation knows UTC only.

import { addDays, type LocalDate, type LocalDays, weekdayOf } from '../../config/local-time.ts';
import type { Span } from '../../core/configuration.ts';
import type { Random } from '../random.ts';
import { standardNormal } from '../simulate/law.ts';
import type { CalendarScenario } from './calendar-scenario.ts';

export type WorkDay = {
  readonly date: LocalDate;
  /** In which callers come, in their order. */
  readonly demand: readonly HalfHour[];
  /** From when on which share of the seats is filled; the last one is 0. */
  readonly seats: readonly { readonly at: number; readonly share: number }[];
};

export type HalfHour = Span & { readonly callers: number };

const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;
/** However quiet a day is by chance. */
const LEAST_FACTOR = 0.2;

export function workDays(scenario: CalendarScenario, days: LocalDays, chance: Random): WorkDay[] {
  const all: WorkDay[] = [];
  for (let date = scenario.from; date <= scenario.to; date = addDays(date, 1)) {
    const day = days.day(date);
    // Each day has its own chance, open or not: hours that change on one date change no other.
    const factor = Math.max(LEAST_FACTOR, 1 + scenario.demand.dayCv * standardNormal(chance));
    if (scenario.open.some(({ fromAt, toAt }) => fromAt < day.toAt && toAt > day.fromAt))
      all.push(workDay(scenario, days, date, factor));
  }
  return all;
}

function workDay(scenario: CalendarScenario, days: LocalDays, date: LocalDate, factor: number): WorkDay {
  const { demand, seats } = scenario;
  const sum = demand.weights.reduce((all, weight) => all + weight, 0);
  const callers = demand.callersPerDay * factor * (demand.weekdays[weekdayOf(date) - 1] ?? 0);
  const demandFrom = days.instantOf(`${date}T${demand.from}`);
  const seatsFrom = days.instantOf(`${date}T${seats.from}`);
  const endAt = seatsFrom + seats.shape.length * HALF_HOUR_MS + seats.stayMs;
  return {
    date,
    demand: demand.weights.map((weight, i) => ({
      fromAt: demandFrom + i * HALF_HOUR_MS,
      toAt: demandFrom + (i + 1) * HALF_HOUR_MS,
      callers: (callers * weight) / sum,
    })),
    seats: [
      ...seats.shape.map((share, i) => ({ at: seatsFrom + i * HALF_HOUR_MS, share })),
      { at: endAt + MINUTE_MS, share: 0 },
    ],
  };
}

/** When callers come: a Poisson process whose rate is that of each half-hour. */
export class Arrivals {
  readonly #halfHours: readonly HalfHour[];
  readonly #chance: Random;
  #index = 0;
  #fromAt = 0;
  /** UTC ms, not rounded; infinity after the last. */
  nextAt = 0;

  constructor(days: readonly WorkDay[], chance: Random) {
    this.#halfHours = days.flatMap(({ demand }) => demand);
    this.#chance = chance;
    this.#fromAt = this.#halfHours[0]?.fromAt ?? 0;
    this.advance();
  }

  advance(): void {
    let needed = -Math.log(1 - this.#chance.unit());
    for (;;) {
      const halfHour = this.#halfHours[this.#index];
      if (halfHour === undefined) {
        this.nextAt = Number.POSITIVE_INFINITY;
        return;
      }
      const left = (halfHour.callers * (halfHour.toAt - this.#fromAt)) / (halfHour.toAt - halfHour.fromAt);
      if (needed < left) {
        this.#fromAt += (needed / halfHour.callers) * (halfHour.toAt - halfHour.fromAt);
        this.nextAt = this.#fromAt;
        return;
      }
      needed -= left;
      this.#index += 1;
      this.#fromAt = this.#halfHours[this.#index]?.fromAt ?? 0;
    }
  }
}

/** A time of the day, by how callers divide. */
export function timeWithin({ demand }: WorkDay, chance: Random): number {
  const all = demand.reduce((sum, { callers }) => sum + callers, 0);
  let left = chance.unit() * all;
  for (const { fromAt, toAt, callers } of demand) {
    if (left < callers) return fromAt + (left / callers) * (toAt - fromAt);
    left -= callers;
  }
  return demand[0]?.fromAt ?? 0;
}
