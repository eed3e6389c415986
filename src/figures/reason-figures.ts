// Why: each reason apart for which a callback was not offered, a call was refused, an attempt failed, a callback stayed
// incomplete. Counts, as the note cites them by the same ids; made of the columns and their words, so that a reason that is
// counted is a figure too, and none is forgotten.

import { type Column, INCOMPLETE_CAUSES, type IncompleteCause, OFFER_REASONS, wordsOf } from './column.ts';
import type { Figure } from './figure.ts';
import { REFUSED } from './terms.ts';

const FAILED: readonly Column[] = [
  ...INCOMPLETE_CAUSES.filter(
    (cause): cause is Exclude<IncompleteCause, 'number_refused'> => cause !== 'number_refused',
  ).map((cause): Column => `failed_${cause}`),
  'failed_other_person',
];

function countOf(column: Column): Figure {
  const words = wordsOf(column);
  return { id: column, name: words, formula: words, measure: { kind: 'count', of: [column] } };
}

export const REASONS: readonly Figure[] = [
  ...(REFUSED as readonly Column[]),
  ...OFFER_REASONS.map((reason): Column => `not_offered_${reason}`),
  ...FAILED,
  ...INCOMPLETE_CAUSES.map((cause): Column => `incomplete_${cause}`),
].map(countOf);
