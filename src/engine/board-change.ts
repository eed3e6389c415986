// What is different between two boards: the fields that changed of the rows that changed, and the rows that are gone. Put
// upon the first board it gives the second one. It must not know what the tables mean.

import type { Board, BoardChange, TableName } from './board-shape.ts';

/** Undefined: nothing changed. */
export function changeOf(before: Partial<Board>, after: Partial<Board>): BoardChange | undefined {
  const change: Record<string, Record<string, object | null>> = {};
  for (const [name, rows] of Object.entries(after)) {
    const known: Readonly<Record<string, object>> = before[name as TableName] ?? {};
    const changed = changedRows(known, rows);
    for (const key of Object.keys(known)) if (!(key in rows)) changed[key] = null;
    if (Object.keys(changed).length > 0) change[name] = changed;
  }
  return Object.keys(change).length === 0 ? undefined : (change as BoardChange);
}

function changedRows(
  before: Readonly<Record<string, object>>,
  after: Readonly<Record<string, object>>,
): Record<string, object | null> {
  const changed: Record<string, object | null> = {};
  if (before === after) return changed;
  for (const [key, row] of Object.entries(after)) {
    const known = before[key];
    if (known === undefined) {
      changed[key] = row;
      continue;
    }
    const fields = changedFields(known, row);
    if (fields !== undefined) changed[key] = fields;
  }
  return changed;
}

function changedFields(before: object, after: object): object | undefined {
  let fields: Record<string, unknown> | undefined;
  for (const [field, value] of Object.entries(after)) {
    if (isSame((before as Record<string, unknown>)[field], value)) continue;
    fields ??= {};
    fields[field] = value;
  }
  return fields;
}

function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  return JSON.stringify(a) === JSON.stringify(b);
}
