// Sentences on differences: English against French, and on each line a phase or pause against the stretch before it. What is
// claimed is what the interval allows; "no measurable difference" is a sentence, and so is "too few to compare".

import type { Words } from '../figure.ts';
import { cite, citeGap, claimOf, figureOf, type Scope, saying } from './citing.ts';
import type { GroundStretch, NoteGround } from './ground.ts';
import type { Cited, Claim, Saying, Table } from './note.ts';
import {
  both,
  capital,
  NB,
  writeCertainty,
  writeDate,
  writeSize,
  writeSpan,
  writeValue,
  writeWhole,
} from './words.ts';

type Writing = 'en' | 'fr';

/** What a minister is asked about, by language. */
const BY_LANGUAGE = [
  'answer_rate',
  'abandoned',
  'waits_over_30m',
  'speed_of_answer_all',
  'take_rate',
  'incomplete_callbacks',
  'quote_inside',
  'reached_at_first_call',
] as const;

export const ENGLISH: Words = { en: 'English', fr: 'anglais' };
export const FRENCH: Words = { en: 'French', fr: 'français' };

export function languageSayings({ english, french }: NoteGround, { period }: Scope): Saying[] {
  return BY_LANGUAGE.flatMap((id) => {
    const difference = citeGap(id, english, french, {
      of: { en: 'English less French', fr: 'anglais moins français' },
      period,
    });
    const [en, fr] = [cite(id, english, { of: ENGLISH, period }), cite(id, french, { of: FRENCH, period })];
    if (difference === null || en.n + fr.n === 0) return [];
    const claim = claimOf(difference);
    const tell = (language: Writing): string => {
      // A colon within the name would stand before the colon of the sentence.
      const name = capital(figureOf(id).name[language].replace(/\s?: /, ', '));
      const value = (one: Cited): string =>
        `${writeValue(one.value, one.unit, language)} (n = ${writeWhole(one.n, language)})`;
      return language === 'en'
        ? `${name}: ${value(en)} in English, ${value(fr)} in French: ${verdict(difference, claim, 'en', ['in English', 'than in French'])}.`
        : `${name} : ${value(en)} en anglais, ${value(fr)} en français : ${verdict(difference, claim, 'fr', ['en anglais', 'qu’en français'])}.`;
    };
    return [saying(`gap_${id}`, [en, fr, difference], tell, claim)];
  });
}

/** `3.2 percentage points more in English than in French (95% interval ...)`. */
function verdict(
  cited: Cited,
  claim: Claim,
  language: Writing,
  [here, there]: readonly [string, string],
): string {
  const size = writeSize(cited.value ?? 0, cited.unit, language);
  const interval = writeCertainty(cited, language);
  const words = {
    en: {
      more: cited.unit === 'ms' ? 'longer' : 'more',
      less: cited.unit === 'ms' ? 'shorter' : 'less',
      no: 'no measurable difference',
      few: 'too few cases to compare',
    },
    fr: {
      more: 'de plus',
      less: 'de moins',
      no: 'aucun écart mesurable',
      few: 'trop peu de cas pour comparer',
    },
  }[language];
  switch (claim) {
    case 'more':
    case 'less':
      return `${size} ${words[claim]} ${here} ${there} (${interval})`;
    case 'no_difference':
      return `${words.no} (${interval})`;
    case 'too_few':
      return words.few;
  }
}

// ------------------------------------------------------------------------------------------- phases

/** `phase 1` is the same word in both languages; before it there was nothing. */
export function stretchName(name: string): Words {
  return name === 'before' ? { en: 'before', fr: 'avant' } : { en: name, fr: name };
}

export function lineName({ lines }: NoteGround, id: string): Words {
  return lines.find((line) => line.id === id)?.name ?? { en: id, fr: id };
}

/** What began within the period: opened, changed, paused, resumed. */
export function phaseSayings(ground: NoteGround): Saying[] {
  return ground.stretches
    .filter(({ beginsWithin, name }) => beginsWithin && name !== 'before')
    .map((stretch) => {
      const before = previous(ground, stretch);
      const what = eventOf(stretch, before);
      const line = lineName(ground, stretch.line);
      const date = stretch.span.from.slice(0, 10);
      return saying(`phase_${stretch.line}_${stretch.name}`, [], (language) =>
        language === 'en'
          ? `${writeDate(date, 'en')}, ${line.en}: ${what.en} (${stretchName(stretch.name).en}).`
          : `${writeDate(date, 'fr')}, ${line.fr} : ${what.fr} (${stretchName(stretch.name).fr}).`,
      );
    });
}

