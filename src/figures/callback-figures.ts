// Callbacks: offered, taken, connected, incomplete, and the figures of their first attempt.

import type { Figure } from './figure.ts';
import {
  AGAIN_OVER,
  CANCELLED,
  ELIGIBLE,
  ENDED_CALLBACKS,
  EXPIRED,
  REGISTERED,
  UNAVAILABLE,
} from './terms.ts';

export const CALLBACK: readonly Figure[] = [
  {
    id: 'offer_rate',
    name: { en: 'offer rate', fr: 'taux d’offre du rappel' },
    formula: { en: 'offered / eligible', fr: 'offerts / admissibles' },
    measure: { kind: 'share', of: ['offered'], among: ELIGIBLE },
    caveat: {
      en: 'eligible: had to wait on a line where callback was open; why not is counted by reason',
      fr: 'admissibles : devaient attendre dans un secteur où le rappel était ouvert; les motifs de non-offre sont comptés',
    },
  },
  {
    id: 'take_rate',
    name: { en: 'take rate', fr: 'taux d’acceptation du rappel' },
    formula: { en: 'accepted / offered', fr: 'acceptés / offerts' },
    measure: {
      kind: 'share',
      of: ['registered', 'merged'],
      among: ['offered'],
    },
    caveat: {
      en: 'each caller is offered once, however often the offer is repeated',
      fr: 'chaque appelant compte une fois, même si l’offre est répétée',
    },
  },
  {
    id: 'callback_share',
    name: { en: 'callback share', fr: 'part du rappel' },
    formula: { en: 'accepted / asked for an agent', fr: 'acceptés / ont demandé un agent' },
    measure: { kind: 'share', of: ['registered', 'merged'], among: ['asked'] },
  },
  {
    id: 'callbacks_registered',
    name: { en: 'callbacks registered', fr: 'rappels enregistrés' },
    formula: { en: 'callbacks registered', fr: 'rappels enregistrés' },
    measure: { kind: 'count', of: REGISTERED },
  },
  {
    id: 'asked_by_page',
    name: { en: 'asked by page', fr: 'demandés par la page' },
    formula: {
      en: 'callbacks that clients asked for on their own page',
      fr: 'rappels que des clients ont demandés sur leur propre page',
    },
    measure: { kind: 'count', of: ['asked_by_page'] },
    caveat: {
      en: 'a way of entry of its own: no call, so not among those who asked on the telephone',
      fr: 'une entrée à part : aucun appel, donc hors des demandes par téléphone',
    },
  },
  {
    id: 'callbacks_connected',
    name: { en: 'connected', fr: 'rappels effectués' },
    formula: {
      en: 'connected / registered that have ended',
      fr: 'effectués / enregistrés et terminés',
    },
    measure: { kind: 'share', of: ['connected'], among: ENDED_CALLBACKS },
    better: 'more',
  },
  {
    id: 'incomplete_callbacks',
    name: { en: 'incomplete callback rate', fr: 'taux de rappels incomplets' },
    formula: {
      en: 'client unavailable after the last attempt / callbacks attempted',
      fr: 'client non disponible après la dernière tentative / rappels tentés',
    },
    measure: { kind: 'share', of: UNAVAILABLE, among: ['attempted'] },
    caveat: {
      en: 'a voicemail is incomplete; cancelled and expired are counted apart',
      fr: 'une messagerie vocale est incomplète; annulés et expirés sont comptés à part',
    },
    better: 'less',
  },
  {
    id: 'callbacks_cancelled',
    name: { en: 'callbacks cancelled', fr: 'rappels annulés' },
    formula: { en: 'cancelled / registered', fr: 'annulés / enregistrés' },
    measure: { kind: 'share', of: CANCELLED, among: REGISTERED },
  },
  {
    id: 'callbacks_expired',
    name: { en: 'callbacks expired', fr: 'rappels expirés' },
    formula: { en: 'expired / registered', fr: 'expirés / enregistrés' },
    measure: { kind: 'share', of: EXPIRED, among: REGISTERED },
    better: 'less',
  },
  {
    id: 'first_attempt_contact',
    name: { en: 'first-attempt contact', fr: 'joints à la première tentative' },
    formula: {
      en: 'clients reached at attempt 1 / first attempts',
      fr: 'clients joints à la première tentative / premières tentatives',
    },
    measure: { kind: 'share', of: ['first_reached'], among: ['first_attempts'] },
    better: 'more',
  },
  {
    id: 'calls_again_agreed',
    name: { en: 'calls again agreed', fr: 'nouveaux appels convenus' },
    formula: {
      en: 'times an agent agreed to call again at a set time',
      fr: 'fois où un agent a convenu de rappeler à une heure fixée',
    },
    measure: { kind: 'count', of: ['again_agreed'] },
    caveat: {
      en: 'a client who was reached stays counted as connected, whatever becomes of the further call',
      fr: 'un client joint reste compté comme rappel effectué, quoi qu’il advienne du nouvel appel',
    },
  },
  {
    id: 'calls_again_kept',
    name: { en: 'calls again that reached the client', fr: 'nouveaux appels aboutis' },
    formula: {
      en: 'reached by the agreed call / agreed calls that are over',
      fr: 'joints à l’appel convenu / appels convenus et terminés',
    },
    measure: { kind: 'share', of: ['again_reached'], among: AGAIN_OVER },
    better: 'more',
  },
];
