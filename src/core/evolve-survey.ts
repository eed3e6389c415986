// How the facts of surveys and of the agents' tone change the state. See evolve.ts.

import { assert, assertNever } from './assert.ts';
import { follow } from './chart.ts';
import type { FactOf } from './fact.ts';
import {
  attemptChannel,
  callbackOf,
  callOf,
  configurationOf,
  placeOf,
  type State,
  surveyOf,
} from './state.ts';
import { type SurveyFact, surveyChart } from './survey.ts';

/** When a prompt's end is never reported, the survey goes on after this. */
const PROMPT_MAX_MS = 90_000;

type SurveysFact = FactOf<SurveyFact | 'survey.begun' | 'tone.asked' | 'tone.felt'>;

export function evolveSurvey(state: State, fact: SurveysFact, at: number): void {
  switch (fact.type) {
    case 'survey.begun':
      begin(state, fact, at);
      return;
    case 'tone.asked': {
      const { line, language, kind } = fact;
      state.tones.set(fact.agent, { line, language, kind });
      return;
    }
    case 'tone.felt':
      return; // counted in the figures; nothing is decided by it
    default:
      goOn(state, fact, at);
  }
}

function begin(state: State, fact: FactOf<'survey.begun'>, at: number): void {
  assert(!state.surveys.has(fact.place), 'a place is asked about once');
  const place = placeOf(state, fact.place);
  place.isAsked = true;
  const isByPhone = fact.untilAt === undefined;
  const channel = isByPhone ? channelOf(state, fact) : null;
  const deadline =
    fact.untilAt === undefined ? null : state.deadlines.set(null, 'survey', fact.place, fact.untilAt);
  state.surveys.set(fact.place, {
    place: fact.place,
    of: fact.of,
    line: place.line,
    language: fact.language,
    call: fact.call ?? null,
    callback: fact.callback ?? null,
    channel,
    questions: fact.questions,
    answered: [],
    state: 'begun',
    question: null,
    round: 0,
    playback: state.last.playback as FactOf<'survey.asked'>['playback'],
    key: '',
    askedAt: at,
    deadline,
  });
  if (channel !== null) state.channels.set(channel, { kind: 'survey', place: fact.place });
  if (fact.callback !== undefined) state.surveysByCallback.set(fact.callback, fact.place);
}

/** The client's leg is the survey's from now on: attempt and callback end without it. */
function channelOf(state: State, { call, callback }: FactOf<'survey.begun'>) {
  if (call !== undefined) return callOf(state, call).channel;
  const attempt = callback === undefined ? null : callbackOf(state, callback).attempt;
  assert(attempt !== null, 'who is asked by phone is on the phone');
  return attemptChannel(state, attempt);
}

function goOn(state: State, fact: FactOf<SurveyFact>, at: number): void {
  const survey = surveyOf(state, fact.place);
  survey.state = follow(surveyChart, 'survey', survey.state, fact.type, survey.place);
  const arm = (ms: number): void => {
    survey.deadline = state.deadlines.set(survey.deadline, 'survey', survey.place, at + ms);
  };
  const { silenceMs } = configurationOf(state).dialogue;
  switch (fact.type) {
    case 'survey.asked':
      state.last.playback = fact.playback;
      survey.question = fact.question;
      survey.round = fact.round;
      survey.playback = fact.playback;
      survey.key = fact.key;
      survey.askedAt = at;
      arm(PROMPT_MAX_MS + silenceMs);
      return;
    case 'survey.heard':
      arm(silenceMs);
      return;
    case 'survey.answered':
      survey.answered.push(fact.question);
      return;
    case 'survey.thanked':
      state.last.playback = fact.playback;
      survey.playback = fact.playback;
      arm(PROMPT_MAX_MS);
      return;
    case 'survey.ended':
      survey.deadline = state.deadlines.clear(survey.deadline);
      state.surveys.delete(survey.place);
      if (survey.callback !== null) state.surveysByCallback.delete(survey.callback);
      if (survey.channel !== null) state.channels.delete(survey.channel);
      return;
    default:
      assertNever(fact);
  }
}
