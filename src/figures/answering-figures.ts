// Who asked, who was answered, and how long they waited: figures of calls, live and by callback together.

import type { Figure } from './figure.ts';
import { ASKED_ONCE, REFUSED, SERVED } from './terms.ts';

export const ANSWERING: readonly Figure[] = [
  {
    id: 'asked',
    name: { en: 'asked for an agent', fr: 'ont demandé un agent' },
    formula: { en: 'calls that asked for an agent', fr: 'appels ayant demandé un agent' },
    measure: { kind: 'count', of: ['asked'] },
    caveat: {
      en: 'repeat calls that were merged with a callback are in it',
      fr: 'y compris les appels répétés joints à un rappel',
    },
  },
  {
    id: 'served',
    name: { en: 'answered by an agent', fr: 'répondus par un agent' },
    formula: {
      en: 'answered by an agent, live or by callback',
      fr: 'répondus par un agent, en direct ou par rappel',
    },
    measure: { kind: 'count', of: SERVED },
  },
  {
    id: 'abandoned_calls',
    name: { en: 'abandoned calls', fr: 'appels abandonnés' },
    formula: {
      en: 'left the line before an agent, by their own act, short ones included',
      fr: 'ont quitté la file avant un agent, d’eux-mêmes, abandons brefs compris',
    },
    measure: { kind: 'count', of: ['abandoned', 'abandoned_short'] },
  },
  {
    id: 'answer_rate',
    name: { en: 'answer rate', fr: 'taux de réponse aux appels' },
    formula: {
      en: 'answered by an agent, live or by callback / asked for an agent, repeat calls merged with a callback apart',
      fr: 'répondus par un agent, en direct ou par rappel / ont demandé un agent, sans les appels répétés joints à un rappel',
    },
    measure: { kind: 'share', of: SERVED, among: ASKED_ONCE },
    caveat: {
      en: 'callbacks still pending count as not yet answered',
      fr: 'les rappels non terminés comptent comme non répondus à ce moment',
    },
    better: 'more',
  },
  {
    id: 'refused',
    name: { en: 'refused (blocked)', fr: 'refusés' },
    formula: {
      en: 'asked for an agent and could not enter / asked for an agent',
      fr: 'ont demandé un agent sans pouvoir entrer / ont demandé un agent',
    },
    measure: { kind: 'share', of: REFUSED, among: ['asked'] },
    better: 'less',
  },
  {
    id: 'abandoned',
    name: { en: 'abandoned', fr: 'abandonnés' },
    formula: {
      en: 'left the line before an agent, by their own act, after 10 s / entered',
      fr: 'ont quitté la file avant un agent, d’eux-mêmes, après 10 s / entrés',
    },
    measure: { kind: 'share', of: ['abandoned'], among: ['entered'] },
    caveat: {
      en: 'who took a callback did not abandon; who vanished while telephony was away is counted apart',
      fr: 'qui prend un rappel n’abandonne pas; les disparus pendant une coupure sont comptés à part',
    },
    better: 'less',
  },
  {
    id: 'abandoned_short',
    name: { en: 'abandoned within 10 s', fr: 'abandons brefs' },
    formula: {
      en: 'left the line before an agent, by their own act, within 10 s / entered',
      fr: 'ont quitté la file avant un agent, d’eux-mêmes, dans les 10 s / entrés',
    },
    measure: { kind: 'share', of: ['abandoned_short'], among: ['entered'] },
  },
  ...(['20s', '5m', '15m'] as const).map((within): Figure => {
    const time = { '20s': '20 s', '5m': '5 min', '15m': '15 min' }[within];
    return {
      id: `service_level_${within}`,
      name: { en: `service level, ${time}`, fr: `niveau de service, ${time}` },
      formula: {
        en: `served within ${time} of entry / (served + abandoned)`,
        fr: `servis dans les ${time} après leur entrée / (servis + abandonnés)`,
      },
      measure: { kind: 'share', of: [`served_within_${within}`], among: [...SERVED, 'abandoned'] },
      caveat: {
        en: 'of callbacks the whole wait counts, virtual wait included; short abandons are left out',
        fr: 'pour les rappels, toute l’attente compte, même virtuelle; sans les abandons brefs',
      },
      better: 'more',
    };
  }),
  {
    id: 'speed_of_answer_live',
    name: { en: 'speed of answer, live', fr: 'délai de réponse en direct' },
    formula: {
      en: 'hold of live answered calls / live answered calls',
      fr: 'attente en ligne des appels répondus en direct / appels répondus en direct',
    },
    measure: { kind: 'mean', ms: ['live_hold_ms'], squares: 'live_hold_ds2', among: ['answered_live'] },
    caveat: {
      en: 'leaves out the virtual wait of callbacks: never alone',
      fr: 'sans l’attente virtuelle des rappels : ne jamais le montrer seul',
    },
    better: 'less',
  },
  {
    id: 'speed_of_answer_all',
    name: { en: 'speed of answer, all', fr: 'délai de réponse, tous' },
    formula: {
      en: 'entry to agent, virtual wait included, of all served / served',
      fr: 'de l’entrée à l’agent, attente virtuelle comprise, pour tous les servis / servis',
    },
    measure: { kind: 'mean', ms: ['served_wait_ms'], squares: 'served_wait_ds2', among: SERVED },
    better: 'less',
  },
  {
    id: 'waits_over_30m',
    name: { en: 'waits over 30 min, of served', fr: 'attentes de plus de 30 min, parmi les servis' },
    formula: {
      en: 'served more than 30 min after entry / served',
      fr: 'servis plus de 30 min après leur entrée / servis',
    },
    measure: {
      kind: 'share',
      of: [...SERVED, '-served_within_30m'],
      among: SERVED,
    },
    better: 'less',
  },
  {
    id: 'waits_over_30m_entered',
    name: { en: 'waits over 30 min, of all who entered', fr: 'attentes de plus de 30 min, parmi les entrés' },
    formula: {
      en: 'served or gone more than 30 min after entry / entered',
      fr: 'servis ou partis plus de 30 min après leur entrée / entrés',
    },
    measure: {
      kind: 'share',
      of: [...SERVED, '-served_within_30m', 'left_over_30m'],
      among: ['entered', 'asked_by_page'],
    },
    caveat: {
      en: 'who still waits counts when they are served or gone',
      fr: 'qui attend encore comptera une fois servi ou parti',
    },
    better: 'less',
  },
];
