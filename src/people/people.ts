// The people of a centre: accounts, how they sign in and out, the tokens of programs, the one-time link of the first
// admin, and the audit. Secrets leave once and are kept as hashes. Time comes from outside. It must not know HTTP, nor what
// a role may do.

import { createHash, randomBytes } from 'node:crypto';
import type { AgentId, Language } from '../core/id.ts';
import {
  type Account,
  canonicalName,
  isPassword,
  newId,
  type PeopleCode,
  type Refused,
  type Role,
  rolesIn,
  type Scope,
} from './account.ts';
import { GivenAnswers } from './answers.ts';
import { Audit, type Noted } from './audit.ts';
import type { Passwords } from './password.ts';
import type { AccountChange, AccountRow, DelayRule, PeopleStore, TokenRow } from './people-store.ts';
import type { PeopleSeal } from './seal.ts';
import { storable } from './storable.ts';

export type PeopleParts = {
  readonly store: PeopleStore;
  readonly seal: PeopleSeal;
  readonly passwords: Passwords;
  readonly now: () => number;
};

export type NewAccount = {
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly agent?: string | null;
  readonly language?: Language;
};

export type Change = {
  readonly roles?: readonly string[];
  readonly agent?: string | null;
  readonly language?: Language;
  readonly password?: string;
  readonly disabled?: boolean;
};

export type SignedIn = { readonly token: string; readonly account: Account; readonly expiresAt: number };

/** As listed: without its secret, which was shown once. */
export type TokenView = Omit<TokenRow, 'hash'>;

/** A working day; who works longer signs in again. */
export const SIGN_IN_MS = 12 * 3_600_000;
export const FIRST_ADMIN_MS = 24 * 3_600_000;

const MINUTE_MS = 60_000;
const PER_ACCOUNT: DelayRule = {
  free: 3,
  firstMs: 1_000,
  longestMs: 15 * MINUTE_MS,
  forgetMs: 24 * 60 * MINUTE_MS,
};
/** Many people may share one address. */
const PER_SOURCE: DelayRule = {
  free: 20,
  firstMs: 1_000,
  longestMs: 15 * MINUTE_MS,
  forgetMs: 60 * MINUTE_MS,
};

export class People {
  /** What was answered under an idempotency key. */
  readonly answers: GivenAnswers;
  readonly audit: Audit;
  readonly #parts: PeopleParts;

  constructor(parts: PeopleParts) {
    this.#parts = parts;
    this.answers = new GivenAnswers(parts);
    this.audit = new Audit(parts);
  }

  // ------------------------------------------------------------------------------------------ signing in and out

