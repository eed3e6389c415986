// What conversations and ringing cost agents, live against callback.

import type { Figure, MeanMeasure } from './figure.ts';

const LIVE_HANDLE: MeanMeasure = {
  kind: 'mean',
  ms: ['live_talk_ms', 'live_wrap_ms'],
  squares: 'live_handle_ds2',
  among: ['handled_live'],
};
const CALLBACK_HANDLE: MeanMeasure = {
  kind: 'mean',
  ms: ['callback_talk_ms', 'callback_wrap_ms'],
  squares: 'callback_handle_ds2',
  among: ['handled_callback'],
};

export const WORK: readonly Figure[] = [
  {
    id: 'handle_time_live',
    name: { en: 'handle time, live', fr: 'durée de traitement, en direct' },
    formula: {
      en: '(talk + hold + wrap-up) / conversations, live',
      fr: '(conversation + mise en attente + travail après appel) / conversations, en direct',
    },
    measure: LIVE_HANDLE,
  },
  {
    id: 'handle_time_callback',
    name: { en: 'handle time, callback', fr: 'durée de traitement, par rappel' },
    formula: {
      en: '(talk + hold + wrap-up) / conversations, callback',
      fr: '(conversation + mise en attente + travail après appel) / conversations, par rappel',
    },
    measure: CALLBACK_HANDLE,
    caveat: { en: 'ringing is apart', fr: 'la sonnerie est à part' },
  },
  {
    id: 'handle_time_all',
    name: { en: 'handle time, all', fr: 'durée de traitement, tous' },
    formula: {
      en: '(talk + hold + wrap-up) / conversations, live and callback',
      fr: '(conversation + mise en attente + travail après appel) / conversations, en direct et par rappel',
    },
    measure: {
      kind: 'mean',
      ms: [...LIVE_HANDLE.ms, ...CALLBACK_HANDLE.ms],
      squares: null,
      among: [...LIVE_HANDLE.among, ...CALLBACK_HANDLE.among],
    },
  },
  {
    id: 'handle_time_effect',
    name: { en: 'handle time, callback less live', fr: 'durée de traitement, rappel moins direct' },
    formula: {
      en: 'handle time by callback - handle time live',
      fr: 'durée de traitement par rappel - durée de traitement en direct',
    },
    measure: { kind: 'difference', a: CALLBACK_HANDLE, b: LIVE_HANDLE },
    caveat: {
      en: 'compares who chose with who did not: a difference, not an effect proved',
      fr: 'compare qui a choisi le rappel et qui ne l’a pas fait : un écart, pas un effet prouvé',
    },
  },
  {
    id: 'ringing_live',
    name: { en: 'ringing, live', fr: 'sonnerie, en direct' },
    formula: {
      en: 'agent reserved to agent on the phone / conversations, live',
      fr: 'de la réservation à l’agent en ligne / conversations, en direct',
    },
    measure: { kind: 'mean', ms: ['live_ring_ms'], squares: null, among: ['handled_live'] },
  },
  {
    id: 'ringing_callback',
    name: { en: 'ringing, callback', fr: 'sonnerie, par rappel' },
    formula: {
      en: 'agent reserved to client on the line / conversations, callback',
      fr: 'de la réservation au client en ligne / conversations, par rappel',
    },
    measure: { kind: 'mean', ms: ['callback_ring_ms'], squares: null, among: ['handled_callback'] },
  },
  {
    id: 'agent_time_lost',
    name: { en: 'agents’ time lost', fr: 'temps d’agent perdu' },
    formula: {
      en: 'reserved for callbacks without conversation / callbacks connected',
      fr: 'réservé aux rappels sans conversation / rappels effectués',
    },
    measure: { kind: 'mean', ms: ['agent_lost_ms'], squares: null, among: ['connected'] },
    better: 'less',
  },
  {
    id: 'occupancy',
    name: { en: 'occupancy', fr: 'taux d’occupation' },
    formula: {
      en: 'agents reserved, on a call, clearing or in wrap-up / the same and ready',
      fr: 'agents réservés, en communication, en libération ou en travail après appel / les mêmes et disponibles',
    },
    measure: {
      kind: 'ratio',
      ms: ['agent_reserved_ms', 'agent_on_call_ms', 'agent_clearing_ms', 'agent_wrap_up_ms'],
      among: [
        'agent_reserved_ms',
        'agent_on_call_ms',
        'agent_clearing_ms',
        'agent_wrap_up_ms',
        'agent_ready_ms',
      ],
    },
    caveat: {
      en: 'of the whole centre, since an agent may serve several lines; n is in ms; a state counts when it ends',
      fr: 'pour tout le centre, car un agent peut servir plusieurs secteurs; n est en ms; un état compte à sa fin',
    },
  },
];
