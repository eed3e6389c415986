// What befalls the centre in one round of the crash bench, drawn from the round's seed: when it is struck, what is killed
// at that moment, and how long its supervisor takes to start the service again. Later strikes come soon after the first,
// so that many meet a recovery that is under way. It must not know how anything is killed.

import { Random } from '../../twin/random.ts';

/** `backend`: one of PostgreSQL's own processes, after whose death it throws out everybody and recovers. */
export const VICTIMS = ['engine', 'postgres', 'backend', 'asterisk'] as const;
export type Victim = (typeof VICTIMS)[number];

export type Strike = {
  /** From the beginning of the round. */
  readonly atMs: number;
  readonly victims: readonly Victim[];
};

export type RoundPlan = {
  readonly strikes: readonly Strike[];
  /** How long the operator's supervisor waits before it starts the service again. */
  readonly restartMs: number;
};

const WEIGHTS: readonly (readonly [number, readonly Victim[]])[] = [
  [30, ['engine']],
  [20, ['asterisk']],
  [17, ['postgres']],
  [6, ['backend']],
  [8, ['engine', 'postgres']],
  [8, ['engine', 'asterisk']],
  [5, ['postgres', 'asterisk']],
  [6, ['engine', 'postgres', 'asterisk']],
];

export function planOf(seed: number): RoundPlan {
  const random = Random.stream(seed, 'crash plan');
  const drawn = random.unit();
  const count = drawn < 0.5 ? 1 : drawn < 0.85 ? 2 : 3;
  const strikes: Strike[] = [];
  let atMs = random.between(1_500, 14_000);
  for (let n = 0; n < count; n += 1) {
    strikes.push({ atMs, victims: victimsOf(random) });
    atMs += random.between(200, 6_000);
  }
  return { strikes, restartMs: random.between(100, 1_500) };
}

function victimsOf(random: Random): readonly Victim[] {
  let left = random.below(WEIGHTS.reduce((sum, [weight]) => sum + weight, 0));
  for (const [weight, victims] of WEIGHTS) {
    left -= weight;
    if (left < 0) return victims;
  }
  return ['engine'];
}
