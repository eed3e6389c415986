// Who may use the house: an account has a login name, roles, perhaps the agent of the configuration that it is, and the
// language it reads. What it does is recorded under its id, which tells nothing of the person; the name is kept sealed.
// It must not know how accounts are stored, nor what a role may do: that is src/api/permissions.ts.

import { randomBytes } from 'node:crypto';
import type { AgentId, Language } from '../core/id.ts';

export const ROLES = ['agent', 'supervisor', 'analyst', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** What a program may do with a token of its own. */
export const SCOPES = [
  'read:figures',
  'read:stand',
  'read:callbacks',
  'write:callbacks',
  'write:agents',
  'write:switches',
] as const;
export type Scope = (typeof SCOPES)[number];

export type Account = {
  /** Stable, and the only thing that facts and audit rows carry. */
  readonly id: string;
  /** As its owner wrote it. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly agent: AgentId | null;
  readonly language: Language;
  readonly disabled: boolean;
  readonly createdAt: number;
  /** Signs in with a password here, or at the OpenID provider. */
  readonly signsIn: 'password' | 'openid';
};

/** Why something about people was refused; each stands in docs/errors.md. */
export type PeopleCode =
  | 'account.agent_taken'
  | 'account.agent_wanted'
  | 'account.last_admin'
  | 'account.name_invalid'
  | 'account.name_taken'
  | 'account.no_password'
  | 'account.password_short'
  | 'account.roles_invalid'
  | 'account.unknown'
  | 'admin.link_spent'
  | 'token.unknown';

export type Refused = { readonly refused: PeopleCode };

export function isRefused(value: object): value is Refused {
  return 'refused' in value;
}

export const NAME_MAX_CHARACTERS = 64;
/** NIST SP 800-63B: length counts, not the mixture of signs. */
export const PASSWORD_MIN_CHARACTERS = 12;
export const PASSWORD_MAX_CHARACTERS = 256;

const NAME = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._@+-]{0,62}[\p{L}\p{M}\p{N}])?$/u;

/** What two spellings of one name have in common (after RFC 8265, case-mapped); undefined when it is no name. */
export function canonicalName(name: string): string | undefined {
  const canonical = name.normalize('NFKC').toLowerCase();
  return canonical.length <= NAME_MAX_CHARACTERS && NAME.test(canonical) ? canonical : undefined;
}

export function isPassword(text: string): boolean {
  const { length } = [...text];
  return length >= PASSWORD_MIN_CHARACTERS && length <= PASSWORD_MAX_CHARACTERS;
}

/** Each once, in the order of ROLES; undefined when there is none, or one that is no role. */
export function rolesIn(given: readonly string[]): Role[] | undefined {
  const isKnown = given.every((role) => (ROLES as readonly string[]).includes(role));
  return isKnown && given.length > 0 ? ROLES.filter((role) => given.includes(role)) : undefined;
}

/** Unique by chance, and without a meaning. */
export function newId(kind: 'account' | 'token'): string {
  return `${kind}-${randomBytes(8).toString('hex')}`;
}
