// "Call again at": agreed in the wrap-up with the client, or named by somebody else who answered. The callback goes on with its
// reference and its key, is called at that time, and each attempt counts as what it was; how often, and when, is limited.

import { describe, expect, test } from 'vitest';
import { agentCalled, centreOf, START_AT } from '../../../test/support/given.ts';
import { HOUR, MINUTE, Scene, visas } from '../../../test/support/scene.ts';
import { Told } from '../../../test/support/told.ts';
import { balanceOf } from '../../figures/conservation.ts';
import { LIMITS, LINE_DEFAULTS, type LineConfiguration } from '../configuration.ts';
import type { SpokeWith } from '../fact.ts';
import type { AgentId, CallbackId } from '../id.ts';

const ada = 'ada' as AgentId;

class AgainScene extends Scene {
  constructor(againMax = 2, line: Partial<LineConfiguration> = {}) {
    const agents = ['ada', 'bob'].map((name) => agentCalled(name, ['visas']));
    super({ agents, lines: [visas(line)], callback: { ...centreOf().callback, againMax } });
  }

  atPage(name = 'ada'): void {
    this.signIn(name);
    this.tell({ type: 'agent.page_opens', agent: name as AgentId });
    this.ready(name);
  }

  /** Client and agent have spoken, and both have hung up: the agent wraps up. */
  spoken(name = 'ada'): void {
    this.dial(name);
    this.reach();
    this.after(MINUTE);
    this.hangUp(this.attempt());
    this.hangUp(this.leg(name));
  }

  again(inMs: number, spokeWith: SpokeWith = 'client', agent = ada): void {
    this.tell({ type: 'agent.call_again', agent, untilAt: this.at + inMs, spokeWith, noted: false });
  }

  /** A callback that has been spoken about, and its key. */
  first(): { readonly callback: CallbackId; readonly entry: number | undefined } {
    const callback = this.callback(1);
    this.atPage();
    this.spoken();
    expect(this.of(callback).state).toBe('parted');
    return { callback, entry: this.entryOf(callback) };
  }

  entryOf(callback: CallbackId): number | undefined {
    return this.state.places.get(this.of(callback).place)?.entry;
  }

  figures(): Told {
    const told = new Told(this);
    for (const { equation, holds, left, right } of balanceOf(told.book.total()))
      expect({ equation, holds, left, right }).toMatchObject({ holds: true });
    return told;
  }
}

