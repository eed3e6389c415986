// Agents' time not ready: of all the time that they were signed in, and of it each reason apart. Made of the columns and
// their words, so that a reason that is counted is a figure too; the reasons add up to the whole.

import { type Column, NOT_READY_REASONS, type NotReadyReason, wordsOf } from './column.ts';
import type { Figure, Words } from './figure.ts';

const SIGNED_IN: readonly Column[] = [
  'agent_ready_ms',
  'agent_not_ready_ms',
  'agent_reserved_ms',
  'agent_on_call_ms',
  'agent_clearing_ms',
  'agent_wrap_up_ms',
];
const OF_SIGNED_IN: Words = {
  en: ' / agents’ time signed in',
  fr: ' / temps de présence des agents',
};
const CAVEAT: Words = {
  en: 'of the whole centre, since an agent may serve several lines; n is in ms; a state counts when it ends',
  fr: 'pour tout le centre, car un agent peut servir plusieurs secteurs; n est en ms; un état compte à sa fin',
};

function shareOf(id: string, column: Column): Figure {
  const words = wordsOf(column);
  return {
    id,
    name: words,
    formula: { en: `${words.en}${OF_SIGNED_IN.en}`, fr: `${words.fr}${OF_SIGNED_IN.fr}` },
    measure: { kind: 'ratio', ms: [column], among: SIGNED_IN },
    caveat: CAVEAT,
  };
}

export const NOT_READY: readonly Figure[] = [
  shareOf('not_ready', 'agent_not_ready_ms'),
  ...NOT_READY_REASONS.map((reason: NotReadyReason) =>
    shareOf(`not_ready_${reason}`, `not_ready_${reason}_ms`),
  ),
];
