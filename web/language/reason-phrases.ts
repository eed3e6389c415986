// Why an agent is not ready, in words: chosen by them or by a supervisor, or given by the centre. A word that stands here
// not is shown as it was given.

import { phrases } from './phrases.ts';

export const reasonPhrases = phrases({
  'reason.break': ['break', 'pause'],
  'reason.meal': ['meal', 'repas'],
  'reason.training': ['training', 'formation'],
  'reason.meeting': ['meeting', 'réunion'],
  'reason.other': ['other work', 'autre travail'],
  'reason.signed_in': ['just signed in', 'arrivée'],
  'reason.no_answer': ['did not answer', 'sans réponse'],
  'reason.rejected': ['rejected a call', 'appel refusé'],
  'reason.busy': ['phone busy', 'téléphone occupé'],
  'reason.unreachable': ['phone unreachable', 'téléphone injoignable'],
  'reason.phone_unreachable': ['phone unreachable', 'téléphone injoignable'],
  'reason.hung_up': ['hung up before the client was there', 'raccroché avant l’arrivée du client'],
  'reason.page_lost': ['their page is gone', 'page fermée ou coupée'],
  'reason.conflict': ['knows the client', 'connaît le client'],
  'reason.language': ['language', 'langue'],
  'reason.technical': ['technical problem', 'problème technique'],
});
