// A database that is away for a moment while a centre opens is asked again; one that stays away is told as it is.

import { expect, test } from 'vitest';
import { untilAnswered } from './until-answered.ts';

const away = new Error('connect ECONNREFUSED');

test('asked until it answers, and every time is told', async () => {
  const told: string[] = [];
  let left = 3;
  const ask = async () => {
    if (left === 0) return 'the answer';
    left -= 1;
    throw away;
  };
  expect(await untilAnswered(ask, (line) => told.push(line), 0)).toBe('the answer');
  expect(told).toHaveLength(3);
  expect(told[0]).toContain(away.message);
});

test('one that never answers ends it, with its own words', async () => {
  let asked = 0;
  const ask = () => {
    asked += 1;
    return Promise.reject(away);
  };
  await expect(untilAnswered(ask, () => {}, 0)).rejects.toBe(away);
  expect(asked).toBe(60);
});