function previous({ stretches }: NoteGround, stretch: GroundStretch): GroundStretch | null {
  const at = stretches.indexOf(stretch);
  const before = stretches[at - 1];
  return before?.line === stretch.line ? before : null;
}

function eventOf({ name }: GroundStretch, before: GroundStretch | null): Words {
  if (name.startsWith('pause')) return { en: 'callback was paused', fr: 'rappel suspendu' };
  if (name === 'phase 1') return { en: 'callback was opened', fr: 'rappel offert pour la première fois' };
  if (before?.name.startsWith('pause') === true)
    return { en: 'callback was resumed', fr: 'reprise du rappel' };
  return {
    en: 'the share or cap of callback was changed',
    fr: 'changement de la part ou du plafond du rappel',
  };
}

const BEFORE_AFTER = ['answer_rate', 'speed_of_answer_all'] as const;

/** On each line, what began within the period against the stretch before it. */
export function changeSayings(ground: NoteGround): Saying[] {
  return ground.stretches.flatMap((after) => {
    const before = previous(ground, after);
    if (before === null) return [];
    return BEFORE_AFTER.flatMap((id) => changeSaying(ground, id, before, after));
  });
}

function changeSaying(ground: NoteGround, id: string, before: GroundStretch, after: GroundStretch): Saying[] {
  const line = lineName(ground, after.line);
  const scopeOf = (stretch: GroundStretch): Scope => ({
    of: both((language) => `${line[language]}, ${stretchName(stretch.name)[language]}`),
    period: both((language) => writeSpan(stretch.span, language)),
  });
  const of = both(
    (language) =>
      `${line[language]}, ${stretchName(after.name)[language]} - ${stretchName(before.name)[language]}`,
  );
  const difference = citeGap(id, after.counts, before.counts, { of, period: scopeOf(after).period });
  if (difference === null) return [];
  const [first, second] = [cite(id, before.counts, scopeOf(before)), cite(id, after.counts, scopeOf(after))];
  if (first.n + second.n === 0) return [];
  const claim = claimOf(difference);
  const tell = (language: Writing): string => {
    const value = (one: Cited): string =>
      `${writeValue(one.value, one.unit, language)} (n = ${writeWhole(one.n, language)})`;
    const names = [before, after].map(({ name }) => stretchName(name)[language]);
    const colon = language === 'en' ? ':' : `${NB}:`;
    const there =
      language === 'en'
        ? `than ${before.name === 'before' ? '' : 'in '}${names[0]}`
        : before.name === 'before'
          ? 'qu’avant'
          : `qu’en ${names[0]}`;
    const here = language === 'en' ? `in ${names[1]}` : `en ${names[1]}`;
    return `${line[language]}, ${figureOf(id).name[language]}${colon} ${names[0]} ${value(first)}, ${names[1]} ${value(second)}${colon} ${verdict(difference, claim, language, [here, there])}.`;
  };
  return [saying(`change_${id}_${after.line}_${after.name}`, [first, second, difference], tell, claim)];
}

/** Every line and stretch with its counts, for the eye. */
export function phaseTable(ground: NoteGround): Table | null {
  const rows = ground.stretches.filter(({ counts }) => (counts.asked ?? 0) > 0);
  if (rows.length === 0) return null;
  const columns = [
    'asked',
    'answer_rate',
    'take_rate',
    'incomplete_callbacks',
    'speed_of_answer_all',
  ] as const;
  return {
    caption: {
      en: 'Each line of business, by phase of callback',
      fr: 'Chaque secteur d’activité, par phase du rappel',
    },
    head: [
      { en: 'Line of business', fr: 'Secteur d’activité' },
      { en: 'Phase', fr: 'Phase' },
      { en: 'Period', fr: 'Période' },
      ...columns.map((id) => both((language) => capital(figureOf(id).name[language]))),
    ],
    rows: rows.map(({ line, name, span, counts }) => [
      lineName(ground, line),
      stretchName(name),
      both((language) => capital(writeSpan(span, language))),
      ...columns.map((id) => {
        const one = cite(id, counts, { of: ENGLISH, period: ENGLISH });
        const isCount = one.unit === 'cases' || one.value === null;
        return both(
          (language) =>
            `${writeValue(one.value, one.unit, language)}${isCount ? '' : ` (n = ${writeWhole(one.n, language)})`}`,
        );
      }),
    ]),
  };
}
