// What follows when a client is not reached: by cause, up to the maximum, at the old key; quarantine after "unknown";
// voicemail; caps on dialling; numbers that may be dialled no more; the number that the client sees.

import { expect, test } from 'vitest';
import { centreOf } from '../../../test/support/given.ts';
import { HOUR, keyOf, MINUTE, numbered, Scene, visas } from '../../../test/support/scene.ts';
import { LIMITS } from '../configuration.ts';
import type { Effect } from '../effect.ts';
import type { AttemptCause } from '../fact.ts';
import type { Channel } from '../id.ts';
import type { EndCause } from '../input.ts';

const { callback: RULES, numbers: NUMBERS } = centreOf();

function missed(cause: EndCause): Scene {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.miss(cause);
  return scene;
}

test.each([
  ['busy', 'busy'],
  ['no_answer', 'no_answer'],
  ['rejected', 'rejected'],
  ['congestion', 'congestion'],
  ['unknown', 'unknown'],
  ['lost', 'unknown'],
] as const satisfies readonly (readonly [EndCause, AttemptCause])[])(
  'a client who was not reached for %s is called again, and once only',
  (end, cause) => {
    const scene = missed(end);
    expect(scene.latest('attempt.failed')?.cause).toBe(cause);
    scene.after(RULES.retryDelayMs - 1);
    expect(scene.all('agent.reserved')).toHaveLength(1);
    scene.after(1);
    scene.dial();
    scene.miss(end);
    expect(scene.latest('callback.unreachable')?.cause).toBe(cause);
    scene.after(HOUR);
    expect(scene.dialled()).toBe(2);
  },
);

test('a number that does not exist is not dialled again', () => {
  const scene = missed('unallocated');
  expect(scene.latest('callback.unreachable')?.cause).toBe('unallocated');
});

test('the delay before the next attempt is its cause’s own', () => {
  const retryDelayByCauseMs = { busy: MINUTE };
  const scene = new Scene({ callback: { ...RULES, retryDelayByCauseMs } });
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.miss('busy');
  expect(scene.latest('callback.retry_set')?.untilAt).toBe(scene.at + MINUTE);
});

test('after an attempt of which nobody knows whether it rang: the quarantine, however short the delay', () => {
  const scene = new Scene({ callback: { ...RULES, retryDelayMs: 1_000 } });
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.miss('unknown');
  expect(scene.latest('callback.retry_set')?.untilAt).toBe(scene.at + RULES.quarantineMs);
});

test('the quarantine of a client who uses a relay service is as long as their phone rings', () => {
  const scene = new Scene({ callback: { ...RULES, relayRingMs: 60_000, retryDelayMs: 1_000 } });
  const channel = 'in-relay' as Channel;
  scene.tell({ type: 'call.arrives', channel, ani: numbered(1), dnis: '5550101' });
  scene.press(channel, '1', '7', '1', '1');
  scene.began(channel);
  scene.press(channel, '1');
  scene.hangUp(channel);
  scene.ready();
  scene.dial();
  scene.miss('unknown');
  expect(scene.latest('callback.retry_set')?.untilAt).toBe(scene.at + 60_000 + 32_000);
});

test('a retry is served at its old key: before who came later, never better than it was (S11)', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.callback(2);
  scene.callback(3);
  scene.ready();
  scene.dial();
  scene.miss('busy');
  expect(scene.served()).toEqual([1, 2]);
  scene.dial();
  scene.reach();
  scene.after(RULES.retryDelayMs);
  scene.finish();
  expect(scene.served()).toEqual([1, 2, 1]);
});

test('agent lost while the client’s phone rings: hung up, not the client’s doing, called again after the quarantine', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  scene.ready();
  scene.dial();
  scene.hangUp(scene.leg(), 'lost');
  expect(scene.latest('attempt.failed')?.cause).toBe('agent_lost');
  expect(scene.effects).toContainEqual({ do: 'hang_up', channel: scene.attempt() });
  expect(scene.of(callback)).toMatchObject({ state: 'retry_wait', chances: 0 });
});

