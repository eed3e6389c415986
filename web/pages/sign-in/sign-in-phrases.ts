// What the pages before an account say: signing in, and making the first administrator.

import { phrases } from '../../language/phrases.ts';

export const signInPhrases = phrases({
  'sign_in.title': ['Sign in', 'Connexion'],
  'sign_in.name': ['Name', 'Nom'],
  'sign_in.password': ['Password', 'Mot de passe'],
  'sign_in.act': ['Sign in', 'Se connecter'],
  'sign_in.refused': ['Name or password is not right', 'Le nom ou le mot de passe ne convient pas'],
  'sign_in.too_many': [
    'Too many tries; wait a minute, then try again',
    'Trop d’essais; attendez une minute, puis essayez de nouveau',
  ],
  'first.title': ['First administrator', 'Première administration'],
  'first.why': [
    'This centre has no account yet. Choose the name and password of its first administrator.',
    'Ce centre n’a encore aucun compte. Choisissez le nom et le mot de passe de la première personne qui l’administre.',
  ],
  'first.password_hint': [
    'At least 12 characters; a sentence is good',
    'Au moins 12 caractères; une phrase convient',
  ],
  'first.again': ['Password once more', 'Mot de passe, une seconde fois'],
  'first.differs': ['The two passwords differ', 'Les deux mots de passe diffèrent'],
  'first.act': ['Create the account', 'Créer le compte'],
  'first.gone': [
    'This link has been used or has expired; the centre prints a new one when it starts without an account.',
    'Ce lien a servi ou a expiré; le centre en affiche un nouveau quand il démarre sans compte.',
  ],
});
