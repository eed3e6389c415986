// Where the database is, how columns become numbers, and what an enclosed row may be.
import { describe, expect, it } from 'vitest';
import { insertClauses, insertStatement, type MemoryTables, putInMemory } from './enclosed-row.ts';
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

  it('shares its clause with others of its shape, and with no others', () => {
    const other = { ...row, row: { number_key: 'b', nonce: new Uint8Array([2]) } };
    const empty = { ...row, row: { number_key: 'c', nonce: null } };
    const clauses = insertClauses([row, empty, other], 'held', 7);
    expect(clauses.map(({ text }) => text.replaceAll(/\s+/g, ' '))).toEqual([
      'insert into "vault" ("number_key", "nonce") select fresh."number_key", fresh."nonce" ' +
        'from held, unnest($7::text[], $8::bytea[]) as fresh ("number_key", "nonce") on conflict ("number_key") do nothing',
      'insert into "vault" ("number_key", "nonce") select fresh."number_key", null ' +
        'from held, unnest($9::text[]) as fresh ("number_key") on conflict ("number_key") do nothing',
    ]);
    expect(clauses.map(({ values }) => values)).toEqual([
      [
        ['a', 'b'],
        [Buffer.from([1]), Buffer.from([2])],
      ],
      [['c']],
    ]);
    expect(() => insertClauses([row, { ...other, key: 'other' }], 'held', 1)).toThrow();
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
