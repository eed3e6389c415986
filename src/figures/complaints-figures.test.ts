// What users of other systems say of their figures, each as a story on the real rules, told by the facts it leads to: a
// callback taken for an abandon, a wait that forgets, a virtual wait of nought, a voicemail taken for a success, a delay
// laid at the wrong door.

import { describe, expect, test } from 'vitest';
import { agentCalled } from '../../test/support/given.ts';
import { MINUTE, Scene, visas } from '../../test/support/scene.ts';
import { Told } from '../../test/support/told.ts';
import type { Configuration } from '../core/configuration.ts';
import type { Key } from '../core/input.ts';
import { LiveCounters } from '../engine/live-counters.ts';
import { estimate } from './figure.ts';
import { FIGURES } from './registry.ts';

const AGENTS = { agents: [agentCalled('ada', ['visas']), agentCalled('bo', ['visas'])] };

function scene(more: Partial<Configuration> = {}): Scene {
  return new Scene({ ...AGENTS, ...more });
}

/** The agent who became ready is given the callback, and its client answers after `ringMs`. */
function serve(story: Scene, name: string, ringMs = 8_000): void {
  story.ready(name);
  story.after(2_000);
  story.dial(name);
  story.after(ringMs);
  story.reach();
}

test('is a callback an abandon? It is not: the caller hung up because we promised to call', () => {
  const story = scene();
  story.callback(1);
  const told = new Told(story);
  expect(told.figure('abandoned')).toMatchObject({ value: 0, n: 1 });
  expect(told.figure('abandoned_calls').value).toBe(0);
  expect(told.counts).toMatchObject({ asked: 1, registered: 1, pending: 1, waiting: 0 });
});

test('a wait of 5 min and 10 s is told as that, not as the 10 s since the last agent', () => {
  const story = scene();
  const caller = story.caller(1);
  const askedAt = story.at;
  story.after(5 * MINUTE);
  story.ready('ada');
  story.hangUp(story.leg('ada'), 'no_answer');
  story.after(10_000);
  story.ready('bo');
  story.answer('bo');
  const waitedMs = story.at - askedAt;
  story.hangUp(caller);
  const told = new Told(story);
  expect(waitedMs).toBe(5 * MINUTE + 10_000);
  expect(told.figure('speed_of_answer_live').value).toBe(waitedMs);
  expect(told.figure('speed_of_answer_all').value).toBe(waitedMs);
});

test('the wait of a callback is not counted as nought in the speed of answer', () => {
  const story = scene();
  story.callback(1);
  const registeredAt = story.at;
  story.after(111 * MINUTE);
  serve(story, 'ada');
  story.finish('ada');
  const told = new Told(story);
  const all = told.figure('speed_of_answer_all');
  expect(all.value as number).toBeGreaterThanOrEqual(story.stamped.find(connected)!.at - registeredAt);
  expect(told.figure('speed_of_answer_live')).toMatchObject({ value: null, n: 0 });
  expect(told.figure('waits_over_30m').value).toBe(1);
});

function connected({ fact }: Scene['stamped'][number]): boolean {
  return fact.type === 'callback.connected';
}

test('a voicemail is not counted as a success', () => {
  const story = scene();
  story.callback(1);
  for (const _ of [1, 2]) {
    serve(story, 'ada');
    story.tell({ type: 'agent.voicemail', agent: story.agent('ada').id });
    story.hangUp(story.leg('ada'));
    story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
    story.after(6 * MINUTE);
  }
  const told = new Told(story);
  expect(told.counts).toMatchObject({ incomplete_voicemail: 1, failed_voicemail: 2 });
  expect(told.figure('callbacks_connected').value).toBe(0);
  expect(told.book.all('callback')).toMatchObject([
    { ended_as: 'incomplete', connected_at: null, attempts: 2 },
  ]);
  expect(told.figure('served').value).toBe(0);
  expect(told.figure('incomplete_callbacks')).toMatchObject({ value: 1, n: 1 });
  expect(told.figure('first_attempt_contact')).toMatchObject({ value: 0, n: 1 });
});

