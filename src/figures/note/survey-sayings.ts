// What clients said afterwards: of those who were called back, of those whose callback was incomplete, and of those who
// held, each apart. First how many answered of those asked, since who answers chose to; then each share with its n and
// interval. Nothing is compared: who answers is not drawn by chance.

import type { Counts } from '../column.ts';
import { cite, type Scope, saying } from './citing.ts';
import type { Cited, Saying } from './note.ts';
import { capital, counted, writeShare, writeSureness, writeWhole } from './words.ts';

type Writing = 'en' | 'fr';

const GROUPS = [
  {
    of: 'callback',
    who: { en: 'clients who were called back', fr: 'clients rappelés' },
    questions: ['very_satisfied', 'would_use_again', 'satisfied_and_again', 'question_answered'],
  },
  {
    of: 'incomplete',
    who: { en: 'clients whose callback was incomplete', fr: 'clients dont le rappel est resté incomplet' },
    questions: ['very_satisfied', 'would_use_again', 'satisfied_and_again', 'question_answered'],
  },
  {
    of: 'live',
    who: { en: 'clients who held', fr: 'clients restés en ligne' },
    questions: ['very_satisfied', 'question_answered'],
  },
] as const;

const SAID = {
  very_satisfied: { en: 'very satisfied', fr: 'très satisfaits' },
  would_use_again: { en: 'would use callback again', fr: 'réutiliseraient le rappel' },
  satisfied_and_again: { en: 'both', fr: 'les deux' },
  question_answered: { en: 'had their question answered', fr: 'ont eu réponse à leur question' },
} as const;

const ASKED = {
  en: ['client asked', 'clients asked'],
  fr: ['client sollicité', 'clients sollicités'],
} as const;

/** A sentence for each group of which somebody was asked. */
export function surveySayings(counts: Readonly<Counts>, scope: Scope): Saying[] {
  return GROUPS.flatMap(({ of, who, questions }): Saying[] => {
    const response = cite(`survey_${of}_response_rate`, counts, scope);
    if (response.value === null) return [];
    const told = questions
      .map((id) => ({ words: SAID[id], cited: cite(`survey_${of}_${id}`, counts, scope) }))
      .filter(({ cited }) => cited.value !== null);
    const cites = [response, ...told.map(({ cited }) => cited)];
    return [
      saying(`survey_${of}`, cites, (language) => {
        const answers = told.map(
          ({ words, cited }) => `${words[language]}${colon(language)}${share(cited, language)}`,
        );
        const tail = answers.length === 0 ? '' : ` ${capital(answers.join('; '))}.`;
        return `${opening(who[language], response, language)}${tail}`;
      }),
    ];
  });
}

function opening(who: string, response: Cited, language: Writing): string {
  const asked = counted(response.n, ASKED, language);
  const rate = writeShare(response.value ?? 0, language);
  const cases = writeWhole(response.cases ?? 0, language);
  return language === 'en'
    ? `Survey of ${who}: ${cases} of ${asked} chose to answer (${rate}).`
    : `Sondage auprès des ${who} : ${cases} sur ${asked} ${(response.cases ?? 0) < 2 ? 'a' : 'ont'} choisi de répondre (${rate}).`;
}

function share(cited: Cited, language: Writing): string {
  const [cases, n] = [writeWhole(cited.cases ?? 0, language), writeWhole(cited.n, language)];
  const counts = language === 'en' ? `${cases} of ${n}` : `${cases} sur ${n}`;
  const bounds = cited.low === null ? '' : `; ${writeSureness(cited, language)}`;
  return `${writeShare(cited.value ?? 0, language)} (${counts}${bounds})`;
}

function colon(language: Writing): string {
  return language === 'en' ? ': ' : ' : ';
}
