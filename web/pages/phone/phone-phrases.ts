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
    'Turn the telephone on, call, and listen. Press 1 for English, the number of a line, then 1 for an agent.',
    'Allumez le téléphone, appelez et écoutez. Faites le 2 pour le français, le chiffre d’une ligne, puis le 1 pour parler à un agent.',
  ],
  'try.2': [
    'While you wait you are offered a callback: press 1 to take it, 1 to keep your number, and hang up.',
    'Pendant l’attente, un rappel vous est offert\u00a0: faites le 1 pour l’accepter, le 1 pour confirmer le numéro, puis raccrochez.',
  ],
  'try.3': [
    'Open the supervisor’s page, or sign in as an agent, in a second window. When your turn comes this page rings.',
    'Ouvrez la page de supervision, ou connectez-vous comme agent, dans une deuxième fenêtre. À votre tour, cette page sonnera.',
  ],
  'fault.all_lent': [
    'Every number of the demonstration is in use. Try again in half an hour.',
    'Tous les numéros de la démonstration sont pris. Réessayez dans une demi-heure.',
  ],
});
