// Sentences on targets, in both languages and word for word: what was measured, whether that is the target, and what may be
// foretold of its month; never more than the interval says.

import { expect, test } from 'vitest';
import { type Month, progressOf, type Target } from '../target.ts';
import { writeProgress } from './target-sayings.ts';

const TARGET: Target = { figure: 'answer_rate', goal: 0.5, by: '2020-03' };
const N = 10_000;

/** Whole months from 2019-04 on, in each this share of the calls answered. */
function months(shares: readonly number[]): Month[] {
  return shares.map((share, i) => ({
    month: `2019-${String(4 + i).padStart(2, '0')}`,
    isWhole: true,
    counts: { asked: N, answered_live: Math.round(share * N) },
  }));
}

/** No-break spaces are seen. */
const shown = (text: string) => text.replaceAll('\u00a0', '~');

const told = (shares: readonly number[], target: Target = TARGET) => {
  const progress = progressOf(target, months(shares));
  return { en: shown(writeProgress(progress, 'en')), fr: shown(writeProgress(progress, 'fr')) };
};

test('nothing was measured yet', () => {
  expect(told([])).toEqual({
    en: 'Target: answer rate, at least 50.0% by March~2020. No whole month was measured yet.',
    fr: 'Cible~: taux de réponse aux appels, au moins 50,0~% d’ici mars~2020. Aucun mois complet n’est encore mesuré.',
  });
});

test('a few months say where it stands, and no more', () => {
  const { en, fr } = told([0.3]);
  expect(en).toBe(
    'Target: answer rate, at least 50.0% by March~2020. In April~2019: 30.0% (n = 10,000), not reached. Whether it will be reached cannot be said: 1 whole month is too few.',
  );
  expect(fr).toBe(
    'Cible~: taux de réponse aux appels, au moins 50,0~% d’ici mars~2020. En avril~2019~: 30,0~% (n = 10~000), non atteinte. On ne peut dire si elle sera atteinte~: 1 mois complet ne suffit pas.',
  );
  expect(told([0.3, 0.31]).fr).toMatch(/2 mois complets ne suffisent pas\.$/);
  expect(told([0.3, 0.31]).en).toMatch(/2 whole months are too few\.$/);
  expect(told([0.3, 0.32, 0.34, 0.36]).en).toMatch(/further ahead than the 4 months measured reach back\.$/);
  expect(told([0.3, 0.32, 0.34, 0.36]).fr).toMatch(/l’échéance est plus éloignée que les 4 mois mesurés\.$/);
});

test.each([
  [[0.3, 0.34, 0.38, 0.41, 0.45, 0.49, 0.53], 'it would be reached', 'elle serait atteinte'],
  [[0.3, 0.31, 0.3, 0.31, 0.3, 0.31, 0.3], 'it would not be reached', 'elle ne serait pas atteinte'],
  [
    [0.2, 0.6, 0.3, 0.5, 0.25, 0.7, 0.4],
    'whether it would be reached cannot be said',
    'on ne peut dire si elle serait atteinte',
  ],
] as const)('a trend of seven months: %j', (shares, en, fr) => {
  const of = told(shares);
  expect(of.en).toMatch(
    new RegExp(
      `If the trend of the last 7 whole months went on, March~2020 would come to between .* \\(95% interval\\): ${en}\\.$`,
    ),
  );
  expect(of.fr).toMatch(
    new RegExp(`la valeur de mars~2020 se situerait entre .* \\(intervalle à~95~%\\)~: ${fr}\\.$`),
  );
  // The same numbers in both.
  const numbers = (text: string) =>
    [...text.replaceAll(/[,~]/g, '.').matchAll(/\d+\.\d+/g)].map(([found]) => found);
  expect(numbers(of.fr.slice(6))).toHaveLength(numbers(of.en).length);
});

test('within its own interval of the goal it is neither reached nor missed, and a month that is over foretells nothing', () => {
  const due = { ...TARGET, by: '2019-04' };
  expect(told([0.502], due).en).toMatch(
    /50\.2% \(n = 10,000\), not far enough from the target to be told apart from it\.$/,
  );
  expect(told([0.502], due).fr).toMatch(/trop proche de la cible pour en être distinguée\.$/);
  expect(told([0.6], due).en).toMatch(/60\.0% \(n = 10,000\), reached\.$/);
  expect(told([0.4], due).fr).toMatch(/non atteinte\.$/);
});

test('of a figure that is better when less the target is a most', () => {
  const less = { figure: 'incomplete_callbacks', goal: 0.125, by: '2020-03' };
  const { en, fr } = told([], less);
  expect(en).toMatch(/at most 12\.5% by March~2020/);
  expect(fr).toMatch(/au plus 12,5~% d’ici mars~2020/);
});
