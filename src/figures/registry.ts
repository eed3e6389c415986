// The figures, each defined once: API, pages, CSV, note, metrics and docs/glossary.md read them here, and nothing computes
// a figure elsewhere. Cells count by cohort: whatever becomes of a call later is counted where it asked.

import { ANSWERING } from './answering-figures.ts';
import { CALLBACK } from './callback-figures.ts';
import { CLOSING } from './closing-figures.ts';
import type { Figure } from './figure.ts';
import { NOT_READY } from './not-ready-figures.ts';
import { PERSONS } from './person-figures.ts';
import { REASONS } from './reason-figures.ts';
import { SURVEYS } from './survey-figures.ts';
import { TRANSFERS } from './transfer-figures.ts';
import { TRUST } from './trust-figures.ts';
import { WORK } from './work-figures.ts';

export const FIGURES: readonly Figure[] = [
  ...ANSWERING,
  ...CALLBACK,
  ...CLOSING,
  ...TRUST,
  ...WORK,
  ...TRANSFERS,
  ...NOT_READY,
  ...SURVEYS,
  ...PERSONS,
  ...REASONS,
];

const BY_ID = new Map(FIGURES.map((figure) => [figure.id, figure]));

export function figureCalled(id: string): Figure | undefined {
  return BY_ID.get(id);
}
