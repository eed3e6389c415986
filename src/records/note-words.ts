// The words around a note, and how its annex is written, the same for every dress.

import type { Cited } from '../figures/note/note.ts';
import { writeRange, writeSignedPoints } from '../figures/note/words.ts';
import { NOTHING_WRITTEN, type Writing, writeBounds, writeValue, writeWhole } from '../figures/written.ts';

export type { Writing };

const NB = '\u00a0';

export const NOTE_WORDS = {
  en: {
    annex: 'Annex: how each number was counted',
    annexLead:
      'The numbers in square brackets lead here. n: the cases behind a value. No interval is given where the cases were counted and not sampled, or where there are fewer than two.',
    annexHead: ['No.', 'Figure', 'Of', 'Period', 'Value', '95% interval', 'n', 'Formula'],
    conservation: 'Every call is in one column',
    source: (source: string, date: string) => `source: ${source}, ${date}`,
    difference: 'difference',
    asIn: (number: number) => `as in ${number}`,
  },
  fr: {
    annex: `Annexe${NB}: comment chaque nombre a été compté`,
    annexLead: `Les nombres entre crochets renvoient ici. n${NB}: le nombre de cas derrière une valeur. Aucun intervalle n’est donné lorsque les cas ont été comptés et non échantillonnés, ou qu’il y en a moins de deux.`,
    annexHead: [
      ...['No', 'Indicateur', 'Portée', 'Période', 'Valeur', `Intervalle à 95${NB}%`, 'n', 'Formule'],
    ],
    conservation: 'Chaque appel est dans une seule colonne',
    source: (source: string, date: string) => `source${NB}: ${source}, ${date}`,
    difference: 'écart',
    asIn: (number: number) => `comme en ${number}`,
  },
} as const;

/** The rows of the annex, in the order of `annexHead`. A formula is written once, and then pointed to. */
export function annexRows(annex: readonly Cited[], language: Writing): string[][] {
  const first = new Map<string, number>();
  return annex.map((cited, i) => {
    const seen = first.get(cited.figure);
    if (seen === undefined) first.set(cited.figure, i + 1);
    const formula = seen === undefined ? formulaOf(cited, language) : NOTE_WORDS[language].asIn(seen);
    return [...cellsOf(cited, i + 1, language), formula];
  });
}

function formulaOf({ formula, caveat }: Cited, language: Writing): string {
  return caveat === null ? formula[language] : `${formula[language]} (${caveat[language]})`;
}

function cellsOf(cited: Cited, number: number, language: Writing): string[] {
  const { name, of, period, value, unit, n, isDifference, figure, low } = cited;
  // A difference that is a figure of its own says so by its name.
  const isGap = isDifference && figure !== 'handle_time_effect';
  const isPoints = isDifference && unit === 'share';
  const shown = isPoints ? writeSignedPoints : writeValue;
  return [
    String(number),
    isGap ? `${name[language]} (${NOTE_WORDS[language].difference})` : name[language],
    of[language],
    period[language],
    value === null ? NOTHING_WRITTEN : shown(value, unit, language),
    isPoints && low !== null ? writeRange(cited, language) : writeBounds(cited, language),
    writeWhole(n, language),
  ];
}
