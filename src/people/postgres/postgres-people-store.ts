// Accounts and what belongs to them in PostgreSQL. Each method is one statement, or one transaction where two rows must
// agree, so that two processes and two requests at once cannot do what one after the other could not.

import type pg from 'pg';
import type { Role, Scope } from '../account.ts';
import type { Audited } from '../audited.ts';
import {
  type AccountChange,
  type AccountRow,
  ANSWER_KEPT_MS,
  type Answered,
  type AnswerRow,
  type AuditCheckpoint,
  type AuditRow,
  type AuditWish,
  type ChainedRow,
  type DelayRule,
  delayMsAfter,
  type PeopleStore,
  type SignInRow,
  type TokenRow,
} from '../people-store.ts';
import {
  type AuditLink,
  addAuditRow,
  auditRows,
  auditRowsAbout,
  type CheckpointSeal,
  forgetAuditRows,
  lastAuditRow,
  newestCheckpoint,
  recentAuditRows,
} from './audit-rows.ts';
import { inTransaction } from './transaction.ts';

type AccountColumns = {
  readonly id: string;
  readonly name_key: string;
  readonly name_key_id: string;
  readonly name_nonce: Buffer;
  readonly name_ciphertext: Buffer;
  readonly roles: Role[];
  readonly agent: string | null;
  readonly language: 'en' | 'fr';
  readonly password: string | null;
  readonly subject_key: string | null;
  readonly disabled: boolean;
  readonly created_at: number;
};

const UNIQUE_VIOLATION = '23505';
const TOKEN = `id, hash, name, scopes, by, created_at as "createdAt", expires_at as "expiresAt", ended_at as "endedAt"`;
/** Held while it is looked whether an admin is left: two who leave at once wait for each other. */
const ADMINS_LOCK = 7_340_001;

export class PostgresPeopleStore implements PeopleStore {
  readonly #pool: pg.Pool;

  constructor(pool: pg.Pool) {
    this.#pool = pool;
  }

