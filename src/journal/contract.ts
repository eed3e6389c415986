// What every journal promises, as tests: memory/ and postgres/ run the same ones. A store comes with a ground, which
// lets a test look behind the port (the enclosed rows) and damage what lies there.
// Tests only; nothing in production imports this.
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ColumnValue, EnclosedRow } from '../database/enclosed-row.ts';
import {
  appendRowsMax,
  ChainBroken,
  type Fact,
  Fenced,
  factBytesMax,
  type Journal,
  type JournalState,
  type JournalStore,
  type NewRow,
  type Row,
} from './journal.ts';

export type Damage = 'bytes' | 'at' | 'row_lost';

export type Ground = {
  readonly store: JournalStore;
  /** A column of the enclosed row, or undefined when there is no such row. */
  enclosedValue(enclosed: EnclosedRow, column: string): Promise<ColumnValue | undefined>;
  /** Alters one committed row. Absent where rows have no bytes to be altered. */
  readonly damage?: (shard: string, seq: number, how: Damage) => Promise<void>;
  close(): Promise<void>;
};

type Step = Fact & { readonly n: number; readonly text?: string };

function steps(from: number, count: number): NewRow<Step>[] {
  return Array.from({ length: count }, (_, index) => ({
    at: 1_700_000_000_000 + from + index,
    fact: { type: 'step.taken', v: 1, n: from + index },
  }));
}

function numbers(rows: readonly Row<Step>[]): number[] {
  return rows.map((row) => row.fact.n);
}