test('a client who calls again and is merged is one client, and did not go unanswered', () => {
  const story = scene();
  story.callback(1);
  const again = story.caller(1);
  story.accept(again);
  story.hangUp(again);
  story.after(MINUTE);
  serve(story, 'ada');
  story.finish('ada');
  const told = new Told(story);
  expect(told.counts).toMatchObject({ asked: 2, merged: 1, registered: 1, connected: 1 });
  expect(told.figure('answer_rate')).toMatchObject({ value: 1, n: 1 });
  expect(told.figure('persons_2_calls')).toMatchObject({ value: 1, n: 1 });
});

describe('whose doing a delay is', () => {
  test('nobody’s: called in turn, and the ringing is apart', () => {
    const story = scene();
    story.callback(1);
    story.after(20 * MINUTE);
    serve(story, 'ada');
    story.finish('ada');
    const told = new Told(story);
    expect(told.figure('called_in_turn')).toMatchObject({ value: 1, n: 1 });
    expect(told.counts).toMatchObject({ slip_within_1s: 1, handover_ms: 10_000 });
    expect([told.counts.slip_ms, told.counts.own_delay_ms, told.counts.owners_delay_ms]).toEqual([0, 0, 0]);
  });

  test('the client’s: not there at first; who was served meanwhile passed by that cause', () => {
    const story = scene();
    story.callback(1);
    serve(story, 'ada');
    const firstAt = story.stamped.find(({ fact }) => fact.type === 'agent.reserved')!.at;
    story.tell({ type: 'agent.voicemail', agent: story.agent('ada').id });
    story.hangUp(story.leg('ada'));
    const other = story.caller(2);
    story.ready('ada');
    story.answer('ada');
    story.hangUp(other);
    story.hangUp(story.leg('ada'));
    story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
    story.after(6 * MINUTE);
    story.ready('bo');
    const againAt = story.at;
    story.after(2_000);
    story.dial('bo');
    story.reach();
    story.finish('bo');
    const told = new Told(story);
    expect(told.counts.own_delay_ms).toBe(againAt - firstAt);
    expect(told.counts.slip_ms).toBe(0);
    expect(told.counts.overtaken_client_not_reached).toBe(1);
    expect(told.figure('overtakes_system').value).toBe(0);
  });

  test('the system’s: an agent let it ring', () => {
    const story = scene();
    story.callback(1);
    story.after(MINUTE);
    story.ready('ada');
    story.after(12_000);
    story.hangUp(story.leg('ada'), 'no_answer');
    story.after(30_000);
    serve(story, 'bo');
    story.finish('bo');
    const told = new Told(story);
    expect(told.counts.slip_ms).toBe(42_000);
    expect(told.figure('called_in_turn').value).toBe(0);
    expect(told.counts.own_delay_ms).toBe(0);
  });

  test('the owners’: processing was switched off while agents took later callers', () => {
    const story = scene();
    story.callback(1);
    story.turnSwitch('processing', false);
    const later = story.caller(2);
    story.ready('ada');
    const turnAt = story.at;
    story.answer('ada');
    story.after(3 * MINUTE);
    story.hangUp(later);
    story.finish('ada');
    story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
    story.turnSwitch('processing', true);
    serve(story, 'bo');
    story.finish('bo');
    const told = new Told(story);
    const reservedAt = story.stamped.findLast(({ fact }) => fact.type === 'agent.reserved')!.at;
    expect(told.counts.owners_delay_ms).toBe(reservedAt - turnAt);
    expect(told.counts.slip_ms).toBe(0);
    expect(told.counts.overtaken_held_back).toBe(1);
  });
});

test('a line that was full is a refusal; its caller did not enter, and is not lost', () => {
  const story = scene({ lines: [visas({ capacity: 1 })] });
  story.caller(1);
  story.caller(2);
  const told = new Told(story);
  expect(told.counts).toMatchObject({ asked: 2, refused_full: 1, waiting: 1, entered: 1 });
  expect(told.figure('refused')).toMatchObject({ value: 0.5, n: 2 });
});

