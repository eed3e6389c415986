// What happens to callers, clients and agents, told at the level of whole turns: served in their turn whether they
// held or hung up, and every way in which a telephone does not do what one hopes. After each step scene.ts checks
// the rules of invariants.ts.

import { describe, expect, test } from 'vitest';
import { numbered, Scene } from '../../test/support/scene.ts';
import type { AgentId, Channel } from './id.ts';
import type { EndCause, Key } from './input.ts';

const ada = 'ada' as AgentId;

/** Ada is rung for a callback that nobody else waits before. */
function callbackRung(): Scene {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  return scene;
}

test('three callers and one busy agent; the second hangs up with a callback: served 1, 2, 3', () => {
  const scene = new Scene();
  scene.ready();
  const first = scene.caller(1);
  scene.answer();
  scene.callback(2);
  const third = scene.caller(3);
  scene.hangUp(first);
  scene.finish();
  scene.dial();
  scene.reach();
  expect(scene.state.channels.has(third)).toBe(true);
  scene.finish();
  scene.answer();
  expect(scene.served()).toEqual([1, 2, 3]);
  expect(scene.all('call.connected').map(({ place }) => place)).toEqual([1, 3]);
  expect(scene.all('callback.completed')).toHaveLength(1);
  expect(scene.dialled()).toBe(1);
});

test('a conversation is over, and the end of the caller’s call is never told: it ends all the same', () => {
  const scene = new Scene();
  scene.ready();
  const channel = scene.caller(1);
  scene.answer();
  scene.tell({ type: 'channel.ended', channel: scene.leg(), cause: 'normal' });
  expect(scene.state.channels.has(channel)).toBe(true);
  scene.after(15_000);
  expect(scene.all('call.ended').map(({ by }) => by)).toEqual(['centre']);
  expect(scene.state.calls.size).toBe(0);
});

describe('the caller hangs up', () => {
  const menus: readonly (readonly [string, readonly Key[]])[] = [
    ['at the choice of language', []],
    ['at the choice of a line', ['1']],
    ['at the service', ['1', '1']],
  ];
  test.each(menus)('%s: no place was taken', (_, keys) => {
    const scene = new Scene();
    const channel = 'in-a' as Channel;
    scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550199' });
    scene.press(channel, ...keys);
    scene.hangUp(channel);
    expect(scene.facts.at(-1)).toMatchObject({ type: 'call.ended', by: 'caller' });
    expect(scene.all('place.taken')).toEqual([]);
    expect([scene.state.calls.size, scene.state.deadlines.size]).toEqual([0, 0]);
  });

  const holding: readonly (readonly [string, readonly Key[]])[] = [
    ['at the offer', []],
    ['while keying another number', ['2']],
    ['at the confirmation', ['1']],
  ];
  test.each(holding)('%s: the place is abandoned', (_, keys) => {
    const scene = new Scene();
    const channel = scene.caller(1);
    scene.press(channel, ...keys);
    scene.hangUp(channel);
    expect(scene.latest('place.left')?.reason).toBe('abandoned');
    expect(scene.state.places.size).toBe(0);
  });

  test('while the agent’s phone rings: the phone is freed, the agent takes the next place', () => {
    const scene = new Scene();
    scene.ready();
    const gone = scene.caller(1);
    scene.caller(2);
    const leg = scene.leg();
    scene.hangUp(gone);
    expect(scene.effects).toContainEqual({ do: 'hang_up', channel: leg });
    scene.hangUp(leg);
    expect(scene.served()).toEqual([1, 2]);
  });

  test('during the good-bye: the callback is theirs all the same', () => {
    const scene = new Scene();
    const channel = scene.caller(1);
    scene.accept(channel);
    scene.hangUp(channel);
    expect(scene.latest('callback.pending')).toBeDefined();
    expect(scene.of(1).state).toBe('pending');
  });

  test('in the conversation: wrap-up follows once the phone is free', () => {
    const scene = new Scene();
    scene.ready();
    const channel = scene.caller(1);
    scene.answer();
    scene.hangUp(channel);
    expect(scene.agent('ada').state).toBe('clearing');
    scene.hangUp(scene.leg());
    expect(scene.agent('ada').state).toBe('wrap_up');
  });
});

describe('the agent’s phone, rung for a callback', () => {
  const ends: readonly (readonly [EndCause, string])[] = [
    ['no_answer', 'no_answer'],
    ['rejected', 'rejected'],
    ['busy', 'busy'],
    ['unreachable', 'phone_unreachable'],
  ];
  test.each(ends)('%s: not ready, the place back at its key, nobody was dialled', (cause, reason) => {
    const scene = callbackRung();
    scene.hangUp(scene.leg(), cause);
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason });
    expect(scene.of(1)).toMatchObject({ state: 'due', chances: 0 });
    expect(scene.state.places.get(scene.of(1).place)).toMatchObject({ state: 'waiting', entry: 1 });
    expect(scene.all('attempt.intended')).toEqual([]);
  });

  test('lost by the system: the agent is free at once, and rung again', () => {
    const scene = callbackRung();
    scene.hangUp(scene.leg(), 'lost');
    expect(scene.latest('place.returned')?.cause).toBe('agent_lost');
    expect(scene.served()).toEqual([1, 1]);
  });

  test('hung up before the client was dialled, or while the fence is asked: nothing can be dialled any more', () => {
    for (const isIntended of [false, true]) {
      const scene = callbackRung();
      if (isIntended) scene.intend();
      else scene.answer();
      scene.hangUp(scene.leg());
      scene.fence();
      expect(scene.refused).toBe('attempt.not_permitted');
      expect(scene.of(1).state).toBe('due');
      expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'hung_up' });
    }
  });
});

