// What is counted: every column of a cell, with its words in both languages. A cell is one half-hour of asking, one
// line and one language; what becomes of a call later is still counted where it asked (by cohort), so that every column
// of a cell speaks of the same callers. Whole numbers only. The names are those of the columns in SQL (src/records).
// It must not know facts nor how a figure is made of columns.

import type { AttemptCause, OfferRefusal, UnreachedCause } from '../core/fact.ts';

type Words = { readonly en: string; readonly fr: string };

const CALLS = {
  not_asked: ['calls that ended without asking for an agent', 'appels terminés sans demander un agent'],
  asked: ['asked for an agent', 'ont demandé un agent'],
  refused_full: ['refused: the line was full', 'refusés : file d’attente pleine'],
  refused_closed: ['refused: the line was closed', 'refusés : secteur fermé'],
  refused_other: ['refused for another reason', 'refusés pour un autre motif'],
  waiting: ['still waiting on the line', 'encore en ligne'],
  abandoned: ['abandoned after 10 s', 'abandonnés après 10 s'],
  abandoned_short: ['abandoned within 10 s', 'abandonnés dans les 10 s'],
  answered_live: ['answered live', 'répondus en direct'],
  registered: ['callback registered', 'rappels enregistrés'],
  asked_by_page: ['asked for on the client’s page', 'demandés sur la page du client'],
  merged: ['merged with an earlier callback', 'joints à un rappel antérieur'],
  gone_unseen: ['gone while telephony was away', 'disparus pendant une coupure de téléphonie'],
  entered: ['took a place in line', 'ont pris rang'],
  prioritised: ['places put before others', 'rangs passés devant d’autres'],
  rejoined: ['came back to hold at the place of their callback', 'revenus attendre au rang de leur rappel'],
  rejoined_waiting: ['came back, still waiting', 'revenus, encore en ligne'],
  rejoined_answered: ['came back, answered live', 'revenus, répondus en direct'],
  rejoined_abandoned: ['came back, abandoned', 'revenus, abandonnés'],
  rejoined_refused: ['came back, refused', 'revenus, refusés'],
  rejoined_registered: ['came back, another callback registered', 'revenus, autre rappel enregistré'],
  rejoined_merged: ['came back, merged with another callback', 'revenus, joints à un autre rappel'],
  rejoined_unseen: ['came back, gone while telephony was away', 'revenus, disparus pendant une coupure'],
} as const;

const TRANSFERS = {
  transferred: ['transferred by an agent', 'transférés par un agent'],
  transferred_waiting: ['transferred, still waiting', 'transférés, encore en ligne'],
  transferred_answered: ['transferred, answered again', 'transférés, de nouveau répondus'],
  transferred_abandoned: ['transferred, abandoned', 'transférés, abandonnés'],
  transferred_refused: ['transferred, refused', 'transférés, refusés'],
  transferred_registered: ['transferred, callback registered', 'transférés, rappel enregistré'],
  transferred_merged: ['transferred, merged with a callback', 'transférés, joints à un rappel'],
  transferred_unseen: [
    'transferred, gone while telephony was away',
    'transférés, disparus pendant une coupure',
  ],
  transferred_connected: [
    'callbacks completed of those transferred',
    'rappels effectués parmi les clients transférés',
  ],
  consulted: ['consultations while a client held', 'consultations pendant qu’un client patientait'],
  handed_over: ['clients handed over', 'clients confiés à la personne consultée'],
  on_hold: ['times put on hold', 'mises en attente'],
} as const;

