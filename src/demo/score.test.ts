// The score counts an overtake, a lost promise and a handover when there is one, and none when there is none.

import { expect, test } from 'vitest';
import type { Fact } from '../core/fact.ts';
import type { CallbackId } from '../core/id.ts';
import { median, Score } from './score.ts';

function scored(...facts: (readonly [at: number, fact: object])[]): Score {
  const score = new Score();
  for (const [at, fact] of facts) score.note({ v: 1, ...fact } as Fact, at);
  return score;
}

const SIGNED_IN = [
  0,
  { type: 'agent.signed_in', agent: 'amelie', lines: ['permits', 'passports'], languages: ['en'] },
] as const;
const taken = (place: number, line = 'permits', language = 'en') =>
  [1, { type: 'place.taken', place, call: place, line, language, priority: 0, entry: place }] as const;
const reserved = (place: number, at = 5) =>
  [at, { type: 'agent.reserved', agent: 'amelie', place, leg: 1 }] as const;
const callback = (type: string, id: number) => [3, { type: `callback.${type}`, callback: id }] as const;
const registered = (place: number) =>
  [2, { type: 'callback.registered', callback: place, place, call: place }] as const;

const none = new Set<CallbackId>();

test("the first in line is no overtake, the second is, on another of the agent's lines too", () => {
  expect(scored(SIGNED_IN, taken(1), taken(2), reserved(1)).counts(none).overtakes).toBe(0);
  expect(scored(SIGNED_IN, taken(1), taken(2), reserved(2)).counts(none).overtakes).toBe(1);
  expect(scored(SIGNED_IN, taken(1, 'passports'), taken(2), reserved(2)).counts(none).overtakes).toBe(1);
});

test('who cannot be served by this agent, or not now, is not overtaken', () => {
  expect(scored(SIGNED_IN, taken(1, 'asylum'), taken(2), reserved(2)).counts(none).overtakes).toBe(0);
  expect(scored(SIGNED_IN, taken(1, 'permits', 'fr'), taken(2), reserved(2)).counts(none).overtakes).toBe(0);
  const left = [2, { type: 'place.left', place: 1, reason: 'abandoned' }] as const;
  expect(scored(SIGNED_IN, taken(1), taken(2), left, reserved(2)).counts(none)).toMatchObject({
    overtakes: 0,
    abandoned: 1,
  });
  expect(scored(SIGNED_IN, taken(1), taken(2), registered(1), reserved(2)).counts(none).overtakes).toBe(0);
});

test('a place is where its client and the owners have put it since: another language, another priority', () => {
  const french = [2, { type: 'place.language_changed', place: 1, language: 'fr' }] as const;
  expect(scored(SIGNED_IN, taken(1), taken(2), french, reserved(2)).counts(none).overtakes).toBe(0);
  const back = [3, { type: 'place.language_changed', place: 1, language: 'en' }] as const;
  expect(scored(SIGNED_IN, taken(1), taken(2), french, back, reserved(2)).counts(none).overtakes).toBe(1);
  const later = [2, { type: 'place.prioritised', place: 1, priority: 1 }] as const;
  expect(scored(SIGNED_IN, taken(1), taken(2), later, reserved(2)).counts(none).overtakes).toBe(0);
  expect(scored(SIGNED_IN, taken(1), taken(2), later, reserved(1)).counts(none).overtakes).toBe(1);
});

test('a callback keeps its place: whoever passes it while it waits is an overtake', () => {
  const waiting = [SIGNED_IN, taken(1), taken(2), registered(1), callback('pending', 1)] as const;
  expect(scored(...waiting, reserved(2)).counts(none).overtakes).toBe(1);
  expect(scored(...waiting, callback('retry_set', 1), reserved(2)).counts(none).overtakes).toBe(0);
  expect(
    scored(...waiting, callback('retry_set', 1), callback('due', 1), reserved(2)).counts(none).overtakes,
  ).toBe(1);
});

test('an accepted callback that is nowhere is lost', () => {
  const accepted = [SIGNED_IN, taken(1), registered(1), callback('pending', 1)] as const;
  expect(scored(...accepted).counts(none)).toMatchObject({ callbacksRegistered: 1, acceptedLost: 1 });
  expect(scored(...accepted).counts(new Set([1 as CallbackId])).acceptedLost).toBe(0);
  for (const end of ['completed', 'unreachable', 'cancelled', 'expired']) {
    expect(scored(...accepted, callback(end, 1)).counts(none).acceptedLost).toBe(0);
  }
});

test('a handover is timed from the agent being free to the INVITE, only while somebody waited', () => {
  const ready = (at: number) => [at, { type: 'agent.ready', agent: 'amelie' }] as const;
  const busy = scored(SIGNED_IN, taken(1), taken(2), ready(100), reserved(1, 100));
  busy.noteInvite('amelie', 107);
  busy.noteInvite('amelie', 207);
  expect(busy.counts(none)).toMatchObject({ handoverMsP50: 7, handovers: 1 });
  const idle = scored(SIGNED_IN, ready(100), taken(1), reserved(1, 160));
  idle.noteInvite('amelie', 170);
  expect(idle.counts(none)).toMatchObject({ handoverMsP50: null, handovers: 0 });
});

test('the median', () => {
  expect(median([])).toBe(null);
  expect(median([3])).toBe(3);
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
});

test('who is asked how it was on the line counts, answered at the first key; a page is no line', () => {
  const begun = (place: number, more: object = {}) =>
    [1, { type: 'survey.begun', place, of: 'live', questions: ['satisfied', 'answered'], ...more }] as const;
  const answered = (place: number, question: string) =>
    [2, { type: 'survey.answered', place, question, answer: 1 }] as const;
  const score = scored(
    begun(1),
    begun(2),
    begun(3, { untilAt: 9 }),
    answered(1, 'satisfied'),
    answered(1, 'answered'),
    answered(3, 'satisfied'),
    [3, { type: 'survey.ended', place: 2, by: 'client' }],
    [3, { type: 'tone.asked', agent: 'amelie', line: 'permits', language: 'en', kind: 'live' }],
  );
  expect(score.counts(none)).toMatchObject({ surveysByPhone: 2, surveysAnswered: 1, tonesAsked: 1 });
});
