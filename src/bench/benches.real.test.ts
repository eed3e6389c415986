// The benches that need servers measure what they say, in miniature. Nothing is asserted of any time.

import { expect, test } from 'vitest';
import { lines as handoverLines, run as runHandover } from './handover.ts';
import { lines as journalLines, run as runJournal } from './journal.ts';
import { lines as recoveryLines, run as runRecovery } from './recovery.ts';
import { lines as reportsLines, run as runReports } from './reports.ts';

test('the journal bench writes the same rows both ways', async () => {
  const result = await runJournal({ rounds: 2, roundMs: 200 });
  expect(result.rounds).toBe(2);
  expect(result.facts).toBeGreaterThan(0);
  expect(result.bytesPerFact).toBeGreaterThan(20);
  for (const value of [result.rappel, result.plain, result.ratio]) expect(value).toBeGreaterThan(0);
  expect(journalLines(result).join('\n')).toContain(String(result.rappel));
});

test('the recovery bench: both starts lead to the same state', async () => {
  const result = await runRecovery({ facts: 8_000 });
  expect(result.facts).toBeGreaterThanOrEqual(8_000);
  expect(result.rest).toBeLessThan(result.facts);
  expect(recoveryLines(result).join('\n')).toContain(String(result.facts));
});

test('the handover bench measures both queues with the same phones', async () => {
  const result = await runHandover({ agents: 2, handovers: 6, rounds: 2 });
  expect(result.samples).toEqual({ rappel: 6, appQueue: 6 });
  for (const spread of [result.rappel, result.appQueue]) {
    expect(spread.p50).toBeGreaterThanOrEqual(0);
    expect(spread.p99).toBeGreaterThanOrEqual(spread.p50);
  }
  expect(result.rounds.rappelP50).toHaveLength(2);
  expect(handoverLines(result).join('\n')).toContain('app_queue');
});

test('the reports bench makes years that balance, and asks for them', async () => {
  const result = await runReports({ calls: 30_000 });
  expect(result.made.calls).toBeGreaterThan(20_000);
  expect(result.queries.map(({ rows }) => rows > 0)).toEqual(result.queries.map(() => true));
  expect(reportsLines(result).join('\n')).toContain('five years by month');
});