const WAITS = {
  live_hold_ms: ['hold of live answered calls', 'attente en ligne des appels répondus en direct'],
  live_hold_ds2: ['the same, squared', 'la même, au carré'],
  served_wait_ms: ['entry to agent, of all served', 'du rang à l’agent, pour tous les servis'],
  served_wait_ds2: ['the same, squared', 'la même, au carré'],
  served_within_20s: ['served within 20 s of entry', 'servis dans les 20 s'],
  served_within_5m: ['served within 5 min of entry', 'servis dans les 5 min'],
  served_within_15m: ['served within 15 min of entry', 'servis dans les 15 min'],
  served_within_30m: ['served within 30 min of entry', 'servis dans les 30 min'],
  left_over_30m: ['left unserved after more than 30 min', 'partis sans service après plus de 30 min'],
  abandoned_hold_ms: ['hold of abandoned calls', 'attente en ligne des appels abandonnés'],
} as const;

const CALLBACKS = {
  offered: ['offered a callback', 'se sont fait offrir un rappel'],
  offer_withdrawn: ['the offer no longer stood', 'offre devenue caduque'],
  pending: ['callbacks not yet ended', 'rappels non terminés'],
  connected: ['callbacks completed', 'rappels effectués'],
  cancelled_by_client: ['callbacks cancelled by the client', 'rappels annulés par le client'],
  cancelled_to_hold: ['cancelled: the client holds again', 'annulés : le client attend de nouveau'],
  cancelled_never_call: ['cancelled: never to be called', 'annulés : ne jamais appeler'],
  cancelled_by_centre: ['callbacks cancelled by the centre', 'rappels annulés par le centre'],
  expired_closing: ['callbacks expired at closing', 'rappels expirés à la fermeture'],
  expired_carry_full: [
    'callbacks expired beyond the cap of those carried over',
    'rappels expirés au-delà du plafond des reports',
  ],
  expired_no_opening: ['callbacks expired: no opening to come', 'rappels expirés : aucune ouverture à venir'],
  attempted: ['callbacks attempted', 'rappels tentés'],
  first_attempts: ['first attempts that ended', 'premières tentatives terminées'],
  first_reached: ['clients reached at the first attempt', 'clients joints à la première tentative'],
  attempts_permitted: ['attempts dialled', 'tentatives composées'],
  attempts_voided: ['attempts never dialled', 'tentatives jamais composées'],
  postponed_by_client: ['times a client asked for later', 'reports demandés par le client'],
  carried_over_closing: ['times a callback was carried over closing', 'reports à la réouverture'],
  again_agreed: ['times another call was agreed', 'fois où un autre appel a été convenu'],
  again_waiting: ['agreed calls not yet made', 'appels convenus pas encore faits'],
  again_reached: ['reached by the agreed call', 'joints à l’appel convenu'],
  again_missed: ['not reached by the agreed call', 'non joints à l’appel convenu'],
  again_cancelled: ['agreed calls cancelled', 'appels convenus annulés'],
  again_expired: ['agreed calls expired', 'appels convenus expirés'],
  finished_after_closing: ['callbacks completed after closing', 'rappels effectués après la fermeture'],
} as const;

const QUOTES = {
  quoted: ['waits told whose outcome is known', 'attentes annoncées dont l’issue est connue'],
  quote_error_ms: ['real wait less the mean quoted', 'attente réelle moins moyenne annoncée'],
  quote_error_ds2: ['the same, squared', 'la même, au carré'],
  quote_abs_ms: ['the same, without its sign', 'la même, en valeur absolue'],
  quote_inside: ['real wait inside the range told', 'attente réelle dans l’intervalle annoncé'],
  quote_sooner: ['real wait shorter than the range told', 'attente réelle plus courte qu’annoncé'],
  quote_later: ['real wait longer than the range told', 'attente réelle plus longue qu’annoncé'],
  wait_unknown: ['told that the wait is not known', 'attente annoncée comme inconnue'],
} as const;

