// What is there for whoever watches the demonstration: a line of their own, which no citizen of ours calls, and the agent who
// serves it, whom no program plays. With one window as the citizen and another as that agent they have both ends of a call.

import type { Configuration } from '../core/configuration.ts';

/** As config/demonstration.yaml names it; another configuration may have none. */
export const VISITORS_LINE = 'visitors';

type Part = Pick<Configuration, 'agents' | 'lines'>;

/** Agents whom a program plays: all but those who serve the visitors' line alone. */
export function playedAgents({ agents }: Part): string[] {
  return agents.filter(({ lines }) => lines.some((line) => line !== VISITORS_LINE)).map(({ id }) => id);
}

/** How a visitor comes to both ends, in one line; undefined where there is no line for them. */
export function invitation({ agents, lines }: Part, url: string): string | undefined {
  const key = lines.find(({ id }) => id === VISITORS_LINE)?.key;
  const agent = agents.find(({ lines }) => lines.every((line) => line === VISITORS_LINE))?.id;
  if (key === undefined || agent === undefined) return undefined;
  return `try it with two windows: call from ${url}/phone (keys 1, ${key}, 1, then 1 and 1 for a callback), and sign in as ${agent} to be the agent`;
}