  async addAccount(row: AccountRow): Promise<'added' | 'name_taken' | 'agent_taken'> {
    try {
      await this.#pool.query(
        `insert into account (id, name_key, name_key_id, name_nonce, name_ciphertext, roles, agent, language, password,
           subject_key, disabled, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          ...[row.id, row.nameKey, row.name.keyId, row.name.nonce, row.name.ciphertext, row.roles, row.agent],
          ...[row.language, row.password, row.subjectKey, row.disabled, row.createdAt],
        ],
      );
      return 'added';
    } catch (error) {
      return takenIn(error);
    }
  }

  account(id: string): Promise<AccountRow | undefined> {
    return this.#oneAccount('id = $1', id);
  }

  accountByName(nameKey: string): Promise<AccountRow | undefined> {
    return this.#oneAccount('name_key = $1', nameKey);
  }

  accountBySubject(subjectKey: string): Promise<AccountRow | undefined> {
    return this.#oneAccount('subject_key = $1', subjectKey);
  }

  async #oneAccount(where: string, value: string): Promise<AccountRow | undefined> {
    const { rows } = await this.#pool.query<AccountColumns>(`select * from account where ${where}`, [value]);
    return rows[0] && accountOf(rows[0]);
  }

  async accounts(after: string, limit: number): Promise<readonly AccountRow[]> {
    const { rows } = await this.#pool.query<AccountColumns>(
      'select * from account where id > $1 order by id limit $2',
      [after, limit],
    );
    return rows.map(accountOf);
  }

  async hasAccounts(): Promise<boolean> {
    const { rows } = await this.#pool.query('select from account limit 1');
    return rows.length > 0;
  }

  async changeAccount(
    id: string,
    change: AccountChange,
  ): Promise<'changed' | 'unknown' | 'agent_taken' | 'last_admin'> {
    try {
      return await inTransaction(this.#pool, async (client) => {
        await client.query('select pg_advisory_xact_lock($1)', [ADMINS_LOCK]);
        const before = await client.query<AccountColumns>('select * from account where id = $1', [id]);
        if (before.rows[0] === undefined) return 'unknown';
        const row = { ...accountOf(before.rows[0]), ...change };
        if (!row.roles.includes('admin') || row.disabled) {
          const others = await client.query(
            "select from account where id <> $1 and not disabled and 'admin' = any(roles) limit 1",
            [id],
          );
          const was = accountOf(before.rows[0]);
          if (was.roles.includes('admin') && !was.disabled && others.rows.length === 0) return 'last_admin';
        }
        await client.query(
          'update account set roles = $2, agent = $3, language = $4, password = $5, disabled = $6 where id = $1',
          [id, row.roles, row.agent, row.language, row.password, row.disabled],
        );
        return 'changed';
      });
    } catch (error) {
      const taken = takenIn(error);
      if (taken === 'name_taken') throw error;
      return taken;
    }
  }

  async takeTry(key: string, now: number, rule: DelayRule): Promise<number> {
    return inTransaction(this.#pool, async (client) => {
      await client.query('insert into sign_in_try values ($1, 0, 0, $2) on conflict (key) do nothing', [
        key,
        now + rule.forgetMs,
      ]);
      const { rows } = await client.query<{ failures: number; until_at: number; forget_at: number }>(
        'select failures, until_at, forget_at from sign_in_try where key = $1 for update',
        [key],
      );
      const known = rows[0];
      const before = known === undefined || known.forget_at <= now ? { failures: 0, until_at: 0 } : known;
      if (before.until_at > now) return before.until_at;
      const failures = before.failures + 1;
      await client.query(
        'update sign_in_try set failures = $2, until_at = $3, forget_at = $4 where key = $1',
        [key, failures, now + delayMsAfter(failures, rule), now + rule.forgetMs],
      );
      return 0;
    });
  }

  async forgive(key: string): Promise<void> {
    await this.#pool.query('delete from sign_in_try where key = $1', [key]);
  }

  async addSignIn({ hash, account, expiresAt }: SignInRow): Promise<void> {
    await this.#pool.query('insert into sign_in (hash, account, expires_at) values ($1, $2, $3)', [
      hash,
      account,
      expiresAt,
    ]);
  }

  async signIn(hash: string, now: number) {
    const { rows } = await this.#pool.query<AccountColumns & { readonly expires_at: number }>(
      `select a.*, s.expires_at from sign_in s join account a on a.id = s.account
       where s.hash = $1 and s.expires_at > $2`,
      [hash, now],
    );
    const [found] = rows;
    if (found === undefined) return undefined;
    return { row: { hash, account: found.id, expiresAt: found.expires_at }, account: accountOf(found) };
  }

  async endSignIn(hash: string): Promise<boolean> {
    const { rowCount } = await this.#pool.query('delete from sign_in where hash = $1', [hash]);
    return rowCount === 1;
  }

  async endSignInsOf(account: string): Promise<void> {
    await this.#pool.query('delete from sign_in where account = $1', [account]);
  }

  async addToken(row: TokenRow): Promise<void> {
    await this.#pool.query(
      `insert into token (id, hash, name, scopes, by, created_at, expires_at, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [row.id, row.hash, row.name, row.scopes, row.by, row.createdAt, row.expiresAt, row.endedAt],
    );
  }

  async tokenByHash(hash: string, now: number): Promise<TokenRow | undefined> {
    const { rows } = await this.#pool.query<TokenRow & { scopes: Scope[] }>(
      `select ${TOKEN} from token where hash = $1 and ended_at is null and expires_at > $2`,
      [hash, now],
    );
    return rows[0];
  }

