// A state chart as a table: from a state, by a fact, to a state. A chart's file draws it in its header in the same
// words, and its test reads that drawing and goes through every (state, fact): what is drawn is what runs.

import { BrokenInvariant } from './assert.ts';

export type Chart<State extends string, On extends string> = Readonly<
  Record<State, Readonly<Partial<Record<On, State>>>>
>;

/** The next state, or undefined where the chart has no such arrow. */
export function arrow<State extends string, On extends string>(
  chart: Chart<State, On>,
  state: State,
  on: On,
): State | undefined {
  return chart[state][on];
}

/** The next state of `name` number `which`; a missing arrow is a bug of the decision that made the fact. */
export function follow<State extends string, On extends string>(
  chart: Chart<State, On>,
  name: string,
  state: State,
  on: On,
  which: number | string = '',
): State {
  const next = chart[state][on];
  if (next === undefined)
    throw new BrokenInvariant(
      `${`${name} ${which}`.trimEnd()} in state ${state} cannot take ${on} (a bug: please report it)`,
    );
  return next;
}