export function describeJournal(name: string, open: () => Promise<Ground>): void {
  describe(`${name}: the journal's contract`, () => {
    let ground: Ground;
    let store: JournalStore;
    let shardNumber = 0;
    let shard = '';
    const leaders: Journal<Step>[] = [];

    beforeAll(async () => {
      ground = await open();
      store = ground.store;
    });
    afterAll(() => ground?.close());
    afterEach(async () => {
      for (const leader of leaders.splice(0)) await leader.close();
    });

    async function lead(takeover: 'when_free' | 'now' = 'when_free'): Promise<Journal<Step>> {
      const journal = await store.lead<Step>(shard, { holder: 'test', takeover });
      leaders.push(journal);
      return journal;
    }
    async function freshShard(): Promise<Journal<Step>> {
      shardNumber += 1;
      shard = `s${shardNumber}`;
      return lead();
    }
    async function readAll(fromSeq = 1): Promise<Row<Step>[]> {
      const rows: Row<Step>[] = [];
      await store.reader<Step>(shard).replay(fromSeq, (row) => rows.push(row));
      return rows;
    }

    describe('append and replay', () => {
      it('gives seqs from 1 on, in order, with epoch, time and fact', async () => {
        const journal = await freshShard();
        expect([journal.lastSeq, await journal.newestSeq(), await readAll()]).toEqual([0, 0, []]);
        await journal.append(steps(0, 2));
        await journal.append(steps(2, 1));
        expect(journal.lastSeq).toBe(3);
        expect(await journal.newestSeq()).toBe(3);
        const rows = await readAll();
        expect(rows.map(({ seq, epoch, at, fact }) => ({ seq, epoch, at, fact }))).toEqual(
          steps(0, 3).map((row, index) => ({ ...row, seq: index + 1, epoch: journal.epoch })),
        );
      });

      it('replays from any seq, and says where it ended', async () => {
        const journal = await freshShard();
        await journal.append(steps(0, 5));
        expect(numbers(await readAll(4))).toEqual([3, 4]);
        expect(await journal.replay(3, () => {})).toBe(5);
        expect(await journal.replay(6, () => {})).toBe(5);
        await expect(journal.replay(7, () => {})).rejects.toThrow(ChainBroken);
      });

      it('replays more than one page', async () => {
        const journal = await freshShard();
        await journal.append(steps(0, appendRowsMax));
        await journal.append(steps(appendRowsMax, 3));
        expect(numbers(await readAll())).toEqual(Array.from({ length: appendRowsMax + 3 }, (_, n) => n));
      });

      it('brings every batch of facts back as it was', async () => {
        const journal = await freshShard();
        const fact = fc.record({
          type: fc.constant('step.taken'),
          v: fc.nat(9),
          n: fc.maxSafeInteger(),
          text: fc.string(),
        });
        const batch = fc.array(fc.record({ at: fc.nat(), fact }), { minLength: 1, maxLength: 20 });
        await fc.assert(
          fc.asyncProperty(batch, async (rows) => {
            const before = journal.lastSeq;
            await journal.append(rows);
            const read = await readAll(before + 1);
            expect(read.map((row) => ({ at: row.at, fact: row.fact }))).toEqual(rows);
          }),
          { numRuns: 40 },
        );
      });

      it('keeps facts in both languages and beyond ASCII', async () => {
        const journal = await freshShard();
        const text = 'Citoyenneté, œuvre, 🇨🇦, \u0000, \u202e';
        await journal.append([{ at: 1, fact: { type: 'step.taken', v: 1, n: 1, text } }]);
        expect((await readAll())[0]?.fact.text).toBe(text);
      });

      it('keeps shards apart', async () => {
        const one = await freshShard();
        await one.append(steps(0, 2));
        const other = await freshShard();
        await other.append(steps(10, 1));
        expect(numbers(await readAll())).toEqual([10]);
        expect([one.lastSeq, other.lastSeq]).toEqual([2, 1]);
      });
    });

    describe('limits', () => {
      it('asserts one append at a time', async () => {
        const journal = await freshShard();
        const first = journal.append(steps(0, 1));
        await expect((async () => journal.append(steps(1, 1)))()).rejects.toThrow(/one append at a time/);
        await first;
        expect(journal.lastSeq).toBe(1);
      });

      it('asserts that a batch is neither empty nor too long', async () => {
        const journal = await freshShard();
        await expect((async () => journal.append([]))()).rejects.toThrow(/an append has 1 to/);
        await expect((async () => journal.append(steps(0, appendRowsMax + 1)))()).rejects.toThrow(
          /an append has 1 to/,
        );
        await journal.append(steps(0, 1));
        expect(numbers(await readAll())).toEqual([0]);
      });

      it('asserts that no fact is too long', async () => {
        const journal = await freshShard();
        if (ground.damage === undefined) return;
        const text = 'x'.repeat(factBytesMax);
        const long = { at: 1, fact: { type: 'step.taken', v: 1, n: 1, text } };
        await expect((async () => journal.append([long]))()).rejects.toThrow(/step.taken is longer than/);
      });
    });

    describe('the epoch', () => {
      it('fences a deposed leader: nothing of it is written, and the next one goes on', async () => {
        const old = await freshShard();
        await old.append(steps(0, 2));
        const heard: JournalState[] = [];
        old.onState((state) => heard.push(state));
        const next = await lead('now');
        expect(next.epoch).toBeGreaterThan(old.epoch);
        expect(next.lastSeq).toBe(2);
        await expect(old.append(steps(100, 1))).rejects.toThrow(Fenced);
        await expect(old.append(steps(100, 1))).rejects.toThrow(Fenced);
        expect([old.state, heard]).toEqual(['fenced', ['fenced']]);
        await next.append(steps(2, 1));
        const rows = await readAll();
        expect(numbers(rows)).toEqual([0, 1, 2]);
        expect(rows.map((row) => row.epoch)).toEqual([old.epoch, old.epoch, next.epoch]);
      });

      it('lets one leader out of many that take over at once', async () => {
        await freshShard();
        const many = await Promise.all(Array.from({ length: 5 }, () => lead('now')));
        expect(new Set(many.map((journal) => journal.epoch)).size).toBe(5);
        const appended = await Promise.allSettled(
          many.map((journal) => journal.append(steps(journal.epoch, 1))),
        );
        expect(appended.filter((result) => result.status === 'fulfilled').length).toBe(1);
        const newest = Math.max(...many.map((journal) => journal.epoch));
        expect(numbers(await readAll())).toEqual([newest]);
      });

      it('waits for the lease until the leader gives it up', async () => {
        const first = await freshShard();
        await first.append(steps(0, 1));
        const order: string[] = [];
        const second = lead().then((journal) => {
          order.push('second leads');
          return journal;
        });
        await first.append(steps(1, 1));
        order.push('first closes');
        await first.close();
        const journal = await second;
        expect(order).toEqual(['first closes', 'second leads']);
        expect(journal.lastSeq).toBe(2);
        await expect(first.append(steps(9, 1))).rejects.toThrow(Fenced);
      });

      it('can be asked to wait no longer', async () => {
        await freshShard();
        const patience = new AbortController();
        const waiting = store.lead(shard, { holder: 'test', signal: patience.signal });
        patience.abort(new Error('enough'));
        await expect(waiting).rejects.toThrow();
      });
    });

    describeEnclosed(() => ({ ground, freshShard, lead }));
    describeTail(() => ({ store, shard, freshShard, lead }));
    describeSnapshots(() => ({ store, shard, freshShard }));
    describeDamage(() => ({ ground, shard, freshShard, readAll }));
  });
}

