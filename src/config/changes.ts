// What one document of a configuration says otherwise than another, value by value: where, what it was, what it is to be.
// Things in a list that have a name of their own (a line, an agent, a webhook) are the same thing wherever they stand; the
// rest of a list is one value. For people, who look at it before they put it in force; it decides nothing.

import type { ConfigurationFile } from './schema.ts';

export type DocumentChange = {
  /** From the whole to the part; a thing of a list by its own name. */
  readonly path: readonly string[];
  /** Left out: it was not there before, or is not there any more. */
  readonly before?: unknown;
  readonly after?: unknown;
};

/** In the order of the second document; what is gone from it comes where it stood. Empty: both say the same. */
export function documentChanges(before: ConfigurationFile, after: ConfigurationFile): DocumentChange[] {
  return changesOf([], before, after);
}

function changesOf(path: readonly string[], before: unknown, after: unknown): DocumentChange[] {
  if (isSame(before, after)) return [];
  if (isPrivate(path))
    return [{ path, ...told('before', countOf(before)), ...told('after', countOf(after)) }];
  const [old, next] = [partsOf(before), partsOf(after)];
  if (old === null || next === null) return [{ path, ...told('before', before), ...told('after', after) }];
  const names = [...new Set([...next.keys(), ...old.keys()])];
  const parts = names.flatMap((name) => changesOf([...path, name], old.get(name), next.get(name)));
  // Named things that have changed their order alone.
  return parts.length > 0 ? parts : [{ path, before: [...old.keys()], after: [...next.keys()] }];
}

/** Numbers that belong to somebody are told by how many they are, and are not repeated. */
function isPrivate([first, second, ...more]: readonly string[]): boolean {
  return first === 'numbers' && second === 'shared' && more.length === 0;
}

function told(side: 'before' | 'after', value: unknown): Partial<Record<'before' | 'after', unknown>> {
  return value === undefined ? {} : { [side]: value };
}

function countOf(value: unknown): number {
  return Array.isArray(value) ? value.length : 0;
}

/** Null: it is looked at as a whole. */
function partsOf(value: unknown): ReadonlyMap<string, unknown> | null {
  if (Array.isArray(value)) {
    const names = value.map(nameOf);
    if (names.length === 0 || names.includes(undefined) || new Set(names).size < names.length) return null;
    return new Map(value.map((item, i) => [names[i] as string, item]));
  }
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : null;
}

/** A phase has its date, an exception its day. */
function nameOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { id, from, date, reason } = item as Readonly<Record<string, unknown>>;
  const name = id ?? from ?? date ?? reason;
  return typeof name === 'string' ? name : undefined;
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const names = Object.keys(one);
  if (names.length !== Object.keys(other).length) return false;
  // The order of keys says nothing, that of a list does.
  return names.every((name) =>
    isSame(
      (one as Readonly<Record<string, unknown>>)[name],
      (other as Readonly<Record<string, unknown>>)[name],
    ),
  );
}
