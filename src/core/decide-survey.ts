// What a survey brings: it begins when the agent has left and the client is still there, by draw; keys answer it, silence
// and wrong keys have the question said again, a hang-up keeps what was answered. Beside the phone it is open on a page,
// for a while. It never keeps an agent, a place or a callback waiting.

import { assertNever, must } from './assert.ts';
import { LIMITS, type SurveyQuestion, type SurveyRules } from './configuration.ts';
import { type Decision, NOTHING } from './decision.ts';
import type { Fact, FactOf } from './fact.ts';
import { type PlaybackId, textId } from './id.ts';
import type { Input, Key, OwnerInput, Stamp } from './input.ts';
import {
  type Call,
  type Callback,
  configurationOf,
  lineOf,
  type Place,
  placeOf,
  type State,
  surveyOf,
} from './state.ts';
import { isAnswer, type Survey, suits } from './survey.ts';
import { talkedMs } from './talk.ts';

export type SurveyInput = Extract<
  Input,
  {
    type:
      | 'key.pressed'
      | 'prompt.began'
      | 'prompt.ended'
      | 'channel.ringing'
      | 'channel.answered'
      | 'channel.ended';
  }
>;

const OF_SURVEY: ReadonlySet<Input['type']> = new Set<SurveyInput['type']>([
  'key.pressed',
  'prompt.began',
  'prompt.ended',
  'channel.ringing',
  'channel.answered',
  'channel.ended',
]);

export function isOfSurvey(input: Input): input is SurveyInput {
  return OF_SURVEY.has(input.type);
}

/** The agent has left while the client stays: by draw, the first question. Empty: the client is let go as ever. */
export function surveyByPhone(
  state: State,
  place: Place,
  of: { readonly call: Call } | { readonly callback: Callback },
  stamp: Stamp,
): Fact[] {
  const rules = rulesOf(state, place);
  if (rules === null || !state.telephonyUp || !isDrawn(state, place, stamp)) return [];
  const about = 'call' in of ? 'live' : 'callback';
  const questions = rules.questions.filter((question) => suits(question, about));
  const first = questions[0];
  if (first === undefined) return [];
  return [
    {
      type: 'survey.begun',
      v: 1,
      place: place.id,
      of: about,
      ...('call' in of
        ? { call: of.call.id, language: of.call.language }
        : { callback: of.callback.id, language: place.language }),
      questions,
    },
    asked(state, place.id, first, '', 'first', 1),
  ];
}

/** Open on the client's page: their callback was incomplete, or they hung up before anything could be asked, by draw. */
export function surveyByLink(
  state: State,
  callback: Callback,
  of: 'callback' | 'incomplete',
  at: number,
): Fact[] {
  const place = placeOf(state, callback.place);
  const rules = rulesOf(state, place);
  if (rules === null || rules.linkMs === 0) return [];
  const questions = rules.questions.filter((question) => suits(question, of));
  if (questions.length === 0) return [];
  return [
    {
      type: 'survey.begun',
      v: 1,
      place: place.id,
      of,
      callback: callback.id,
      language: place.language,
      questions,
      untilAt: at + rules.linkMs,
    },
  ];
}

/** A conversation is asked about by draw, by phone and on a page alike, unless it was too short to say anything of. */
export function isDrawn(state: State, place: Place, stamp: Stamp): boolean {
  const rules = rulesOf(state, place);
  if (rules === null || stamp.random % 1000 >= rules.sharePermille) return false;
  return talkedMs(state, place, stamp.at) >= (rules.talkMinMs ?? 0);
}

function rulesOf(state: State, place: Place): SurveyRules | null {
  if (state.surveys.size >= LIMITS.surveysMax || state.surveys.has(place.id)) return null;
  // A place is asked about once: who was called again was asked after the first conversation, or not at all.
  const callback = place.callback === null ? undefined : state.callbacks.get(place.callback);
  if (callback?.again !== undefined || place.isAsked === true) return null;
  return lineOf(state, place.line).survey ?? null;
}

export function decideSurvey(state: State, survey: Survey, input: SurveyInput, stamp: Stamp): Decision {
  switch (input.type) {
    case 'key.pressed':
      return press(state, survey, input.key, stamp);
    case 'prompt.ended': {
      const isCurrent = input.playback === textId(state.shard, 'playback', survey.playback);
      if (!isCurrent) return NOTHING;
      if (survey.state === 'asking') return [{ type: 'survey.heard', v: 1, place: survey.place }];
      return NOTHING;
    }
    case 'channel.ended':
      return endSurvey(survey, 'client');
    case 'prompt.began':
    case 'channel.ringing':
    case 'channel.answered':
      return NOTHING;
    default:
      return assertNever(input);
  }
}

