// The reasons of decisions in plain words, English and French: why a callback was not offered, an attempt failed, a place
// went back, a callback ended. Complete by their types: a new reason without words does not compile.

import type {
  AttemptCause,
  ConsultEnd,
  ExpiryCause,
  OfferRefusal,
  QuoteCause,
  RefusalOfCall,
  ReturnCause,
} from '../core/fact.ts';
import type { Words } from '../figures/figure.ts';

type Reasons<Code extends string> = Readonly<Record<Code, Words>>;

const w = (en: string, fr: string): Words => ({ en, fr });

export const OFFER_REFUSALS: Reasons<OfferRefusal> = {
  'callback.not_begun': w(
    'its phase has not begun for this line, or is paused',
    'sa phase n’a pas commencé pour cette ligne, ou est suspendue',
  ),
  'callback.not_in_share': w(
    'the service is being opened by shares, and this caller was not in the share',
    'le service s’ouvre par parts, et cet appel n’était pas dans la part',
  ),
  'callback.day_full': w(
    'as many were accepted that day as allowed',
    'on en avait accepté ce jour-là autant que permis',
  ),
  'callback.offering_off': w(
    'the owners had switched offering off',
    'les responsables avaient suspendu l’offre',
  ),
  'callback.wait_short': w('the wait was short', 'l’attente était courte'),
  'callback.few_ahead': w('few were ahead', 'peu de personnes étaient devant'),
  'callback.pending_full': w(
    'the line had as many pending as allowed',
    'la ligne en avait en attente autant que permis',
  ),
  'callback.too_late': w(
    'it could probably not have been kept before closing',
    'on n’aurait sans doute pas pu le tenir avant la fermeture',
  ),
  'callback.never_call': w(
    'the owner of the number asked never to be called',
    'le titulaire du numéro a demandé de ne jamais être appelé',
  ),
  'callback.cooldown': w(
    'the last callback to this number had ended too short a time ago',
    'le dernier rappel à ce numéro était trop récent',
  ),
  'callback.number_full': w(
    'this number had had as many that day as allowed',
    'ce numéro en avait eu ce jour-là autant que permis',
  ),
  'callback.source_full': w(
    'too many had been asked for from this number within an hour',
    'on en avait demandé trop depuis ce numéro en une heure',
  ),
};

export const CALL_REFUSALS: Reasons<RefusalOfCall> = {
  'call.line_full': w(
    'all places in line were taken',
    'toutes les places de la file d’attente étaient prises',
  ),
  'call.line_closed': w('the line was closed', 'la ligne était fermée'),
  'call.no_choice': w('no choice was made', 'aucun choix n’a été fait'),
  'call.house_full': w(
    'the centre had as many calls as it takes',
    'le centre avait autant d’appels qu’il en prend',
  ),
};

export const ATTEMPT_CAUSES: Reasons<AttemptCause | 'number_refused'> = {
  busy: w('the client’s line was busy', 'la ligne du client était occupée'),
  no_answer: w('the client did not answer', 'le client n’a pas répondu'),
  voicemail: w('a machine answered', 'un répondeur a répondu'),
  unallocated: w('the number is not in use', 'le numéro n’est pas attribué'),
  rejected: w('the call was rejected', 'l’appel a été rejeté'),
  congestion: w('the telephone network was full', 'le réseau téléphonique était saturé'),
  unknown: w(
    'what became of it is not known; the phone may have rung',
    'on ignore la suite; le téléphone a pu sonner',
  ),
  other_person: w('somebody else answered', 'une autre personne a répondu'),
  agent_lost: w(
    'the agent’s phone was lost meanwhile, which is not the client’s doing',
    'le téléphone de l’agent a été perdu entre-temps, sans que le client y soit pour rien',
  ),
  number_refused: w(
    'the number may no longer be called, or was erased',
    'le numéro ne peut plus être appelé, ou a été effacé',
  ),
};

export const RETURN_CAUSES: Reasons<ReturnCause> = {
  agent_no_answer: w('the agent did not answer', 'l’agent n’a pas répondu'),
  agent_rejected: w('the agent declined', 'l’agent a décliné'),
  agent_unreachable: w('the agent’s phone could not be reached', 'le téléphone de l’agent était injoignable'),
  agent_lost: w('the agent’s phone was lost', 'le téléphone de l’agent a été perdu'),
  attempt_lost: w('the call to the client was lost', 'l’appel au client a été perdu'),
};

export const EXPIRY_CAUSES: Reasons<ExpiryCause | 'unsaid'> = {
  closing: w('the line closed before its turn', 'la ligne a fermé avant son tour'),
  carry_full: w(
    'as many were carried to the next day as allowed',
    'on en avait reporté au lendemain autant que permis',
  ),
  no_opening: w('the line does not open again', 'la ligne ne rouvre pas'),
  unsaid: w('the line had closed', 'la ligne avait fermé'),
};

export const QUOTE_CAUSES: Reasons<QuoteCause> = {
  '': w('', ''),
  earlier_places_back: w('earlier places came back', 'des rangs antérieurs sont revenus'),
  fewer_agents: w('fewer agents were at work', 'moins d’agents étaient en service'),
  slower_service: w('conversations took longer', 'les conversations duraient davantage'),
  language_changed: w('the caller chose the other language', 'l’appelant a choisi l’autre langue'),
};

export const POSTPONED: Reasons<'client' | 'closing' | 'calling_hours'> = {
  client: w('at the client’s wish', 'à la demande du client'),
  closing: w('because the line closed', 'parce que la ligne fermait'),
  calling_hours: w(
    'because it was outside the hours at which clients are called',
    'parce que c’était en dehors des heures où l’on appelle les clients',
  ),
};

export const CONSULT_ENDS: Reasons<ConsultEnd> = {
  let_go: w('the agent went back to the client', 'l’agent est revenu au client'),
  left: w('whoever was asked hung up', 'la personne consultée a raccroché'),
  unanswered: w('nobody answered', 'personne n’a répondu'),
  unreachable: w('the phone could not be reached', 'le téléphone n’a pas pu être joint'),
  refused: w('it was refused', 'l’appel a été refusé'),
  client_left: w('the client hung up', 'le client a raccroché'),
  agent_left: w('the agent hung up', 'l’agent a raccroché'),
};
