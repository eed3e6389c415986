// What every store of people keeps to: run against PostgreSQL and against memory.

import { beforeEach, describe, expect, test } from 'vitest';
import {
  type AccountRow,
  ANSWER_KEPT_MS,
  type AuditRow,
  type ChainedRow,
  type PeopleStore,
} from './people-store.ts';

const sealed = { keyId: 'k1', nonce: Buffer.from('nonce'), ciphertext: Buffer.from('text') };
const NOW = 1_000_000;
const RULE = { free: 2, firstMs: 1_000, longestMs: 3_000, forgetMs: 60_000 };

/** Any function of both will do here. */
const link = (before: string, of: AuditRow): string => `${before.length} ${JSON.stringify(of)}`;

function row(id: string, more: Partial<AccountRow> = {}): AccountRow {
  return {
    id,
    nameKey: `name of ${id}`,
    name: sealed,
    roles: ['supervisor'],
    agent: null,
    language: 'en',
    password: 'hash',
    subjectKey: null,
    disabled: false,
    createdAt: NOW,
    ...more,
  };
}

export function peopleStoreContract(name: string, open: () => Promise<PeopleStore>): void {
  describe(`people in ${name}`, () => {
    let store: PeopleStore;
    beforeEach(async () => {
      store = await open();
    });

    test('an account is found by id, name and subject, as it was given', async () => {
      const given = row('a', { subjectKey: 's', roles: ['agent', 'admin'], agent: 'amelie', language: 'fr' });
      expect(await store.hasAccounts()).toBe(false);
      expect(await store.addAccount(given)).toBe('added');
      expect(await store.hasAccounts()).toBe(true);
      expect(await store.account('a')).toEqual(given);
      expect(await store.accountByName('name of a')).toEqual(given);
      expect(await store.accountBySubject('s')).toEqual(given);
      expect(await store.account('b')).toBeUndefined();
    });

    test('a name and an agent are one account only', async () => {
      await store.addAccount(row('a', { agent: 'amelie' }));
      expect(await store.addAccount(row('b', { nameKey: 'name of a' }))).toBe('name_taken');
      expect(await store.addAccount(row('c', { agent: 'amelie' }))).toBe('agent_taken');
      await store.addAccount(row('d'));
      expect(await store.changeAccount('d', { agent: 'amelie' })).toBe('agent_taken');
      expect(await store.accounts('', 10)).toHaveLength(2);
    });

    test('accounts are listed by id, page by page', async () => {
      for (const id of ['c', 'a', 'b']) await store.addAccount(row(id));
      expect((await store.accounts('', 2)).map(({ id }) => id)).toEqual(['a', 'b']);
      expect((await store.accounts('b', 2)).map(({ id }) => id)).toEqual(['c']);
    });

    test('the last admin stays one, also when two leave at once', async () => {
      await store.addAccount(row('a', { roles: ['admin'] }));
      expect(await store.changeAccount('a', { roles: ['analyst'] })).toBe('last_admin');
      expect(await store.changeAccount('a', { disabled: true })).toBe('last_admin');
      await store.addAccount(row('b', { roles: ['admin'] }));
      const left = await Promise.all(['a', 'b'].map((id) => store.changeAccount(id, { disabled: true })));
      expect(left.toSorted()).toEqual(['changed', 'last_admin']);
      expect(await store.changeAccount('nobody', { disabled: true })).toBe('unknown');
    });

    test('tries: some are free, then each failure makes the next wait longer, and many at once have no more', async () => {
      const first = await Promise.all([1, 2, 3, 4, 5].map(() => store.takeTry('k', NOW, RULE)));
      expect(first.filter((freeAt) => freeAt === 0)).toHaveLength(3);
      expect(await store.takeTry('k', NOW + 999, RULE)).toBe(NOW + 1_000);
      expect(await store.takeTry('k', NOW + 1_000, RULE)).toBe(0);
      expect(await store.takeTry('k', NOW + 1_001, RULE)).toBe(NOW + 3_000);
      expect(await store.takeTry('k', NOW + 3_000, RULE)).toBe(0);
      expect(await store.takeTry('k', NOW + 3_001, RULE)).toBe(NOW + 6_000);
      expect(await store.takeTry('other', NOW, RULE)).toBe(0);
      await store.forgive('k');
      expect(await store.takeTry('k', NOW + 3_002, RULE)).toBe(0);
    });

    test('failures are forgotten some time after the last', async () => {
      for (const at of [0, 1, 2]) await store.takeTry('k', NOW + at, RULE);
      expect(await store.takeTry('k', NOW + 3, RULE)).toBeGreaterThan(0);
      for (const at of [0, 1, 2]) expect(await store.takeTry('k', NOW + 70_000 + at, RULE)).toBe(0);
    });

    test('a sign-in is found until it ends or expires, with the account as it is now', async () => {
      await store.addAccount(row('a'));
      await store.addSignIn({ hash: 'h', account: 'a', expiresAt: NOW + 10 });
      await store.changeAccount('a', { language: 'fr' });
      expect((await store.signIn('h', NOW))?.account.language).toBe('fr');
      expect(await store.signIn('h', NOW + 10)).toBeUndefined();
      expect(await store.endSignIn('h')).toBe(true);
      expect(await store.endSignIn('h')).toBe(false);
      expect(await store.signIn('h', NOW)).toBeUndefined();
      for (const hash of ['x', 'y']) await store.addSignIn({ hash, account: 'a', expiresAt: NOW + 10 });
      await store.endSignInsOf('a');
      expect(await store.signIn('x', NOW)).toBeUndefined();
    });

    test('a token is found by its hash until it ends or expires', async () => {
      const token = { id: 't', hash: 'h', name: 'wall', scopes: ['read:stand' as const], by: 'a' };
      const given = { ...token, createdAt: NOW, expiresAt: NOW + 10, endedAt: null };
      await store.addToken(given);
      expect(await store.tokenByHash('h', NOW)).toEqual(given);
      expect(await store.tokenByHash('h', NOW + 10)).toBeUndefined();
      expect(await store.endToken('t', NOW + 1)).toBe(true);
      expect(await store.endToken('t', NOW + 2)).toBe(false);
      expect(await store.tokenByHash('h', NOW)).toBeUndefined();
      expect(await store.tokens('', 10)).toEqual([{ ...given, endedAt: NOW + 1 }]);
    });

    test("the first admin's link works once, in time, and while there is nobody", async () => {
      await store.offerFirstAdmin('old', NOW + 1);
      await store.offerFirstAdmin('h', NOW + 10);
      expect(await store.takeFirstAdmin('old', NOW + 1)).toBe(false);
      const taken = await Promise.all([1, 2].map(() => store.takeFirstAdmin('h', NOW)));
      expect(taken.toSorted()).toEqual([false, true]);
      await store.offerFirstAdmin('late', NOW + 10);
      await store.addAccount(row('a'));
      expect(await store.takeFirstAdmin('late', NOW)).toBe(false);
    });

    test('the audit is read in the order in which it was written', async () => {
      for (const what of ['search.made', 'token.added', 'token.ended'] as const)
        await store.note({ at: NOW, by: 'a', what, about: 'b', why: 'c' }, link);
      const [first] = await store.audit({ after: 0, limit: 1 });
      expect(first).toMatchObject({ at: NOW, by: 'a', what: 'search.made', about: 'b', why: 'c' });
      expect((await store.audit({ after: first?.id ?? 0, limit: 9 })).map(({ what }) => what)).toEqual([
        'token.added',
        'token.ended',
      ]);
    });

    test('the audit is chained, also when many write at once, and filtered', async () => {
      const write = (n: number) =>
        store.note({ at: NOW + n, by: `p${n % 2}`, what: 'search.made', about: `k${n}`, why: '' }, link);
      await Promise.all(Array.from({ length: 20 }, (_, n) => write(n)));
      const rows = await store.audit({ after: 0, limit: 100 });
      expect(rows).toHaveLength(20);
      for (const [i, { chain, ...row }] of rows.entries())
        expect(chain).toBe(link(rows[i - 1]?.chain ?? '', row));
      const some = await store.audit({ after: 0, limit: 3, fromAt: NOW + 4, toAt: NOW + 12, by: 'p1' });
      expect(some).toHaveLength(3);
      for (const { at, by } of some) expect([by, at >= NOW + 4 && at < NOW + 12]).toEqual(['p1', true]);
      expect((await store.auditAbout(['k3', 'k5'], 9)).map(({ about }) => about).sort()).toEqual([
        'k3',
        'k5',
      ]);
      expect((await store.lastAudited('search.made'))?.id).toBe(rows.at(-1)?.id);
      expect(await store.lastAudited('token.ended')).toBeUndefined();
      const [newest, older] = await store.recentAudit('search.made', 2);
      expect(newest?.id).toBe(rows.at(-1)?.id);
      expect(older === undefined || older.id < (newest?.id ?? 0)).toBe(true);
      expect(await store.recentAudit('token.ended', 2)).toEqual([]);
    });

    test('what is old goes behind a checkpoint, a page at a time, and the chain goes on from it', async () => {
      for (let n = 0; n < 5; n += 1)
        await store.note({ at: NOW + n, by: 'a', what: 'search.made', about: '', why: '' }, link);
      const before = await store.audit({ after: 0, limit: 9 });
      const forget = () => store.forgetAudit(NOW + 3, 2, ({ throughId }) => `sealed ${throughId}`);
      expect([await forget(), await forget(), await forget()]).toEqual([2, 1, 0]);
      const gone = before[2];
      expect(await store.auditCheckpoint()).toEqual({
        throughId: gone?.id,
        at: gone?.at,
        chain: gone?.chain,
        seal: `sealed ${gone?.id}`,
      });
      expect(await store.audit({ after: 0, limit: 9 })).toEqual(before.slice(3));
      await store.forgetAudit(NOW + 99, 9, () => 'sealed');
      await store.note({ at: NOW + 9, by: 'a', what: 'search.made', about: '', why: '' }, link);
      const [{ chain, ...row }] = (await store.audit({ after: 0, limit: 9 })) as [ChainedRow];
      expect(chain).toBe(link(before[4]?.chain ?? '', row));
    });

    test('one of two requests with the same key has it; the answer stays for a day', async () => {
      const claims = await Promise.all([1, 2].map(() => store.claimAnswer('k', 'r', NOW)));
      expect(claims.filter((claim) => claim === undefined)).toHaveLength(1);
      expect(await store.claimAnswer('k', 'other', NOW)).toMatchObject({ requestHash: 'r', answer: null });
      const answer = { status: 201, type: 'application/json', body: sealed };
      await store.keepAnswer('k', answer);
      expect(await store.claimAnswer('k', 'r', NOW + ANSWER_KEPT_MS - 1)).toMatchObject({ answer });
      expect(await store.claimAnswer('k', 'r', NOW + ANSWER_KEPT_MS)).toBeUndefined();
      await store.dropAnswer('k');
      expect(await store.claimAnswer('k', 'r', NOW)).toBeUndefined();
    });

    test('what is over is cleared away, and nothing else', async () => {
      await store.addAccount(row('a'));
      await store.addSignIn({ hash: 'h', account: 'a', expiresAt: NOW + 10 });
      await store.addSignIn({ hash: 'old', account: 'a', expiresAt: NOW });
      await store.clearExpired(NOW);
      expect(await store.signIn('h', NOW)).toBeDefined();
      expect(await store.endSignIn('old')).toBe(false);
    });
  });
}
