// What became of callbacks that were pending when their line closed: finished after closing, carried to the next opening,
// beyond the cap of those carried, or expired by policy. Each is counted apart.

import type { Column } from './column.ts';
import type { Figure, Words } from './figure.ts';
import { REGISTERED } from './terms.ts';

export const CLOSING: readonly Figure[] = [
  {
    id: 'finished_after_closing',
    name: { en: 'finished after closing', fr: 'effectués après la fermeture' },
    formula: {
      en: 'connected, and completed while the line was closed / registered',
      fr: 'effectués, et terminés pendant que la file était fermée / enregistrés',
    },
    measure: { kind: 'share', of: ['finished_after_closing'], among: REGISTERED },
  },
  {
    id: 'carried_over_closing',
    name: { en: 'carried over closing', fr: 'reportés à la réouverture' },
    formula: {
      en: 'times a callback was carried to the next opening',
      fr: 'fois où un rappel a été reporté à l’ouverture suivante',
    },
    measure: { kind: 'count', of: ['carried_over_closing'] },
    caveat: {
      en: 'a callback that is carried twice counts twice',
      fr: 'un rappel reporté deux fois compte deux fois',
    },
  },
  expired('expired_at_closing', 'expired_closing', {
    en: ['expired at closing', 'expired because the owners’ policy carries none'],
    fr: ['expirés à la fermeture', 'expirés parce que les responsables n’en reportent aucun'],
  }),
  expired('expired_beyond_cap', 'expired_carry_full', {
    en: ['expired beyond the cap of those carried over', 'expired because as many were carried as may be'],
    fr: ['expirés au-delà du plafond des reports', 'expirés parce que le plafond des reports était atteint'],
  }),
  expired('expired_no_opening', 'expired_no_opening', {
    en: ['expired: no opening to come', 'expired because the line does not open again'],
    fr: ['expirés : aucune ouverture à venir', 'expirés parce que la file ne rouvre plus'],
  }),
];

type Named = { readonly [L in keyof Words]: readonly [name: string, numerator: string] };

function expired(id: string, column: Column, { en, fr }: Named): Figure {
  return {
    id,
    name: { en: en[0], fr: fr[0] },
    formula: { en: `${en[1]} / registered`, fr: `${fr[1]} / enregistrés` },
    measure: { kind: 'share', of: [column], among: REGISTERED },
    better: 'less',
  };
}
