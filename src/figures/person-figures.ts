// Persons, not calls: reached at first call, and how often they called. What a person is here is said with each.

import type { Figure } from './figure.ts';

const PERSON_CAVEAT = {
  en: 'a person is a keyed hash of the number called from, in windows of 7 days from a first call: shared and hidden numbers blur it',
  fr: 'une personne est l’empreinte à clé du numéro d’où vient l’appel, par fenêtres de 7 jours depuis un premier appel : numéros partagés ou masqués la brouillent',
};

export const PERSONS: readonly Figure[] = [
  {
    id: 'reached_at_first_call',
    name: { en: 'reached at first call', fr: 'joindre un agent dès le premier appel' },
    formula: {
      en: 'persons reaching an agent on their first call of a 7-day window / persons',
      fr: 'personnes jointes dès le premier appel d’une fenêtre de 7 jours / personnes',
    },
    measure: { kind: 'share', of: ['persons_reached_first'], among: ['persons'] },
    caveat: {
      en: `${PERSON_CAVEAT.en}; not the yearly survey’s self-declared share`,
      fr: `${PERSON_CAVEAT.fr}; ce n’est pas la part déclarée au sondage annuel`,
    },
    better: 'more',
  },
  ...(
    [
      ['persons_1_call', '1 call', '1 appel'],
      ['persons_2_calls', '2 calls', '2 appels'],
      ['persons_3_calls', '3 calls', '3 appels'],
      ['persons_4_calls', '4 calls', '4 appels'],
      ['persons_5_to_10_calls', '5 to 10 calls', '5 à 10 appels'],
      ['persons_over_10_calls', 'over 10 calls', 'plus de 10 appels'],
    ] as const
  ).map(
    ([column, en, fr]): Figure => ({
      id: column,
      name: { en: `persons with ${en}`, fr: `personnes, ${fr}` },
      formula: {
        en: `persons with ${en} in a 7-day window / persons`,
        fr: `personnes ayant fait ${fr} dans une fenêtre de 7 jours / personnes`,
      },
      measure: { kind: 'share', of: [column], among: ['persons'] },
      caveat: PERSON_CAVEAT,
    }),
  ),
];
