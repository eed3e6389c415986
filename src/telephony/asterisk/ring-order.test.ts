// The order of one turn's effects: rings first, unless a phone is hung up in the same turn.

import { expect, test } from 'vitest';
import type { Effect } from '../../core/effect.ts';
import type { AgentId, Channel } from '../../core/id.ts';
import { ringsFirst } from './ring-order.ts';

const caller = 'caller' as Channel;
const phone = 'phone' as Channel;
const isPhone = (channel: Channel): boolean => channel === phone;

const ring = (channel: string): Effect => ({
  do: 'ring',
  channel: channel as Channel,
  agent: 'amelie' as AgentId,
  language: 'en',
  ringMs: 1_000,
});
const hangUp = (channel: Channel): Effect => ({ do: 'hang_up', channel });
const unbridge: Effect = { do: 'unbridge', bridge: 'bridge-1' };

test('phones are rung before the last conversation is cleared away', () => {
  const effects = [hangUp(caller), unbridge, ring('leg-1'), ring('leg-2')];
  expect(ringsFirst(effects, isPhone)).toEqual([ring('leg-1'), ring('leg-2'), hangUp(caller), unbridge]);
});

test('where a phone is hung up in the same turn, the order stays', () => {
  const effects = [hangUp(phone), unbridge, ring('leg-1')];
  expect(ringsFirst(effects, isPhone)).toEqual(effects);
});

test('where nobody is rung, nothing is moved', () => {
  const effects = [unbridge, hangUp(caller)];
  expect(ringsFirst(effects, isPhone)).toBe(effects);
});
