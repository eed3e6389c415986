// Golden journals: the facts of a day as a release wrote them, replayed for ever. Facts are never rewritten, whatever the
// rules become; a journal that stops replaying is a broken promise to everyone who has one on disk. The hash of the
// state that they add up to stands beside them: it may change only together with the shape of the state, on purpose and
// said in the commit, and what is told in `ends` may not change at all.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { evolve } from '../src/core/evolve.ts';
import type { Fact } from '../src/core/fact.ts';
import { stateHash } from '../src/core/hash.ts';
import { emptyState } from '../src/core/state.ts';
import { checkState } from './support/invariants.ts';

type Line = { readonly at: number; readonly fact: Fact };
type Expected = {
  readonly shard: string;
  readonly hash: string;
  readonly ends: {
    readonly calls: number;
    readonly places: number;
    readonly callbacks: Readonly<Record<string, string>>;
    readonly agents: Readonly<Record<string, string>>;
  };
};

const FOLDER = new URL('golden/', import.meta.url);
const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.jsonl'))
  .map((file) => file.slice(0, -'.jsonl'.length));

test('there are golden journals', () => {
  expect(names).not.toEqual([]);
});

test.each(names)('the journal %s still adds up to what it was', (name) => {
  const rows = readFileSync(new URL(`${name}.jsonl`, FOLDER), 'utf8')
    .trimEnd()
    .split('\n');
  const expected = JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8')) as Expected;
  const state = emptyState(expected.shard);
  for (const row of rows) {
    const { at, fact } = JSON.parse(row) as Line;
    evolve(state, fact, at);
  }
  const { calls, places, callbacks, agents } = state;
  const states = (of: typeof callbacks | typeof agents) =>
    Object.fromEntries([...of.values()].map((one) => [String(one.id), one.state]));
  expect({
    calls: calls.size,
    places: places.size,
    callbacks: states(callbacks),
    agents: states(agents),
  }).toEqual(expected.ends);
  checkState(state);
  expect(stateHash(state), `the state hash of ${name}; see the head of this file`).toBe(expected.hash);
});
