// One turn of the house: an input comes, facts are decided, each changes the state and may lead to further facts, until
// nothing follows. The engine commits the facts of a turn and then releases its effects. Nothing else calls evolve,
// but the replay.

import { assert } from './assert.ts';
import { decide } from './decide.ts';
import { remindSurvey } from './decide-survey.ts';
import { isRefusal, NOTHING, type RefusalCode } from './decision.ts';
import type { Effect } from './effect.ts';
import { effectsOf, sweepOf } from './effects.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './fact.ts';
import { followUp, giveWork, longestIdleFirst } from './follow-up.ts';
import type { Input, LiveChannel, Stamp } from './input.ts';
import { announceAgain, remind, stepsOfResync } from './resync.ts';
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
  const made: Made = { facts: [], effects: [], refused: null };
  if (input.type === 'telephony.resynced' && state.configuration !== null) {
    resync(state, input.channels, stamp, made);
    return made;
  }
  const decision = decide(state, input, stamp);
  if (isRefusal(decision)) made.refused = decision.refused;
  else take(state, decision, stamp.at, made);
  return made;
}

type Made = { readonly facts: Fact[]; effects: Effect[]; refused: RefusalCode | null };

/** First the facts of one decision, then, in order, what follows from each. */
function take(state: State, decided: readonly Fact[], at: number, made: Made): void {
  if (decided.length === 0) return;
  for (const fact of decided) {
    const effects = effectsOf(state, fact);
    evolve(state, fact, at);
    made.facts.push(fact);
    if (effects.length === 0) continue;
    if (made.effects.length === 0) made.effects = effects as Effect[];
    else for (const effect of effects) made.effects.push(effect);
  }
  assert(made.facts.length < FACTS_MAX, 'a turn comes to rest');
  for (const fact of decided) {
    for (;;) {
      const further = followUp(state, fact);
      if (further.length === 0) break;
      take(state, further, at, made);
      // An agent who was free for this place may have taken an earlier one: then this one is still to be seen to.
      if (!further.some(isDispatch)) break;
    }
  }
}

/** The agent took a place, or found that the one in front may not be called now, or ever. */
function isDispatch(fact: Fact): boolean {
  return (
    fact.type === 'agent.reserved' ||
    fact.type === 'dials.held' ||
    fact.type === 'callback.postponed' ||
    fact.type === 'callback.expired' ||
    fact.type === 'callback.cancelled'
  );
}

/**
 * The whole truth, step by step: what is gone has ended, what is up was answered. Only then is telephony there again,
 * and idle agents are given work: an agent must not be given a place whose caller is about to be found gone. Last,
 * whoever still lives is asked again what they were asked.
 */
function resync(state: State, live: readonly LiveChannel[], stamp: Stamp, made: Made): void {
  const { at } = stamp;
  if (state.telephonyUp) take(state, [{ type: 'telephony.lost', v: 1 }], at, made);
  for (const step of stepsOfResync(state, live)) {
    const decision = step(state, stamp);
    take(state, isRefusal(decision) ? NOTHING : decision, at, made);
  }
  take(state, [{ type: 'telephony.resynced', v: 1, alive: live.length }], at, made);
  for (const agent of longestIdleFirst(state)) {
    for (;;) {
      const work = giveWork(state, agent);
      take(state, work, at, made);
      if (!work.some(isDispatch)) break; // else the place in front may only have been put off
    }
  }
  const asked = new Set(made.facts.map((fact) => (fact.type === 'dialogue.asked' ? fact.call : 0)));
  for (const call of [...state.calls.values()])
    if (!asked.has(call.id)) take(state, remind(state, call), at, made);
  for (const survey of [...state.surveys.values()]) take(state, remindSurvey(state, survey), at, made);
  const announced = new Set(made.facts.map((fact) => (fact.type === 'agent.answered' ? fact.agent : '')));
  for (const agent of [...state.agents.values()])
    if (!announced.has(agent.id)) take(state, announceAgain(state, agent), at, made);
  const { sweep, joins } = sweepOf(state);
  // What nobody wants any more is hung up before anybody is rung: an agent's phone may still be in it.
  made.effects.unshift(sweep);
  for (const join of joins) made.effects.push(join);
}
