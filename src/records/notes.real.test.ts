// The note on a real PostgreSQL: its numbers are those of the reports, of CSV and of the API; owners' words come out of the
// configuration's fact; hostile names are text in every dress; a PDF is one, tagged, with both languages' letters.

import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../test/support/database.ts';
import { centreOf, configured, lineCalled } from '../../test/support/given.ts';
import { numbersSaid } from '../../test/support/numbers-said.ts';
import { sourceOf, worldFacts } from '../../test/support/world-facts.ts';
import type { App } from '../api/agents.ts';
import { noteRoutes } from '../api/note.ts';
import type { Fact } from '../core/fact.ts';
import type { OwnerWords } from '../figures/note/ground.ts';
import type { Note } from '../figures/note/note.ts';
import { writeValue, writeWhole } from '../figures/written.ts';
import type { Row } from '../journal/journal.ts';
import { dressedNote, type NoteFormat } from './note-dress.ts';
import { Notes } from './notes.ts';
import { Projector } from './projector.ts';
import type { Report } from './report.ts';
import { dressedReport } from './report-dress.ts';
import { Reports } from './reports.ts';

const PERIOD = { from: '2019-04-17', to: '2019-04-18' };
const NOON = Date.UTC(2019, 3, 17, 12);
const OWNER: OwnerWords = {
  title: null,
  issue: null,
  facts: [],
  targets: [{ figure: 'answer_rate', goal: 0.5, by: '2021-03' }],
};

let server: TestServer;
let database: TestDatabase;
let reports: Reports;
let notes: Notes;
let app: App;

beforeAll(async () => {
  server = await openTestServer();
  database = await openTestDatabase(server);
  await new Projector(database.pool, sourceOf(await worldFacts({ seed: 7, calls: 400 }), 4_096)).catchUp();
  reports = new Reports(
    database.pool,
    'w',
    () => NOON,
    () => OWNER,
  );
  notes = new Notes(reports);
  app = fastify() as unknown as App;
  noteRoutes(app, notes);
});

afterAll(async () => {
  await app?.close();
  await database?.close();
  await server?.stop();
});

test('the same figure from report, CSV, API and note is the same number', async () => {
  const report = (await reports.run(PERIOD)) as Report;
  const csv = (await dressedReport(reports, PERIOD, 'csv', 'en')) as string;
  const note = (await app.inject({ url: '/api/v1/note', query: PERIOD })).json() as Note;
  const html = (await dressedNote(notes, PERIOD, 'html', 'fr')) as string;
  const ofCentre = note.annex.filter(({ of, isDifference }) => of.en === 'the whole centre' && !isDifference);
  let compared = 0;
  for (const cited of ofCentre) {
    const one = report.total.find(({ figure }) => figure === cited.figure);
    if (one === undefined) continue;
    compared += 1;
    expect([cited.value, cited.n, cited.low, cited.high]).toEqual([one.value, one.n, one.low, one.high]);
    const row = csv.split('\r\n').find((line) => line.includes(`"${cited.figure}"`)) as string;
    expect(row).toContain(`,${one.value},${one.n},`);
    expect(html).toContain(`<td>${writeValue(one.value, one.unit, 'fr')}</td>`);
    expect(html).toContain(`<td>${writeWhole(one.n, 'fr')}</td>`);
  }
  expect(compared).toBeGreaterThan(12);
  expect(report.targets[0]?.target).toEqual(OWNER.targets[0]);
});

test('by language and phase: what the report by language says', async () => {
  const report = (await reports.run({ ...PERIOD, figures: ['answer_rate'], by: ['language'] })) as Report;
  const { annex } = (await notes.run(PERIOD)) as Note;
  for (const [of, value] of [
    ['English', report.rows[0]?.values[0]],
    ['French', report.rows[1]?.values[0]],
    ['English less French', report.gaps[0]?.values[0]],
  ] as const) {
    const cited = annex.find((one) => one.figure === 'answer_rate' && one.of.en === of);
    expect([cited?.value, cited?.n, cited?.low], of).toEqual([value?.value, value?.n, value?.low]);
  }
});

