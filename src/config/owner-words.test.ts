// The owners' words of a briefing note: the sample is read whole, each kind of mistake is one line at its place, and what
// came out of a configuration's document means what a file of its own would.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { NO_OWNER_WORDS } from '../figures/note/ground.ts';
import { parseConfiguration } from './configuration-file.ts';
import { OwnerWordsRefused, readOwnerWords, storedOwnerWords } from './owner-words.ts';

const SAMPLE = new URL('../../config/briefing.yaml', import.meta.url).pathname;
const national = readFileSync(new URL('../../config/national-centre.yaml', import.meta.url), 'utf8');

const folder = mkdtempSync(join(tmpdir(), 'rappel-words-'));
const file = join(folder, 'words.yaml');
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  writeFileSync(file, text);
  return readOwnerWords(file);
}

/** The line that is told, without the folder of this run. */
function refusal(text: string): string {
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof OwnerWordsRefused)) throw error;
    expect(error.code).toBe('note.facts_invalid');
    return error.message.replaceAll(`${folder}/`, '');
  }
  throw new Error(`accepted:\n${text}`);
}

/** A whole fact, with these keys in place of its own. */
function fact(more: Readonly<Record<string, string>> = {}): string {
  const keys = {
    text: '{ en: "{budget} a year", fr: "{budget} par an" }',
    values: '{ budget: { amount: 43000000, unit: dollars } }',
    source: '{ en: main estimates, fr: budget principal }',
    date: '"2019-05-01"',
    ...more,
  };
  const lines = Object.entries(keys).filter(([, value]) => value !== '');
  return `facts:\n  - ${lines.map(([key, value]) => `${key}: ${value}`).join('\n    ')}\n`;
}

const target = (text: string): string => `targets:\n  - ${text}\n`;

describe('what is right', () => {
  test('the sample that comes with Rappel', () => {
    const { title, issue, facts, targets } = readOwnerWords(SAMPLE);
    expect([title, issue?.fr.includes('taux de réponse')]).toEqual([null, true]);
    expect(facts.map(({ section }) => section)).toEqual(['facts', 'facts', 'context']);
    expect(targets).toEqual([{ figure: 'answer_rate', goal: 0.5, by: '2021-03' }]);
  });

  test('figures are values of their own, whole, with section, source and date', () => {
    expect(read(fact()).facts).toEqual([
      {
        section: 'facts',
        text: { en: '{budget} a year', fr: '{budget} par an' },
        values: { budget: { amount: 43_000_000, unit: 'dollars' } },
        source: { en: 'main estimates', fr: 'budget principal' },
        date: '2019-05-01',
      },
    ]);
  });

  test.each(['2019', '2019-05', '2020-02-29'])('a date may be %s', (date) => {
    expect(read(fact({ date: `"${date}"` })).facts[0]?.date).toBe(date);
  });

  test.each(['dollars', 'share', 'points', 'count', 'millions', 'fte', 'year'])(
    'a unit may be %s',
    (unit) => {
      const values = `{ budget: { amount: -0.5, unit: ${unit} } }`;
      expect(read(fact({ values })).facts[0]?.values.budget).toEqual({ amount: -0.5, unit });
    },
  );

  test('the goal of a time is given in seconds and kept in ms; a share and a count stay what they are', () => {
    const goals = read(
      `targets:\n${['speed_of_answer_all, goal: 90.5', 'answer_rate, goal: 1', 'waits_over_30m, goal: 0']
        .map((one) => `  - { figure: ${one}, by: "2021-03" }\n`)
        .join('')}`,
    ).targets.map(({ goal }) => goal);
    expect(goals).toEqual([90_500, 1, 0]);
  });

  test('an empty set of keys says nothing', () => {
    expect(read('{}')).toEqual(NO_OWNER_WORDS);
  });

  test('in a configuration they mean the same, also as the journal keeps it', () => {
    const own = read(`${fact()}${target('{ figure: speed_of_answer_all, goal: 90, by: "2021-03" }')}`);
    const note = fact().replaceAll('\n', '\n  ').trimEnd();
    const text = `${national}\nnote:\n  ${note}\n${target('{ figure: speed_of_answer_all, goal: 90, by: "2021-03" }')}`;
    const { document } = parseConfiguration(text, 'c.yaml', { nowAt: Date.parse('2019-12-10T17:00:00Z') });
    expect(storedOwnerWords(document)).toEqual(own);
    expect(storedOwnerWords('')).toEqual(NO_OWNER_WORDS);
  });
});

