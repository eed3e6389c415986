// A row that is to be written in somebody else's transaction: with the facts of one append, or not at all.
// The vault uses it so that a registered callback and the number to call can never be had one without the other.
// It is plain data, so that neither the journal has to know the vault nor the memory journal any SQL.
// Writing is "put if absent": a row that stands already under its key is left as it is.
import { assert } from '../core/assert.ts';

export type ColumnValue = string | number | Uint8Array | null;

/** One row of `table`; `key` names the column that is its primary key. */
export type EnclosedRow = {
  readonly table: string;
  readonly key: string;
  readonly row: Readonly<Record<string, ColumnValue>>;
};

/** The tables of the memory journal, by name and by primary key: what PostgreSQL is for the other one. */
export type MemoryTables = Map<string, Map<ColumnValue, Readonly<Record<string, ColumnValue>>>>;

const identifier = /^[a-z][a-z0-9_]{0,62}$/;
const columnsMax = 32;

/** Asserts that table and columns are plain identifiers, since they become part of a statement's text. */
export function assertEnclosedRow(enclosed: EnclosedRow): void {
  const columns = Object.keys(enclosed.row);
  assert(
    columns.length > 0 && columns.length <= columnsMax,
    `an enclosed row has 1 to ${columnsMax} columns`,
  );
  for (const name of [enclosed.table, enclosed.key, ...columns]) {
    assert(identifier.test(name), 'the table and columns of an enclosed row are plain identifiers');
  }
  assert(
    (enclosed.row[enclosed.key] ?? null) !== null,
    'an enclosed row has its key column, and a key in it',
  );
}

/** Part of a statement: its text, and the values for its parameters, which are numbered on from the given one. */
export type InsertClause = { readonly text: string; readonly values: readonly unknown[] };

/** The statement for one row by itself; its text is the same for every row of one shape. */
export function insertStatement(enclosed: EnclosedRow): { text: string; values: unknown[] } {
  assertEnclosedRow(enclosed);
  const columns = Object.keys(enclosed.row);
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  const values = columns.map((column) => parameterOf(enclosed.row[column] ?? null));
  return { text: insertText(enclosed, `values (${places})`), values };
}

/**
 * One clause for all rows of one shape: each row by itself would cost a way to the server and back. They are written for
 * each row of `held`, a name of the statement around: none when it is empty.
 */
export function insertClauses(
  enclosed: readonly EnclosedRow[],
  held: string,
  firstParameter: number,
): InsertClause[] {
  const shapes = new Map<string, EnclosedRow[]>();
  for (const one of enclosed) {
    assertEnclosedRow(one);
    const types = Object.values(one.row).map(typeOf);
    const shape = [one.table, one.key, ...Object.keys(one.row), ...types].join();
    const alike = shapes.get(shape);
    if (alike === undefined) shapes.set(shape, [one]);
    else alike.push(one);
  }
  let parameter = firstParameter;
  return [...shapes.values()].map((rows) => {
    const clause = insertClause(rows, held, parameter);
    parameter += clause.values.length;
    return clause;
  });
}

function insertClause(rows: readonly EnclosedRow[], held: string, parameter: number): InsertClause {
  const [first] = rows;
  assert(first !== undefined, 'a clause is for one row at least');
  const all = Object.entries(first.row);
  // Nothing tells the type of a column that is empty; PostgreSQL knows it where `null` stands.
  const filled = all.filter(([, value]) => value !== null);
  const places = filled.map(([, value], index) => `$${parameter + index}::${typeOf(value)}[]`);
  const names = filled.map(([column]) => `"${column}"`);
  const source = `select ${all.map(([column, value]) => (value === null ? 'null' : `fresh."${column}"`)).join(', ')}
    from ${held}, unnest(${places.join(', ')}) as fresh (${names.join(', ')})`;
  const values = filled.map(([column]) => rows.map(({ row }) => parameterOf(row[column] ?? null)));
  return { text: insertText(first, source), values };
}

function insertText({ table, key, row }: EnclosedRow, source: string): string {
  const names = Object.keys(row).map((column) => `"${column}"`);
  return `insert into "${table}" (${names.join(', ')}) ${source} on conflict ("${key}") do nothing`;
}

function parameterOf(value: ColumnValue): unknown {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

function typeOf(value: ColumnValue): 'bytea' | 'bigint' | 'text' | 'null' {
  if (value instanceof Uint8Array) return 'bytea';
  return value === null ? 'null' : typeof value === 'number' ? 'bigint' : 'text';
}

/** The same in memory. */
export function putInMemory(tables: MemoryTables, enclosed: EnclosedRow): void {
  assertEnclosedRow(enclosed);
  const table = tables.get(enclosed.table) ?? new Map();
  tables.set(enclosed.table, table);
  const key = enclosed.row[enclosed.key] as ColumnValue;
  if (!table.has(key)) table.set(key, enclosed.row);
}