function press(state: State, survey: Survey, key: Key, stamp: Stamp): Decision {
  const { question } = survey;
  if (survey.state !== 'asking' || question === null) return NOTHING;
  const { keyRepeatMs } = configurationOf(state).dialogue;
  if (key === survey.key && stamp.at - survey.askedAt < keyRepeatMs) return NOTHING; // a bounce
  const answer = Number(key);
  if (!isAnswer(question, answer)) return askAgain(state, survey, key, 'wrong_key');
  return [
    { type: 'survey.answered', v: 1, place: survey.place, question, answer },
    goOn(state, survey, question, key),
  ];
}

/** The question after this one, or thanks. */
function goOn(state: State, survey: Survey, after: SurveyQuestion, key: string): Fact {
  const next = survey.questions[survey.questions.indexOf(after) + 1];
  return next === undefined ? thanked(state, survey) : asked(state, survey.place, next, key, 'next', 1);
}

function askAgain(state: State, survey: Survey, key: string, because: 'silence' | 'wrong_key'): Fact[] {
  const question = must(survey.question, 'question of a survey that asks');
  const { roundsMax } = configurationOf(state).dialogue;
  if (survey.round >= roundsMax) return [thanked(state, survey)];
  return [asked(state, survey.place, question, key, because, survey.round + 1)];
}

function asked(
  state: State,
  place: Survey['place'],
  question: SurveyQuestion,
  key: string,
  because: FactOf<'survey.asked'>['because'],
  round: number,
): Fact {
  const playback = (state.last.playback + 1) as PlaybackId;
  return { type: 'survey.asked', v: 1, place, question, round, playback, key, because };
}

function thanked(state: State, survey: Survey): Fact {
  const playback = (state.last.playback + 1) as PlaybackId;
  return { type: 'survey.thanked', v: 1, place: survey.place, playback };
}

/** Nothing was keyed, or nothing was heard of the channel for too long. On a page: the time is over. */
export function surveyDeadline(state: State, survey: Survey): Fact[] {
  if (survey.state !== 'asking') return endSurvey(survey, 'centre');
  // Nothing is heard while the socket is away: the question stays what it is.
  return state.telephonyUp ? askAgain(state, survey, '', 'silence') : remindSurvey(state, survey);
}

/** After a resync, the client who is still there is asked once more what they were asked; rounds are not counted. */
export function remindSurvey(state: State, survey: Survey): Fact[] {
  const { question, place, round } = survey;
  if (survey.state === 'asking' && question !== null)
    return [asked(state, place, question, '', 'resynced', round)];
  return survey.state === 'thanking' ? endSurvey(survey, 'centre') : [];
}

/** Whatever was answered is kept. A call of a caller who held ends with it. */
export function endSurvey(survey: Survey, by: 'client' | 'centre'): Fact[] {
  const ended: Fact = { type: 'survey.ended', v: 1, place: survey.place, by };
  if (survey.call === null) return [ended];
  const call: Fact = {
    type: 'call.ended',
    v: 1,
    call: survey.call,
    by: by === 'client' ? 'caller' : 'centre',
  };
  return [ended, call];
}

/** From the client's page: every answer is one of an open survey of this callback, each question once. */
export function answerSurvey(state: State, input: Extract<OwnerInput, { type: 'survey.answer' }>): Decision {
  const place = state.surveysByCallback.get(input.callback);
  const survey = place === undefined ? undefined : surveyOf(state, place);
  if (survey === undefined || survey.channel !== null) return { refused: 'survey.not_open' };
  const facts: Fact[] = [];
  const seen = new Set<SurveyQuestion>(survey.answered);
  for (const { question, answer } of input.answers) {
    if (!survey.questions.includes(question)) return { refused: 'survey.not_asked' };
    if (!isAnswer(question, answer)) return { refused: 'survey.not_an_answer' };
    if (seen.has(question)) return { refused: 'survey.answered' };
    seen.add(question);
    facts.push({ type: 'survey.answered', v: 1, place: survey.place, question, answer });
  }
  return seen.size === survey.questions.length ? [...facts, ...endSurvey(survey, 'client')] : facts;
}