const FAIRNESS = {
  turn_wait_ms: ['entry to virtual turn', 'du rang au tour virtuel'],
  slip_ms: ['system slip', 'retard dû au système'],
  slip_ds2: ['the same, squared', 'le même, au carré'],
  slip_within_1s: ['callbacks with a slip of 1 s at most', 'rappels dont le retard est d’au plus 1 s'],
  own_delay_ms: ['delay from the client’s own side', 'retard du fait du client'],
  owners_delay_ms: [
    'delay over closing, or while callbacks were held back',
    'retard dû à la fermeture ou à la retenue des rappels',
  ],
  handover_ms: ['reservation to client on the line', 'de la réservation au client en ligne'],
  overtaken_goodbye: ['passed while still on the phone', 'dépassés pendant l’au revoir'],
  overtaken_client_not_reached: ['passed after not being reached', 'dépassés après une non-réponse'],
  overtaken_postponed_by_client: ['passed by the client’s own wish', 'dépassés à la demande du client'],
  overtaken_carried_over_closing: ['passed while carried over closing', 'dépassés par suite de la fermeture'],
  overtaken_held_back: ['passed while callbacks were held back', 'dépassés pendant la retenue des rappels'],
  overtaken_system: ['passed by a cause of the system', 'dépassés du fait du système'],
} as const;

const WORK = {
  handled_live: ['live conversations, wrap-up done', 'conversations en direct, traitement terminé'],
  live_ring_ms: ['ringing before live conversations', 'sonnerie avant les conversations en direct'],
  live_talk_ms: ['talk, live', 'conversation, en direct'],
  live_wrap_ms: ['wrap-up, live', 'travail après appel, en direct'],
  live_handle_ds2: ['handle time squared, live', 'durée de traitement au carré, en direct'],
  handled_callback: ['callback conversations, wrap-up done', 'conversations par rappel, traitement terminé'],
  callback_ring_ms: ['ringing before callback conversations', 'sonnerie avant les conversations par rappel'],
  callback_talk_ms: ['talk, callback', 'conversation, par rappel'],
  callback_wrap_ms: ['wrap-up, callback', 'travail après appel, par rappel'],
  callback_handle_ds2: ['handle time squared, callback', 'durée de traitement au carré, par rappel'],
  agent_lost_ms: ['reserved for callbacks without conversation', 'réservé aux rappels sans conversation'],
  agent_ready_ms: ['agents ready', 'agents disponibles'],
  agent_not_ready_ms: ['agents not ready', 'agents non disponibles'],
  agent_reserved_ms: ['agents reserved', 'agents réservés'],
  agent_on_call_ms: ['agents on a call', 'agents en communication'],
  agent_clearing_ms: ['agents clearing', 'agents en libération'],
  agent_wrap_up_ms: ['agents in wrap-up', 'agents en travail après appel'],
} as const;

/** Why agents were not ready. A word that stands in none of these is other. */
const NOT_READY = {
  signed_in: ['just signed in', 'arrivée'],
  break: ['break', 'pause'],
  meal: ['meal', 'repas'],
  training: ['training', 'formation'],
  meeting: ['meeting', 'réunion'],
  no_answer: ['phone not answered', 'téléphone sans réponse'],
  rejected: ['call rejected', 'appel refusé'],
  phone: ['phone or page out of order', 'téléphone ou page hors service'],
  other: ['another reason', 'autre motif'],
} as const;

const PERSONS = {
  persons: ['persons, in windows of 7 days', 'personnes, par fenêtre de 7 jours'],
  persons_reached_first: [
    'persons who reached an agent at their first call',
    'personnes jointes dès le premier appel',
  ],
  persons_1_call: ['persons with 1 call', 'personnes ayant appelé 1 fois'],
  persons_2_calls: ['persons with 2 calls', 'personnes ayant appelé 2 fois'],
  persons_3_calls: ['persons with 3 calls', 'personnes ayant appelé 3 fois'],
  persons_4_calls: ['persons with 4 calls', 'personnes ayant appelé 4 fois'],
  persons_5_to_10_calls: ['persons with 5 to 10 calls', 'personnes ayant appelé de 5 à 10 fois'],
  persons_over_10_calls: ['persons with more than 10 calls', 'personnes ayant appelé plus de 10 fois'],
} as const;

