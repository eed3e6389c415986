// The note over whatever may happen to a centre: what it cites is what the registry makes of the same counts, both languages
// say the same numbers, and no sentence claims a difference that its interval does not carry. Then the rules one by one. A
// failure prints its seed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CellBook } from '../../../test/support/cell-book.ts';
import { numbersSaid } from '../../../test/support/numbers-said.ts';
import { RandomCentre } from '../../../test/support/random-centre.ts';
import { addCounts, type Counts } from '../column.ts';
import { NO_FAIRNESS } from '../fairness.ts';
import { estimate, type Figure } from '../figure.ts';
import { Ledger } from '../ledger/ledger.ts';
import { figureCalled } from '../registry.ts';
import { longWaitsRule } from './call-sayings.ts';
import { noteOf } from './compose.ts';
import { type GroundStretch, NO_OWNER_WORDS, type NoteGround } from './ground.ts';
import { type Note, numberIn, type Saying } from './note.ts';

const RUNS = Number(process.env.RAPPEL_RUNS ?? 60);
const SEED = Number(process.env.RAPPEL_SEED ?? 20190417);
const REPEAT = `Repeat it: RAPPEL_SEED=${SEED} npm run test:quick -- src/figures/note/note.test.ts`;

const SPAN = { from: '2019-04-17 00:00', to: '2020-01-01 00:00', lastDay: '2019-12-31' };

function groundOf(more: Partial<NoteGround> = {}): NoteGround {
  return {
    span: SPAN,
    timeZone: 'America/Toronto',
    ...{ total: {}, english: {}, french: {}, lines: [], stretches: [], months: [] },
    ...{ owner: NO_OWNER_WORDS, fairness: NO_FAIRNESS },
    seq: 1,
    ...more,
  };
}

function sayingsOf({ sections }: Note): Saying[] {
  return sections.flatMap(({ parts }) => parts.flatMap(({ sayings }) => sayings));
}

function saying(note: Note, id: string): Saying | undefined {
  return sayingsOf(note).find((one) => one.id === id);
}

/** What claims a difference, in both languages. */
const MORE = / (more|longer|less|shorter) (in|by|than)| de (plus|moins) (en|par|que) /;
const NONE = /no measurable difference|aucun écart mesurable/;

function expectHonest(note: Note): void {
  for (const one of sayingsOf(note)) {
    const { id, text, cites, claim } = one;
    expect(numbersSaid(text.fr, 'fr'), `${id}: ${text.en}\n${text.fr}\n${REPEAT}`).toEqual(
      numbersSaid(text.en, 'en'),
    );
    for (const cited of cites) expect(numberIn(note.annex, cited)).toBeGreaterThan(0);
    const difference = cites.at(-1);
    if (claim === null) {
      for (const said of Object.values(text)) expect(said, REPEAT).not.toMatch(NONE);
      continue;
    }
    const isCarried = (difference?.low ?? 0) > 0 || (difference?.high ?? 0) < 0;
    for (const said of Object.values(text)) {
      if (!isCarried) expect(said, `${id} ${REPEAT}`).not.toMatch(MORE);
      expect(NONE.test(said), `${id}: ${said} ${REPEAT}`).toBe(claim === 'no_difference');
      expect(MORE.test(said), `${id}: ${said} ${REPEAT}`).toBe(claim === 'more' || claim === 'less');
    }
  }
}

/** The phases of the only line: whatever was asked first is before, the rest after. */
function randomGround(seeds: readonly number[]): NoteGround {
  const centre = new RandomCentre((seeds[0] ?? 0) % 6);
  for (const one of seeds) centre.step(one);
  centre.settle();
  const book = new CellBook();
  const ledger = new Ledger(book, false);
  for (const { at, fact } of centre.facts) ledger.fact(fact, at);
  const cells = [...book.cells.values()].sort((a, b) => a.cell.halfHour - b.cell.halfHour);
  const sum = (list: typeof cells): Counts => {
    const total: Counts = {};
    for (const { counts } of list) addCounts(total, counts);
    return total;
  };
  const line = cells.find(({ cell }) => cell.line !== '')?.cell.line ?? 'none';
  const ofLine = cells.filter(({ cell }) => cell.line === line);
  const half = Math.floor(ofLine.length / 2);
  const stretch = (name: string, list: typeof cells): GroundStretch => ({
    ...{ line, name, span: SPAN, beginsWithin: name !== 'before', counts: sum(list) },
  });
  return groundOf({
    total: book.total(),
    english: sum(cells.filter(({ cell }) => cell.language === 'en')),
    french: sum(cells.filter(({ cell }) => cell.language === 'fr')),
    lines: [{ id: line, name: { en: line, fr: line } }],
    stretches: [stretch('before', ofLine.slice(0, half)), stretch('phase 1', ofLine.slice(half))],
  });
}

