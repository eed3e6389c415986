// What a citizen's phone says, in both languages.

import { phrases } from '../../language/phrases.ts';

export const phonePhrases = phrases({
  title: ['A citizen’s telephone', 'Le téléphone d’un citoyen'],
  about: [
    'This page is the telephone of somebody who calls the centre. Nothing of it is real but the sound: the number belongs to nobody.',
    'Cette page est le téléphone d’une personne qui appelle le centre. Rien n’est réel, sauf le son\u00a0: le numéro n’appartient à personne.',
  ],
  not_here: [
    'This telephone belongs to the demonstration. This centre is a real one: call it by telephone.',
    'Ce téléphone fait partie de la démonstration. Ce centre est un vrai centre\u00a0: appelez-le par téléphone.',
  ],
  number: ['Your number: {number}', 'Votre numéro\u00a0: {number}'],
  call: ['Call the centre', 'Appeler le centre'],
  calling_you: ['The centre is calling you back', 'Le centre vous rappelle'],
  stay: [
    'If you asked to be called back, keep this page open: it will ring.',
    'Si vous avez demandé un rappel, gardez cette page ouverte\u00a0: elle sonnera.',
  ],
  'try.title': ['Try it with two windows', 'Essayez avec deux fenêtres'],
  'try.1': [
    'Turn the telephone on and call. Press 1 for English, 5 for the visitors’ line, then 1 for an agent.',
    'Allumez le téléphone et appelez. Faites le 2 pour le français, le 5 pour la ligne des visiteurs, puis le 1 pour un agent.',
  ],
  'try.2': [
    'You are offered a callback: press 1 to take it, 1 again to keep your number, and hang up.',
    'Un rappel vous est offert\u00a0: faites le 1 pour l’accepter, encore le 1 pour confirmer le numéro, puis raccrochez.',
  ],
  'try.3': [
    'In a second window, sign in as the agent “visitor”, say that the page is your telephone, and become ready. This page rings, and you hear each other.',
    'Dans une deuxième fenêtre, connectez-vous comme l’agent «\u00a0visitor\u00a0», dites que la page est votre téléphone et mettez-vous disponible. Cette page sonne, et vous vous entendez.',
  ],
  'try.4': [
    'Called on another line, you are served by agents of the demonstration; the supervisor’s page shows every step.',
    'Sur une autre ligne, ce sont les agents de la démonstration qui répondent; la page de supervision montre chaque étape.',
  ],
  'fault.all_lent': [
    'Every number of the demonstration is in use. Try again in half an hour.',
    'Tous les numéros de la démonstration sont pris. Réessayez dans une demi-heure.',
  ],
});
