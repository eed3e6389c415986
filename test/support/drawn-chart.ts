// Reads the chart that a file draws in its header, one arrow a line: `//   state -- fact --> state   why`. A chart's
// test holds the drawing against the table beside it, through every (state, fact): what is drawn is what runs, and
// nothing else. It knows no chart; the same reader serves all of them.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { arrow, type Chart, follow } from '../../src/core/chart.ts';

export type Arrow = { readonly from: string; readonly on: string; readonly to: string };

const ARROW = /^\/\/ +([a-z_]+) +-- ([a-z_.]+) --> +([a-z_]+)(?: .*)?$/;

/** The arrows drawn in the comment at the head of a file, in order. */
export function drawnArrows(file: URL): Arrow[] {
  const arrows: Arrow[] = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (!line.startsWith('//')) break;
    if (!line.includes('-->')) continue;
    const [, from, on, to] = ARROW.exec(line) ?? [];
    if (from === undefined || on === undefined || to === undefined)
      throw new Error(
        `${file.pathname}: cannot read the arrow "${line}"; write it as "//   state -- fact --> state"`,
      );
    arrows.push({ from, on, to });
  }
  return arrows;
}

/** Every (state, fact) of a chart, held against the drawing in its file. */
export function testDrawnChart<State extends string, On extends string>(
  name: string,
  chart: Chart<State, On>,
  file: URL,
): void {
  const arrows = drawnArrows(file);
  const states = Object.keys(chart) as State[];
  const facts = [
    ...new Set([...arrows.map(({ on }) => on), ...states.flatMap((state) => Object.keys(chart[state]))]),
  ] as On[];

  test(`the chart of ${name} draws each arrow once, between states that exist`, () => {
    const drawn = arrows.map(({ from, on }) => `${from} -- ${on}`);
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn).toEqual([...new Set(drawn)]);
    for (const { from, to } of arrows) {
      expect(states).toContain(from);
      expect(states).toContain(to);
    }
    const named = new Set(arrows.flatMap(({ from, to }) => [from, to]));
    expect(
      states.filter((state) => !named.has(state)),
      'every state is drawn',
    ).toEqual([]);
  });

  test.each(states)(`the chart of ${name}: what is drawn from %s is what runs`, (state) => {
    for (const fact of facts) {
      const drawn = arrows.find(({ from, on }) => from === state && on === fact)?.to;
      expect(arrow(chart, state, fact), `${state} -- ${fact} -->`).toBe(drawn);
      if (drawn === undefined)
        expect(() => follow(chart, name, state, fact)).toThrow(`${name} in state ${state}`);
      else expect(follow(chart, name, state, fact)).toBe(drawn);
    }
  });
}