  async tokens(after: string, limit: number): Promise<readonly TokenRow[]> {
    const { rows } = await this.#pool.query<TokenRow>(
      `select ${TOKEN} from token where id > $1 order by id limit $2`,
      [after, limit],
    );
    return rows;
  }

  async endToken(id: string, at: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      'update token set ended_at = $2 where id = $1 and ended_at is null',
      [id, at],
    );
    return rowCount === 1;
  }

  async offerFirstAdmin(hash: string, expiresAt: number): Promise<void> {
    await this.#pool.query('insert into first_admin_link (hash, expires_at) values ($1, $2)', [
      hash,
      expiresAt,
    ]);
  }

  async takeFirstAdmin(hash: string, now: number): Promise<boolean> {
    const { rowCount } = await this.#pool.query(
      `delete from first_admin_link where hash = $1 and expires_at > $2
         and not exists (select from account)`,
      [hash, now],
    );
    return rowCount === 1;
  }

  async note(row: Omit<AuditRow, 'id'>, link: AuditLink): Promise<void> {
    await inTransaction(this.#pool, (client) => addAuditRow(client, row, link));
  }

  audit(wish: AuditWish): Promise<readonly ChainedRow[]> {
    return auditRows(this.#pool, wish);
  }

  auditAbout(about: readonly string[], limit: number): Promise<readonly AuditRow[]> {
    return auditRowsAbout(this.#pool, about, limit);
  }

  lastAudited(what: Audited): Promise<AuditRow | undefined> {
    return lastAuditRow(this.#pool, what);
  }

  recentAudit(what: Audited, limit: number): Promise<readonly AuditRow[]> {
    return recentAuditRows(this.#pool, what, limit);
  }

  auditCheckpoint(): Promise<AuditCheckpoint | undefined> {
    return newestCheckpoint(this.#pool);
  }

  forgetAudit(before: number, limit: number, seal: CheckpointSeal): Promise<number> {
    return inTransaction(this.#pool, (client) => forgetAuditRows(client, before, limit, seal));
  }

  async claimAnswer(key: string, requestHash: string, now: number): Promise<AnswerRow | undefined> {
    const claimed = await this.#pool.query(
      `insert into answer (key, request_hash, at) values ($1, $2, $3)
       on conflict (key) do update set request_hash = $2, at = $3, status = null, type = null, body_key_id = null,
         body_nonce = null, body_ciphertext = null where answer.at <= $4 returning key`,
      [key, requestHash, now, now - ANSWER_KEPT_MS],
    );
    if (claimed.rowCount === 1) return undefined;
    const { rows } = await this.#pool.query<AnswerColumns>('select * from answer where key = $1', [key]);
    const [row] = rows;
    // Dropped between the two statements: as good as being answered.
    if (row === undefined) return { requestHash, answer: null };
    return { requestHash: row.request_hash, answer: answerOf(row) };
  }

  async keepAnswer(key: string, { status, type, body }: Answered): Promise<void> {
    await this.#pool.query(
      `update answer set status = $2, type = $3, body_key_id = $4, body_nonce = $5, body_ciphertext = $6
       where key = $1`,
      [key, status, type, body.keyId, body.nonce, body.ciphertext],
    );
  }

  async dropAnswer(key: string): Promise<void> {
    await this.#pool.query('delete from answer where key = $1', [key]);
  }

  async clearExpired(now: number): Promise<void> {
    await this.#pool.query('delete from sign_in where expires_at <= $1', [now]);
    await this.#pool.query('delete from sign_in_try where forget_at <= $1', [now]);
    await this.#pool.query('delete from first_admin_link where expires_at <= $1', [now]);
    await this.#pool.query('delete from answer where at <= $1', [now - ANSWER_KEPT_MS]);
  }
}

type AnswerColumns = {
  readonly request_hash: string;
  readonly status: number | null;
  readonly type: string | null;
  readonly body_key_id: string | null;
  readonly body_nonce: Buffer | null;
  readonly body_ciphertext: Buffer | null;
};

function answerOf(row: AnswerColumns): Answered | null {
  const { status, type, body_key_id: keyId, body_nonce: nonce, body_ciphertext: ciphertext } = row;
  if (status === null || type === null || keyId === null || nonce === null || ciphertext === null)
    return null;
  return { status, type, body: { keyId, nonce, ciphertext } };
}

function accountOf(row: AccountColumns): AccountRow {
  return {
    id: row.id,
    nameKey: row.name_key,
    name: { keyId: row.name_key_id, nonce: row.name_nonce, ciphertext: row.name_ciphertext },
    roles: row.roles,
    agent: row.agent,
    language: row.language,
    password: row.password,
    subjectKey: row.subject_key,
    disabled: row.disabled,
    createdAt: row.created_at,
  };
}

/** Which of the unique columns was taken; anything else is not expected. */
function takenIn(error: unknown): 'name_taken' | 'agent_taken' {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code !== UNIQUE_VIOLATION) throw error;
  return constraint === 'account_agent_key' ? 'agent_taken' : 'name_taken';
}
