// Refusals of the centre, by their codes (docs/errors.md), as one line for the person who asked.

import { phrases } from '../language/phrases.ts';

export const faults = phrases({
  'agent.unknown': [
    'There is no such agent in the configuration.',
    'Cet agent ne figure pas dans la configuration.',
  ],
  'agent.signed_out': ['This agent is not signed in.', 'Cet agent n’est pas en service.'],
  'agent.no_wrap_up': ['There is no wrap-up to lengthen.', 'Il n’y a aucun travail après appel à prolonger.'],
  'agent.no_client': ['This agent is not with a client.', 'Cet agent n’est avec aucun client.'],
  'agent.no_page': [
    'This agent works by their page, which is not open.',
    'Cet agent travaille par sa page, qui n’est pas ouverte.',
  ],
  'agent.no_preview': [
    'It is too late for that: the phone rings already, or the place went back to the line.',
    'Trop tard\u00a0: le téléphone sonne déjà, ou le rang est retourné dans la file.',
  ],
  'agent.outcome_told': ['This was saved already.', 'C’est déjà enregistré.'],
  'note.person_erased': [
    'The client asked to be forgotten meanwhile; save again without a note.',
    'Le client a demandé à être oublié entre-temps; enregistrez de nouveau sans note.',
  ],
  'consult.begun': [
    'You are consulting somebody already: end that first.',
    'Vous consultez déjà quelqu’un\u00a0: mettez-y fin d’abord.',
  ],
  'consult.not_begun': ['Nobody is being consulted any more.', 'Plus personne n’est consulté.'],
  'consult.not_answered': ['They have not answered yet.', 'On n’a pas encore répondu.'],
  'transfer.agent_busy': [
    'This colleague is not ready any more; choose another, or the line.',
    'Cette personne n’est plus disponible; choisissez-en une autre, ou la file.',
  ],
  'transfer.dialling_off': [
    'Nobody outside can be called now.',
    'Personne ne peut être appelé à l’extérieur pour le moment.',
  ],
  'transfer.line_closed': [
    'That line is closed; the client stays with you.',
    'Cette file est fermée; le client reste avec vous.',
  ],
  'transfer.line_full': [
    'That line is full; the client stays with you.',
    'Cette file est pleine; le client reste avec vous.',
  ],
  'transfer.nobody_ready': [
    'Nobody there is ready for the language of this client.',
    'Personne n’y est disponible dans la langue de ce client.',
  ],
  'transfer.outside_unknown': [
    'This entry is not in the directory any more.',
    'Cette entrée ne figure plus au répertoire.',
  ],
  'transfer.same_line': ['The client is in that line already.', 'Le client est déjà dans cette file.'],
  'callback.unknown': ['This callback has ended already.', 'Ce rappel est déjà terminé.'],
  'callback.again_full': [
    'It was agreed as often as allowed to call this client again.',
    'Il a été convenu de rappeler ce client autant de fois que permis.',
  ],
  'callback.attempts_spent': [
    'No attempt is left for this callback.',
    'Il ne reste aucune tentative pour ce rappel.',
  ],
  'callback.not_parted': [
    'Another call is agreed on once the conversation is over.',
    'Un nouvel appel se convient une fois la conversation terminée.',
  ],
  'callback.outside_hours': [
    'The client may not be called at this time; name another.',
    'Le client ne peut pas être appelé à cette heure; indiquez-en une autre.',
  ],
  'callback.time_past': ['This time is past.', 'Cette heure est passée.'],
  'callback.too_far': [
    'This time is more than seven days ahead.',
    'Cette heure est dans plus de sept jours.',
  ],
  'callback.no_such_time': [
    'Clocks are changed that night: this time does not exist.',
    'L’heure change cette nuit-là\u00a0: cette heure n’existe pas.',
  ],
  'callback.being_served': [
    'An agent is with this client now; look again when that is over.',
    'Un agent est avec ce client en ce moment; revenez quand ce sera terminé.',
  ],
  'callback.no_opening': [
    'The line does not open any more within the client’s calling hours.',
    'La ligne n’ouvre plus pendant les heures d’appel du client.',
  ],
  'callback.never_call': [
    'The owner of this number asked never to be called.',
    'Le titulaire de ce numéro a demandé de ne jamais être appelé.',
  ],
  'callback.cooldown': [
    'The last callback to this number ended too short a time ago.',
    'Le dernier rappel à ce numéro est trop récent.',
  ],
  'callback.number_full': [
    'This number has had as many callbacks today as allowed.',
    'Ce numéro a eu aujourd’hui autant de rappels que permis.',
  ],
  'callback.number_taken': [
    'This number has a callback of its own in this line; cancel one of the two.',
    'Ce numéro a déjà un rappel dans cette file; annulez l’un des deux.',
  ],
  'place.unknown': [
    'This place has been served or given up meanwhile.',
    'Ce rang a été servi ou abandonné entre-temps.',
  ],
  'place.reason_unknown': [
    'The line has no priority for this reason.',
    'La ligne n’a aucune priorité pour ce motif.',
  ],
  'place.reason_full': [
    'As many places as allowed have this priority already.',
    'Autant de rangs que permis ont déjà cette priorité.',
  ],
  'line.unknown': [
    'There is no such line in the configuration.',
    'Cette ligne ne figure pas dans la configuration.',
  ],
  'number.empty': ['Write a telephone number.', 'Écrivez un numéro de téléphone.'],
  'number.not_digits': [
    'A telephone number has digits only.',
    'Un numéro de téléphone ne comporte que des chiffres.',
  ],
  'number.too_short': ['The number has too few digits.', 'Le numéro compte trop peu de chiffres.'],
  'number.too_long': ['The number has too many digits.', 'Le numéro compte trop de chiffres.'],
  'number.emergency': [
    'Emergency numbers are never called.',
    'Les numéros d’urgence ne sont jamais appelés.',
  ],
  'number.service': ['Service numbers are never called.', 'Les numéros de service ne sont jamais appelés.'],
  'number.premium': ['Premium numbers are never called.', 'Les numéros surtaxés ne sont jamais appelés.'],
  'number.region': [
    'Numbers of that country or region are not called.',
    'Les numéros de ce pays ou de cette région ne sont pas appelés.',
  ],
  'number.kind': ['Numbers of this kind are not called.', 'Les numéros de ce genre ne sont pas appelés.'],
  'number.invalid': ['There is no such telephone number.', 'Ce numéro de téléphone n’existe pas.'],
  'number.relay': [
    'This is the number of a relay service, which many clients use; cancel the one callback instead.',
    'C’est le numéro d’un service de relais, commun à bien des clients; annulez plutôt ce rappel.',
  ],
  'switch.centre_only': [
    'This switch is for the whole centre.',
    'Cet interrupteur vaut pour tout le centre.',
  ],
});