const SURVEYED = {
  live: ['survey, held: ', 'sondage, en ligne : '],
  callback: ['survey, called back: ', 'sondage, rappelés : '],
  incomplete: ['survey, callback incomplete: ', 'sondage, rappel incomplet : '],
} as const;

const SURVEY = {
  asked: ['asked', 'sollicités'],
  responded: ['answered a question', 'ont répondu à une question'],
  satisfied_answers: ['answered how satisfied', 'ont dit leur satisfaction'],
  very_satisfied: ['very satisfied (5 of 5)', 'très satisfaits (5 sur 5)'],
  again_answers: [
    'answered whether they would use callback again',
    'ont dit s’ils réutiliseraient le rappel',
  ],
  would_again: ['would use callback again', 'réutiliseraient le rappel'],
  both_answers: ['answered both', 'ont répondu aux deux'],
  both: ['very satisfied and would use it again', 'très satisfaits et le réutiliseraient'],
  answered_answers: ['answered whether their question was', 'ont dit si l’on a répondu à leur question'],
  answered_yes: ['their question was answered', 'ont eu réponse à leur question'],
} as const;

/** Points are -1, 0 or 1; let go in groups, and counted in the half-hour of that. */
const TONE = {
  tone_live: ['tones given, live', 'tons donnés, en direct'],
  tone_live_points: ['their sum, live', 'leur somme, en direct'],
  tone_live_points2: ['their squares, live', 'leurs carrés, en direct'],
  tone_callback: ['tones given, callback', 'tons donnés, par rappel'],
  tone_callback_points: ['their sum, callback', 'leur somme, par rappel'],
  tone_callback_points2: ['their squares, callback', 'leurs carrés, par rappel'],
} as const;

/** Why a callback was not offered: the code of the refusal without its noun. */
export type OfferReason = OfferRefusal extends `callback.${infer Reason}` ? Reason : never;

const NOT_OFFERED: Readonly<Record<OfferReason, readonly [string, string]>> = {
  not_begun: ['not offered: phase not begun or paused', 'non offert : phase non commencée ou suspendue'],
  not_in_share: ['not offered: not in the share of the phase', 'non offert : hors de la part de la phase'],
  day_full: ['not offered: cap of the day reached', 'non offert : plafond du jour atteint'],
  offering_off: ['not offered: switched off', 'non offert : offre interrompue'],
  wait_short: ['not offered: the wait is short', 'non offert : attente courte'],
  few_ahead: ['not offered: few ahead', 'non offert : peu de personnes devant'],
  pending_full: ['not offered: cap of pending reached', 'non offert : plafond des rappels en attente'],
  too_late: [
    'not offered: cannot be kept before closing',
    'non offert : ne peut être tenu avant la fermeture',
  ],
  never_call: ['not offered: number never to be called', 'non offert : numéro à ne jamais appeler'],
  cooldown: ['not offered: too soon after the last', 'non offert : trop tôt après le dernier'],
  number_full: ['not offered: too many for the number', 'non offert : trop de rappels pour ce numéro'],
  source_full: ['not offered: too many from one caller', 'non offert : trop de demandes du même appelant'],
};

export type IncompleteCause = UnreachedCause;

const CAUSES: Readonly<Record<IncompleteCause, readonly [string, string]>> = {
  busy: ['busy', 'occupé'],
  no_answer: ['no answer', 'sans réponse'],
  voicemail: ['voicemail', 'messagerie vocale'],
  unallocated: ['number not in service', 'numéro non attribué'],
  rejected: ['rejected', 'rejeté'],
  congestion: ['congestion', 'encombrement'],
  unknown: ['unknown', 'inconnu'],
  agent_lost: ['agent lost', 'agent perdu'],
  number_refused: ['number no longer dialled', 'numéro qui ne se compose plus'],
};

/** Of attempts too, beside those: a further call always follows. */
const FAILURES: Readonly<Record<AttemptCause, readonly [string, string]>> = {
  ...CAUSES,
  other_person: ['another person answered', 'une autre personne a répondu'],
};