describe('the fence', () => {
  test('lets an attempt through once, and nothing that it does not know', () => {
    const scene = callbackRung();
    scene.intend();
    for (const attempt of ['', 't-attempt-00000002', 't-attempt-1', 'x-attempt-00000001', 't-attempt-NaN']) {
      scene.tell({ type: 'dial.asked', attempt, number: null });
      expect(scene.refused).toBe('attempt.not_permitted');
    }
    scene.fence();
    expect(scene.refused).toBe(null);
    scene.fence();
    expect(scene.refused).toBe('attempt.not_permitted');
    expect(scene.dialled()).toBe(1);
  });

  test('refuses what was voided; after three in a row the callback waits at its key, and the agent is freed', () => {
    const scene = callbackRung();
    scene.intend();
    for (let n = 1; n <= 3; n += 1) {
      const voided = scene.attempt();
      scene.hangUp(voided, 'fence_refused');
      scene.tell({ type: 'dial.asked', attempt: voided, number: null });
      expect(scene.refused).toBe('attempt.not_permitted');
    }
    expect(scene.all('attempt.voided')).toHaveLength(3);
    expect(scene.of(1)).toMatchObject({ state: 'retry_wait', chances: 0 });
    expect(scene.latest('agent.released')).toMatchObject({ by: 'centre', talked: false });
    expect([scene.dialled(), scene.state.attempts.size]).toEqual([0, 0]);
  });
});

describe('keys', () => {
  test('a confirmation before its prompt began does not count; never is not yes', () => {
    const scene = new Scene();
    const channel = scene.caller(1);
    scene.press(channel, '1');
    expect(scene.press(channel, '1')).toEqual([]);
    scene.after(10 * 60_000);
    expect(scene.all('callback.registered')).toEqual([]);
    expect(scene.state.places.size).toBe(1);
  });

  test('a repeat within 500 ms is a bounce: the wish for an agent does not take the offer', () => {
    const scene = new Scene();
    const channel = scene.caller(1); // the last key was 1, at this very moment
    expect(scene.tell({ type: 'key.pressed', channel, key: '1' })).toEqual([]);
    scene.at += 499;
    expect(scene.tell({ type: 'key.pressed', channel, key: '1' })).toEqual([]);
    scene.at += 1_000;
    expect(scene.tell({ type: 'key.pressed', channel, key: '1' })).not.toEqual([]);
  });

  test('a number refused three times: back to the offer with the place kept', () => {
    const scene = new Scene();
    const channel = scene.caller(null);
    scene.press(channel, '2');
    for (const code of ['number.too_short', 'number.emergency', 'number.premium'] as const) {
      const playback = scene.playbackOf(channel);
      scene.tell({ type: 'number.collected', channel, playback, number: { code } });
    }
    expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'offer', because: 'given_up' });
    expect(scene.state.places.get(1 as never)).toMatchObject({ state: 'waiting', entry: 1 });
    const stale = scene.tell({ type: 'number.collected', channel, playback: 'old', number: numbered(1) });
    expect(stale).toEqual([]);
  });

  test('a wrong key, and silence, are told so; at the third the call ends with good-bye', () => {
    for (const isSilent of [false, true]) {
      const scene = new Scene();
      const channel = 'in-a' as Channel;
      scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550199' });
      for (let n = 1; n <= 3; n += 1) {
        scene.tell({ type: 'prompt.ended', channel, playback: scene.playbackOf(channel) });
        if (isSilent) scene.after(5_000);
        else scene.press(channel, '7');
      }
      expect(scene.latest('call.refused')?.code).toBe('call.no_choice');
      const because = isSilent ? 'silence' : 'wrong_key';
      expect(scene.all('dialogue.asked').map((asked) => asked.because)).toEqual(['', because, because, '']);
      scene.after(120_000); // the good-bye was never reported as said
      expect(scene.latest('call.ended')?.by).toBe('centre');
    }
  });
});

describe('what an agent chooses during a call', () => {
  test.each(['reserved', 'on_call'] as const)('sign-out while %s: after the call', (state) => {
    const scene = new Scene();
    scene.ready();
    const channel = scene.caller(1);
    if (state === 'on_call') scene.answer();
    expect(scene.agent('ada').state).toBe(state);
    scene.tell({ type: 'agent.sign_out', agent: ada });
    expect(scene.state.agents.has(ada)).toBe(true);
    if (state === 'reserved') scene.hangUp(scene.leg(), 'no_answer');
    else scene.hangUp(channel);
    if (state === 'on_call') scene.hangUp(scene.leg());
    scene.after(31_000);
    expect(scene.state.agents.has(ada)).toBe(false);
  });

  test('not ready, and ready after all', () => {
    const scene = new Scene();
    scene.ready();
    const channel = scene.caller(1);
    scene.answer();
    scene.tell({ type: 'agent.go_not_ready', agent: ada, reason: 'lunch' });
    scene.tell({ type: 'agent.go_ready', agent: ada });
    scene.hangUp(channel);
    scene.hangUp(scene.leg());
    scene.after(31_000);
    expect(scene.agent('ada').state).toBe('ready');
  });
});
