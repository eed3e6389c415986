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
  assert(columns.includes(enclosed.key), 'an enclosed row has its key column');
}

export type InsertStatement = { readonly text: string; readonly values: unknown[] };

/** The statement for PostgreSQL; its text is the same for every row of one shape, so it is prepared once. */
export function insertStatement(enclosed: EnclosedRow): InsertStatement {
  assertEnclosedRow(enclosed);
  const columns = Object.keys(enclosed.row);
  const places = columns.map((_, index) => `$${index + 1}`).join(', ');
  const values = columns.map((column) => parameterOf(enclosed.row[column] ?? null));
  return { text: insertText(enclosed, `values (${places})`), values };
}

/** One statement for all rows of one shape: each by itself would cost a way to the server and back. */
export function insertStatements(enclosed: readonly EnclosedRow[]): InsertStatement[] {
  const alike = new Map<string, EnclosedRow[]>();
  for (const one of enclosed) {
    const shape = JSON.stringify([one.table, one.key, Object.entries(one.row).map(kindOf)]);
    const rows = alike.get(shape);
    if (rows === undefined) alike.set(shape, [one]);
    else rows.push(one);
  }
  return [...alike.values()].flatMap((rows) =>
    // Nothing says of what type a column is that holds nothing.
    rows.length === 1 || Object.values(rows[0]!.row).includes(null)
      ? rows.map(insertStatement)
      : [insertManyStatement(rows)],
  );
}

function insertManyStatement(rows: readonly EnclosedRow[]): InsertStatement {
  const [first] = rows;
  assert(first !== undefined, 'a statement for many rows has one at least');
  rows.forEach(assertEnclosedRow);
  const columns = Object.entries(first.row).map(kindOf);
  const places = columns.map(([, type], index) => `$${index + 1}::${type}[]`);
  const values = columns.map(([column]) => rows.map(({ row }) => parameterOf(row[column] ?? null)));
  return { text: insertText(first, `select * from unnest(${places.join(', ')})`), values };
}

function insertText({ table, key, row }: EnclosedRow, source: string): string {
  const names = Object.keys(row).map((column) => `"${column}"`);
  return `insert into "${table}" (${names.join(', ')}) ${source} on conflict ("${key}") do nothing`;
}

function parameterOf(value: ColumnValue): unknown {
  return value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value;
}

function kindOf([column, value]: readonly [string, ColumnValue]): readonly [string, string] {
  if (value instanceof Uint8Array) return [column, 'bytea'];
  return [column, value === null ? 'null' : typeof value === 'number' ? 'bigint' : 'text'];
}

/** The same in memory. */
export function putInMemory(tables: MemoryTables, enclosed: EnclosedRow): void {
  assertEnclosedRow(enclosed);
  const table = tables.get(enclosed.table) ?? new Map();
  tables.set(enclosed.table, table);
  const key = enclosed.row[enclosed.key] as ColumnValue;
  if (!table.has(key)) table.set(key, enclosed.row);
}
