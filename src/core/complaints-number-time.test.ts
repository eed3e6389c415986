// What users of other callback systems complain of, one test each, with the reference in its title: number and language,
// duplicates and voicemail, time and estimate. See complaints.test.ts for the others.

import { expect, test } from 'vitest';
import { centreOf, START_AT } from '../../test/support/given.ts';
import { HOUR, keyOf, MINUTE, numbered, Scene, visas } from '../../test/support/scene.ts';
import { LINE_DEFAULTS } from './configuration.ts';

const QUICK_END = { agent: { shiftEndMs: 0, ringMs: 20_000, wrapUpMs: 0 } };

// ---- number and language

test('a keyed number that is not E.164 (twilio-labs/plugin-queued-callbacks-and-voicemail#38)', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  for (let round = 0; round < 3; round += 1) {
    if (round === 0) scene.press(caller, '2');
    const playback = scene.playbackOf(caller);
    scene.tell({ type: 'number.collected', channel: caller, playback, number: { code: 'number.too_short' } });
  }
  expect(scene.all('dialogue.asked').filter((asked) => asked.because === 'number.too_short')).toHaveLength(2);
  expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'offer', because: 'given_up' });
  expect(scene.all('callback.registered')).toEqual([]);
  expect(scene.state.places.size).toBe(1);
});

test('an early "1" confirms before the prompt has begun', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  scene.press(caller, '1');
  expect(scene.press(caller, '1')).toEqual([]);
  scene.began(caller);
  scene.press(caller, '1');
  expect(scene.all('callback.registered')).toHaveLength(1);
});

test('a double "1" confirms before it was heard: the second of a bounce does not count', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  scene.press(caller, '1');
  scene.began(caller);
  scene.at += 499;
  expect(scene.tell({ type: 'key.pressed', channel: caller, key: '1' })).toEqual([]);
  scene.at += 1;
  scene.tell({ type: 'key.pressed', channel: caller, key: '1' });
  expect(scene.all('callback.registered')).toHaveLength(1);
});

test('the wrong caller ID: of every line its own, at every attempt', () => {
  const scene = new Scene({ lines: [visas({ callerId: '+16135550142' })] });
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.miss('busy');
  scene.after(5 * MINUTE);
  scene.dial();
  const ids = scene.effects.flatMap((effect) => (effect.do === 'dial' ? [effect.callerId] : []));
  expect(ids).toEqual(['+16135550142', '+16135550142']);
});

test('prompts are back in the default language (FreePBX/issue-tracker#535)', () => {
  const scene = new Scene();
  scene.callback(1, '2');
  scene.ready();
  scene.dial();
  scene.miss('busy');
  scene.after(5 * MINUTE);
  scene.dial();
  const spoken = scene.effects.flatMap((e) =>
    e.do === 'ring' ||
    e.do === 'dial' ||
    (e.do === 'play' && e.channel.includes('leg') && e.after === 'nothing')
      ? [e.language]
      : [],
  );
  expect(spoken).toEqual(Array(6).fill('fr'));
});

test('somebody enters another person’s number, and blocking it leaves pending ones', () => {
  const scene = new Scene();
  scene.callback(9);
  scene.bar(9);
  expect(scene.state.callbacks.size).toBe(0);
  scene.callback(9);
  expect(scene.refusal()).toBe('callback.never_call');
  scene.after(HOUR);
  expect(scene.dialled()).toBe(0);
});

// ---- duplicates and voicemail

test('the client calls again and a ghost remains (Genesys)', () => {
  const scene = new Scene(QUICK_END);
  const first = scene.callback(1);
  scene.callback(1);
  expect(scene.latest('callback.merged')?.callback).toBe(first);
  expect(scene.state.places.size).toBe(1);
  scene.ready();
  scene.dial();
  scene.reach();
  scene.finish();
  scene.after(HOUR);
  expect(scene.dialled()).toBe(1);
});

test('cancelling fails when two are pending (Genesys)', () => {
  const shared = [{ numberKey: keyOf(1), openMax: 2 }];
  const scene = new Scene({ numbers: { ...centreOf().numbers, shared } });
  const [first, second] = [scene.callback(1), scene.callback(1)];
  scene.tell({ type: 'callback.cancel', callback: first, by: 'owner' });
  scene.tell({ type: 'callback.cancel', callback: second, by: 'owner' });
  scene.ready();
  expect(scene.served()).toEqual([]);
});

test('voicemail is counted as a success (NICE)', () => {
  const scene = new Scene({ callback: { ...centreOf().callback, attemptsMax: 1 } });
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.reach();
  scene.press(scene.leg(), '*');
  expect(scene.all('callback.completed')).toEqual([]);
  expect(scene.latest('callback.unreachable')?.cause).toBe('voicemail');
});

