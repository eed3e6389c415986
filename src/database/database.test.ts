// Where the database is, how columns become numbers, and what an enclosed row may be.
import { describe, expect, it } from 'vitest';
import { insertStatement, insertStatements, type MemoryTables, putInMemory } from './enclosed-row.ts';
import { chooseConnection, numberFromText } from './pool.ts';

const embedded = { host: '/tmp/s', port: 5432, user: 'rappel', database: 'rappel' };

describe('the connection', () => {
  it('is the embedded server, unless DATABASE_URL names another', () => {
    expect(chooseConnection({}, embedded)).toBe(embedded);
    expect(chooseConnection({ DATABASE_URL: '' }, embedded)).toBe(embedded);
    expect(chooseConnection({ DATABASE_URL: 'postgres://db/r' }, embedded)).toEqual({
      url: 'postgres://db/r',
    });
  });
});

describe('an integer column', () => {
  it('is a number, and never rounded in silence', () => {
    expect(numberFromText('9007199254740991')).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => numberFromText('9007199254740993')).toThrow(/above 2\^53/);
    expect(numberFromText('0.25')).toBe(0.25);
  });
});

describe('an enclosed row', () => {
  const row = { table: 'vault', key: 'number_key', row: { number_key: 'a', nonce: new Uint8Array([1]) } };

  it('becomes a statement whose text holds no value', () => {
    const { text, values } = insertStatement(row);
    expect(text).toBe(
      'insert into "vault" ("number_key", "nonce") values ($1, $2) on conflict ("number_key") do nothing',
    );
    expect(values).toEqual(['a', Buffer.from([1])]);
  });

  it('shares its statement with others of its shape, and with no others', () => {
    const other = { ...row, row: { number_key: 'b', nonce: new Uint8Array([2]) } };
    const elsewhere = { ...row, table: 'notes' };
    const empty = { ...row, row: { number_key: 'c', nonce: null } };
    const statements = insertStatements([row, elsewhere, empty, other, empty]);
    expect(statements).toEqual([
      {
        text: 'insert into "vault" ("number_key", "nonce") select * from unnest($1::text[], $2::bytea[]) on conflict ("number_key") do nothing',
        values: [
          ['a', 'b'],
          [Buffer.from([1]), Buffer.from([2])],
        ],
      },
      insertStatement(elsewhere),
      insertStatement(empty),
      insertStatement(empty),
    ]);
    expect(() =>
      insertStatements([
        { ...row, key: 'other' },
        { ...other, key: 'other' },
      ]),
    ).toThrow();
  });

  it('is put in memory if its key is not there', () => {
    const tables: MemoryTables = new Map();
    putInMemory(tables, row);
    putInMemory(tables, { ...row, row: { ...row.row, nonce: new Uint8Array([2]) } });
    expect(tables.get('vault')?.get('a')?.nonce).toEqual(new Uint8Array([1]));
  });

  it.each([
    { ...row, table: 'vault; drop table vault' },
    { ...row, key: 'other' },
    { ...row, row: {} },
    { ...row, row: { number_key: 'a', 'x"': 1 } },
  ])('is refused when it is none: %j', (wrong) => {
    expect(() => insertStatement(wrong)).toThrow();
  });
});
