// What a scenario may say beyond one plain line: shared agents, wrap-up, clients who do not answer, thresholds, days, and
// that the same seed gives the same figures. Where theory has a word for it, it is held to theory.

import { describe, expect, test } from 'vitest';
import { erlangA, erlangB } from '../plan/erlang.ts';
import { patienceLine, virtualHold } from '../plan/patience-line.ts';
import type { LineResult } from './line-figures.ts';
import { parseScenario } from './scenario.ts';
import { Simulation } from './simulation.ts';

const exponential = (meanS: number) => ({ kind: 'exponential', meanS });
const poisson = (perHour: number) => ({ kind: 'poisson', perHour });

function run(scenario: object): Readonly<Record<string, LineResult>> {
  return new Simulation(parseScenario(JSON.stringify(scenario))).run().lines;
}

function one(line: object, more: object = {}): LineResult {
  const base = { arrivals: poisson(1_200), handle: exponential(60), patience: exponential(120) };
  const { main } = run({
    stop: { calls: 40_000 },
    warmupCalls: 1_000,
    agents: [{ count: 20, lines: ['main'] }],
    lines: { main: { ...base, ...line } },
    ...more,
  });
  return main as LineResult;
}

/** Within a share of what theory says: these runs are long enough for it. */
function near(value: number, theory: number, share = 0.06): void {
  expect(Math.abs(value - theory) / theory, `${value} against ${theory}`).toBeLessThan(share);
}

describe('the same seed', () => {
  const line = { callback: { offer: 'always', takeRate: 0.4, answer: { probabilities: [0.7, 0.5] } } };
  const stop = { calls: 6_000 };

  test('gives the same bytes', () => {
    expect(JSON.stringify(one(line, { seed: 7, stop }))).toBe(JSON.stringify(one(line, { seed: 7, stop })));
    expect(JSON.stringify(one(line, { seed: 7, stop }))).not.toBe(
      JSON.stringify(one(line, { seed: 8, stop })),
    );
  });

  test('and the same run, whatever share of ghosts is followed', () => {
    const { quote: _, offeredWaitMeanS: __, ...few } = one(line, { ghostShare: 0.1, stop });
    const { quote: ___, offeredWaitMeanS: ____, ...all } = one(line, { ghostShare: 1, stop });
    expect(few).toEqual(all);
  });
});

describe('several lines', () => {
  test('two lines of the same agents are one line: the longest wait is served, and ghosts see it', () => {
    const line = { arrivals: poisson(660), handle: exponential(60), patience: exponential(120) };
    const { a, b } = run({
      stop: { calls: 120_000 },
      warmupCalls: 1_000,
      agents: [{ count: 20, lines: ['a', 'b'] }],
      lines: { a: line, b: { ...line, arrivals: poisson(660) } },
    });
    const known = erlangA(20, 22, 1, 0.5);
    const offered = patienceLine(20, 22, 1, virtualHold(0, 0.5)).offeredWaitMean;
    for (const half of [a, b] as LineResult[]) {
      near(half.abandonedShare, known.abandonedShare);
      near(half.offeredWaitMeanS, offered * 60);
      near(half.queueMean, known.queueMean / 2);
      near(half.utilisation, known.utilisation, 0.02);
      expect(half.overtakes).toBe(0);
    }
  });

  test('agents of their own and some who serve both: nobody is overtaken, everybody is counted', () => {
    const line = { arrivals: poisson(700), handle: exponential(60), patience: exponential(90), capacity: 30 };
    const lines = run({
      stop: { calls: 60_000 },
      agents: [
        { count: 8, lines: ['a'] },
        { count: 8, lines: ['b'] },
        { count: 6, lines: ['b', 'a'] },
      ],
      lines: {
        a: { ...line, callback: { offer: 'always', takeRate: 0.5 } },
        b: { ...line, handle: { kind: 'lognormal', meanS: 50, cv: 0.9 }, wrapUpS: 10 },
      },
    });
    let arrived = 0;
    for (const result of Object.values(lines)) {
      arrived += result.arrived;
      expect(result.arrived).toBe(result.refused + result.entered);
      expect(result.entered).toBe(result.answered + result.abandoned + result.callback.incomplete);
      expect(result.overtakes).toBe(0);
      expect(result.utilisation).toBeLessThanOrEqual(1);
    }
    expect(arrived).toBe(60_000);
  });
});

describe('what an agent does for a call', () => {
  test('wrap-up occupies as talking does: Erlang B of both together', () => {
    const line = { arrivals: poisson(1_200), handle: exponential(40), wrapUpS: 20, capacity: 0 };
    const result = one(line);
    near(result.refused / result.arrived, erlangB(20, 20));
    near(result.utilisation, 1 - erlangB(20, 20), 0.02);
  });

  test('clients who do not answer: as many incomplete as the attempts leave, and agents are busy with the ringing', () => {
    const answer = { probabilities: [0.6, 0.5], ringS: 6, noAnswerS: 25, retryAfterS: 300 };
    const lazy = { answer: { ...answer, ringS: 0, noAnswerS: 0 } };
    const more = { stop: { calls: 30_000 } };
    const line = { arrivals: poisson(1_150), callback: { offer: 'always', takeRate: 0.6, answer } };
    const result = one(line, more);
    const { callback } = result;
    expect(callback.connected + callback.incomplete).toBe(callback.accepted);
    near(callback.incomplete / callback.accepted, 0.4 * 0.5);
    const idle = one({ ...line, callback: { ...line.callback, ...lazy } }, more);
    expect(result.utilisation).toBeGreaterThan(idle.utilisation);
    expect(callback.waitMeanS).toBeGreaterThan(6);
    expect(result.overtakes).toBe(0);
  });
});

describe('who is offered a callback', () => {
  const busy = { arrivals: poisson(1_320), callback: { offer: 'always', takeRate: 0.3 } };

  test('always: whoever has to wait', () => {
    const { callback, delayedShare, arrived } = one(busy);
    expect(callback.offered).toBe(Math.round(delayedShare * arrived));
    near(callback.accepted / callback.offered, 0.3);
  });

  test('by the wait that is quoted; never', () => {
    const some = one({ ...busy, callback: { offer: { whenEwtOverS: 10 }, takeRate: 0.3 } });
    const always = one(busy);
    expect(some.callback.offered).toBeGreaterThan(0);
    expect(some.callback.offered).toBeLessThan(always.callback.offered);
    expect(one({ ...busy, callback: { offer: 'never', takeRate: 0.3 } }).callback.offered).toBe(0);
    expect(one({ ...busy, callback: { offer: { whenEwtOverS: 900 }, takeRate: 1 } }).callback.offered).toBe(
      0,
    );
  });

  test('callbacks fill the waiting places as holders do', () => {
    const result = one({ ...busy, capacity: 5, callback: { offer: 'always', takeRate: 1 } });
    expect(result.refused).toBeGreaterThan(0);
    expect(result.queueMean).toBeLessThanOrEqual(5);
    expect(result.abandoned).toBe(0);
  });
});

test('days after the warm-up, instead of calls', () => {
  const result = one({}, { stop: { days: 2 } });
  near(result.arrived, 2 * 24 * 1_200, 0.05);
});

test('nobody gives up when patience is left out', () => {
  const line = { arrivals: poisson(1_000), patience: undefined };
  expect(one(line).abandoned).toBe(0);
});
