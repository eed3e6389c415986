// What clients and agents say afterwards. Of clients apart: who held, who was called back, whose callback was incomplete, and
// with each how many answered of those asked, since who answers chose to.

import type { Column } from './column.ts';
import type { Figure, ScoreMeasure, Words } from './figure.ts';

type Of = 'live' | 'callback' | 'incomplete';

const WHO: Readonly<Record<Of, Words>> = {
  live: { en: 'held and answered', fr: 'restés en ligne' },
  callback: { en: 'called back', fr: 'rappelés' },
  incomplete: { en: 'callback incomplete', fr: 'rappel incomplet' },
};

const CHOSE: Words = {
  en: 'of those who chose to answer; read it with the response rate',
  fr: 'parmi ceux qui ont choisi de répondre; à lire avec le taux de réponse',
};

type Asked = {
  readonly id: string;
  readonly name: Words;
  readonly of: string;
  readonly among: string;
  readonly formula: Words;
  readonly caveat: Words;
};

const VERY: Asked = {
  id: 'very_satisfied',
  name: { en: 'very satisfied', fr: 'très satisfaits' },
  of: 'very_satisfied',
  among: 'satisfied_answers',
  formula: {
    en: 'answered 5 of 5 / answered how satisfied they are',
    fr: 'ont répondu 5 sur 5 / ont dit leur satisfaction',
  },
  caveat: CHOSE,
};
const AGAIN: Asked = {
  id: 'would_use_again',
  name: { en: 'would use callback again', fr: 'réutiliseraient le rappel' },
  of: 'would_again',
  among: 'again_answers',
  formula: {
    en: 'answered yes / answered whether they would use callback again',
    fr: 'ont répondu oui / ont dit s’ils réutiliseraient le rappel',
  },
  caveat: CHOSE,
};
const BOTH: Asked = {
  id: 'satisfied_and_again',
  name: {
    en: 'very satisfied and would use it again',
    fr: 'très satisfaits et prêts à le réutiliser',
  },
  of: 'both',
  among: 'both_answers',
  formula: {
    en: 'answered 5 of 5 and yes / answered both questions',
    fr: 'ont répondu 5 sur 5 et oui / ont répondu aux deux questions',
  },
  caveat: CHOSE,
};
const ANSWERED: Asked = {
  id: 'question_answered',
  name: { en: 'question answered', fr: 'ont eu réponse à leur question' },
  of: 'answered_yes',
  among: 'answered_answers',
  formula: {
    en: 'answered yes / answered whether their question was answered',
    fr: 'ont répondu oui / ont dit si l’on a répondu à leur question',
  },
  caveat: CHOSE,
};
const RESPONSE: Asked = {
  id: 'response_rate',
  name: { en: 'response rate', fr: 'taux de réponse' },
  of: 'responded',
  among: 'asked',
  formula: {
    en: 'answered one question at least / asked',
    fr: 'ont répondu à au moins une question / sollicités',
  },
  caveat: {
    en: 'asked: by phone, who stayed when the agent left; on the page, everybody to whom it was open',
    fr: 'sollicités : par téléphone, qui est resté après le départ de l’agent; sur la page, tous ceux à qui elle était ouverte',
  },
};

const ASKED: Readonly<Record<Of, readonly Asked[]>> = {
  live: [RESPONSE, VERY, ANSWERED],
  callback: [RESPONSE, VERY, AGAIN, BOTH, ANSWERED],
  incomplete: [RESPONSE, VERY, AGAIN, BOTH, ANSWERED],
};

function surveyFigure(of: Of, { id, name, formula, caveat, ...columns }: Asked): Figure {
  const who = WHO[of];
  return {
    id: `survey_${of}_${id}`,
    name: { en: `survey, ${who.en}: ${name.en}`, fr: `sondage, ${who.fr} : ${name.fr}` },
    formula,
    measure: {
      kind: 'share',
      of: [`survey_${of}_${columns.of}` as Column],
      among: [`survey_${of}_${columns.among}` as Column],
    },
    caveat,
    better: 'more',
  };
}

const TONE_CAVEAT: Words = {
  en: '-1 more tense, 0 as usual, 1 more positive; given by agents by draw, let go in groups, counted when let go',
  fr: '-1 plus tendu, 0 comme d’habitude, 1 plus positif; donné par des agents tirés au sort, publié par groupes, compté à la publication',
};
const TONE_LIVE: ScoreMeasure = {
  kind: 'score',
  points: ['tone_live_points'],
  squares: 'tone_live_points2',
  among: ['tone_live'],
};
const TONE_CALLBACK: ScoreMeasure = {
  kind: 'score',
  points: ['tone_callback_points'],
  squares: 'tone_callback_points2',
  among: ['tone_callback'],
};

export const SURVEYS: readonly Figure[] = [
  ...(['live', 'callback', 'incomplete'] as const).flatMap((of) =>
    ASKED[of].map((asked) => surveyFigure(of, asked)),
  ),
  {
    id: 'tone_live',
    name: { en: 'agents’ tone, live', fr: 'ton perçu par les agents, en direct' },
    formula: { en: 'sum of tones / tones given, live', fr: 'somme des tons / tons donnés, en direct' },
    measure: TONE_LIVE,
    caveat: TONE_CAVEAT,
  },
  {
    id: 'tone_callback',
    name: { en: 'agents’ tone, callback', fr: 'ton perçu par les agents, par rappel' },
    formula: { en: 'sum of tones / tones given, callback', fr: 'somme des tons / tons donnés, par rappel' },
    measure: TONE_CALLBACK,
    caveat: TONE_CAVEAT,
  },
  {
    id: 'tone_effect',
    name: { en: 'agents’ tone, callback less live', fr: 'ton perçu par les agents, rappel moins direct' },
    formula: { en: 'tone by callback - tone live', fr: 'ton par rappel - ton en direct' },
    measure: { kind: 'difference', a: TONE_CALLBACK, b: TONE_LIVE },
    caveat: {
      en: 'compares who chose with who did not: a difference, not an effect proved',
      fr: 'compare qui a choisi le rappel et qui ne l’a pas fait : un écart, pas un effet prouvé',
    },
  },
];
