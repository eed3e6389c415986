// The registry as a whole: both languages, columns that exist, sensible answers to no case and to one; and the page of the
// glossary says what the registry says.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COLUMNS, type Column, type Counts, columnOf, wordsOf } from './column.ts';
import { EQUATIONS } from './conservation.ts';
import { columnsOf, estimate, type Figure, gap } from './figure.ts';
import { glossaryTable } from './glossary-table.ts';
import { FIGURES, figureCalled } from './registry.ts';

const figure = (id: string): Figure => figureCalled(id) as Figure;

test('each figure has an id of its own, names and formulas in both languages', () => {
  expect(new Set(FIGURES.map(({ id }) => id)).size).toBe(FIGURES.length);
  for (const { id, name, formula, caveat } of FIGURES) {
    expect(id).toMatch(/^[a-z]+(_[a-z0-9]+)*$/);
    for (const words of [name, formula, ...(caveat === undefined ? [] : [caveat])]) {
      expect(words.en.length, id).toBeGreaterThan(3);
      expect(words.fr.length, id).toBeGreaterThan(3);
      expect(words.fr, `${id}: a no-break space before the colon, none before the semicolon`).not.toMatch(
        /[^\u00a0]:| ;/,
      );
      expect(words.fr, id).not.toMatch(/retour d.appel|ligne d.affaires|échoué|taux de prise|'/);
    }
  }
});

test('figures and equations are made of columns that are counted', () => {
  const all = [
    ...FIGURES.flatMap(columnsOf).map(columnOf),
    ...EQUATIONS.flatMap((e) => [...e.left, ...e.right]),
  ];
  for (const column of all) expect(COLUMNS).toContain(column);
  for (const column of COLUMNS) expect(wordsOf(column).fr.length).toBeGreaterThan(3);
});

test.each(FIGURES.map(({ id }) => id))('%s: no case says so', (id) => {
  const { value, n, low, high } = estimate(figure(id), {});
  expect(n).toBe(0);
  expect(value === null || (value === 0 && figure(id).measure.kind === 'count')).toBe(true);
  expect([low, high]).toEqual([null, null]);
});

test.each(FIGURES.map(({ id }) => id))('%s: one case gives no interval', (id) => {
  const one: Counts = {};
  for (const column of columnsOf(figure(id)).map(columnOf)) one[column] = 0;
  const terms = columnsOf(figure(id)).filter((term) => !term.startsWith('-'));
  const { measure } = figure(id);
  const among = 'among' in measure ? measure.among : measure.kind === 'count' ? measure.of : terms;
  one[columnOf(among[0] ?? 'asked')] = 1;
  const { low, high } = estimate(figure(id), one);
  expect([low, high]).toEqual([null, null]);
});

test('the service’s own figures come out of its own counts', () => {
  const counts: Counts = {
    offered: 530_000,
    registered: 238_300,
    attempted: 230_000,
    incomplete_no_answer: 28_000,
  };
  expect(estimate(figure('take_rate'), counts).value).toBe(0.449623);
  expect(estimate(figure('incomplete_callbacks'), counts).value).toBe(0.121739);
});

test('a callback is no abandon, and its wait is not nought', () => {
  const counts: Counts = {
    ...{ asked: 10, entered: 10, answered_live: 4, registered: 5, connected: 5, abandoned: 1, merged: 0 },
    ...{ live_hold_ms: 4 * 60_000, served_wait_ms: 4 * 60_000 + 5 * 6_660_000 },
  };
  expect(estimate(figure('abandoned'), counts).value).toBe(0.1);
  expect(estimate(figure('answer_rate'), counts).value).toBe(0.9);
  expect(estimate(figure('speed_of_answer_live'), counts).value).toBe(60_000);
  expect(estimate(figure('speed_of_answer_all'), counts).value).toBe(
    Math.round((4 * 60_000 + 5 * 6_660_000) / 9),
  );
});

test('a repeat call that was merged is asked, and not asked twice', () => {
  const counts: Counts = { asked: 3, merged: 1, registered: 1, answered_live: 1, connected: 1 };
  expect(estimate(figure('answer_rate'), counts)).toMatchObject({ value: 1, n: 2 });
});

test('handle time by callback and live: a difference with an interval', () => {
  const of = (kind: 'live' | 'callback', ms: readonly number[]): Counts => ({
    [`handled_${kind}`]: ms.length,
    [`${kind}_talk_ms` as Column]: ms.reduce((sum, x) => sum + x, 0),
    [`${kind}_handle_ds2` as Column]: ms.reduce((sum, x) => sum + (x / 100) ** 2, 0),
  });
  const counts = {
    ...of('live', [600_000, 700_000, 800_000]),
    ...of('callback', [650_000, 750_000, 850_000]),
  };
  const { value, low, high, method, n } = estimate(figure('handle_time_effect'), counts);
  expect({ value, method, n }).toEqual({ value: 50_000, method: 'welch', n: 3 });
  expect(low as number).toBeLessThan(0);
  expect(high as number).toBeGreaterThan(100_000);
});

test('a gap between languages has an interval of its own', () => {
  const answered = gap(
    figure('answer_rate'),
    { asked: 80, answered_live: 48 },
    { asked: 70, answered_live: 56 },
  );
  expect(answered).toMatchObject({ value: -0.2, method: 'newcombe', n: 70 });
  expect(answered?.low).toBeCloseTo(-0.3339, 4);
  expect(gap(figure('asked'), { asked: 1 }, { asked: 2 })).toBeNull();
});

test('docs/glossary.md has the table of the registry, word for word', () => {
  const page = readFileSync(new URL('../../docs/glossary.md', import.meta.url), 'utf8');
  const part = page.slice(page.indexOf('## Figures'), page.indexOf('## The house'));
  const table = part.slice(part.indexOf('| English'), part.lastIndexOf('|') + 1);
  expect(table, 'replace the table by what is printed here').toBe(glossaryTable());
});

test('every reason and cause that is counted is a figure, and says its own column', () => {
  const reasons = COLUMNS.filter((column) => /^(not_offered|refused|failed|incomplete)_/.test(column));
  expect(reasons.length).toBeGreaterThan(30);
  const counts = Object.fromEntries(reasons.map((column, i) => [column, i + 1])) as Counts;
  for (const [i, column] of reasons.entries()) {
    const { value, n, method } = estimate(figure(column), counts);
    expect([value, n, method], column).toEqual([i + 1, i + 1, 'none']);
    expect(figure(column).name).toEqual(wordsOf(column));
  }
});
