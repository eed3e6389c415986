// Sentences on targets: where the figure stood in the last whole month, and what may be said of the month in which the
// target is due. What cannot be foretold is said not to be.

import { type Progress, progressOf } from '../target.ts';
import { cite, figureOf, saying } from './citing.ts';
import type { NoteGround } from './ground.ts';
import type { Saying } from './note.ts';
import { both, NB, writeDate, writeValue, writeWhole } from './words.ts';

type Writing = 'en' | 'fr';

export function targetSayings({ owner, months }: NoteGround): Saying[] {
  return owner.targets.map((target) => {
    const progress = progressOf(target, months);
    const { month, measured } = progress;
    const counts = months.find((one) => one.month === month)?.counts;
    const cites =
      month === null || measured === null || counts === undefined
        ? []
        : [
            cite(target.figure, counts, {
              of: { en: 'the whole centre', fr: 'tout le centre' },
              period: both((language) => writeDate(month, language)),
            }),
          ];
    return saying(`target_${target.figure}_${target.by}`, cites, (language) =>
      writeProgress(progress, language),
    );
  });
}

/** Where it stands and what may be foretold, in a few sentences. */
export function writeProgress(progress: Progress, language: Writing): string {
  const { target, better, month, measured } = progress;
  const figure = figureOf(target.figure);
  const goal = writeValue(target.goal, measured?.unit ?? unitOf(progress), language);
  const by = writeDate(target.by, language);
  const edge = { en: { more: 'at least', less: 'at most' }, fr: { more: 'au moins', less: 'au plus' } }[
    language
  ][better];
  const head =
    language === 'en'
      ? `Target: ${figure.name.en}, ${edge} ${goal} by ${by}.`
      : `Cible${NB}: ${figure.name.fr}, ${edge} ${goal} d’ici ${by}.`;
  if (month === null || measured === null)
    return `${head} ${language === 'en' ? 'No whole month was measured yet.' : 'Aucun mois complet n’est encore mesuré.'}`;
  const value = writeValue(measured.value, measured.unit, language);
  const stand = { en: STAND_EN, fr: STAND_FR }[language][progress.stand];
  const when = writeDate(month, language);
  const where =
    language === 'en'
      ? `In ${when}: ${value} (n = ${writeWhole(measured.n, 'en')}), ${stand}.`
      : `En ${when}${NB}: ${value} (n = ${writeWhole(measured.n, 'fr')}), ${stand}.`;
  return `${head} ${where}${outlook(progress, by, language)}`;
}

function unitOf({ target }: Progress): 'share' | 'ms' | 'cases' | 'score' {
  return cite(target.figure, {}, { of: { en: '', fr: '' }, period: { en: '', fr: '' } }).unit;
}

const STAND_EN = {
  reached: 'reached',
  not_reached: 'not reached',
  cannot_be_said: 'not far enough from the target to be told apart from it',
};
const STAND_FR = {
  reached: 'atteinte',
  not_reached: 'non atteinte',
  cannot_be_said: 'trop proche de la cible pour en être distinguée',
};

function outlook({ outlook: ahead, target }: Progress, by: string, language: Writing): string {
  const isEnglish = language === 'en';
  switch (ahead.kind) {
    case 'due':
      return '';
    case 'too_few_months':
      return isEnglish
        ? ` Whether it will be reached cannot be said: ${writeWhole(ahead.months, 'en')} whole ${ahead.months === 1 ? 'month is' : 'months are'} too few.`
        : ` On ne peut dire si elle sera atteinte${NB}: ${writeWhole(ahead.months, 'fr')} mois ${ahead.months === 1 ? 'complet ne suffit' : 'complets ne suffisent'} pas.`;
    case 'too_far':
      return isEnglish
        ? ` Whether it will be reached cannot be said: the month is further ahead than the ${writeWhole(ahead.months, 'en')} months measured reach back.`
        : ` On ne peut dire si elle sera atteinte${NB}: l’échéance est plus éloignée que les ${writeWhole(ahead.months, 'fr')} mois mesurés.`;
    case 'on_course':
    case 'off_course':
    case 'undecided': {
      const { unit } = cite(target.figure, {}, { of: { en: '', fr: '' }, period: { en: '', fr: '' } });
      const [low, high] = [ahead.low, ahead.high].map((value) => writeValue(value, unit, language));
      const verdict = {
        en: {
          on_course: 'it would be reached',
          off_course: 'it would not be reached',
          undecided: 'whether it would be reached cannot be said',
        },
        fr: {
          on_course: 'elle serait atteinte',
          off_course: 'elle ne serait pas atteinte',
          undecided: 'on ne peut dire si elle serait atteinte',
        },
      }[language][ahead.kind];
      return isEnglish
        ? ` If the trend of the last ${writeWhole(ahead.months, 'en')} whole months went on, ${by} would come to between ${low} and ${high} (95% interval): ${verdict}.`
        : ` Si la tendance des ${writeWhole(ahead.months, 'fr')} derniers mois complets se maintenait, la valeur de ${by} se situerait entre ${low} et ${high} (intervalle à${NB}95${NB}%)${NB}: ${verdict}.`;
    }
  }
}
