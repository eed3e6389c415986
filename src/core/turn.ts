// One turn of the house: an input comes, facts are decided, each changes the state and may lead to further facts, until
// nothing follows. The engine commits the facts of a turn and then releases its effects. Nothing else calls evolve,
// but the replay.

import { assert } from './assert.ts';
import { decide } from './decide.ts';
import { isRefusal, NOTHING, type RefusalCode } from './decision.ts';
import type { Effect } from './effect.ts';
import { effectsOf, sweepOf } from './effects.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './fact.ts';
import { followUp, giveWork } from './follow-up.ts';
import type { Input, Stamp } from './input.ts';
import { decideResync } from './resync.ts';
import type { State } from './state.ts';

export type Turn = {
  readonly facts: readonly Fact[];
  readonly effects: readonly Effect[];
  readonly refused: RefusalCode | null;
};

/** A turn that makes more facts than this is a loop, not work: a resync of a whole house stays far below. */
const FACTS_MAX = 500_000;

export function turn(state: State, input: Input, stamp: Stamp): Turn {
  assert(stamp.at >= state.now, 'time does not go back');
  const made: Made = { facts: [], effects: [] };
  const decision = decide(state, input, stamp);
  if (isRefusal(decision)) return { ...made, refused: decision.refused };
  take(state, decision, stamp.at, made);
  if (input.type === 'telephony.resynced') resync(state, input, stamp, made);
  return { ...made, refused: null };
}

type Made = { readonly facts: Fact[]; readonly effects: Effect[] };

/** First the facts of one decision, then, in order, what follows from each. */
function take(state: State, decided: readonly Fact[], at: number, made: Made): void {
  for (const fact of decided) {
    const effects = effectsOf(state, fact);
    evolve(state, fact, at);
    made.facts.push(fact);
    for (const effect of effects) made.effects.push(effect);
  }
  assert(made.facts.length < FACTS_MAX, 'a turn comes to rest');
  for (const fact of decided) {
    const further = followUp(state, fact);
    if (further.length > 0) take(state, further, at, made);
  }
}

/** What is gone has ended, what is up was answered, what lives is asked again; then idle agents are given work. */
function resync(
  state: State,
  input: Extract<Input, { type: 'telephony.resynced' }>,
  stamp: Stamp,
  made: Made,
): void {
  for (const step of decideResync(state, input.channels)) {
    const decision = step(state, stamp);
    take(state, isRefusal(decision) ? NOTHING : decision, stamp.at, made);
  }
  for (const effect of sweepOf(state)) made.effects.push(effect);
  for (const agent of [...state.agents.keys()]) take(state, giveWork(state, agent), stamp.at, made);
}