describe('agreed with the client', () => {
  test('the same callback is called at that time, at its old key, by whoever is next', () => {
    const scene = new AgainScene();
    const { callback, entry } = scene.first();
    scene.again(2 * HOUR);
    expect(scene.refused).toBeNull();
    expect(scene.of(callback)).toMatchObject({ state: 'scheduled', chances: 0, attempt: null });
    expect(scene.agent('ada').page?.client?.outcome).toBe('again');
    scene.ready();
    scene.caller(7);
    expect(scene.agent('ada').state).toBe('reserved'); // the time has not come: others are served
    scene.answer();
    scene.finish();
    const { untilAt } = scene.latest('callback.again_agreed') ?? { untilAt: 0 };
    scene.after(untilAt - 1 - scene.at);
    expect(scene.agent('ada').state).toBe('ready');
    scene.after(1);
    expect(scene.of(callback).state).toBe('serving');
    expect(scene.entryOf(callback)).toBe(entry);
    scene.spoken();
    expect(scene.all('attempt.intended').map(({ n }) => n)).toEqual([1, 2]);
    scene.tell({ type: 'agent.tell_outcome', agent: ada, outcome: 'reached', noted: false });
    expect(scene.state.callbacks.has(callback)).toBe(false);
    expect(scene.all('callback.completed')).toHaveLength(1);
    const told = scene.figures();
    expect(told.book.total()).toMatchObject({
      registered: 1,
      connected: 1,
      again_agreed: 1,
      again_reached: 1,
    });
    expect(told.figure('first_attempt_contact')).toMatchObject({ cases: 1, n: 1 });
    expect(told.book.all('attempt').map(({ ended_as }) => ended_as)).toEqual(['completed', 'completed']);
    expect(told.book.all('callback')).toMatchObject([{ callback, ended_as: 'connected', attempts: 2 }]);
  });

  test('on hold when the agent hung up: not on hold the second time', () => {
    const scene = new AgainScene();
    scene.callback(1);
    scene.atPage();
    scene.dial();
    scene.reach();
    scene.tell({ type: 'agent.hold', agent: ada });
    scene.hangUp(scene.leg());
    scene.again(HOUR);
    scene.ready();
    scene.after(HOUR);
    scene.dial();
    scene.reach();
    expect(scene.tell({ type: 'agent.hold', agent: ada })).toMatchObject([{ type: 'client.held' }]);
  });

  test('asked on a page after the first conversation: the second one is hung up all the same', () => {
    const survey = {
      sharePermille: 1000,
      questions: ['satisfied'],
      announces: false,
      linkMs: 3 * HOUR,
    } as const;
    const scene = new AgainScene(2, { survey });
    scene.first();
    expect(scene.state.surveys.size).toBe(1);
    scene.again(HOUR);
    scene.ready();
    scene.after(HOUR);
    scene.dial();
    scene.reach();
    const before = scene.effects.length;
    scene.hangUp(scene.leg());
    expect(scene.effects.slice(before)).toContainEqual({ do: 'hang_up', channel: scene.attempt() });
  });

  test('not reached the second time: the person was, so the callback is not an incomplete one', () => {
    const scene = new AgainScene();
    const { callback } = scene.first();
    const turn = scene.at;
    scene.again(HOUR);
    scene.ready();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      scene.after((scene.state.deadlines.next()?.at ?? 0) - scene.at);
      scene.dial();
      scene.miss('no_answer');
      scene.ready();
    }
    expect(scene.latest('callback.unreachable')).toMatchObject({ callback, cause: 'no_answer' });
    const told = scene.figures();
    expect(told.figure('incomplete_callbacks')).toMatchObject({ cases: 0 });
    expect(told.book.total()).toMatchObject({ connected: 1, again_missed: 1, failed_no_answer: 2 });
    const [row] = told.book.all('callback');
    expect(row).toMatchObject({ ended_as: 'connected', cause: '' });
    expect(row?.connected_at).toBeLessThan(turn);
  });

  test('said nothing, something else, or gone: it is completed as ever, once', () => {
    for (const end of ['wrap_up_over', 'told', 'page_lost', 'signed_out'] as const) {
      const scene = new AgainScene();
      const { callback } = scene.first();
      if (end === 'told')
        scene.tell({ type: 'agent.tell_outcome', agent: ada, outcome: 'reached', noted: false });
      else if (end === 'signed_out') scene.tell({ type: 'agent.sign_out', agent: ada });
      else if (end === 'page_lost') scene.tell({ type: 'agent.page_ends', agent: ada });
      scene.after(MINUTE);
      expect(scene.all('callback.completed')).toMatchObject([{ callback, talkMs: MINUTE }]);
      expect(scene.state.places.size + scene.state.parted.size).toBe(0);
      scene.again(HOUR);
      expect(scene.refused).not.toBeNull();
    }
  });

  test('said late of the one before: nothing of the one that has just been spoken about has ended', () => {
    const scene = new AgainScene();
    const { callback: before } = scene.first();
    scene.after(MINUTE);
    expect(scene.all('callback.completed')).toMatchObject([{ callback: before }]);
    scene.tell({ type: 'agent.go_not_ready', agent: ada, reason: 'break' });
    const callback = scene.callback(2);
    scene.ready();
    scene.spoken();
    expect(scene.of(callback).state).toBe('parted');
    const late = { agent: ada, callback: before, noted: true } as const;
    scene.tell({ type: 'agent.call_again', ...late, untilAt: scene.at + HOUR, spokeWith: 'client' });
    expect(scene.refused).toBe('callback.unknown');
    scene.tell({ type: 'agent.tell_outcome', ...late, outcome: 'reached' });
    expect(scene.latest('callback.outcome_told')).toMatchObject({ callback: before });
    expect(scene.of(callback).state).toBe('parted');
    scene.again(HOUR);
    expect(scene.latest('callback.again_agreed')).toMatchObject({ callback });
  });

  test('whose agent works by the phone alone, or where it is not allowed, ends with the conversation', () => {
    const alone = new AgainScene();
    alone.callback(1);
    alone.ready();
    alone.spoken();
    expect(alone.all('callback.parted')).toEqual([]);
    expect(alone.all('callback.completed')).toHaveLength(1);
    const never = new AgainScene(0);
    never.callback(1);
    never.atPage();
    never.spoken();
    expect(never.all('callback.completed')).toHaveLength(1);
  });
});