test(`whatever happened: the registry's numbers, the same in both languages, no claim without its interval`, () => {
  const seen = new Set<string>();
  const steps = fc.noBias(fc.array(fc.nat(), { maxLength: 800, size: 'max' }));
  const run = fc.check(
    fc.property(steps, (seeds) => {
      const ground = randomGround(seeds);
      const note = noteOf(ground);
      expectHonest(note);
      for (const cited of note.annex) {
        const figure = figureCalled(cited.figure);
        if (figure === undefined || cited.of.en !== 'the whole centre') continue;
        const { value, n, low, high } = estimate(figure, ground.total);
        expect(cited).toMatchObject({ value, n, low, high });
      }
      for (const { id, claim } of sayingsOf(note)) seen.add(id.replace(/\d+$/, '')).add(`claim ${claim}`);
    }),
    { seed: SEED, numRuns: RUNS, interruptAfterTimeLimit: 240_000 },
  );
  if (run.failed) throw new Error(`${String(run.errorInstance)}\n${REPEAT}`);
  for (const id of ['callback_taken', 'handle_time', 'gap_answer_rate', 'quote_accuracy', 'persons'])
    expect(seen, REPEAT).toContain(id);
  for (const claim of ['more', 'less', 'no_difference', 'too_few'])
    expect(seen, REPEAT).toContain(`claim ${claim}`);
}, 300_000);

test('a difference of nought as it is written is none, however many the cases', () => {
  const many = { asked: 1_000_000_000, answered_live: 500_000_000 };
  const note = noteOf(
    groundOf({ total: many, english: many, french: { ...many, answered_live: 499_600_000 } }),
  );
  const one = saying(note, 'gap_answer_rate') as Saying;
  expect(one.cites.at(-1)?.low).toBeGreaterThan(0);
  expect(one.cites.at(-1)?.low).toBeLessThan(0.0005);
  expect(one.claim).toBe('no_difference');
});

test('nobody asked: one sentence, and n is 0', () => {
  const note = noteOf(groundOf());
  expect(sayingsOf(note).map(({ text }) => text)).toEqual([
    {
      en: 'No call asked for an agent from 17\u00a0April to 31\u00a0December\u00a02019 (n\u00a0=\u00a00).',
      fr: 'Aucun appel n’a demandé un agent du 17\u00a0avril au 31\u00a0décembre\u00a02019 (n\u00a0=\u00a00).',
    },
  ]);
});

test('one call only, refused: its column, no interval, nothing said of who was served', () => {
  const one = { asked: 1, refused_full: 1 };
  const note = noteOf(groundOf({ total: one, french: one }));
  expect(saying(note, 'refused')?.text.en).toContain('1\u00a0call could not enter the queue: 100.0%');
  expect(saying(note, 'gap_answer_rate')?.claim).toBe('too_few');
  expect(note.annex.every(({ low, n }) => low === null || n > 1)).toBe(true);
  expect(sayingsOf(note).some(({ id }) => id.startsWith('waits_over'))).toBe(false);
  expectHonest(note);
});

test.each([
  [0, 0, 0.2, 'none'],
  [1, null, null, 'undecided'],
  [40, 0.45, 0.55, 'undecided'],
  [30, 0.2, 0.49, 'at_times'],
  [70, 0.51, 0.9, 'as_the_rule'],
] as const)('waits over 30 minutes: %i cases, %s to %s: %s', (cases, low, high, rule) => {
  expect(longWaitsRule(cases, low, high)).toBe(rule);
});

test('what owners entered stands apart, with source and date, its numbers as each language writes them', () => {
  const note = noteOf(
    groundOf({
      owner: {
        ...NO_OWNER_WORDS,
        facts: [
          {
            section: 'facts',
            text: {
              en: 'The budget is {budget} for {staff}, {share} more.',
              fr: 'Le budget est de {budget} pour {staff}, {share} de plus.',
            },
            values: {
              budget: { amount: 43_000_000, unit: 'dollars' },
              staff: { amount: 1_240, unit: 'fte' },
              share: { amount: 0.125, unit: 'share' },
            },
            source: { en: 'main estimates', fr: 'budget principal des dépenses' },
            date: '2019-05-01',
          },
        ],
      },
    }),
  );
  const one = saying(note, 'entered_facts_1') as Saying;
  expect(one.text).toEqual({
    en: 'The budget is $43\u00a0million for 1,240\u00a0FTE, 12.5% more.',
    fr: 'Le budget est de 43\u00a0M$ pour 1\u00a0240\u00a0ETP, 12,5\u00a0% de plus.',
  });
  expect(one.entered?.date).toEqual({ en: '1\u00a0May\u00a02019', fr: '1er\u00a0mai\u00a02019' });
  expect(one.cites).toEqual([]);
});