type Lead = (takeover?: 'when_free' | 'now') => Promise<Journal<Step>>;
type FreshShard = () => Promise<Journal<Step>>;

let enclosedNumber = 0;
function vaultRow(): EnclosedRow {
  enclosedNumber += 1;
  const bytes = Buffer.from([1, 2, 255]);
  const row = { number_key: `contract-${enclosedNumber}`, key_id: 'k1', nonce: bytes, ciphertext: bytes };
  return { table: 'vault', key: 'number_key', row };
}

function describeEnclosed(context: () => { ground: Ground; freshShard: FreshShard; lead: Lead }): void {
  describe('enclosed rows', () => {
    it('may be many in one append, the same one twice among them', async () => {
      const { ground, freshShard } = context();
      const journal = await freshShard();
      const many = Array.from({ length: 300 }, vaultRow);
      await journal.append(steps(0, 1), [...many, many[7] as EnclosedRow]);
      for (const one of [many[0], many[299]] as EnclosedRow[])
        expect(await ground.enclosedValue(one, 'key_id')).toBe('k1');
    });

    it('are written with the facts, and left alone when they are there', async () => {
      const { ground, freshShard } = context();
      const journal = await freshShard();
      const enclosed = vaultRow();
      await journal.append(steps(0, 1), [enclosed]);
      expect(await ground.enclosedValue(enclosed, 'key_id')).toBe('k1');
      const again = { ...enclosed, row: { ...enclosed.row, key_id: 'k2' } };
      const other = vaultRow();
      await journal.append(steps(1, 1), [again, other]);
      expect(await ground.enclosedValue(enclosed, 'key_id')).toBe('k1');
      expect(await ground.enclosedValue(other, 'key_id')).toBe('k1');
      expect(Buffer.from((await ground.enclosedValue(other, 'nonce')) as Uint8Array).toString('hex')).toBe(
        '0102ff',
      );
      expect(journal.lastSeq).toBe(2);
    });

    it('are not written by a fenced leader', async () => {
      const { ground, freshShard, lead } = context();
      const old = await freshShard();
      await lead('now');
      const enclosed = vaultRow();
      await expect(old.append(steps(0, 1), [enclosed])).rejects.toThrow(Fenced);
      expect(await ground.enclosedValue(enclosed, 'key_id')).toBeUndefined();
    });

    it('name plain tables and columns only', async () => {
      const { freshShard } = context();
      const journal = await freshShard();
      const bad = { ...vaultRow(), table: 'vault"; drop table vault; --' };
      await expect((async () => journal.append(steps(0, 1), [bad]))()).rejects.toThrow(/plain identifiers/);
    });
  });
}

