// What the wall says, in both languages at once: it hangs where everybody passes.

import { phrases } from '../../language/phrases.ts';

export const wallPhrases = phrases({
  title: ['Wall', 'Affichage mural'],
  waiting: ['Waiting', 'En attente'],
  'waiting.parts': [
    '{holding} on line, {callbacks, plural, one {# callback} other {# callbacks}}',
    '{holding} en ligne, {callbacks, plural, one {# rappel} other {# rappels}}',
  ],
  longest: ['Longest wait', 'Plus longue attente'],
  'longest.told': ['told {min} to {max}\u00a0min', 'annoncé {min} à {max}\u00a0min'],
  'level.20s': ['Served within 20\u00a0s', 'Servis en 20\u00a0s'],
  'level.5m': ['Served within 5\u00a0min', 'Servis en 5\u00a0min'],
  'level.15m': ['Served within 15\u00a0min', 'Servis en 15\u00a0min'],
  target: ['target {value}', 'cible {value}'],
  cases: ['of {n} today', 'sur {n} aujourd’hui'],
  agents: ['Agents ready', 'Agents disponibles'],
  'agents.of': ['of {n} at work', 'sur {n} en service'],
  kept: ['Called in their turn', 'Rappelés à leur tour'],
  closed: ['closed', 'fermée'],
  age: ['Data of {time}', 'Données de {time}'],
  'age.old': ['{seconds}\u00a0s old', 'd’il y a {seconds}\u00a0s'],
  lost: ['NOT LIVE', 'PAS EN DIRECT'],
  full_screen: ['Full screen', 'Plein écran'],
});
