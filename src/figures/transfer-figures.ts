// What agents do with a client beside talking to them: hold, consult, hand over, transfer; and what became of clients who
// were transferred. They were answered once, and are counted apart from those who wait for their first agent.

import type { Figure } from './figure.ts';

export const TRANSFERS: readonly Figure[] = [
  {
    id: 'transfers',
    name: { en: 'transfers', fr: 'transferts' },
    formula: {
      en: 'clients transferred by an agent to another line, a colleague or a number of the directory that did not answer',
      fr: 'clients transférés par un agent vers un autre secteur, un collègue ou un numéro du répertoire resté sans réponse',
    },
    measure: { kind: 'count', of: ['transferred'] },
    caveat: {
      en: 'counted where the call first asked for an agent, each transfer once',
      fr: 'comptés là où l’appel a d’abord demandé un agent, chaque transfert une fois',
    },
  },
  {
    id: 'transfers_answered',
    name: { en: 'transferred and answered again', fr: 'transférés et de nouveau répondus' },
    formula: {
      en: 'transferred clients who spoke with another agent / transferred clients',
      fr: 'clients transférés ayant parlé à un autre agent / clients transférés',
    },
    measure: {
      kind: 'share',
      of: ['transferred_answered'],
      among: ['transferred'],
    },
    better: 'more',
  },
  {
    id: 'transfers_abandoned',
    name: { en: 'transferred and abandoned', fr: 'transférés et abandonnés' },
    formula: {
      en: 'transferred clients who gave up before another agent / transferred clients',
      fr: 'clients transférés ayant renoncé avant un autre agent / clients transférés',
    },
    measure: { kind: 'share', of: ['transferred_abandoned'], among: ['transferred'] },
    better: 'less',
  },
  {
    id: 'consultations',
    name: { en: 'consultations', fr: 'consultations' },
    formula: {
      en: 'times an agent rang a colleague or a number of the directory while the client held',
      fr: 'fois où un agent a appelé un collègue ou un numéro du répertoire pendant que le client patientait',
    },
    measure: { kind: 'count', of: ['consulted'] },
  },
  {
    id: 'handed_over',
    name: { en: 'handed over', fr: 'clients confiés' },
    formula: {
      en: 'clients who went on with whoever was consulted, the agent having left',
      fr: 'clients restés avec la personne consultée après le départ de l’agent',
    },
    measure: { kind: 'count', of: ['handed_over'] },
  },
  {
    id: 'holds',
    name: { en: 'times on hold', fr: 'mises en attente' },
    formula: {
      en: 'times an agent put a client on hold, consultations apart',
      fr: 'fois où un agent a mis un client en attente, hors consultations',
    },
    measure: { kind: 'count', of: ['on_hold'] },
  },
];
