// Each checker against a journal with something wrong in it: a checker that never says no proves nothing. The first
// journal is a right one; every other is the same with one thing changed.

import { describe, expect, test } from 'vitest';
import { centreOf } from '../../test/support/given.ts';
import type { Fact } from '../core/fact.ts';
import type { Meter } from './checker.ts';
import { Checkers } from './checkers.ts';

type Loose = { readonly type: string } & Record<string, unknown>;

const NUMBER = '6132000000';
const key = 'ab'.repeat(16);

/** Two callers and two agents; the first caller takes the callback, is not reached, and is reached at the second attempt. */
const day: readonly Loose[] = [
  { type: 'centre.configured', hash: 'h', configuration: centreOf() },
  { type: 'telephony.resynced', alive: 0 },
  { type: 'agent.signed_in', agent: 'ada', lines: ['visas'], languages: ['en'] },
  { type: 'agent.ready', agent: 'ada' },
  { type: 'agent.not_ready', agent: 'ada', reason: 'break' },
  { type: 'place.taken', place: 1, call: 1, line: 'visas', language: 'en', priority: 0, entry: 1 },
  { type: 'callback.offered', place: 1 },
  { type: 'callback.registered', callback: 1, place: 1, call: 1, numberKey: key, code: '0007' },
  { type: 'place.taken', place: 2, call: 2, line: 'visas', language: 'en', priority: 0, entry: 2 },
  { type: 'callback.pending', callback: 1 },
  { type: 'agent.ready', agent: 'ada' },
  { type: 'callback.due', callback: 1 },
  { type: 'agent.reserved', agent: 'ada', place: 1, leg: 1 },
  { type: 'agent.answered', agent: 'ada', playback: 9 },
  { type: 'attempt.intended', attempt: 1, callback: 1, agent: 'ada', n: 1 },
  { type: 'attempt.permitted', attempt: 1 },
  { type: 'attempt.failed', attempt: 1, cause: 'unknown' },
  { type: 'callback.retry_set', callback: 1, untilAt: 0 },
  { type: 'agent.released', agent: 'ada', by: 'centre', talked: false, playback: 10 },
  { type: 'agent.ready', agent: 'ada' },
  { type: 'agent.reserved', agent: 'ada', place: 2, leg: 2 },
  { type: 'agent.answered', agent: 'ada', playback: null },
  { type: 'place.left', place: 2, reason: 'served' },
  { type: 'agent.released', agent: 'ada', by: 'client', talked: true, playback: null },
  { type: 'agent.wrap_up_started', agent: 'ada', untilAt: 0 },
  { type: 'agent.ready', agent: 'ada' },
  { type: 'callback.due', callback: 1 },
  { type: 'agent.reserved', agent: 'ada', place: 1, leg: 3 },
  { type: 'agent.answered', agent: 'ada', playback: 11 },
  { type: 'attempt.intended', attempt: 2, callback: 1, agent: 'ada', n: 2 },
  { type: 'attempt.permitted', attempt: 2 },
  { type: 'attempt.answered', attempt: 2 },
  { type: 'callback.connected', callback: 1, attempt: 2, agent: 'ada' },
  { type: 'survey.begun', place: 1, of: 'callback', callback: 1, language: 'en', questions: ['satisfied'] },
  {
    type: 'survey.asked',
    place: 1,
    question: 'satisfied',
    round: 1,
    playback: 12,
    key: '',
    because: 'first',
  },
  { type: 'place.left', place: 1, reason: 'served' },
  { type: 'callback.completed', callback: 1, talkMs: 1 },
  { type: 'survey.answered', place: 1, question: 'satisfied', answer: 5 },
  { type: 'survey.ended', place: 1, by: 'client' },
  { type: 'agent.released', agent: 'ada', by: 'agent', talked: true, playback: null },
  { type: 'agent.ready', agent: 'ada' },
];

class Counted implements Meter {
  trunkInvites = 0;
  newestRing = '';
  newestDial = '';
  kept = true;
  readonly marked = new Map<string, number>();
  isKept(): boolean {
    return this.kept;
  }
  invitesMarked(attempt: string): number {
    return this.marked.get(attempt) ?? 0;
  }
}

const MINUTE_MS = 60_000;

function check(facts: readonly Loose[], meter = new Counted(), stepMs = MINUTE_MS): Checkers {
  const checkers = new Checkers({ shard: 'c1', meter, isNumber: (text) => text.includes(NUMBER) });
  facts.forEach((fact, i) => {
    checkers.row({
      seq: i + 1,
      epoch: 1,
      at: i * stepMs,
      fact: { v: 1, ...fact } as unknown as Fact,
      checksum: 0,
    });
  });
  checkers.atRest(null);
  checkers.callbacks.auditAll();
  return checkers;
}

/** The day, with the nth fact of this type (from 1) changed, or left out, or followed by others. */
function but(type: string, n: number, become: (fact: Loose) => readonly Loose[]): Loose[] {
  let seen = 0;
  const changed = day.flatMap((fact) => {
    if (fact.type === type) seen += 1;
    return fact.type === type && seen === n ? become(fact) : [fact];
  });
  expect(seen, `${type} stands in the day`).toBeGreaterThanOrEqual(n);
  return changed;
}

