// Accounts and what belongs to them in memory, for tests and for a house without PostgreSQL. Passes the same contract
// suite as the other one; nothing of it outlives the process.

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

type Tries = { failures: number; untilAt: number; forgetAt: number };

export class MemoryPeopleStore implements PeopleStore {
  readonly #accounts = new Map<string, AccountRow>();
  readonly #tries = new Map<string, Tries>();
  readonly #signIns = new Map<string, SignInRow>();
  readonly #tokens = new Map<string, TokenRow>();
  readonly #links = new Map<string, number>();
  readonly #audit: ChainedRow[] = [];
  #audited = 0;
  #checkpoint: AuditCheckpoint | undefined;
  readonly #answers = new Map<string, AnswerRow & { readonly at: number }>();

  async addAccount(row: AccountRow): Promise<'added' | 'name_taken' | 'agent_taken'> {
    const all = [...this.#accounts.values()];
    if (all.some(({ nameKey }) => nameKey === row.nameKey)) return 'name_taken';
    if (row.agent !== null && all.some(({ agent }) => agent === row.agent)) return 'agent_taken';
    this.#accounts.set(row.id, row);
    return 'added';
  }

  async account(id: string): Promise<AccountRow | undefined> {
    return this.#accounts.get(id);
  }

  async accountByName(wanted: string): Promise<AccountRow | undefined> {
    return [...this.#accounts.values()].find(({ nameKey }) => nameKey === wanted);
  }

  async accountBySubject(wanted: string): Promise<AccountRow | undefined> {
    return [...this.#accounts.values()].find(({ subjectKey }) => subjectKey === wanted);
  }

  async accounts(after: string, limit: number): Promise<readonly AccountRow[]> {
    return page([...this.#accounts.values()], after, limit);
  }

  async hasAccounts(): Promise<boolean> {
    return this.#accounts.size > 0;
  }

  async changeAccount(
    id: string,
    change: AccountChange,
  ): Promise<'changed' | 'unknown' | 'agent_taken' | 'last_admin'> {
    const row = this.#accounts.get(id);
    if (row === undefined) return 'unknown';
    const others = [...this.#accounts.values()].filter((other) => other.id !== id);
    const changed = { ...row, ...change };
    if (changed.agent !== null && others.some(({ agent }) => agent === changed.agent)) return 'agent_taken';
    if (isAdmin(row) && !isAdmin(changed) && !others.some(isAdmin)) return 'last_admin';
    this.#accounts.set(id, changed);
    return 'changed';
  }

  async takeTry(key: string, now: number, rule: DelayRule): Promise<number> {
    const known = this.#tries.get(key);
    const before = known === undefined || known.forgetAt <= now ? { failures: 0, untilAt: 0 } : known;
    if (before.untilAt > now) return before.untilAt;
    const failures = before.failures + 1;
    this.#tries.set(key, {
      failures,
      untilAt: now + delayMsAfter(failures, rule),
      forgetAt: now + rule.forgetMs,
    });
    return 0;
  }

  async forgive(key: string): Promise<void> {
    this.#tries.delete(key);
  }

  async addSignIn(row: SignInRow): Promise<void> {
    this.#signIns.set(row.hash, row);
  }

  async signIn(hash: string, now: number) {
    const row = this.#signIns.get(hash);
    const account = row === undefined ? undefined : this.#accounts.get(row.account);
    return row === undefined || account === undefined || row.expiresAt <= now ? undefined : { row, account };
  }

  async endSignIn(hash: string): Promise<boolean> {
    return this.#signIns.delete(hash);
  }

  async endSignInsOf(account: string): Promise<void> {
    for (const [hash, row] of this.#signIns) if (row.account === account) this.#signIns.delete(hash);
  }

  async addToken(row: TokenRow): Promise<void> {
    this.#tokens.set(row.id, row);
  }

  async tokenByHash(wanted: string, now: number): Promise<TokenRow | undefined> {
    return [...this.#tokens.values()].find(
      ({ hash, endedAt, expiresAt }) => hash === wanted && endedAt === null && expiresAt > now,
    );
  }

  async tokens(after: string, limit: number): Promise<readonly TokenRow[]> {
    return page([...this.#tokens.values()], after, limit);
  }

  async endToken(id: string, at: number): Promise<boolean> {
    const row = this.#tokens.get(id);
    if (row === undefined || row.endedAt !== null) return false;
    this.#tokens.set(id, { ...row, endedAt: at });
    return true;
  }

  async offerFirstAdmin(hash: string, expiresAt: number): Promise<void> {
    this.#links.set(hash, expiresAt);
  }

  async takeFirstAdmin(hash: string, now: number): Promise<boolean> {
    const expiresAt = this.#links.get(hash);
    if (expiresAt === undefined || expiresAt <= now || this.#accounts.size > 0) return false;
    return this.#links.delete(hash);
  }

  async note(given: Omit<AuditRow, 'id'>, link: (before: string, row: AuditRow) => string): Promise<void> {
    this.#audited += 1;
    const row: AuditRow = { id: this.#audited, ...given };
    const before = this.#audit.at(-1)?.chain ?? this.#checkpoint?.chain ?? '';
    this.#audit.push({ ...row, chain: link(before, row) });
  }

  async audit({ after, limit, fromAt, toAt, by, what }: AuditWish): Promise<readonly ChainedRow[]> {
    const isWanted = (row: AuditRow): boolean =>
      row.id > after &&
      row.at >= (fromAt ?? row.at) &&
      (toAt === undefined || row.at < toAt) &&
      row.by === (by ?? row.by) &&
      row.what === (what ?? row.what);
    return this.#audit.filter(isWanted).slice(0, limit);
  }

  async auditAbout(about: readonly string[], limit: number): Promise<readonly AuditRow[]> {
    const found = this.#audit.filter((row) => about.includes(row.about)).slice(0, limit);
    return found.map(({ chain: _, ...row }) => row);
  }

  async lastAudited(wanted: Audited): Promise<AuditRow | undefined> {
    return this.#audit.findLast(({ what }) => what === wanted);
  }

  async recentAudit(wanted: Audited, limit: number): Promise<readonly AuditRow[]> {
    const found = this.#audit.filter(({ what }) => what === wanted);
    return found.reverse().slice(0, limit);
  }

  async auditCheckpoint(): Promise<AuditCheckpoint | undefined> {
    return this.#checkpoint;
  }

  async forgetAudit(
    before: number,
    limit: number,
    seal: (checkpoint: Omit<AuditCheckpoint, 'seal'>) => string,
  ): Promise<number> {
    const first = this.#audit.findIndex(({ at }) => at >= before);
    const gone = this.#audit.splice(0, Math.min(limit, first < 0 ? this.#audit.length : first));
    const last = gone.at(-1);
    if (last === undefined) return 0;
    const checkpoint = { throughId: last.id, at: last.at, chain: last.chain };
    this.#checkpoint = { ...checkpoint, seal: seal(checkpoint) };
    return gone.length;
  }

  async claimAnswer(key: string, requestHash: string, now: number): Promise<AnswerRow | undefined> {
    const known = this.#answers.get(key);
    if (known !== undefined && known.at + ANSWER_KEPT_MS > now) return known;
    this.#answers.set(key, { requestHash, answer: null, at: now });
    return undefined;
  }

  async keepAnswer(key: string, answer: Answered): Promise<void> {
    const known = this.#answers.get(key);
    if (known !== undefined) this.#answers.set(key, { ...known, answer });
  }

  async dropAnswer(key: string): Promise<void> {
    this.#answers.delete(key);
  }

  async clearExpired(now: number): Promise<void> {
    for (const [hash, { expiresAt }] of this.#signIns) if (expiresAt <= now) this.#signIns.delete(hash);
    for (const [key, { forgetAt }] of this.#tries) if (forgetAt <= now) this.#tries.delete(key);
    for (const [hash, expiresAt] of this.#links) if (expiresAt <= now) this.#links.delete(hash);
    for (const [key, { at }] of this.#answers) if (at + ANSWER_KEPT_MS <= now) this.#answers.delete(key);
  }
}

function isAdmin({ roles, disabled }: AccountRow): boolean {
  return roles.includes('admin') && !disabled;
}

function page<Row extends { readonly id: string }>(rows: Row[], after: string, limit: number): Row[] {
  return rows
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .filter(({ id }) => id > after)
    .slice(0, limit);
}