test.each(['md', 'html'] as const)(
  '%s: both languages carry the same numbers, from the first word to the last',
  async (format) => {
    const [en, fr] = await Promise.all(
      (['en', 'fr'] as const).map(async (language) => {
        const page = (await dressedNote(notes, PERIOD, format, language)) as string;
        return numbersSaid(page.replace(/<style>[^<]*<\/style>/, ''), language);
      }),
    );
    expect(en?.length).toBeGreaterThan(200);
    expect(fr).toEqual(en);
  },
);

test('a PDF, tagged, in its language, and with its title', async () => {
  const pdf = (await dressedNote(notes, PERIOD, 'pdf', 'fr')) as Buffer;
  const text = pdf.toString('latin1');
  expect(text.startsWith('%PDF-1.7')).toBe(true);
  for (const sign of [
    '/StructTreeRoot',
    '/MarkInfo',
    '/Marked true',
    '(fr-CA)',
    '/DisplayDocTitle true',
    '/FontFile2',
  ])
    expect(text, sign).toContain(sign);
});

test('one h1, a language, tables with heads, no script and nothing from elsewhere', async () => {
  const html = (await dressedNote(notes, PERIOD, 'html', 'en')) as string;
  expect(html.match(/<h1/g)).toHaveLength(1);
  expect(html).toContain('<html lang="en-CA">');
  expect(html.match(/<table/g)?.length).toBe(html.match(/<caption/g)?.length);
  expect(html).not.toMatch(/<script|<link|src=|url\(|@import/);
});

test.each([
  [{ from: '2019-02-29' }, 'report.date_invalid'],
  [{ from: '2019-05-01', to: '2019-04-17' }, 'report.period_empty'],
])('asked amiss: %j', async (query, code) => {
  expect(await dressedNote(notes, query, 'md', 'en')).toMatchObject({ code });
  const answer = await app.inject({ url: '/api/v1/note', query });
  expect([answer.statusCode, answer.json().code]).toEqual([422, code]);
});

test('an empty period says that n is 0, in every dress', async () => {
  const query = { from: '2018-01-01', to: '2018-01-03' };
  for (const format of ['md', 'html'] as const)
    expect(await dressedNote(notes, query, format, 'en')).toContain('(n\u00a0=\u00a00)');
  expect(Buffer.isBuffer(await dressedNote(notes, query, 'pdf', 'fr'))).toBe(true);
});

test('the name of a line is text and nothing else', async () => {
  const name = '<script>alert(1)</script>|[x](http://127.0.0.1/)';
  const facts = [
    configured(centreOf({ lines: [lineCalled('visas', '1', { name: { en: name, fr: name } })] })),
    { type: 'call.arrived', v: 1, call: 1, channel: 'x', ani: null, line: 'visas' },
    { type: 'call.language_chosen', v: 1, call: 1, language: 'fr' },
    { type: 'call.agent_asked', v: 1, call: 1 },
    { type: 'call.refused', v: 1, call: 1, code: 'call.line_full' },
    { type: 'call.ended', v: 1, call: 1, by: 'centre' },
  ] as unknown as Fact[];
  const rows = facts.map((fact, i) => ({
    seq: i + 1,
    epoch: 1,
    at: NOON + i,
    fact,
    checksum: i,
  })) as Row<Fact>[];
  await new Projector(database.pool, sourceOf(rows, 100, 'hostile')).catchUp();
  const room = new Notes(new Reports(database.pool, 'hostile', () => NOON));
  const page = (format: NoteFormat) => dressedNote(room, { from: '2019-04-17' }, format, 'en');
  expect(await page('html')).toContain('&lt;script&gt;alert(1)&lt;/script&gt;|[x]');
  expect(await page('html')).not.toContain('<script>');
  expect(await page('md')).toContain('\\<script\\>alert(1)\\</script\\>\\|\\[x\\](http');
});