const SURVEY = {
  sharePermille: 1000,
  questions: ['satisfied', 'again', 'answered'],
  announces: false,
} as const;

test('the survey is never run (FreePBX/issue-tracker#326): whoever stays is asked, and n stands beside', () => {
  const story = scene({ lines: [visas({ survey: { ...SURVEY, linkMs: 60 * MINUTE } })] });
  for (const [n, keys] of [['5', '1', '1'], ['5', '2', '1'], ['4'], []].entries()) {
    story.callback(n + 1);
    serve(story, 'ada');
    const client = story.attempt();
    story.finish('ada');
    story.press(client, ...(keys as Key[]));
    story.hangUp(client);
    story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
  }
  const held = story.caller(9);
  story.ready('ada');
  story.answer('ada');
  story.finish('ada');
  story.press(held, '3', '2');
  story.hangUp(held);
  story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
  const missed = story.callback(8);
  for (const _ of [1, 2]) {
    story.ready('ada');
    story.dial('ada');
    story.miss('busy', 'ada');
    story.tell({ type: 'agent.go_not_ready', agent: story.agent('ada').id, reason: 'pause' });
    story.after(6 * MINUTE);
  }
  const answers = [{ question: 'again', answer: 2 } as const];
  story.tell({ type: 'survey.answer', callback: missed, answers });
  story.after(60 * MINUTE);
  const told = new Told(story);
  expect(told.figure('survey_callback_response_rate')).toMatchObject({ cases: 3, n: 4 });
  expect(told.figure('survey_callback_very_satisfied')).toMatchObject({ cases: 2, n: 3 });
  expect(told.figure('survey_callback_would_use_again')).toMatchObject({ cases: 1, n: 2 });
  expect(told.figure('survey_callback_satisfied_and_again')).toMatchObject({ cases: 1, n: 2 });
  expect(told.figure('survey_callback_question_answered')).toMatchObject({ cases: 2, n: 2 });
  // Apart: neither who held nor who was not reached is in the figures of those who were.
  expect(told.figure('survey_live_very_satisfied')).toMatchObject({ cases: 0, n: 1 });
  expect(told.figure('survey_incomplete_would_use_again')).toMatchObject({ cases: 0, n: 1, low: null });
  expect(told.figure('survey_incomplete_response_rate')).toMatchObject({ cases: 1, n: 1 });
  expect(told.book.all('survey').map(({ answers: given }) => given)).toContain(
    'satisfied 5, again 2, answered 1',
  );
});

test('two reports disagree: live numbers and records are one count, surveys and tone with them', () => {
  const story = scene({
    lines: [visas({ survey: { ...SURVEY, linkMs: 0 } })],
    tone: { sharePermille: 1000, agentsMin: 3 },
  });
  const caller = story.caller(1);
  story.ready('ada');
  story.answer('ada');
  story.finish('ada');
  story.press(caller, '5', '1');
  const at = { line: visas().id, language: 'en' } as const;
  const values = ([1, 0, -1, 1] as const).map((value) => ({ ...at, kind: 'callback', value }) as const);
  story.tell({ type: 'tone.release', values: [...values, { ...at, kind: 'live', value: 0 }] });
  const told = new Told(story);
  const live = new LiveCounters();
  story.stamped.forEach(({ fact, at }, i) => {
    live.hear({ seq: i + 1, at, fact });
  });
  const counted = live.counts(0, Number.MAX_SAFE_INTEGER);
  for (const figure of FIGURES) expect(estimate(figure, counted)).toEqual(estimate(figure, told.counts));
  expect(told.figure('tone_callback')).toMatchObject({ value: 0.25, n: 4, unit: 'score' });
  expect(told.figure('tone_effect')).toMatchObject({ value: 0.25, n: 1, low: null });
  expect(told.figure('survey_live_very_satisfied')).toMatchObject({ value: 1, n: 1 });
});