describe('somebody else answered', () => {
  test('the attempt did not reach the client, and one is left for the time that was named', () => {
    const scene = new AgainScene();
    const { callback } = scene.first();
    scene.again(HOUR, 'other');
    expect(scene.of(callback)).toMatchObject({ state: 'scheduled', chances: 1 });
    scene.ready();
    scene.after(HOUR);
    scene.spoken();
    scene.after(MINUTE);
    const total = scene.figures().book.total();
    expect(total).toMatchObject({
      connected: 1,
      failed_other_person: 1,
      first_attempts: 1,
      again_reached: 1,
    });
    expect(total.first_reached ?? 0).toBe(0);
  });

  test('at the last attempt there is none left for a further call', () => {
    const scene = new AgainScene(5);
    scene.first();
    scene.again(HOUR, 'other');
    scene.ready();
    scene.after(HOUR);
    scene.spoken();
    scene.again(HOUR, 'other');
    expect(scene.refused).toBe('callback.attempts_spent');
    scene.again(HOUR, 'client');
    expect(scene.refused).toBeNull();
  });
});

describe('limits', () => {
  test('nobody is called again for ever', () => {
    const scene = new AgainScene(2);
    scene.first();
    for (const refused of [null, null, 'callback.again_full']) {
      scene.again(HOUR);
      expect(scene.refused).toBe(refused);
      scene.ready();
      scene.after(HOUR);
      if (refused === null) scene.spoken();
    }
    expect(scene.dialled()).toBe(3);
    expect(scene.figures().book.total()).toMatchObject({ again_agreed: 2, again_reached: 2, connected: 1 });
  });

  test('a time that is past, too far, or at which the client may not be called', () => {
    const open = [{ fromAt: START_AT, toAt: START_AT + 10 * HOUR }];
    const callingHours = [{ fromAt: START_AT, toAt: START_AT + 8 * HOUR }];
    const closing = { ...LINE_DEFAULTS.closing, callingHours, cutOffMs: HOUR };
    for (const [inMs, rules, refused] of [
      [0, {}, 'callback.time_past'],
      [LIMITS.laterMaxMs + 1, {}, 'callback.too_far'],
      [9 * HOUR, { open, closing }, 'callback.outside_hours'],
      [9.5 * HOUR, { open, closing: { ...closing, callingHours: open } }, 'callback.outside_hours'],
      [11 * HOUR, { open }, 'callback.outside_hours'],
      [7 * HOUR, { open, closing }, null],
    ] as const) {
      const scene = new AgainScene(2, { ...rules, offer: { ...LINE_DEFAULTS.offer, keepPermille: 0 } });
      const { callback } = scene.first();
      scene.again(inMs);
      expect([inMs, scene.refused]).toEqual([inMs, refused]);
      expect(scene.of(callback).state).toBe(refused === null ? 'scheduled' : 'parted');
    }
  });

  test('only the agent who spoke, after the conversation, once', () => {
    const scene = new AgainScene();
    scene.callback(1);
    scene.atPage();
    scene.dial();
    scene.reach();
    scene.again(HOUR);
    expect(scene.refused).toBe('callback.not_parted');
    scene.hangUp(scene.attempt());
    scene.atPage('bob');
    scene.again(HOUR, 'client', 'bob' as AgentId);
    expect(scene.refused).toBe('agent.no_client');
    scene.again(HOUR);
    scene.again(HOUR);
    expect(scene.refused).toBe('agent.outcome_told');
  });

  test('a client who has registered anew meanwhile has that one; a number that was barred is not called', () => {
    const scene = new AgainScene();
    const { callback } = scene.first();
    const second = scene.callback(1);
    expect(second).not.toBe(callback);
    scene.again(HOUR);
    expect(scene.refused).toBe('callback.number_taken');
    const barred = new AgainScene();
    barred.first();
    barred.bar(1);
    barred.again(HOUR);
    expect(barred.refused).toBe('callback.never_call');
  });

  test('the client may cancel it: reached all the same, and the further call is cancelled', () => {
    const scene = new AgainScene();
    const { callback } = scene.first();
    scene.tell({ type: 'callback.cancel', callback, by: 'client' });
    expect(scene.refused).toBe('callback.being_served');
    scene.again(HOUR);
    scene.tell({ type: 'callback.cancel', callback, by: 'client' });
    expect(scene.refused).toBeNull();
    expect(scene.figures().book.total()).toMatchObject({ connected: 1, again_cancelled: 1 });
  });
});
