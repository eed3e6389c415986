// What the agent's page says of conversations that go on elsewhere: hold, consult, all together, hand over, transfer.

import { phrases } from '../../language/phrases.ts';

export const talkPhrases = phrases({
  'hold.act': ['Hold', 'Mettre en attente'],
  'retrieve.act': ['Back to the client', 'Revenir au client'],
  'hold.on': [
    'The client hears music and does not hear you.',
    'Le client entend de la musique et ne vous entend pas.',
  ],
  'consult.act': ['Consult or transfer…', 'Consulter ou transférer…'],
  // ---- while somebody is consulted
  'consult.title': ['Consultation', 'Consultation'],
  'consult.ringing': [
    'Calling {name}. The client hears music.',
    'Appel de {name}. Le client entend de la musique.',
  ],
  'consult.talking': [
    'You talk with {name}. The client hears music.',
    'Vous parlez avec {name}. Le client entend de la musique.',
  ],
  'consult.joined': [
    'All three together: you, the client and {name}.',
    'Tous ensemble\u00a0: vous, le client et {name}.',
  ],
  'consult.hang_up': [
    'If you hang up, {name} goes on with the client.',
    'Si vous raccrochez, la conversation se poursuit entre {name} et le client.',
  ],
  'join.act': ['All together', 'Tous ensemble'],
  'hand_over.act': ['Hand over', 'Passer le client'],
  'end_consult.act': ['Back to the client', 'Revenir au client'],
  'let_go.act': ['Go on without them', 'Continuer sans cette personne'],
  // ---- whom
  'party.title': ['Consult or transfer', 'Consulter ou transférer'],
  'party.what': [
    'Consult: the client hears music while you talk to them first. Transfer: the client goes there at once, and you are done.',
    'Consulter\u00a0: le client entend de la musique pendant que vous leur parlez d’abord. Transférer\u00a0: le client y passe aussitôt, et vous avez terminé.',
  ],
  'party.find': ['Find', 'Trouver'],
  'party.keys': ['The arrow keys go up and down the list.', 'Les flèches parcourent la liste.'],
  'party.lines': ['Lines', 'Files'],
  'party.colleagues': ['Colleagues who are ready', 'Collègues disponibles'],
  'party.directory': ['Directory', 'Répertoire'],
  'party.none': ['Nobody is called so.', 'Aucun nom ne correspond.'],
  'party.colleagues.none': ['Nobody else is ready now.', 'Personne d’autre n’est disponible pour le moment.'],
  'party.colleague': ['{languages}; {lines}', '{languages}; {lines}'],
  'party.consult': ['Consult', 'Consulter'],
  'party.consult.of': ['Consult {name}', 'Consulter\u00a0: {name}'],
  'party.transfer': ['Transfer now', 'Transférer'],
  'party.transfer.of': ['Transfer now to {name}', 'Transférer à\u00a0: {name}'],
  'party.line.closed': ['closed', 'fermée'],
  'party.line.own': ['the client’s line', 'la file du client'],
  'party.line.wait': ['wait {min} to {max}\u00a0minutes', 'attente de {min} à {max}\u00a0minutes'],
  'party.line.unknown': ['wait not known', 'attente inconnue'],
  'party.line.ready': [
    '{n, plural, =0 {nobody ready} one {# agent ready} other {# agents ready}}',
    '{n, plural, =0 {personne de disponible} one {# agent disponible} other {# agents disponibles}}',
  ],
  // ---- a colleague is consulted
  'help.title': ['A colleague consults you', 'On vous consulte'],
  'help.about': ['{by} asks about a client.', '{by} vous consulte au sujet d’un client.'],
  'help.by': ['Colleague', 'Collègue'],
  'help.line': ['The client’s line', 'File du client'],
  'help.language': ['The client’s language', 'Langue du client'],
  'help.ringing': [
    'Answer your phone: you talk to your colleague first, and the client hears music.',
    'Décrochez votre téléphone\u00a0: vous parlerez d’abord avec votre collègue, et le client entendra de la musique.',
  ],
  'help.talking': [
    'You talk with {by}. The client hears music.',
    'Vous parlez avec {by}. Le client entend de la musique.',
  ],
  'help.joined': [
    'All three together: you, {by} and the client.',
    'Tous ensemble\u00a0: vous, {by} et le client.',
  ],
  'help.hang_up': [
    'If you hang up, your colleague goes on with the client.',
    'Si vous raccrochez, votre collègue poursuit avec le client.',
  ],
  'help.refuse': ['Do not answer', 'Ne pas répondre'],
  'help.leave': ['Hang up', 'Raccrocher'],
});