test('a long human greeting is taken for a machine: only the agent’s own key says that it was one', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.reach();
  scene.after(30_000);
  expect(scene.state.callbacks.get(1 as never)?.state).toBe('connected');
});

// ---- time and estimate

test('an area code is taken for a location: the region of the number moves no calling hour', () => {
  const open = [{ fromAt: START_AT, toAt: START_AT + HOUR }];
  const next = [{ fromAt: START_AT + 20 * HOUR, toAt: START_AT + 28 * HOUR }];
  const offer = { ...LINE_DEFAULTS.offer, keepPermille: 0 };
  const scene = new Scene({ lines: [visas({ open: [...open, ...next], offer })] });
  scene.callback(numbered(1, 'BC'));
  scene.callback(numbered(2, 'NL'));
  scene.after(HOUR);
  const untils = scene.all('callback.postponed').map((postponed) => postponed.untilAt);
  expect(untils).toEqual([START_AT + 20 * HOUR, START_AT + 20 * HOUR]);
});

test('a change of clocks shifts an hour: what is promised is an instant, whatever clocks say', () => {
  // The night of the change is two spans that touch, or one that is an hour shorter: src/config computes them.
  const open = [
    { fromAt: START_AT, toAt: START_AT + HOUR },
    { fromAt: START_AT + HOUR, toAt: START_AT + 2 * HOUR },
  ];
  const offer = { ...LINE_DEFAULTS.offer, keepPermille: 0 };
  const scene = new Scene({ lines: [visas({ open, offer })] });
  const callback = scene.callback(1);
  scene.tell({ type: 'callback.postpone', callback, minutes: 60, by: 'client' });
  const { notBeforeAt } = scene.of(callback);
  scene.after(HOUR - MINUTE);
  expect(scene.all('line.closed')).toEqual([]);
  scene.ready();
  scene.after(notBeforeAt - scene.at - 1);
  expect(scene.served()).toEqual([]);
  scene.after(1);
  expect(scene.served()).toEqual([1]);
});

test('waits over 30 minutes are cut off by timers: a holding caller is told and offered anew for as long as it takes', () => {
  const scene = new Scene();
  scene.caller(1);
  scene.after(5 * HOUR);
  expect(scene.all('callback.offered').length).toBeGreaterThanOrEqual(299);
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('the estimate is computed once and never again (Cisco)', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.callback(2);
  scene.caller(3);
  scene.ready();
  scene.after(MINUTE);
  const first = scene.latest('wait.quoted');
  expect(first?.ahead).toBe(2); // the first was rung in vain, and is back
  scene.tell({ type: 'callback.cancel', callback: 1 as never, by: 'owner' });
  scene.after(MINUTE);
  expect(scene.latest('wait.quoted')?.ahead).toBe(1);
  expect(scene.latest('wait.quoted')?.meanMs).toBeLessThan(first?.meanMs ?? 0);
});

test('clients with more than 60 minutes to wait are not eligible (IRS)', () => {
  const scene = new Scene();
  scene.signIn();
  for (let i = 1; i <= 30; i += 1) scene.callback(i);
  const caller = scene.caller(31);
  expect(scene.latest('wait.quoted')?.meanMs).toBeGreaterThan(HOUR);
  expect(scene.refusal()).toBeUndefined();
  scene.accept(caller);
  expect(scene.all('callback.registered')).toHaveLength(31);
});

test('a key is ignored while the announcement plays (asterisk/asterisk#543)', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  scene.began(caller); // the announcement of place and wait still plays
  expect(scene.press(caller, '1').map((fact) => fact.type)).toEqual([
    'dialogue.number_given',
    'dialogue.asked',
  ]);
});

test('the key that is offered does nothing: every key said in an offer leads on', () => {
  for (const [key, step] of [
    ['1', 'confirm'],
    ['2', 'number'],
  ] as const) {
    const scene = new Scene();
    const caller = scene.caller(1);
    const said = scene.effects.flatMap((e) => (e.do === 'play' ? e.say : []));
    expect(said).toContainEqual({ digits: key });
    scene.press(caller, key);
    expect(scene.latest('dialogue.asked')?.step).toBe(step);
  }
});

test('a pacing rule nobody can explain: one agent ready is one client dialled, never more', () => {
  const scene = new Scene(QUICK_END);
  for (let i = 1; i <= 3; i += 1) scene.callback(i);
  expect(scene.dialled()).toBe(0);
  for (let served = 1; served <= 3; served += 1) {
    scene.ready();
    scene.dial();
    scene.reach();
    expect(scene.dialled()).toBe(served);
    scene.finish();
  }
});
