// Whether what was promised was kept: quotes against real waits, and the turn of a callback against the system’s own doing.

import type { Figure } from './figure.ts';

export const TRUST: readonly Figure[] = [
  {
    id: 'quote_bias',
    name: { en: 'quote accuracy: bias', fr: 'exactitude de l’attente annoncée : biais' },
    formula: {
      en: '(real wait - mean quoted) / quotes with an outcome',
      fr: '(attente réelle - moyenne annoncée) / annonces dont l’issue est connue',
    },
    measure: { kind: 'mean', ms: ['quote_error_ms'], squares: 'quote_error_ds2', among: ['quoted'] },
    caveat: {
      en: 'the first quote of each place; who gave up has no real wait and is left out',
      fr: 'première annonce de chaque rang; qui a abandonné n’a pas d’attente réelle et n’y figure pas',
    },
  },
  {
    id: 'quote_error',
    name: {
      en: 'quote accuracy: mean absolute error',
      fr: 'exactitude de l’attente annoncée : écart absolu moyen',
    },
    formula: {
      en: '|real wait - mean quoted| / quotes with an outcome',
      fr: '|attente réelle - moyenne annoncée| / annonces dont l’issue est connue',
    },
    measure: { kind: 'mean', ms: ['quote_abs_ms'], squares: 'quote_error_ds2', among: ['quoted'] },
    better: 'less',
  },
  {
    id: 'quote_inside',
    name: {
      en: 'quote accuracy: inside the range told',
      fr: 'exactitude de l’attente annoncée : dans l’intervalle',
    },
    formula: {
      en: 'real wait inside the range told / quotes with an outcome',
      fr: 'attente réelle dans l’intervalle annoncé / annonces dont l’issue est connue',
    },
    measure: { kind: 'share', of: ['quote_inside'], among: ['quoted'] },
    better: 'more',
  },
  {
    id: 'system_slip',
    name: { en: 'system slip', fr: 'retard dû au système' },
    formula: {
      en: 'connection - virtual turn - ringing - delay from the client’s own side - delay over closing or by the owners, / callbacks connected',
      fr: 'mise en communication - tour virtuel - sonnerie - retard du fait du client - retard dû à la fermeture ou aux responsables, / rappels effectués',
    },
    measure: { kind: 'mean', ms: ['slip_ms'], squares: 'slip_ds2', among: ['connected'] },
    caveat: {
      en: 'virtual turn: the first moment at which a caller who held would have been given an agent',
      fr: 'tour virtuel : premier moment où un appelant resté en ligne aurait obtenu un agent',
    },
    better: 'less',
  },
  {
    id: 'called_in_turn',
    name: {
      en: 'called in about the same delay as if they had held',
      fr: 'rappelés dans un délai semblable à l’attente en ligne',
    },
    formula: {
      en: 'system slip of 1 s at most / callbacks connected',
      fr: 'retard dû au système d’au plus 1 s / rappels effectués',
    },
    measure: { kind: 'share', of: ['slip_within_1s'], among: ['connected'] },
    better: 'more',
  },
  {
    id: 'overtakes_system',
    name: { en: 'overtakes caused by the system', fr: 'dépassements du fait du système' },
    formula: {
      en: 'times a place was passed by a later one that the same agent served first, by no cause of the client, the owners or the hours',
      fr: 'fois où un rang a été dépassé par un plus récent servi avant lui par le même agent, sans cause venant du client, des responsables ou des heures',
    },
    measure: { kind: 'count', of: ['overtaken_system'] },
    better: 'less',
  },
  {
    id: 'prioritised',
    name: { en: 'put before others', fr: 'passés devant d’autres' },
    formula: {
      en: 'places put before others for a reason that the owners configured / entered',
      fr: 'rangs passés devant d’autres pour un motif prévu par les responsables / entrés',
    },
    measure: { kind: 'share', of: ['prioritised'], among: ['entered', 'asked_by_page'] },
    caveat: {
      en: 'each place once, also when it got a second reason',
      fr: 'chaque rang une fois, même s’il a reçu un second motif',
    },
  },
  {
    id: 'own_delay',
    name: { en: 'delay from the client’s own side', fr: 'retard du fait du client' },
    formula: {
      en: 'after an attempt that did not reach the client, or by their wish / callbacks connected',
      fr: 'après une tentative sans réponse du client, ou à sa demande / rappels effectués',
    },
    measure: { kind: 'mean', ms: ['own_delay_ms'], squares: null, among: ['connected'] },
  },
];
