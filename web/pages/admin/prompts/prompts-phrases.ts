// What the administration says of what callers hear.

import { phrases } from '../../../language/phrases.ts';

export const promptsPhrases = phrases({
  'prompts.title': ['What callers hear', 'Ce qu’entendent les appelants'],
  'prompts.why': [
    'Every phrase of the centre in both languages. The words of these are the release’s; how to record them yourself stands in prompts/README.md.',
    'Toutes les phrases du centre, dans les deux langues. Ces mots viennent de la version installée; prompts/README.md dit comment les enregistrer vous-même.',
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
