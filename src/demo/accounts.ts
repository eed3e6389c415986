// The accounts of the demonstration: a supervisor, an analyst, an admin, and one for each agent, with one password that is
// new at each start and ends with it. Whoever watches signs in at the pages with them.

import { randomInt } from 'node:crypto';
import { assert } from '../core/assert.ts';
import { isRefused } from '../people/account.ts';
import type { ScryptCost } from '../people/password.ts';
import type { People } from '../people/people.ts';

export type DemoAccounts = {
  readonly names: readonly string[];
  readonly agents: readonly string[];
  readonly password: string;
};

/** The accounts live for a day, behind a password by chance: a start need not wait for them. */
export const DAY_COST: ScryptCost = { logN: 12, p: 1 };

const NAMES = ['supervisor', 'analyst', 'admin'] as const;
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const SHOWN_AGENTS = 3;

export async function makeAccounts(people: People, agents: readonly string[]): Promise<DemoAccounts> {
  const password = newPassword();
  const language = 'en';
  const all = [
    ...NAMES.map((role) => ({ name: role, roles: [role], agent: null })),
    ...agents.map((agent) => ({ name: agent, roles: ['agent'], agent })),
  ];
  for (const one of all) {
    const added = await people.add({ ...one, password, language }, 'demonstration');
    assert(!isRefused(added), 'the accounts of a new day are free');
  }
  return { names: NAMES, agents, password };
}

export function accountHints(url: string, { names, agents, password }: DemoAccounts): string[] {
  const more = agents.length > SHOWN_AGENTS ? ', ...' : '';
  const list = [...names, ...agents.slice(0, SHOWN_AGENTS)].join(', ');
  return [`sign in at ${url}/sign-in as ${list}${more}: password ${password}`];
}

/** Four groups of four letters: easy to copy, 72 bits. */
function newPassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
