// What one configuration changes of another, in a few words for a log line: which lines and agents came, went or are
// not the same, and which other parts. Names only; the values are in the file.

import type { Configuration } from '../core/configuration.ts';

/** Empty when both say the same. */
export function differenceOf(before: Configuration, after: Configuration): string {
  const parts = [
    ...ofList('line', before.lines, after.lines),
    ...ofList('agent', before.agents, after.agents),
    ...ofList('directory entry', before.directory ?? [], after.directory ?? []),
    ...PARTS.filter(({ part }) => !isSame(before[part], after[part])).map(({ words }) => words),
  ];
  return parts.join(', ');
}

const PARTS = [
  { part: 'languages', words: 'languages' },
  { part: 'dialogue', words: 'times of the dialogue' },
  { part: 'callback', words: 'attempts' },
  { part: 'numbers', words: 'limits of numbers' },
  { part: 'agent', words: "agents' times" },
] as const;

const NAMED_MAX = 5;

function ofList<Item extends { readonly id: string }>(
  kind: string,
  before: readonly Item[],
  after: readonly Item[],
): string[] {
  const old = new Map(before.map((item) => [item.id, item]));
  const kept = new Set(after.map((item) => item.id));
  const say = (verb: string, items: readonly Item[]): string[] => {
    if (items.length === 0) return [];
    const names = items.slice(0, NAMED_MAX).map(({ id }) => id);
    const more = items.length > NAMED_MAX ? ` and ${items.length - NAMED_MAX} more` : '';
    return [`${kind} ${verb}: ${names.join(' ')}${more}`];
  };
  return [
    ...say(
      'added',
      after.filter(({ id }) => !old.has(id)),
    ),
    ...say(
      'removed',
      before.filter(({ id }) => !kept.has(id)),
    ),
    ...say(
      'changed',
      after.filter((item) => old.has(item.id) && !isSame(old.get(item.id), item)),
    ),
  ];
}

/** Both come from the same code, so equal values have their keys in the same order. */
function isSame(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

/** Thousands of agents share a few lists of shifts, which are written out once. */
const texts = new WeakMap<object, string>();

function textOf(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (!Array.isArray(part) || typeof part[0] !== 'object') return part;
    let text = texts.get(part);
    if (text === undefined) {
      text = JSON.stringify(part);
      texts.set(part, text);
    }
    return text;
  });
}