test('agents lost again and again: the client is not rung for ever, and it is told apart from not being there', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  for (let loss = 0; scene.state.callbacks.has(callback); loss += 1) {
    expect(loss).toBeLessThanOrEqual(LIMITS.lossesMax);
    scene.ready();
    scene.dial();
    scene.hangUp(scene.leg(), 'lost');
    scene.hangUp(scene.attempt());
    scene.after(HOUR);
  }
  expect(scene.dialled()).toBe(LIMITS.lossesMax + 1);
  expect(scene.latest('callback.unreachable')?.cause).toBe('agent_lost');
});

test('agents who hang up while the client is about to be dialled say nothing of the fence', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  for (let n = 0; n < LIMITS.voidsMax; n += 1) {
    scene.ready();
    scene.intend();
    scene.hangUp(scene.leg());
  }
  expect(scene.of(callback)).toMatchObject({ state: 'due', voids: 0, chances: 0 });
});

test.each([false, true])(
  'voicemail is one key, never a success; with the neutral message: %s',
  (leavesMessage) => {
    const scene = new Scene({ lines: [visas({ leavesMessage })] });
    scene.callback(1);
    for (let attempt = 1; attempt <= RULES.attemptsMax; attempt += 1) {
      scene.ready();
      scene.dial();
      scene.reach();
      scene.press(scene.leg(), '*');
      scene.hangUp(scene.leg());
      scene.after(HOUR);
    }
    expect(scene.all('attempt.failed').map((f) => f.cause)).toEqual(['voicemail', 'voicemail']);
    expect(scene.latest('callback.unreachable')?.cause).toBe('voicemail');
    expect(scene.all('callback.completed')).toEqual([]);
    const messages = scene.effects.filter((e) => e.do === 'play' && e.channel.includes('attempt'));
    const say = ['en', 'fr'].map((language) => ({ prompt: 'voicemail.message', language }));
    expect(messages.map((m) => (m.do === 'play' ? m.say : []))).toEqual(leavesMessage ? [say, say] : []);
  },
);

test('the voicemail key means nothing without a client on the line', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.intend();
  expect(scene.press(scene.leg(), '*')).toEqual([]);
  expect(scene.refused).toBe('agent.no_client');
});

/** Two agents, and so many diallings an hour. */
function capped(dialsPerHourMax: number): Scene {
  return new Scene({
    numbers: { ...NUMBERS, dialsPerHourMax },
    agents: centreOf().agents.flatMap((a) => [a, { ...a, id: 'bo' as typeof a.id }]),
  });
}

test('clients dialled within an hour: at the cap no agent is rung for another, whose place is passed over with its cause', () => {
  const scene = capped(1);
  scene.callback(1);
  scene.callback(2);
  scene.ready();
  scene.ready('bo'); // while ada is rung for the first: no room for a second
  expect(scene.served()).toEqual([1]);
  expect(scene.all('dials.held')).toHaveLength(1);
  scene.dial();
  const dialledAt = scene.at;
  scene.reach();
  const live = scene.caller(3);
  expect(scene.served()).toEqual([1, 3]); // live callers are served meanwhile
  scene.answer('bo');
  scene.hangUp(live);
  scene.finish('bo');
  scene.after(dialledAt + HOUR - 1 - scene.at);
  expect(scene.served()).toEqual([1, 3]);
  expect(scene.latest('dials.held')?.untilAt).toBe(dialledAt + HOUR);
  scene.after(1);
  expect(scene.served()).toEqual([1, 3, 2]); // at its own key
  scene.dial('bo');
  expect(scene.dialled()).toBe(2);
});

test('at the cap: an agent who does not answer gives their room to the next who may dial', () => {
  const scene = capped(1);
  scene.callback(1);
  scene.callback(2);
  scene.ready();
  scene.ready('bo');
  scene.hangUp(scene.leg(), 'no_answer');
  expect(scene.served()).toEqual([1, 1]);
  scene.dial('bo');
  expect(scene.dialled()).toBe(1);
});