type Plain =
  | keyof typeof CALLS
  | keyof typeof TRANSFERS
  | keyof typeof WAITS
  | keyof typeof CALLBACKS
  | keyof typeof QUOTES
  | keyof typeof FAIRNESS
  | keyof typeof WORK
  | keyof typeof PERSONS
  | keyof typeof TONE;
export type NotReadyReason = keyof typeof NOT_READY;

export type Column =
  | Plain
  | `not_ready_${NotReadyReason}_ms`
  | `not_offered_${OfferReason}`
  | `incomplete_${IncompleteCause}`
  | `failed_${AttemptCause}`
  | `survey_${keyof typeof SURVEYED}_${keyof typeof SURVEY}`;

export const OFFER_REASONS = Object.keys(NOT_OFFERED) as readonly OfferReason[];
export const NOT_READY_REASONS = Object.keys(NOT_READY) as readonly NotReadyReason[];
export const INCOMPLETE_CAUSES = Object.keys(CAUSES) as readonly IncompleteCause[];

const named = (
  prefix: string,
  table: object,
  en: string,
  fr: string,
): [string, readonly [string, string]][] =>
  Object.entries(table as Record<string, readonly [string, string]>).map(([id, words]) => [
    `${prefix}${id}`,
    [en + words[0], fr + words[1]],
  ]);

const ALL: readonly (readonly [string, readonly [string, string]])[] = [
  ...named('', CALLS, '', ''),
  ...named('', TRANSFERS, '', ''),
  ...named('', WAITS, '', ''),
  ...named('', CALLBACKS, '', ''),
  ...named('not_offered_', NOT_OFFERED, '', ''),
  ...named('incomplete_', CAUSES, 'callbacks incomplete: ', 'rappels incomplets : '),
  ...named('failed_', FAILURES, 'attempts failed: ', 'tentatives sans succès : ').filter(
    ([id]) => id !== 'failed_number_refused',
  ),
  ...named('', QUOTES, '', ''),
  ...named('', FAIRNESS, '', ''),
  ...named('', WORK, '', ''),
  ...named('not_ready_', NOT_READY, 'agents not ready: ', 'agents non disponibles : ').map(
    ([id, words]) => [`${id}_ms`, words] as const,
  ),
  ...named('', PERSONS, '', ''),
  ...Object.entries(SURVEYED).flatMap(([of, [en, fr]]) => named(`survey_${of}_`, SURVEY, en, fr)),
  ...named('', TONE, '', ''),
];

/** In the order in which reports list them. */
export const COLUMNS = ALL.map(([id]) => id) as readonly Column[];

const WORDS = new Map(ALL.map(([id, [en, fr]]): [string, Words] => [id, { en, fr }]));

export function wordsOf(column: Column): Words {
  return WORDS.get(column) as Words;
}

/** What a column holds, by how its name ends: ms, squares of tenths of a second, else cases. */
export function unitOf(column: Column): 'ms' | 'ds2' | 'cases' {
  if (column.endsWith('_ms')) return 'ms';
  return column.endsWith('_ds2') ? 'ds2' : 'cases';
}

/** Counts of a cell, or of many cells added up. What is not there is 0. */
export type Counts = { [C in Column]?: number };

/** Columns added up; with a minus before its name one is taken away. */
export type Term = Column | `-${Column}`;

export function columnOf(term: Term): Column {
  return (term.startsWith('-') ? term.slice(1) : term) as Column;
}

export function sumOf(counts: Readonly<Counts>, terms: readonly Term[]): number {
  let sum = 0;
  for (const term of terms) {
    const value = counts[columnOf(term)] ?? 0;
    sum += term.startsWith('-') ? -value : value;
  }
  return sum;
}

export function addCounts(into: Counts, more: Readonly<Counts>): void {
  for (const column of Object.keys(more) as Column[])
    into[column] = (into[column] ?? 0) + (more[column] ?? 0);
}
