// What is still asked of a client on the page of their callback: the questions without an answer, in their order. Read from
// the state; it is answered by the input `survey.answer`, which the core judges. See docs/adr/0015.

import type { SurveyQuestion } from '../core/configuration.ts';
import type { CallbackId } from '../core/id.ts';
import { type State, surveyOf } from '../core/state.ts';
import { ANSWER_MAX } from '../core/survey.ts';

export type PageQuestion = { readonly question: SurveyQuestion; readonly answerMax: number };

/** Empty: nothing is asked, not any more, or by phone. */
export function questionsOnPage(state: State, callback: CallbackId): readonly PageQuestion[] {
  const place = state.surveysByCallback.get(callback);
  if (place === undefined) return [];
  const { channel, questions, answered } = surveyOf(state, place);
  if (channel !== null) return [];
  return questions
    .filter((question) => !answered.includes(question))
    .map((question) => ({ question, answerMax: ANSWER_MAX[question] }));
}
