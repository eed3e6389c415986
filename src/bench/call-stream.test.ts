// The stream is a working day: nothing in it is refused or leads nowhere, a line always stands, and what it leaves behind
// is what is still under way.

import { expect, test } from 'vitest';
import type { Fact } from '../core/fact.ts';
import type { NumberKey } from '../core/id.ts';
import { emptyState } from '../core/state.ts';
import { turn } from '../core/turn.ts';
import { Random } from '../twin/random.ts';
import { AGENTS, CallStream, streamConfiguration } from './call-stream.ts';

const INPUTS = 30_000;

test('every input is taken and leads to facts; callbacks are offered, taken and completed', () => {
  const keys = Array.from({ length: 100 }, (_, index) => `key-${index}` as NumberKey);
  const stream = new CallStream(new Random(1), keys);
  const state = emptyState('c1');
  const random = new Random(2);
  const stamp = (n: number) => ({ at: 1_555_500_000_000 + n, random: random.uint32() });
  const configuration = streamConfiguration();
  turn(state, { type: 'centre.configure', configuration, hash: 'bench' }, stamp(0));
  turn(state, { type: 'telephony.resynced', channels: [] }, stamp(0));
  for (const { id } of configuration.agents) turn(state, { type: 'agent.sign_in', agent: id }, stamp(0));
  const counts = new Map<Fact['type'], number>();
  for (let n = 0; n < INPUTS; n += 1) {
    const input = stream.next(state);
    const { facts, refused } = turn(state, input, stamp(Math.floor(n / 100)));
    expect(refused).toBeNull();
    expect(facts.length, `${input.type} leads to a fact`).toBeGreaterThan(0);
    for (const { type } of facts) counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const count = (type: Fact['type']): number => counts.get(type) ?? 0;
  const takeRate = count('callback.registered') / count('callback.offered');
  expect(takeRate).toBeGreaterThan(0.35);
  expect(takeRate).toBeLessThan(0.55);
  expect(count('callback.completed')).toBeGreaterThan(500);
  expect(count('call.connected')).toBeGreaterThan(500);
  const underWay = state.calls.size + AGENTS + state.attempts.size;
  expect(state.channels.size).toBeLessThanOrEqual(underWay);
  expect(state.places.size).toBeLessThanOrEqual(900);
});
