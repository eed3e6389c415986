// Which errors of PostgreSQL mean what to the journal. Most leave the outcome of an append unknown: then the journal
// connects again and looks. Only those that would come back for ever are bugs. No text of an error is kept, since a
// server may quote a row in it.

import { BrokenInvariant } from '../../core/assert.ts';

/** Five characters, as in PostgreSQL's appendix of error codes; undefined when the connection itself failed. */
export function sqlState(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code) ? error.code : undefined;
}

const readOnly = '25006';
const uniqueViolation = '23505';
/** A row with our seq stands there already: ours, by a connection that was lost, or another leader's. Looking tells. */
const journalKey = 'journal_pkey';
/** Data, constraint, syntax or privilege, unsupported: the statement itself is wrong. */
const bugClasses = ['0A', '22', '23', '42'];

const bugs = [BrokenInvariant, TypeError, RangeError];

/** The same statement would fail for ever. */
export function isBug(error: unknown): boolean {
  const state = sqlState(error);
  if (state === undefined) return bugs.some((kind) => error instanceof kind);
  if (state === readOnly) return false;
  if (state === uniqueViolation) return (error as { constraint?: string }).constraint !== journalKey;
  return bugClasses.includes(state.slice(0, 2));
}