function describeTail(
  context: () => { store: JournalStore; shard: string; freshShard: FreshShard; lead: Lead },
): void {
  /** A tail whose rows can be awaited by their count. */
  function follow(store: JournalStore, shard: string, fromSeq: number) {
    const rows: Row<Step>[] = [];
    let wanted = { count: 0, resolve: () => {} };
    const tail = store.reader<Step>(shard).tail(fromSeq, (row) => {
      rows.push(row);
      if (rows.length >= wanted.count) wanted.resolve();
    });
    const until = (count: number) =>
      new Promise<void>((resolve) => {
        wanted = { count, resolve };
        if (rows.length >= count) resolve();
      });
    return { rows, tail, until };
  }

  describe('the tail', () => {
    it('gives what is there, then what comes, across leaders, until it is stopped', async () => {
      const { freshShard, lead } = context();
      const first = await freshShard();
      const { store, shard } = context();
      await first.append(steps(0, 3));
      const { rows, tail, until } = follow(store, shard, 2);
      await until(2);
      await first.append(steps(3, 1));
      await until(3);
      const second = await lead('now');
      await second.append(steps(4, 2));
      await until(5);
      await tail.stop();
      await tail.done;
      await second.append(steps(6, 1));
      expect(numbers(rows)).toEqual([1, 2, 3, 4, 5]);
    });

    it('waits at the end of an empty journal', async () => {
      const { freshShard } = context();
      const journal = await freshShard();
      const { store, shard } = context();
      const { rows, tail, until } = follow(store, shard, 1);
      await journal.append(steps(0, 1));
      await until(1);
      await tail.stop();
      expect(numbers(rows)).toEqual([0]);
    });

    it('ends with what its reader threw', async () => {
      const { freshShard } = context();
      const journal = await freshShard();
      const { store, shard } = context();
      await journal.append(steps(0, 1));
      const tail = store.reader(shard).tail(1, () => {
        throw new Error('the reader stumbled');
      });
      await expect(tail.done).rejects.toThrow('the reader stumbled');
    });
  });
}

function describeSnapshots(
  context: () => { store: JournalStore; shard: string; freshShard: FreshShard },
): void {
  describe('snapshots', () => {
    it('are found by the version of the state, the newest first', async () => {
      const { freshShard } = context();
      const journal = await freshShard();
      const { store, shard } = context();
      await journal.append(steps(0, 6));
      const reader = store.reader(shard);
      expect(await reader.latestSnapshot(1)).toBeUndefined();
      for (const seq of [1, 2, 3, 4]) {
        await journal.saveSnapshot({
          stateVersion: 1,
          seq,
          hash: `h${seq}`,
          bytes: Buffer.from([seq, 0, 255]),
        });
      }
      await journal.saveSnapshot({ stateVersion: 2, seq: 5, hash: 'other', bytes: Buffer.alloc(0) });
      const found = await reader.latestSnapshot(1);
      expect(found && { ...found, bytes: [...found.bytes] }).toEqual({
        stateVersion: 1,
        seq: 4,
        hash: 'h4',
        bytes: [4, 0, 255],
      });
      expect((await reader.latestSnapshot(2))?.hash).toBe('other');
    });

    it('can be replaced, and are of committed rows only', async () => {
      const { freshShard } = context();
      const journal = await freshShard();
      await journal.append(steps(0, 2));
      const bytes = Buffer.from('state');
      await journal.saveSnapshot({ stateVersion: 1, seq: 2, hash: 'first', bytes });
      await journal.saveSnapshot({ stateVersion: 1, seq: 2, hash: 'second', bytes });
      expect((await journal.latestSnapshot(1))?.hash).toBe('second');
      const early = journal.saveSnapshot({ stateVersion: 1, seq: 3, hash: 'early', bytes });
      await expect(early).rejects.toThrow(/committed rows/);
    });
  });
}

function describeDamage(
  context: () => {
    ground: Ground;
    shard: string;
    freshShard: FreshShard;
    readAll: () => Promise<Row<Step>[]>;
  },
): void {
  describe('a broken chain', () => {
    for (const how of ['bytes', 'at', 'row_lost'] as const) {
      it(`is found at its seq (${how})`, async () => {
        const { ground, freshShard } = context();
        const journal = await freshShard();
        if (ground.damage === undefined) return;
        await journal.append(steps(0, 5));
        const { shard } = context();
        await ground.damage(shard, 3, how);
        const seen: number[] = [];
        const reader = ground.store.reader<Step>(shard);
        const failure = await reader.replay(1, (row) => seen.push(row.seq)).catch((error: unknown) => error);
        expect(failure).toBeInstanceOf(ChainBroken);
        expect((failure as ChainBroken).seq).toBe(3);
        expect(seen).toEqual([1, 2]);
        await expect(reader.tail(1, () => {}).done).rejects.toThrow(ChainBroken);
      });
    }
  });
}