describe('one mistake is one line, at its place', () => {
  test.each([
    ['a key that is not known', 'titel: { en: a, fr: b }', '1:1: titel: is not a known key; remove it'],
    ['no set of keys', '- a', '1:1: the file: ["a"] has the wrong type; give a set of keys'],
    ['English only', 'issue: { en: a }', '1:8: issue: the key "fr" is missing; add it'],
    ['French only', 'title: { fr: a }', '1:8: title: the key "en" is missing; add it'],
    ['a third language', 'title: { en: a, fr: b, de: c }', '1:24: title.de: is not a known key'],
    ['no words', 'title: { en: "", fr: b }', '1:14: title.en: the text is too short; give at least 1'],
    [
      'too many words',
      `title: { en: a, fr: ${'x'.repeat(201)} }`,
      '1:21: title.fr: the text is too long; give at most 200 characters',
    ],
    [
      'a fact in one language',
      fact({ text: '{ en: "{budget}" }' }),
      '2:11: facts[0].text: the key "fr" is missing',
    ],
    [
      'a source in one language',
      fact({ source: '{ fr: x }' }),
      '4:13: facts[0].source: the key "en" is missing',
    ],
    ['no source', fact({ source: '' }), '2:5: facts[0]: the key "source" is missing; add it'],
    ['no date', fact({ date: '' }), '2:5: facts[0]: the key "date" is missing; add it'],
    [
      'a date that is a number',
      fact({ date: '2019' }),
      '5:11: facts[0].date: 2019 has the wrong type; give a text',
    ],
    [
      'a date in words',
      fact({ date: 'May 2019' }),
      '5:11: facts[0].date: "May 2019" has the wrong form; write a year, month or day',
    ],
    [
      'no date of the calendar',
      fact({ date: '"2019-02-29"' }),
      '5:11: facts[0].date: "2019-02-29" is no date of the calendar; correct the date',
    ],
    [
      'no such section',
      fact({ section: 'annex' }),
      '6:14: facts[0].section: "annex" is not allowed; use one of facts, context',
    ],
    [
      'a value that only one language says',
      fact({ text: '{ en: "{budget} a year", fr: par an }' }),
      '2:40: facts[0].text.fr: does not say the value "budget"; write {budget} where it belongs, in both languages',
    ],
    [
      'a value that nobody gave',
      fact({ text: '{ en: "{budget} for {staff}", fr: "{budget} par an" }' }),
      '2:17: facts[0].text.en: there is no value "staff"; add it under values, or remove the braces',
    ],
    [
      'an amount in words',
      fact({ values: '{ budget: { amount: "43 M", unit: dollars } }' }),
      '3:33: facts[0].values.budget.amount: "43 M" has the wrong type; give a number',
    ],
    [
      'an amount beyond measure',
      fact({ values: '{ budget: { amount: 1e16, unit: dollars } }' }),
      '3:33: facts[0].values.budget.amount: 10000000000000000 is too large; give 1000000000000000 or less',
    ],
    [
      'no such unit',
      fact({ values: '{ budget: { amount: 1, unit: euros } }' }),
      '3:42: facts[0].values.budget.unit: "euros" is not allowed; use one of dollars, share, points, count, millions, fte, year',
    ],
    [
      'a value without unit',
      fact({ values: '{ budget: { amount: 1 } }' }),
      '3:23: facts[0].values.budget: the key "unit" is missing; add it',
    ],
    [
      'no such figure',
      target('{ figure: satisfaction_of_ministers, goal: 1, by: "2021-03" }'),
      '2:15: targets[0].figure: there is no figure "satisfaction_of_ministers"; docs/glossary.md lists them',
    ],
    [
      'a figure of which neither more nor less is better',
      target('{ figure: asked, goal: 1, by: "2021-03" }'),
      '2:15: targets[0].figure: neither more nor less of it is better; set a target for another figure',
    ],
    [
      'a share in percent',
      target('{ figure: answer_rate, goal: 50, by: "2021-03" }'),
      '2:34: targets[0].goal: is a share above 1; write 0.5 for 50 %',
    ],
    [
      'less than nothing',
      target('{ figure: answer_rate, goal: -0.5, by: "2021-03" }'),
      '2:34: targets[0].goal: -0.5 is too small; give 0 or more',
    ],
    [
      'a month that there is not',
      target('{ figure: answer_rate, goal: 0.5, by: "2021-13" }'),
      '2:43: targets[0].by: "2021-13" has the wrong form; write a month, such as "2021-03", in quotes',
    ],
    [
      'a key twice',
      'title: { en: a, fr: b }\ntitle: { en: a, fr: b }',
      '2:1: this key stands twice; remove one',
    ],
  ])('%s', (_, text, says) => {
    const told = refusal(text);
    expect(told).toContain(`words.yaml:${says}`);
    expect(told).toMatch(/^words\.yaml:\d+:\d+: [^\n]+; [^\n]+$/);
    expect(told).not.toContain('more)');
  });

  test('several are counted, the first of the text is told', () => {
    const told = refusal(
      `${fact({ date: '"2019-02-30"' })}${target('{ figure: asked, goal: 1, by: "2021-03" }')}`,
    );
    expect(told).toContain('words.yaml:5:11: facts[0].date');
    expect(told).toMatch(/ \(and 1 more\)$/);
  });

  test('no such file, and a folder', () => {
    for (const [path, what] of [
      [join(folder, 'none.yaml'), 'there is no such file'],
      [folder, 'is a folder'],
    ] as const)
      expect(() => readOwnerWords(path)).toThrow(
        `${path}: ${what}; give the path of a YAML file (config/briefing.yaml is a sample)`,
      );
  });
});