test('phases: opened, paused, resumed, each against the stretch before it', () => {
  const of = (name: string, answered: number): GroundStretch => ({
    ...{ line: 'visas', name, span: SPAN, beginsWithin: name !== 'before' },
    counts: { asked: 1_000, answered_live: answered },
  });
  const stretches = [of('before', 300), of('phase 1', 450), of('pause 1', 440), of('phase 2', 600)];
  const total = { asked: 4_000, answered_live: 1_790 };
  const note = noteOf(
    groundOf({ total, stretches, lines: [{ id: 'visas', name: { en: 'Visas', fr: 'Visas' } }] }),
  );
  expect(
    sayingsOf(note)
      .filter(({ id }) => id.startsWith('phase_'))
      .map(({ text }) => text.en.split(': ').at(-1)),
  ).toEqual([
    'callback was opened (phase 1).',
    'callback was paused (pause 1).',
    'callback was resumed (phase 2).',
  ]);
  const claims = sayingsOf(note).filter(({ id }) => id.startsWith('change_answer_rate'));
  expect(claims.map(({ claim }) => claim)).toEqual(['more', 'no_difference', 'more']);
  expect(claims[0]?.text.en).toContain('15.0\u00a0percentage points more in phase 1 than before');
  expect(claims[0]?.text.fr).toContain('15,0\u00a0points de pourcentage de plus en phase 1 qu’avant');
  expectHonest(note);
});

