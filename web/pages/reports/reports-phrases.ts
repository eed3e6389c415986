// What the page of reports says. Names and formulas of figures are the registry's, not written here.

import { phrases } from '../../language/phrases.ts';

export const reportsPhrases = phrases({
  'period.title': ['Period', 'Période'],
  'period.from': ['From', 'Du'],
  'period.to': ['To, that day included', 'Au, ce jour compris'],
  'period.hint': ['A day such as 2019-04-17', 'Un jour comme 2019-04-17'],
  'period.show': ['Show', 'Afficher'],
  'period.today': ['Today', 'Aujourd’hui'],
  'period.of': ['{from} to {to} ({zone})', 'Du {from} au {to} ({zone})'],
  'part.funnel': ['From offer to conversation', 'De l’offre à la conversation'],
  'part.waits': ['Waits by half-hour', 'Attentes par demi-heure'],
  'part.quotes': ['How right the quotes were', 'Justesse des attentes annoncées'],
  'part.phases': ['Phases and pauses', 'Phases et pauses'],
  'part.parity': ['English and French', 'Anglais et français'],
  'table.figure': ['Figure', 'Indicateur'],
  'table.value': ['Value', 'Valeur'],
  'table.interval': ['95\u00a0% interval', 'Intervalle à 95\u00a0%'],
  'table.n': ['n', 'n'],
  'table.formula': ['Formula', 'Formule'],
  'table.of': ['Of', 'De'],
  'table.whole': ['the whole period', 'toute la période'],
  'table.none': ['Nothing happened in this period', 'Rien ne s’est passé durant cette période'],
  picture: ['Picture of the table below', 'Image du tableau ci-dessous'],
  csv: ['Download {part} as CSV', 'Télécharger en CSV\u00a0: {part}'],
  'note.title': ['The briefing note', 'La note d’information'],
  'note.why': [
    'The same figures as sentences, each with what it cites.',
    'Les mêmes indicateurs en phrases, chacune avec ce qu’elle cite.',
  ],
  'note.read': ['Read in {language}', 'Lire en {language}'],
  'note.download': ['{format}, in {language}', '{format}, en {language}'],
});
