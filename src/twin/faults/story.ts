// The story of the call that a violation is about: the last facts that name what its message names (an attempt, its
// callback, its place, an agent), and a few of the very last. Facts hold no number, so a story does not either.

import type { Fact } from '../../core/fact.ts';
import type { Row } from '../../journal/journal.ts';

const STORY_LINES = 40;
const LAST_LINES = 6;

type Loose = Record<string, unknown>;

export function storyOf(rows: readonly Row<Fact>[], message: string): string[] {
  const named = namedIn(message);
  const about = named.size === 0 ? [] : rows.filter(({ fact }) => names(fact, named));
  const last = rows.slice(-LAST_LINES);
  const told = [...new Set([...about.slice(-STORY_LINES), ...last])].sort((a, b) => a.seq - b.seq);
  return told.map(lineOf);
}

/** `attempt 12`, `agent-3`: what is spoken of; a callback and an attempt bring their place with them. */
function namedIn(message: string): Map<string, Set<number | string>> {
  const named = new Map<string, Set<number | string>>();
  const add = (kind: string, id: number | string): void => {
    named.set(kind, (named.get(kind) ?? new Set()).add(id));
  };
  for (const [, kind = '', id] of message.matchAll(/\b(call|place|callback|attempt) (\d+)/g))
    add(kind, Number(id));
  for (const [, kind = '', id] of message.matchAll(/\bc1-(attempt|leg)-(\d+)/g)) add(kind, Number(id));
  for (const [agent] of message.matchAll(/\bagent-\d+/g)) add('agent', agent);
  return named;
}

/** Widens as it reads: the fact that ties a named thing to another names that one too. */
function names(fact: Fact, named: Map<string, Set<number | string>>): boolean {
  const loose = fact as unknown as Loose;
  let isNamed = false;
  for (const kind of named.keys()) if (named.get(kind)?.has(loose[kind] as never)) isNamed = true;
  if (isNamed && fact.type !== 'agent.reserved') {
    for (const kind of ['callback', 'place', 'attempt'])
      if (typeof loose[kind] === 'number') named.set(kind, (named.get(kind) ?? new Set()).add(loose[kind]));
  }
  return isNamed;
}

function lineOf({ seq, epoch, at, fact }: Row<Fact>): string {
  const { type, v: _version, ...rest } = fact as unknown as Loose;
  const text = JSON.stringify(rest);
  const short = text.length > 200 ? `${text.slice(0, 200)}...` : text;
  return `${seq} (epoch ${epoch}) ${new Date(at).toISOString()} ${String(type)} ${short}`;
}
