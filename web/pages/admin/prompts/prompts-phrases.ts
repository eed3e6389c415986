// What the administration says of what callers hear.

import { phrases } from '../../../language/phrases.ts';

export const promptsPhrases = phrases({
  'prompts.title': ['What callers hear', 'Ce qu’entendent les appelants'],
  'phrases.title': ['Phrases of the centre', 'Phrases du centre'],
  'prompts.why': [
    'Every phrase in both languages, as the release says it or in your own voice. A phrase that is replaced is heard the next time it begins; nothing needs a restart.',
    'Toutes les phrases, dans les deux langues, telles que la version installée les dit ou avec votre propre voix. Une phrase remplacée est entendue dès la fois suivante, sans redémarrage.',
  ],
  'prompts.acts': ['Actions', 'Actions'],
  'phrase.replace': ['Replace…', 'Remplacer…'],
  'phrase.replace.of': ['Replace… {name}', 'Remplacer… {name}'],
  'phrase.replace.do': ['Say it this way', 'Dire ainsi'],
  'phrase.replace.what': [
    'Choose a sound for one language or for both: a WAV file of 16 bits, 8 kHz, mono, of 80\u00a0s at most. Write what is said in it, word for word. A language without a file stays as it is.',
    'Choisissez un son pour une langue ou pour les deux\u00a0: un fichier WAV de 16 bits, 8 kHz, mono, de 80\u00a0s au plus. Écrivez ce qui y est dit, mot pour mot. Une langue sans fichier reste telle quelle.',
  ],
  'phrase.release': ['The release says:', 'La version installée dit\u00a0:'],
  'phrase.words': ['What is said', 'Ce qui est dit'],
  'phrase.file': ['Sound', 'Son'],
  'phrase.replaced': ['{name} is said your way from now on.', '{name} est dit à votre façon dès maintenant.'],
  'phrase.own': ['your own since {at}', 'le vôtre depuis le {at}'],
  'phrase.other_only': ['replaced in the other language only', 'remplacé dans l’autre langue seulement'],
  'phrase.take_back': ['Take back', 'Reprendre l’original'],
  'phrase.take_back.of': ['Take back {name}, {language}', 'Reprendre l’original {name}, {language}'],
  'phrase.taken_back': [
    '{name} is the release’s again.',
    '{name} est de nouveau celui de la version installée.',
  ],
  'prompt.no_file': [
    'Choose a sound for at least one language.',
    'Choisissez un son pour au moins une langue.',
  ],
  'prompts.id': ['Phrase', 'Phrase'],
  'prompts.en': ['English', 'Anglais'],
  'prompts.fr': ['French', 'Français'],
  'prompts.listen': ['Listen', 'Écouter'],
  'prompts.listen.of': ['Listen to {name}, {language}', 'Écouter {name}, {language}'],
  'prompts.stop': ['Stop', 'Arrêter'],
  'prompts.asterisk': ['recorded sound of Asterisk', 'son enregistré d’Asterisk'],
  'prompts.failed': ['This sound cannot be played here.', 'Ce son ne peut pas être lu ici.'],
  'recordings.title': ['Your own recordings', 'Vos propres enregistrements'],
  'recordings.why': [
    'Names of lines, alternatives and emergency messages that the configuration names. A new file counts from the next time it is played.',
    'Noms de secteurs, autres moyens et messages d’urgence nommés par la configuration. Un nouveau fichier compte dès la prochaine lecture.',
  ],
  'recordings.none': [
    'The configuration names none: give a folder under “recordings” and a “recording” to a name, an alternative or an emergency message.',
    'La configuration n’en nomme aucun\u00a0: donnez un dossier sous «\u00a0recordings\u00a0» et un «\u00a0recording\u00a0» à un nom, à d’autres moyens ou à un message d’urgence.',
  ],
  'recordings.of': ['{line}: {part}', '{line}\u00a0: {part}'],
  'recordings.name': ['name', 'nom'],
  'recordings.alternatives': ['alternatives', 'autres moyens'],
  'recordings.emergency': ['emergency message', 'message d’urgence'],
  'recordings.replace': ['Replace {name}, {language}', 'Remplacer {name}, {language}'],
  'recordings.replaced': ['{name} is heard from now on.', '{name} est entendu dès maintenant.'],
  'recordings.changed': ['of {at}', 'du {at}'],
  'recordings.missing': ['not there', 'absent'],
  'prompt.unfit': [
    'Callers would hear silence: a recording is a WAV file of 16 bits, 8 kHz, mono, of 80\u00a0s at most.',
    'Les appelants entendraient du silence\u00a0: un enregistrement est un fichier WAV de 16 bits, 8 kHz, mono, de 80\u00a0s au plus.',
  ],
});
