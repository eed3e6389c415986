// A few national days into a real PostgreSQL, by the commands that people use: records, reports and the briefing note agree
// exactly with what the simulation's people lived, and a journal that is not empty is left alone.

import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nationalText } from '../../test/support/national-days.ts';
import { noteDifferences } from '../../test/support/note-lived.ts';
import type { Counts } from '../figures/column.ts';
import type { Note } from '../figures/note/note.ts';
import type { Report } from '../records/report.ts';

// As root the server runs as another user, who has to get through to its data.
const folder = mkdtempSync(join(tmpdir(), 'rp-'));
const commandLine = new URL('./main.ts', import.meta.url).pathname;
const scenario = join(folder, 'days.yaml');
const data = join(folder, 'data');

function rappel(...args: readonly string[]) {
  return spawnSync(process.execPath, [commandLine, ...args, '--data', data], {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: '' },
  });
}

beforeAll(() => {
  chmodSync(folder, 0o711);
  // A phase begins, a weekend lies between, clocks are those of summer.
  const days = { from: '2019-06-20', to: '2019-06-24', callersPerDay: 900, agents: 10 };
  writeFileSync(scenario, nationalText(days));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('records, reports and the briefing note in both languages say exactly what people lived', () => {
  const { status, stdout, stderr } = rappel('simulate', scenario, '--journal', '--json');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const { total, lines, agreement } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as {
    total: Counts;
    lines: Record<string, Counts>;
    agreement: { cells: number; differences: number };
  };
  expect(agreement.differences).toBe(0);
  expect(agreement.cells).toBeGreaterThan(100);
  expect(total.connected).toBeGreaterThan(20);
  expect(total.incomplete_no_answer).toBeGreaterThan(0);

  const report = rappel('report', '--from', '2019-06-20', '--to', '2019-06-24', '--by', 'line', '--json');
  expect(report.stderr).toBe('');
  const { rows, total: sums, balances } = JSON.parse(report.stdout) as Report;
  expect(balances.every(({ holds }) => holds)).toBe(true);
  holdTo(sums, total);
  for (const { group, values } of rows) holdTo(values, lines[group.line as string] as Counts);

  const note = JSON.parse(noted('--format', 'json')) as Note;
  const texts = { en: noted('--lang', 'en'), fr: noted('--lang', 'fr') };
  expect(noteDifferences(note, texts, total)).toEqual([]);
});

function noted(...how: readonly string[]): string {
  const { stdout, stderr } = rappel('note', '--from', '2019-06-20', '--to', '2019-06-24', ...how);
  expect(stderr).toBe('');
  return stdout;
}

function holdTo(values: Report['total'], lived: Counts): void {
  const of = (figure: string) => values.find((one) => one.figure === figure);
  const { asked = 0, answered_live = 0, connected = 0, offered = 0, registered = 0 } = lived;
  expect(of('asked')?.value).toBe(asked);
  expect(of('answer_rate')).toMatchObject({ cases: answered_live + connected, n: asked });
  expect(of('take_rate')).toMatchObject({ cases: registered, n: offered });
  expect(of('refused')?.cases).toBe((lived.refused_full ?? 0) + (lived.refused_closed ?? 0));
  expect(of('abandoned_calls')?.value).toBe((lived.abandoned ?? 0) + (lived.abandoned_short ?? 0));
  expect(of('incomplete_callbacks')?.cases).toBe(lived.incomplete_no_answer ?? 0);
  expect(of('waits_over_30m')?.cases).toBe(answered_live + connected - (lived.served_within_30m ?? 0));
}

test('a journal that holds facts is refused in one line', () => {
  const { status, stdout, stderr } = rappel('simulate', scenario, '--journal');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^rappel: there are \d+ facts in the journal already.*--data.*\n$/);
});

test('no centre opens on the calls of a simulation', () => {
  const { status, stdout, stderr } = rappel('serve', '--trunk', '127.0.0.2:5060');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^rappel: the calls in .* are those of a simulation.*--data.*\n$/);
});

test('a scenario without dates has no journal', () => {
  const oneLine = new URL('../../config/scenarios/one-line.yaml', import.meta.url).pathname;
  const { status, stderr } = rappel('simulate', oneLine, '--journal');
  expect(status).toBe(2);
  expect(stderr).toContain('has no calendar');
});