const twice = (fact: Loose) => [fact, fact];
const leftOut = () => [];

test('a right day passes, and what was overtaken while away is counted with its cause', () => {
  const { callbacks, order } = check(day);
  expect(Object.fromEntries(callbacks.ends)).toEqual({ 'callback.completed': 1 });
  expect(Object.fromEntries(callbacks.causes)).toEqual({ unknown: 1 });
  expect(Object.fromEntries(order.overtakes)).toEqual({ retry_wait: 1 });
});

describe('each of these is found', () => {
  test.each<[string, string, readonly Loose[]]>([
    ['S1', 'a callback out of its sequence', but('callback.registered', 1, (f) => [{ ...f, callback: 2 }])],
    ['S2', 'two ends', but('callback.completed', 1, twice)],
    ['S2', 'completed without a connection', but('callback.connected', 1, leftOut)],
    ['S3', 'two live attempts', but('attempt.failed', 1, leftOut)],
    ['S4', 'a permission twice', but('attempt.permitted', 1, twice)],
    ['S4', 'a failure of what was not permitted', but('attempt.permitted', 1, leftOut)],
    ['S4', 'void after a permission', but('attempt.failed', 1, (f) => [{ ...f, type: 'attempt.voided' }])],
    ['S6', 'an attempt without its agent', but('attempt.intended', 1, (f) => [{ ...f, agent: 'bob' }])],
    ['S7', 'an agent with two places', but('agent.reserved', 1, (f) => [f, { ...f, place: 2 }])],
    ['S7', 'reserved while not ready', but('agent.ready', 2, leftOut)],
    [
      'S7',
      'ready with a place in hand',
      but('agent.released', 2, leftOut).filter((f) => f.type !== 'place.left'),
    ],
    ['S7', 'signed in twice', but('agent.signed_in', 1, twice)],
    ['S10', 'the later of two', but('agent.reserved', 1, (f) => [{ ...f, place: 2 }])],
    ['S25', 'asked about a place that was left', but('survey.begun', 1, (f) => [{ ...f, place: 2 }])],
    ['S25', 'asked twice', but('survey.begun', 1, twice)],
    ['S25', 'answered twice', but('survey.answered', 1, twice)],
    ['S25', 'no answer', but('survey.answered', 1, (f) => [{ ...f, answer: 6 }])],
    ['S25', 'not asked', but('survey.answered', 1, (f) => [{ ...f, question: 'again' }])],
    ['S25', 'ended twice', but('survey.ended', 1, twice)],
    [
      'S21',
      'a number in a fact',
      but('agent.not_ready', 1, (f) => [{ ...f, reason: `call +1${NUMBER} back` }]),
    ],
    ['L3', 'ready, and nobody is given', [...day.slice(0, 11)]],
  ])('%s: %s', (invariant, _what, facts) => {
    expect(() => check(facts)).toThrow(new RegExp(`^${invariant}:`));
  });

  test('S5: more attempts than there are', () => {
    const one = but('centre.configured', 1, (f) => {
      const { callback } = centreOf();
      return [{ ...f, configuration: centreOf({ callback: { ...callback, attemptsMax: 1 } }) }];
    });
    expect(() => check(one)).toThrow(/^S5:/);
  });

  test('S5: again while the phone may still ring', () => {
    expect(() => check(day, new Counted(), 1_000)).toThrow(/^S5:/);
  });

  test('S4: an INVITE more than there are permissions; two for one attempt; one without any', () => {
    const more = Object.assign(new Counted(), { trunkInvites: 3 });
    expect(() => check(day, more)).toThrow(/^S4:/);
    const two = new Counted();
    two.marked.set('c1-attempt-00000001', 2);
    expect(() => check(day, two)).toThrow(/^S4: 2 INVITEs for attempt 1/);
    const none = new Counted();
    none.marked.set('c1-attempt-00000001', 1);
    expect(() => check(day.slice(0, 15), none)).toThrow(/^S4: attempt 1 was dialled without/);
  });

  test('Law 2: rung or dialled before it was committed', () => {
    const rung = Object.assign(new Counted(), { newestRing: 'c1-leg-00000004' });
    expect(() => check(day, rung)).toThrow(/^Law 2:/);
    const dialled = Object.assign(new Counted(), { newestDial: 'c1-attempt-00000003' });
    expect(() => check(day, dialled)).toThrow(/^Law 2:/);
  });

  test('S1: registered, and its number is not kept', () => {
    expect(() => check(day, Object.assign(new Counted(), { kept: false }))).toThrow(/^S1:/);
  });

  test('S1, S16, S18: a gap, an old epoch, a step back in the journal', () => {
    const fact = { v: 1, type: 'telephony.lost' } as Fact;
    const first = { seq: 1, epoch: 2, at: 10, fact, checksum: 0 };
    const then = (row: object) => {
      const checkers = new Checkers({ shard: 'c1', meter: new Counted(), isNumber: () => false });
      checkers.row(first);
      checkers.row({ ...first, seq: 2, ...row });
    };
    expect(() => then({ seq: 3 })).toThrow(/^S1:/);
    expect(() => then({ epoch: 1 })).toThrow(/^S16:/);
    expect(() => then({ at: 9 })).toThrow(/^S18:/);
  });
});
