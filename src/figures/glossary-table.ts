// The figures as the table of docs/glossary.md: names and formulas in both languages, interval, caveat. The page holds
// exactly this text (a test compares), so that the page, the reports and the note say the same.

import { PERCENTILES, SPREAD_WORDS } from './fairness.ts';
import { type Figure, type Method, methodOf } from './figure.ts';
import { FIGURES } from './registry.ts';

const METHODS: Readonly<Record<Method, string>> = {
  wilson: 'Wilson',
  student: 'Student',
  welch: 'Welch',
  newcombe: 'Newcombe',
  none: '',
};

export function glossaryTable(): string {
  const rows = FIGURES.map((figure) => row(figure));
  return [
    '| English, id | French | what it means here | ce que cela signifie ici | interval |',
    '|---|---|---|---|---|',
    ...rows,
    ...SPREADS.map(spread),
  ].join('\n');
}

const SPREADS = Object.keys(SPREAD_WORDS) as (keyof typeof SPREAD_WORDS)[];

/** Beside the figures, of the whole period only. */
function spread(id: keyof typeof SPREAD_WORDS): string {
  const { name, formula } = SPREAD_WORDS[id];
  const ranks = PERCENTILES.join(', ');
  return `| ${name.en}, percentiles ${ranks}, \`fairness.${id}\` | ${name.fr}, centiles ${ranks} | ${formula.en} | ${formula.fr} | |`;
}

function row(figure: Figure): string {
  const { id, name, formula, caveat } = figure;
  const en = caveat === undefined ? formula.en : `${formula.en}. *${caveat.en}*`;
  const fr = caveat === undefined ? formula.fr : `${formula.fr}. *${caveat.fr}*`;
  const cells = [`${name.en}, \`${id}\``, name.fr, en, fr, METHODS[methodOf(figure)]];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
