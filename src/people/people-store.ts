// Where accounts, sign-ins, tokens, delays, the audit and answers already given are kept. Rows as they lie on disk: names
// sealed, secrets as hashes. Each method is one step that two processes may take at once. postgres/ and memory/ pass one
// contract suite (contract.ts). It must not know what a role may do.

import type { Role, Scope } from './account.ts';
import type { Audited } from './audited.ts';

/** A text under one of the vault's keys. */
export type Sealed = { readonly keyId: string; readonly nonce: Buffer; readonly ciphertext: Buffer };

export type AccountRow = {
  readonly id: string;
  /** A keyed hash of the canonical name: equal names are equal. */
  readonly nameKey: string;
  readonly name: Sealed;
  readonly roles: readonly Role[];
  readonly agent: string | null;
  readonly language: 'en' | 'fr';
  /** Null: signs in elsewhere. */
  readonly password: string | null;
  /** A keyed hash of issuer and subject of an OpenID account. */
  readonly subjectKey: string | null;
  readonly disabled: boolean;
  readonly createdAt: number;
};

export type AccountChange = Partial<
  Pick<AccountRow, 'roles' | 'agent' | 'language' | 'password' | 'disabled'>
>;

export type SignInRow = { readonly hash: string; readonly account: string; readonly expiresAt: number };

export type TokenRow = {
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly by: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | null;
};

/** Free failures, then a delay that doubles with each up to the longest; all is forgotten some time after the last. */
export type DelayRule = {
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
  readonly forgetMs: number;
};

/** One thing that somebody did which is no fact of the journal, or looked at. */
export type AuditRow = {
  readonly id: number;
  readonly at: number;
  /** An account's or token's id, or `start-token`; empty: nobody who is known. */
  readonly by: string;
  readonly what: Audited;
  /** The key or id of what it was done to. */
  readonly about: string;
  /** In the words of whoever did it. */
  readonly why: string;
};

/** A row with its link: a keyed hash of it and of the link before. Empty: written before rows were chained. */
export type ChainedRow = AuditRow & { readonly chain: string };

/** What was before the rows that are there; sealed, so that nobody but us can have let rows go. */
export type AuditCheckpoint = {
  /** Rows up to this one are gone. */
  readonly throughId: number;
  readonly at: number;
  /** The link of that row: the next one goes on from it. */
  readonly chain: string;
  readonly seal: string;
};

export type AuditWish = {
  /** Only rows with a greater id. */
  readonly after: number;
  readonly limit: number;
  /** UTC ms; from it on, and before it. */
  readonly fromAt?: number;
  readonly toAt?: number;
  readonly by?: string;
  readonly what?: Audited;
};

export type Answered = { readonly status: number; readonly type: string; readonly body: Sealed };

/** What stands under an idempotency key. */
export type AnswerRow = {
  readonly requestHash: string;
  /** Null: the request is being answered, or its answer was lost. */
  readonly answer: Answered | null;
};

export interface PeopleStore {
  /** Which of its keys is taken, if one is. */
  addAccount(row: AccountRow): Promise<'added' | 'name_taken' | 'agent_taken'>;
  account(id: string): Promise<AccountRow | undefined>;
  accountByName(nameKey: string): Promise<AccountRow | undefined>;
  accountBySubject(subjectKey: string): Promise<AccountRow | undefined>;
  /** By id, those after the given one. */
  accounts(after: string, limit: number): Promise<readonly AccountRow[]>;
  hasAccounts(): Promise<boolean>;
  /** `last_admin`: nobody would be left who may change accounts; nothing was changed then. */
  changeAccount(
    id: string,
    change: AccountChange,
  ): Promise<'changed' | 'unknown' | 'agent_taken' | 'last_admin'>;

  /**
   * Counts a failure in advance and gives 0 when a try is allowed, else the time (UTC ms) before which none is. So
   * many at once cannot have more tries than one after the other.
   */
  takeTry(key: string, now: number, rule: DelayRule): Promise<number>;
  forgive(key: string): Promise<void>;

  addSignIn(row: SignInRow): Promise<void>;
  /** With the account as it stands now. Expired ones are not found. */
  signIn(
    hash: string,
    now: number,
  ): Promise<{ readonly row: SignInRow; readonly account: AccountRow } | undefined>;
  endSignIn(hash: string): Promise<boolean>;
  endSignInsOf(account: string): Promise<void>;

  addToken(row: TokenRow): Promise<void>;
  /** Those that were ended or have expired are not found. */
  tokenByHash(hash: string, now: number): Promise<TokenRow | undefined>;
  tokens(after: string, limit: number): Promise<readonly TokenRow[]>;
  endToken(id: string, at: number): Promise<boolean>;

  offerFirstAdmin(hash: string, expiresAt: number): Promise<void>;
  /** True once, before it expires, and only while there is no account. */
  takeFirstAdmin(hash: string, now: number): Promise<boolean>;

  /** `link`: from the link before (empty: none) and the row to its own. One row after the other, whoever writes. */
  note(row: Omit<AuditRow, 'id'>, link: (before: string, row: AuditRow) => string): Promise<void>;
  audit(wish: AuditWish): Promise<readonly ChainedRow[]>;
  auditAbout(about: readonly string[], limit: number): Promise<readonly AuditRow[]>;
  /** The newest of its kind. */
  lastAudited(what: Audited): Promise<AuditRow | undefined>;
  /** The newest first. */
  recentAudit(what: Audited, limit: number): Promise<readonly AuditRow[]>;
  auditCheckpoint(): Promise<AuditCheckpoint | undefined>;
  /** Lets rows go that lie before the first one of this time or later, `limit` at most; how many. */
  forgetAudit(
    before: number,
    limit: number,
    seal: (checkpoint: Omit<AuditCheckpoint, 'seal'>) => string,
  ): Promise<number>;

  /** Undefined: the key was free, and is now taken for this request. */
  claimAnswer(key: string, requestHash: string, now: number): Promise<AnswerRow | undefined>;
  keepAnswer(key: string, answer: Answered): Promise<void>;
  dropAnswer(key: string): Promise<void>;

  /** Rows whose time is over: sign-ins, delays, links and answers. */
  clearExpired(now: number): Promise<void>;
}

/** An answer is kept so long under its idempotency key. */
export const ANSWER_KEPT_MS = 24 * 3_600_000;

/** How long after its nth failure (counted from 1) nobody may try. */
export function delayMsAfter(failures: number, { free, firstMs, longestMs }: DelayRule): number {
  return failures <= free ? 0 : Math.min(longestMs, firstMs * 2 ** Math.min(30, failures - free - 1));
}
