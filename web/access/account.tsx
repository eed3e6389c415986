// Who is signed in, and what they may do. Asked once when the page opens; a page that is for people who are signed in
// leads strangers to the sign-in page, and back afterwards.

import { createContext, type ReactNode, use, useContext } from 'react';
import type { Language } from '../../src/core/id.ts';
import { plainPath } from '../language/language.tsx';
import { ask, rememberCsrf } from './api.ts';

export type Role = 'agent' | 'supervisor' | 'analyst' | 'admin';

export type Account = {
  readonly account: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** The agent this account is, if any. */
  readonly agent: string | null;
  readonly csrf: string;
  readonly language: Language | null;
};

const Signed = createContext<Account | null>(null);

let asked: Promise<Account | null> | undefined;

/** Null for a stranger. */
export function whoIsThere(): Promise<Account | null> {
  asked ??= ask<Account>('GET', '/sign-in').then((answer) => {
    if (!answer.ok) return null;
    rememberCsrf(answer.value.csrf);
    return answer.value;
  });
  return asked;
}

export function AccountRoom({ children }: { readonly children: ReactNode }): ReactNode {
  const account = use(whoIsThere());
  return <Signed.Provider value={account}>{children}</Signed.Provider>;
}

export function useAccount(): Account | null {
  return useContext(Signed);
}

/** What is inside is for people who are signed in. */
export function SignedIn({ children }: { readonly children: ReactNode }): ReactNode {
  const account = useAccount();
  if (account !== null) return children;
  location.replace(signInPath());
  return null;
}

/** To the sign-in page, and back here afterwards. */
export function signInPath(): string {
  return `/sign-in?next=${encodeURIComponent(plainPath(location.pathname))}`;
}

/** Where to go after signing in: a page of ours and nothing else. */
export function nextPath(search: string, account: Account): string {
  const next = new URLSearchParams(search).get('next') ?? '';
  if (/^\/[a-z][a-z-]*$/.test(next)) return next;
  return homeOf(account);
}

export function homeOf({ roles, agent }: Account): string {
  if (roles.includes('supervisor')) return '/supervisor';
  if (agent !== null) return '/agent';
  if (roles.includes('admin')) return '/admin';
  if (roles.includes('analyst')) return '/reports';
  return '/wall';
}

export async function signOut(): Promise<void> {
  await ask('DELETE', '/sign-in');
  location.assign('/sign-in');
}