test('every French sentence is written as French is', () => {
  const counts = {
    asked: 90,
    merged: 2,
    answered_live: 50,
    registered: 20,
    connected: 15,
    offered: 40,
    abandoned: 10,
  };
  const more = {
    entered: 85,
    attempted: 18,
    incomplete_voicemail: 3,
    refused_full: 5,
    persons: 70,
    quoted: 30,
  };
  const total: Counts = { ...counts, ...more };
  for (const { text } of sayingsOf(noteOf(groundOf({ total, english: total, french: total })))) {
    expect(text.fr).not.toMatch(/[^\u00a0]:| ;|\d %|'/);
    expect(text.fr).not.toMatch(/retour d.appel|ligne d.affaires|échoué|taux de prise/);
  }
});

test('the figures that a note cites are in the registry', () => {
  const one = figureCalled('take_rate') as Figure;
  expect(
    noteOf(groundOf({ total: { asked: 3, offered: 2, registered: 1 } })).annex.map(({ name }) => name.fr),
  ).toContain(one.name.fr);
});

test('none refused is not "0 calls could not enter", which French would read as that none could', () => {
  const note = noteOf(groundOf({ total: { asked: 3, entered: 3, answered_live: 3 } }));
  expect(saying(note, 'refused')?.text).toEqual({
    en: 'Every call that asked could enter the queue (n\u00a0=\u00a03).',
    fr: 'Tous les appels ayant demandé un agent ont pu entrer dans la file d’attente (n\u00a0=\u00a03).',
  });
  expectHonest(note);
});

test('the survey: each group apart, how many chose to answer first, and no interval from one case', () => {
  const total: Counts = {
    ...{ asked: 9, entered: 9, survey_callback_asked: 400, survey_callback_responded: 120 },
    ...{ survey_callback_satisfied_answers: 120, survey_callback_very_satisfied: 75 },
    ...{ survey_incomplete_asked: 3, survey_incomplete_responded: 1 },
    ...{ survey_incomplete_again_answers: 1, survey_incomplete_would_again: 1 },
  };
  const note = noteOf(groundOf({ total }));
  const told = ['survey_callback', 'survey_incomplete', 'survey_live'].map((id) => {
    const { en, fr } = saying(note, id)?.text ?? { en: '', fr: '' };
    return [en, fr].map((text) => text.replaceAll('\u00a0', ' '));
  });
  expect(told).toEqual([
    [
      'Survey of clients who were called back: 120 of 400 clients asked chose to answer (30.0%). Very satisfied: 62.5% (75 of 120; 95% interval 53.6% to 70.6%).',
      'Sondage auprès des clients rappelés : 120 sur 400 clients sollicités ont choisi de répondre (30,0 %). Très satisfaits : 62,5 % (75 sur 120; intervalle à 95 % : de 53,6 % à 70,6 %).',
    ],
    [
      'Survey of clients whose callback was incomplete: 1 of 3 clients asked chose to answer (33.3%). Would use callback again: 100.0% (1 of 1).',
      'Sondage auprès des clients dont le rappel est resté incomplet : 1 sur 3 clients sollicités a choisi de répondre (33,3 %). Réutiliseraient le rappel : 100,0 % (1 sur 1).',
    ],
    ['', ''],
  ]);
  expectHonest(note);
});

test('one of each: the singular, in both languages', () => {
  const one = { asked: 1, entered: 1, offered: 1, registered: 1, attempted: 1, incomplete_busy: 1 };
  const total: Counts = { ...one, persons: 1, persons_1_call: 1 };
  const note = noteOf(groundOf({ total, english: total }));
  const texts = ['asked', 'callback_taken', 'callbacks_incomplete', 'callbacks_ended', 'persons'].map((id) =>
    Object.values(saying(note, id)?.text ?? {}).map((text) => text.replaceAll('\u00a0', ' ')),
  );
  expect(texts).toEqual([
    [
      'From 17 April to 31 December 2019, 1 call asked for an agent. The answer rate, live and by callback together, was 0.0% (0 of 1; repeat calls merged with a callback apart).',
      'Du 17 avril au 31 décembre 2019, 1 appel a demandé un agent. Le taux de réponse aux appels, en direct et par rappel, a été de 0,0 % (0 sur 1; sans les appels répétés joints à un rappel).',
    ],
    [
      'Of 1 caller who was offered a callback, 1 took it: 100.0% of offers.',
      'Sur 1 appelant à qui un rappel a été offert, 1 l’a accepté : 100,0 % des offres.',
    ],
    [
      'Incomplete callbacks, where the client was not available at the last attempt: 100.0% (1 of 1 attempted). By cause: busy (1).',
      'Rappels incomplets, où le client n’était pas disponible à la dernière tentative : 100,0 % (1 sur 1 tenté). Par cause : occupé (1).',
    ],
    [
      'Of 1 callback that ended, 0 were connected (0.0%); 0 cancelled, 0 expired. Not yet ended: 0.',
      'Sur 1 rappel terminé, 0 a été effectué (0,0 %); annulés : 0; expirés : 0. Non terminés : 0.',
    ],
    [
      'Of 1 person, 0 reached an agent at the first call within 7 days (0.0%). Calls of a person: one (100.0%). A person here is a number called from: shared and hidden numbers blur it.',
      'Sur 1 personne, 0 a joint un agent dès le premier appel en 7 jours (0,0 %). Nombre d’appels d’une personne : un (100,0 %). Une personne est ici un numéro d’où vient l’appel : les numéros partagés ou masqués brouillent ce compte.',
    ],
  ]);
});

test('without a change in the period there is no before and after, and every share of the table has its n', () => {
  const counts = { asked: 10, offered: 8, registered: 4, answered_live: 5 };
  const stretches = [{ line: 'visas', name: 'phase 1', span: SPAN, beginsWithin: false, counts }];
  const lines = [{ id: 'visas', name: { en: 'Visas', fr: 'Visas' } }];
  const part = noteOf(groundOf({ total: counts, stretches, lines }))
    .sections.flatMap(({ parts }) => parts)
    .find(({ table }) => table !== null);
  expect([part?.heading?.en, part?.lead]).toEqual(['Lines of business', null]);
  expect(part?.table?.rows[0]?.map(({ en }) => en).slice(3)).toEqual([
    '10',
    '50.0% (n\u00a0=\u00a010)',
    '50.0% (n\u00a0=\u00a08)',
    ...['-', '0.0\u00a0s (n\u00a0=\u00a05)'],
  ]);
});

test('times are longer or shorter, not more', () => {
  const of = (mean: number): Counts => ({
    ...{ asked: 200, answered_live: 200 },
    ...{ served_wait_ms: 200 * mean, served_wait_ds2: 200 * (mean / 100) ** 2 + 4_000 },
  });
  const text = saying(
    noteOf(groundOf({ total: of(40_000), english: of(50_000), french: of(30_000) })),
    'gap_speed_of_answer_all',
  )?.text;
  expect(text?.en).toContain('20\u00a0s longer in English than in French');
  expect(text?.fr).toContain('20\u00a0s de plus en anglais qu’en français');
});
