// The chart of a survey: what a client is asked after the agent has left, by key on the phone or on a page of a link. It
// is a dialogue of its own: agent, place and callback have gone on or ended when it begins, and nothing waits for it.
//
//   begun    -- survey.asked -->    asking     the client stayed on the line
//   begun    -- survey.answered --> begun      on the page
//   begun    -- survey.ended -->    ended      on the page: all is answered, or the time is over
//   asking   -- survey.asked -->    asking     the next question; or the same: silence, a wrong key
//   asking   -- survey.heard -->    asking     the question was said to its end; silence counts from here
//   asking   -- survey.answered --> asking
//   asking   -- survey.thanked -->  thanking   nothing more is asked
//   asking   -- survey.ended -->    ended      hung up: what was answered is kept
//   thanking -- survey.ended -->    ended
//
// A survey goes by its place: a place is served once, and asked about once.

import { assertNever } from './assert.ts';
import type { Chart } from './chart.ts';
import type { SurveyQuestion } from './configuration.ts';
import type { Deadline } from './deadlines.ts';
import type { Say } from './effect.ts';
import type { FactOf } from './fact.ts';
import type { CallbackId, CallId, Channel, Language, LineId, PlaceId, PlaybackId } from './id.ts';

export type SurveyState = 'begun' | 'asking' | 'thanking' | 'ended';
export type SurveyFact =
  | 'survey.asked'
  | 'survey.heard'
  | 'survey.answered'
  | 'survey.thanked'
  | 'survey.ended';

export const surveyChart: Chart<SurveyState, SurveyFact> = {
  begun: { 'survey.asked': 'asking', 'survey.answered': 'begun', 'survey.ended': 'ended' },
  asking: {
    'survey.asked': 'asking',
    'survey.heard': 'asking',
    'survey.answered': 'asking',
    'survey.thanked': 'thanking',
    'survey.ended': 'ended',
  },
  thanking: { 'survey.ended': 'ended' },
  ended: {},
};

/** Of whom it is asked: who held and was answered, whose callback was completed, whose callback was incomplete. */
export type SurveyOf = 'live' | 'callback' | 'incomplete';

export type Survey = {
  readonly place: PlaceId;
  readonly of: SurveyOf;
  readonly line: LineId;
  readonly language: Language;
  /** The call that is still up, of a caller who held. */
  readonly call: CallId | null;
  readonly callback: CallbackId | null;
  /** Null: asked on a page. */
  readonly channel: Channel | null;
  readonly questions: readonly SurveyQuestion[];
  readonly answered: SurveyQuestion[];
  state: SurveyState;
  question: SurveyQuestion | null;
  round: number;
  playback: PlaybackId;
  /** The key that led to the question: the same again at once is a bounce. */
  key: string;
  askedAt: number;
  deadline: Deadline | null;
};

/** The highest key of each question; the lowest is 1. 1 to 5: very dissatisfied to very satisfied; 1 yes, 2 no. */
export const ANSWER_MAX: Readonly<Record<SurveyQuestion, number>> = { satisfied: 5, again: 2, answered: 2 };

/** Whether it is asked of them: who never used callback cannot say whether they would again. */
export function suits(question: SurveyQuestion, of: SurveyOf): boolean {
  return question !== 'again' || of !== 'live';
}

export function isAnswer(question: SurveyQuestion, answer: number): boolean {
  return Number.isInteger(answer) && answer >= 1 && answer <= ANSWER_MAX[question];
}

/** The words of a question, and why it is said. */
export function surveyWords(asked: FactOf<'survey.asked'>): Say[] {
  const question: Say[] = [
    { prompt: `survey.${asked.question}` },
    ...(ANSWER_MAX[asked.question] === 2 ? YES_OR_NO : []),
  ];
  switch (asked.because) {
    case 'first':
      return [{ prompt: 'survey.stay' }, ...question];
    case 'silence':
      return [{ prompt: 'menu.silence' }, ...question];
    case 'wrong_key':
      return [{ prompt: 'menu.wrong_key' }, ...question];
    case 'next':
    case 'resynced':
      return question;
    default:
      return assertNever(asked.because);
  }
}

const YES_OR_NO: readonly Say[] = [
  { prompt: 'survey.yes' },
  { digits: '1' },
  { prompt: 'survey.no' },
  { digits: '2' },
];