test('the cap lowered while an agent is rung: not dialled, at the fence too; raised: served at once', () => {
  const scene = capped(5);
  const callback = scene.callback(1);
  scene.ready();
  scene.intend();
  scene.configure({ numbers: { ...NUMBERS, dialsPerHourMax: 0 } });
  expect(scene.fence()).toEqual([]);
  scene.miss('fence_refused');
  expect(scene.of(callback)).toMatchObject({ state: 'retry_wait', chances: 0 });
  scene.after(HOUR);
  expect(scene.dialled()).toBe(0);
  scene.configure({ numbers: { ...NUMBERS, dialsPerHourMax: 1 } });
  scene.dial();
  expect(scene.dialled()).toBe(1);
});

test('a number that is barred: what is pending ends at once, what is being served is stopped at the fence (S9)', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.bar(1);
  expect(scene.latest('callback.cancelled')?.by).toBe('never_call');
  scene.callback(2);
  scene.ready();
  scene.intend();
  scene.bar(2);
  scene.fence();
  expect(scene.dialled()).toBe(0);
  expect(scene.latest('callback.unreachable')?.cause).toBe('number_refused');
});

test('a number that is barred while an agent is rung for it, or between two attempts, is not dialled', () => {
  const rung = new Scene();
  rung.callback(1);
  rung.ready();
  rung.bar(1);
  rung.intend();
  expect(rung.all('attempt.intended')).toEqual([]);
  expect(rung.state.callbacks.size).toBe(0);

  const between = missed('busy');
  between.bar(1);
  between.after(HOUR);
  expect(between.dialled()).toBe(1);
  expect(between.state.callbacks.size).toBe(0);

  const ringing = new Scene();
  ringing.callback(1);
  ringing.ready();
  ringing.dial();
  ringing.bar(1);
  ringing.miss('busy');
  expect(ringing.latest('callback.cancelled')?.by).toBe('never_call');
});

test('a number that fails the policy at the fence is dialled neither now nor later', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.intend();
  const refused = 'number.not_allowed';
  scene.tell({ type: 'dial.asked', attempt: scene.attempt(), number: refused as never });
  expect(scene.dialled()).toBe(0);
  expect(scene.latest('callback.unreachable')?.cause).toBe('number_refused');
});

test('the client sees the number of their own line, the one announced at registration', () => {
  const scene = new Scene({ lines: [visas({ callerId: '+16135550142' })] });
  scene.callback(1);
  scene.ready();
  scene.intend();
  const dial = scene.effects.find((e): e is Extract<Effect, { do: 'dial' }> => e.do === 'dial');
  expect(dial?.callerId).toBe('+16135550142');
  const said = scene.effects.flatMap((e) => (e.do === 'play' ? e.say : []));
  expect(said).toContainEqual({ digits: '6135550142' });
});

test('a client who gives another number keeps what is remembered of the old one, and takes none that is taken', () => {
  const scene = new Scene({ numbers: { ...NUMBERS, cooldownMs: HOUR } });
  scene.tell({ type: 'callback.cancel', callback: scene.callback(1), by: 'owner' });
  scene.after(HOUR);
  const callback = scene.callback(1);
  scene.callback(2);
  const change = (n: number): void => {
    const { code, id } = scene.of(callback);
    const channel = scene.caller(null);
    scene.hangUp(channel);
    const again = 'in-again' as typeof channel;
    scene.tell({ type: 'call.arrives', channel: again, ani: null, dnis: '5550101' });
    scene.press(again, '1', '2', ...(`${String(id).padStart(6, '0')}${code}4`.split('') as '1'[]));
    scene.give(again, numbered(n));
    scene.hangUp(again);
  };
  change(2);
  expect(scene.of(callback).numberKey).toBe(keyOf(1));
  change(3);
  expect(scene.of(callback).numberKey).toBe(keyOf(3));
  expect(scene.state.numbers.endedAt(keyOf(1))).toBeGreaterThan(0);
});