  /**
   * `waitMs`: nobody may try for so long, not even with the right password. `wrong`: name or password, and it is
   * not told which.
   */
  async signIn(
    name: string,
    password: string,
    source: string,
  ): Promise<SignedIn | { readonly waitMs: number } | 'wrong'> {
    const { store, seal, passwords, now } = this.#parts;
    const canonical = canonicalName(name);
    const nameKey = seal.keyOf('name', canonical ?? name);
    const tries = [
      [seal.keyOf('source-tries', source), PER_SOURCE],
      [seal.keyOf('account-tries', nameKey), PER_ACCOUNT],
    ] as const;
    for (const [key, rule] of tries) {
      const freeAt = await store.takeTry(key, now(), rule);
      if (freeAt > 0) return { waitMs: freeAt - now() };
    }
    const row = await store.accountByName(nameKey);
    const isRight = await passwords.matches(password, row?.password ?? null);
    if (!isRight || row === undefined || row.disabled) {
      await this.note({ by: row?.id ?? '', what: 'account.sign_in_refused', about: '' });
      return 'wrong';
    }
    for (const [key] of tries) await store.forgive(key);
    return this.signInAs(this.#accountOf(row));
  }

  /** For whoever was recognised already: here by a password, elsewhere by the OpenID provider. */
  async signInAs(account: Account): Promise<SignedIn> {
    const { store, now } = this.#parts;
    const token = newToken();
    const expiresAt = now() + SIGN_IN_MS;
    await store.addSignIn({ hash: hashOf(token), account: account.id, expiresAt });
    await this.note({ by: account.id, what: 'account.signed_in', about: account.id });
    return { token, account, expiresAt };
  }

  /** Undefined: signed out, expired, disabled, or never signed in. */
  async signedIn(token: string): Promise<Account | undefined> {
    const { store, now } = this.#parts;
    const found = await store.signIn(hashOf(token), now());
    return found === undefined || found.account.disabled ? undefined : this.#accountOf(found.account);
  }

  /** At once, for everybody who has the token. */
  async signOut(token: string, by: string): Promise<void> {
    const ended = await this.#parts.store.endSignIn(hashOf(token));
    if (ended) await this.note({ by, what: 'account.signed_out', about: by });
  }

  // ------------------------------------------------------------------------------------------ accounts

  async add(given: NewAccount, by: string): Promise<Account | Refused> {
    if (!isPassword(given.password)) return { refused: 'account.password_short' };
    return this.#add(given, by, {
      password: await this.#parts.passwords.hash(given.password),
      subjectKey: null,
    });
  }

  /** Of the OpenID provider: made when it first signs in, its roles as the provider has them each time. */
  async ofProvider(
    subject: { readonly issuer: string; readonly subject: string },
    given: Omit<NewAccount, 'password'>,
  ): Promise<Account | Refused> {
    const { store, seal } = this.#parts;
    const subjectKey = seal.keyOf('subject', JSON.stringify([subject.issuer, subject.subject]));
    const known = await store.accountBySubject(subjectKey);
    if (known === undefined) return this.#add(given, 'openid', { password: null, subjectKey });
    const roles = rolesIn(given.roles);
    if (roles === undefined) return { refused: 'account.roles_invalid' };
    const agent = given.agent === undefined ? known.agent : given.agent;
    if (roles.join() !== known.roles.join() || agent !== known.agent) {
      const changed = await this.change(known.id, { roles, agent }, 'openid');
      if ('refused' in changed) return changed;
    }
    const now = await store.account(known.id);
    return now === undefined || now.disabled ? { refused: 'account.unknown' } : this.#accountOf(now);
  }

  async #add(
    { name, roles: givenRoles, agent = null, language = 'en' }: Omit<NewAccount, 'password'>,
    by: string,
    secret: Pick<AccountRow, 'password' | 'subjectKey'>,
  ): Promise<Account | Refused> {
    const { store, seal, now } = this.#parts;
    const canonical = canonicalName(name);
    if (canonical === undefined) return { refused: 'account.name_invalid' };
    const roles = rolesIn(givenRoles);
    if (roles === undefined) return { refused: 'account.roles_invalid' };
    if (roles.includes('agent') && agent === null) return { refused: 'account.agent_wanted' };
    const id = newId('account');
    const row: AccountRow = {
      id,
      nameKey: seal.keyOf('name', canonical),
      name: seal.close(id, name.normalize('NFC')),
      roles,
      agent,
      language,
      ...secret,
      disabled: false,
      createdAt: now(),
    };
    const added = await store.addAccount(row);
    if (added !== 'added') return { refused: `account.${added}` };
    await this.note({ by, what: 'account.added', about: id, why: roles.join(' ') });
    return this.#accountOf(row);
  }

  /** Whoever is signed in with the account is signed out, unless only the language is another. */
  async change(id: string, change: Change, by: string): Promise<Account | Refused> {
    const { store } = this.#parts;
    const before = await store.account(id);
    if (before === undefined) return { refused: 'account.unknown' };
    const written = await this.#written(before, change);
    if ('refused' in written) return written;
    const outcome = await store.changeAccount(id, written);
    if (outcome !== 'changed') return { refused: `account.${outcome}` };
    const { language, ...rest } = written;
    if (Object.keys(rest).length > 0) await store.endSignInsOf(id);
    const roles = written.roles === undefined ? '' : `: ${written.roles.join(' ')}`;
    await this.note({
      by,
      what: 'account.changed',
      about: id,
      why: `${Object.keys(written).join(' ')}${roles}`,
    });
    return this.#accountOf({ ...before, ...written });
  }

  async #written(before: AccountRow, change: Change): Promise<AccountChange | Refused> {
    const { password, roles: givenRoles, ...plain } = change;
    const roles = givenRoles === undefined ? undefined : rolesIn(givenRoles);
    if (givenRoles !== undefined && roles === undefined) return { refused: 'account.roles_invalid' };
    const isAgent = (roles ?? before.roles).includes('agent');
    const agent = plain.agent === undefined ? before.agent : plain.agent;
    if (isAgent && agent === null) return { refused: 'account.agent_wanted' };
    if (password !== undefined && before.password === null) return { refused: 'account.no_password' };
    if (password !== undefined && !isPassword(password)) return { refused: 'account.password_short' };
    const written: Record<string, unknown> = { ...plain, roles };
    if (password !== undefined) written.password = await this.#parts.passwords.hash(password);
    return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined));
  }

  /** Their own one, which they must know. The tries are counted as when signing in. */
  async changePassword(
    account: Account,
    old: string,
    password: string,
    source: string,
  ): Promise<Account | Refused | { readonly waitMs: number } | 'wrong'> {
    const signedIn = await this.signIn(account.name, old, source);
    if (signedIn === 'wrong' || 'waitMs' in signedIn) return signedIn;
    return this.change(account.id, { password }, account.id);
  }

  async accounts(after: string, limit: number): Promise<Account[]> {
    return (await this.#parts.store.accounts(after, limit)).map((row) => this.#accountOf(row));
  }

  async account(id: string): Promise<Account | undefined> {
    const row = await this.#parts.store.account(id);
    return row && this.#accountOf(row);
  }

  async named(name: string): Promise<Account | undefined> {
    const { store, seal } = this.#parts;
    const canonical = canonicalName(name);
    const row = canonical && (await store.accountByName(seal.keyOf('name', canonical)));
    return row ? this.#accountOf(row) : undefined;
  }

  // ------------------------------------------------------------------------------------------ the first admin

  /** The token of a link that makes the first admin; null when there are accounts already. */
  async offerFirstAdmin(): Promise<string | null> {
    const { store, now } = this.#parts;
    if (await store.hasAccounts()) return null;
    const token = newToken();
    await store.offerFirstAdmin(hashOf(token), now() + FIRST_ADMIN_MS);
    return token;
  }

  async makeFirstAdmin(
    token: string,
    given: { readonly name: string; readonly password: string; readonly language?: Language },
  ): Promise<Account | Refused> {
    if (canonicalName(given.name) === undefined) return { refused: 'account.name_invalid' };
    if (!isPassword(given.password)) return { refused: 'account.password_short' };
    const { store, now } = this.#parts;
    if (!(await store.takeFirstAdmin(hashOf(token), now()))) return { refused: 'admin.link_spent' };
    return this.add({ ...given, roles: ['admin'] satisfies Role[] }, 'first-admin');
  }

  // ------------------------------------------------------------------------------------------ tokens of programs

  async addToken(
    given: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt: number },
    by: string,
  ): Promise<{ readonly token: string; readonly view: TokenView }> {
    const { store, now } = this.#parts;
    const token = newToken();
    const view: TokenView = {
      id: newId('token'),
      name: storable(given.name),
      scopes: [...new Set(given.scopes)],
      by,
      createdAt: now(),
      expiresAt: given.expiresAt,
      endedAt: null,
    };
    await store.addToken({ ...view, hash: hashOf(token) });
    await this.note({ by, what: 'token.added', about: view.id, why: view.scopes.join(' ') });
    return { token, view };
  }

  async token(secret: string): Promise<TokenView | undefined> {
    const { store, now } = this.#parts;
    return store.tokenByHash(hashOf(secret), now());
  }

  async tokens(after: string, limit: number): Promise<TokenView[]> {
    return (await this.#parts.store.tokens(after, limit)).map(({ hash: _, ...view }) => view);
  }

  async endToken(id: string, by: string): Promise<'ended' | Refused> {
    const { store, now } = this.#parts;
    if (!(await store.endToken(id, now()))) return { refused: 'token.unknown' satisfies PeopleCode };
    await this.note({ by, what: 'token.ended', about: id });
    return 'ended';
  }

  // ------------------------------------------------------------------------------------------ the audit

  note(noted: Noted): Promise<void> {
    return this.audit.note(noted);
  }

  /** Rows whose time is over are cleared away, now and every hour. Gives the way to stop it. */
  keepTidy(log: (line: string) => void): () => void {
    const clear = () =>
      this.#parts.store
        .clearExpired(this.#parts.now())
        .catch((error: Error) => log(`accounts: what is over was not cleared away: ${error.message}`));
    void clear();
    const timer = setInterval(clear, 60 * MINUTE_MS);
    timer.unref();
    return () => clearInterval(timer);
  }

  #accountOf(row: AccountRow): Account {
    const { id, roles, language, disabled, createdAt } = row;
    return {
      id,
      name: this.#parts.seal.open(id, row.name),
      roles,
      agent: row.agent as AgentId | null,
      language,
      disabled,
      createdAt,
      signsIn: row.subjectKey === null ? 'password' : 'openid',
    };
  }
}

/** 256 bits from the system's source. */
function newToken(): string {
  return randomBytes(32).toString('base64url');
}

/** A token is random enough that a plain hash of it cannot be turned round. */
export function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
