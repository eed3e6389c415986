// A centre between two dates: the same seed gives the same facts; who is open, at work and offered a callback follows the
// calendar; people who were not served call again as themselves; nothing grows with the calls.

import { expect, test } from 'vitest';
import { nationalDays } from '../../../test/support/national-days.ts';
import { LocalDays } from '../../config/local-time.ts';
import type { Fact, FactOf } from '../../core/fact.ts';
import { Random } from '../random.ts';
import type { CalendarScenario } from './calendar-scenario.ts';
import { CalendarSimulation, type StampedFact } from './calendar-simulation.ts';
import { Arrivals, workDays } from './work-days.ts';

const SMALL = { callersPerDay: 400, agents: 5 };
const days = new LocalDays('America/Toronto');

async function run(scenario: CalendarScenario) {
  const facts: StampedFact[] = [];
  const simulation = new CalendarSimulation(scenario, 'sim');
  await simulation.run(async (batch) => {
    facts.push(...batch);
  });
  return { facts, simulation };
}

function only<T extends Fact['type']>(facts: readonly StampedFact[], type: T) {
  return facts.filter(({ fact }) => fact.type === type) as unknown as readonly {
    at: number;
    fact: FactOf<T>;
  }[];
}

test('the same seed gives the same facts, another seed others', async () => {
  const scenario = nationalDays({ from: '2019-04-17', to: '2019-04-17', ...SMALL });
  const [one, same, other] = [
    await run(scenario),
    await run(scenario),
    await run({ ...scenario, seed: 1 }),
  ].map(({ facts }) => JSON.stringify(facts));
  expect(same).toBe(one);
  expect(other).not.toBe(one);
});

test('facts are stamped in order and handed over in batches, all of them', async () => {
  const { facts, simulation } = await run(nationalDays({ from: '2019-06-20', to: '2019-06-21', ...SMALL }));
  expect(facts.length).toBe(simulation.facts);
  expect(facts.every(({ at }, i) => i === 0 || at >= (facts[i - 1] as StampedFact).at)).toBe(true);
});

test('callback is offered on a line from the day of its phase on, and nobody calls on a closed day', async () => {
  // Thursday, Friday: temporary residence opens on the 21st. Saturday, Sunday. Monday the 24th is no federal holiday.
  const { facts } = await run(nationalDays({ from: '2019-06-20', to: '2019-06-24', ...SMALL }));
  const lineOf = new Map(only(facts, 'place.taken').map(({ fact }) => [fact.place, fact.line as string]));
  const openedAt = days.instantOf('2019-06-21');
  const offered = only(facts, 'callback.offered').map(({ at, fact }) => ({
    at,
    line: lineOf.get(fact.place),
  }));
  const ofTemporary = offered.filter(({ line }) => line === 'temporary-residence');
  expect(ofTemporary.length).toBeGreaterThan(0);
  expect(Math.min(...ofTemporary.map(({ at }) => at))).toBeGreaterThanOrEqual(openedAt);
  expect(offered.filter(({ line }) => line === 'citizenship-pr-cards')).toEqual([]);
  expect(offered.some(({ at, line }) => line === 'permanent-residence' && at < openedAt)).toBe(true);
  const weekend = { from: days.instantOf('2019-06-22'), to: days.instantOf('2019-06-24') };
  const calls = only(facts, 'call.arrived').map(({ at }) => at);
  expect(calls.filter((at) => at >= weekend.from && at < weekend.to)).toEqual([]);
  expect(calls.filter((at) => at >= weekend.to).length).toBeGreaterThan(0);
});

test('agents are at work by the half-hour, on a break at noon, and gone in the evening', async () => {
  const { facts } = await run(
    nationalDays({ from: '2019-04-17', to: '2019-04-17', callersPerDay: 1_000, agents: 20 }),
  );
  const ins = only(facts, 'agent.signed_in');
  expect(ins.filter(({ at }) => at === days.instantOf('2019-04-17T07:00')).length).toBe(7);
  expect(ins.length).toBe(20);
  expect(only(facts, 'agent.signed_out').length).toBe(20);
  expect(only(facts, 'agent.not_ready').some(({ fact }) => fact.reason === 'break')).toBe(true);
});

test('who was not served calls again with the number they had, on the same day or the next', async () => {
  const { facts } = await run(nationalDays({ from: '2019-04-23', to: '2019-04-24', ...SMALL }));
  const calls = new Map<string, number[]>();
  for (const { at, fact } of only(facts, 'call.arrived')) {
    const { numberKey } = fact.ani as { numberKey: string };
    calls.set(numberKey, [...(calls.get(numberKey) ?? []), at]);
  }
  const again = [...calls.values()].filter((times) => times.length > 1);
  const midnight = days.instantOf('2019-04-24');
  expect(again.some((times) => times.every((at) => at < midnight))).toBe(true);
  expect(again.some(([first = 0, second = 0]) => first < midnight && second > midnight)).toBe(true);
});

test('French and English are asked for in their shares', async () => {
  const { facts } = await run(nationalDays({ from: '2019-04-17', to: '2019-04-18', ...SMALL }));
  const chosen = only(facts, 'call.language_chosen').map(({ fact }) => fact.language);
  const share = chosen.filter((language) => language === 'fr').length / chosen.length;
  expect(share).toBeGreaterThan(0.2);
  expect(share).toBeLessThan(0.3);
});

test('callers come as often as the calendar says', () => {
  const scenario = nationalDays({ from: '2019-04-23', to: '2019-04-26', callersPerDay: 2_000, agents: 5 });
  const plain = { ...scenario, demand: { ...scenario.demand, dayCv: 0 } };
  const all = workDays(plain, days, new Random(1));
  expect(all.map(({ date }) => date)).toEqual(['2019-04-23', '2019-04-24', '2019-04-25', '2019-04-26']);
  const arrivals = new Arrivals(all, new Random(2));
  const counts = all.map(() => 0);
  let before = 0;
  for (; arrivals.nextAt < Number.POSITIVE_INFINITY; arrivals.advance()) {
    expect(arrivals.nextAt).toBeGreaterThanOrEqual(before);
    before = arrivals.nextAt;
    const day = all.findIndex(({ demand }) => arrivals.nextAt < (demand.at(-1)?.toAt ?? 0));
    counts[day] = (counts[day] ?? 0) + 1;
  }
  counts.forEach((count, i) => {
    const mean = 2_000 * ([1.07, 0.99, 0.92, 0.8][i] as number);
    expect(Math.abs(count - mean)).toBeLessThan(4 * Math.sqrt(mean));
  });
});

test('memory follows who is on the line or means to call again, not how many have called', async () => {
  const size = async (to: string): Promise<number> => {
    const simulation = new CalendarSimulation(nationalDays({ from: '2019-04-23', to, ...SMALL }), 'sim');
    await simulation.run();
    return simulation.callersOpenMax;
  };
  expect(await size('2019-05-03')).toBeLessThan(2 * (await size('2019-04-26')));
});
