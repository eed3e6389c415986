// The owners' switches, and what a closing does to what is pending: finished up to a limit, carried up to a cap, or
// expired; calling hours of clients who were carried over or asked for later.

import { expect, test } from 'vitest';
import { START_AT } from '../../../test/support/given.ts';
import { HOUR, MINUTE, Scene, visas } from '../../../test/support/scene.ts';
import { type ClosingRules, LINE_DEFAULTS } from '../configuration.ts';
import type { Channel, LineId } from '../id.ts';
import type { Key } from '../input.ts';

const CLOSES_AT = START_AT + HOUR;
const OPENS_AT = START_AT + 10 * HOUR;
const OPEN = [
  { fromAt: START_AT, toAt: CLOSES_AT },
  { fromAt: OPENS_AT, toAt: OPENS_AT + 8 * HOUR },
];
const OFFER = { ...LINE_DEFAULTS.offer, keepPermille: 0 };

function closing(rules: Partial<ClosingRules>): Scene {
  return new Scene({
    lines: [visas({ open: OPEN, offer: OFFER, closing: { ...LINE_DEFAULTS.closing, ...rules } })],
  });
}

test('offering off: what was accepted is called in its turn', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.turnSwitch('offering', false);
  scene.ready();
  scene.dial();
  scene.reach();
  expect(scene.all('callback.connected')).toHaveLength(1);
});

test('processing off: callbacks wait, live callers are served; on again: in their order, before who came later', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.callback(2);
  scene.turnSwitch('processing', false);
  const live = scene.caller(3);
  scene.ready();
  expect(scene.served()).toEqual([3]);
  scene.answer();
  scene.hangUp(live);
  scene.finish();
  expect(scene.agent('ada').state).toBe('ready');
  scene.turnSwitch('processing', true);
  expect(scene.served()).toEqual([3, 1]);
  expect(scene.state.callbacks.size).toBe(2);
});

test('processing off between the reservation and the dialling: nobody is dialled, the key is kept', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  scene.ready();
  scene.turnSwitch('processing', false);
  scene.intend();
  expect(scene.all('attempt.intended')).toEqual([]);
  expect(scene.of(callback)).toMatchObject({ state: 'retry_wait', chances: 0 });
});

test('the kill switch stops an attempt that is intended already, at the fence; nothing is lost', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  scene.ready();
  scene.intend();
  scene.turnSwitch('dialling', false);
  expect(scene.fence()).toEqual([]);
  expect(scene.refused).toBe('attempt.not_permitted');
  scene.miss('fence_refused');
  expect(scene.all('attempt.intended')).toHaveLength(1); // not tried again while the switch is off
  scene.after(HOUR);
  expect(scene.dialled()).toBe(0);
  scene.turnSwitch('dialling', true);
  scene.dial();
  expect(scene.dialled()).toBe(1);
  expect(scene.of(callback).chances).toBe(0);
});

test('switches need the right name: the kill switch is the centre’s, a line must be known', () => {
  const scene = new Scene();
  const input = { type: 'switch.turn', on: false, reason: '', by: 'owner' } as const;
  scene.tell({ ...input, name: 'dialling', line: 'visas' as LineId });
  expect(scene.refused).toBe('switch.centre_only');
  scene.tell({ ...input, name: 'offering', line: 'nowhere' as LineId });
  expect(scene.refused).toBe('line.unknown');
  scene.turnSwitch('offering', false);
  expect(scene.turnSwitch('offering', false)).toEqual([]);
});

test('carry: the pending is called at the next opening, first by key, with its place', () => {
  const scene = closing({ pending: 'carry' });
  const [first, second] = [scene.callback(1), scene.callback(2)];
  scene.after(HOUR);
  expect(scene.all('callback.postponed').map((p) => [p.callback, p.untilAt])).toEqual([
    [first, OPENS_AT],
    [second, OPENS_AT],
  ]);
  scene.ready();
  scene.after(8 * HOUR);
  expect(scene.served()).toEqual([]);
  scene.after(HOUR);
  expect(scene.served()).toEqual([1]);
});

test('carry with a cap: the latest entries expire, and are counted apart', () => {
  const scene = closing({ pending: 'carry', carryMax: 1 });
  const [first, second] = [scene.callback(1), scene.callback(2)];
  scene.after(HOUR);
  expect(scene.all('callback.postponed').map((p) => p.callback)).toEqual([first]);
  expect(scene.latest('callback.expired')).toMatchObject({ callback: second, cause: 'carry_full' });
  expect(scene.all('callback.cancelled')).toEqual([]);
  expect(scene.latest('line.settled')).toMatchObject({ finished: 0, carried: 1, expired: 0, beyondCap: 1 });
});

test('expire: what is pending ends at closing', () => {
  const scene = closing({ pending: 'expire' });
  scene.callback(1);
  scene.after(HOUR);
  expect(scene.latest('callback.expired')?.cause).toBe('closing');
  expect(scene.latest('line.settled')).toMatchObject({ finished: 0, carried: 0, expired: 1, beyondCap: 0 });
  expect(scene.state.places.size).toBe(0);
});

test('a client whose turn may not come before closing is told at registration what happens then', () => {
  const said = (scene: Scene): string[] =>
    scene.effects
      .flatMap((e) => (e.do === 'play' ? e.say : []))
      .flatMap((s) => ('prompt' in s ? [s.prompt] : []));
  for (const [pending, notice] of [
    ['carry', 'may_carry'],
    ['expire', 'may_expire'],
  ] as const) {
    const scene = closing({ pending });
    scene.callback(1); // nobody is there to serve: nothing is sure
    expect(scene.latest('callback.registered')?.closing).toBe(notice);
    expect(said(scene)).toContain(`registered.${notice}`);
  }
  const early = closing({ pending: 'carry' });
  early.ready();
  early.caller(1);
  early.callback(2); // one ahead, 5 minutes of handling, an hour to go
  expect(early.latest('callback.registered')).not.toHaveProperty('closing');
  expect(said(early)).not.toContain('registered.may_carry');
  const always = new Scene();
  always.callback(1);
  expect(always.latest('callback.registered')).not.toHaveProperty('closing');
});

test('carried over, the client who calls again is told so; the callback knows how often', () => {
  const scene = closing({ pending: 'carry' });
  const callback = scene.callback(1);
  scene.after(HOUR);
  expect(scene.of(callback)).toMatchObject({ state: 'scheduled', carries: 1 });
  const channel = scene.caller(null); // refused: closed
  scene.hangUp(channel);
  scene.tell({ type: 'call.arrives', channel: 'in-again' as Channel, ani: null, dnis: '5550101' });
  const { code } = scene.of(callback);
  const keys = `12${String(callback).padStart(6, '0')}${code}`.split('') as Key[];
  scene.effects.length = 0;
  scene.press('in-again' as Channel, ...keys);
  const words = scene.effects.flatMap((e) => (e.do === 'play' ? e.say : []));
  expect(words).toContainEqual({ prompt: 'returning.carried' });
});

test('finish: served after closing up to the limit, then carried', () => {
  const scene = closing({ pending: 'finish', finishMs: 10 * MINUTE });
  scene.callback(1);
  const second = scene.callback(2);
  scene.after(HOUR);
  scene.ready();
  scene.dial();
  scene.reach();
  expect(scene.all('callback.connected')).toHaveLength(1);
  scene.after(10 * MINUTE);
  expect(scene.latest('callback.postponed')).toMatchObject({ callback: second, untilAt: OPENS_AT });
  expect(scene.latest('line.settled')).toMatchObject({ carried: 1, beyondCap: 0 });
  scene.finish();
  expect(scene.latest('callback.completed')).toMatchObject({ afterClosing: true });
  expect(scene.served()).toEqual([1]);
});

test('finish: the line opens again before the time to finish is over', () => {
  const soon = [
    { fromAt: START_AT, toAt: CLOSES_AT },
    { fromAt: CLOSES_AT + 5 * MINUTE, toAt: CLOSES_AT + HOUR },
  ];
  const rules = { ...LINE_DEFAULTS.closing, pending: 'finish', finishMs: 10 * MINUTE } as const;
  const scene = new Scene({ lines: [visas({ open: soon, offer: OFFER, closing: rules })] });
  const callback = scene.callback(1);
  scene.after(CLOSES_AT + 5 * MINUTE - scene.at);
  expect(scene.all('line.opened')).toHaveLength(1);
  scene.after(15 * MINUTE);
  expect(scene.of(callback).state).toBe('pending');
});

test('a client who is still being served when the line closes is not forgotten: carried, or expired', () => {
  for (const [pending, state] of [
    ['carry', 'scheduled'],
    ['expire', undefined],
  ] as const) {
    const scene = closing({ pending });
    const callback = scene.callback(1);
    scene.after(55 * MINUTE);
    scene.ready();
    scene.dial();
    scene.after(6 * MINUTE); // the line closes while the phone rings, and nothing more is heard
    expect(scene.state.callbacks.get(callback)?.state).toBe(state);
    expect(scene.all('callback.expired')).toHaveLength(pending === 'expire' ? 1 : 0);
  }
});

test('who still hears the good-bye when the line closes is carried as soon as they hang up', () => {
  const scene = closing({ pending: 'carry' });
  scene.after(HOUR - 5_000);
  const caller = scene.caller(1);
  scene.accept(caller);
  expect(scene.all('callback.registered')).toHaveLength(1);
  scene.after(10_000);
  scene.hangUp(caller);
  expect(scene.latest('callback.postponed')?.untilAt).toBe(OPENS_AT);
});

test('cut-off: no attempt is begun so near to closing, nor let through at the fence', () => {
  const scene = closing({ pending: 'carry', cutOffMs: 10 * MINUTE });
  scene.callback(1);
  scene.after(START_AT + 50 * MINUTE - 5_000 - scene.at);
  scene.ready();
  scene.intend();
  expect(scene.all('attempt.intended')).toHaveLength(1);
  scene.after(5_000);
  expect(scene.fence()).toEqual([]);
  const late = closing({ pending: 'carry', cutOffMs: 10 * MINUTE });
  late.callback(1);
  late.after(START_AT + 50 * MINUTE - late.at);
  late.ready();
  expect(late.served()).toEqual([]);
});

test('S8: calling hours that end while an agent is rung, or before the fence: not dialled', () => {
  for (const step of ['intend', 'fence']) {
    const callingHours = [{ fromAt: OPENS_AT, toAt: OPENS_AT + HOUR }];
    const scene = closing({ pending: 'carry', callingHours });
    scene.callback(1);
    scene.after(OPENS_AT + HOUR - 5_000 - scene.at);
    scene.ready();
    if (step === 'fence') scene.intend();
    scene.after(5_000);
    if (step === 'fence') scene.fence();
    else scene.intend();
    expect(scene.all('attempt.intended')).toHaveLength(step === 'fence' ? 1 : 0);
    expect(scene.dialled()).toBe(0);
  }
});

test('after a resync an agent goes on to the next place when the first is put off', () => {
  const callingHours = [{ fromAt: OPENS_AT, toAt: OPENS_AT + HOUR }];
  const scene = closing({ pending: 'carry', callingHours });
  scene.callback(1);
  scene.after(OPENS_AT - scene.at);
  scene.after(2 * HOUR);
  scene.callback(2); // of the same day: no calling hours apply
  scene.tell({ type: 'telephony.lost' });
  scene.ready();
  scene.tell({ type: 'telephony.resynced', channels: [] });
  expect(scene.all('callback.expired')).toHaveLength(1);
  expect(scene.served()).toEqual([2]);
});

test('S8: closed between the intention and the fence: not dialled, and carried', () => {
  const scene = closing({ pending: 'carry' });
  const callback = scene.callback(1);
  scene.after(HOUR - 5_000);
  scene.ready();
  scene.intend();
  scene.after(5_000);
  expect(scene.fence()).toEqual([]);
  scene.miss('fence_refused');
  expect(scene.of(callback)).toMatchObject({ state: 'scheduled', chances: 0 });
});

test('calling hours: for the carried-over, not for those of the same day', () => {
  const callingHours = [{ fromAt: OPENS_AT + 2 * HOUR, toAt: OPENS_AT + 6 * HOUR }];
  const scene = closing({ pending: 'carry', callingHours });
  scene.callback(1);
  scene.ready();
  expect(scene.served()).toEqual([1]); // the same day
  scene.dial();
  scene.miss('busy');
  scene.after(HOUR);
  expect(scene.latest('callback.postponed')?.untilAt).toBe(OPENS_AT + 2 * HOUR);
});

test('carried over, and its turn comes after the calling hours: later, or at its end where there is no later', () => {
  const rest = { fromAt: OPENS_AT + 4 * HOUR, toAt: OPENS_AT + 5 * HOUR };
  for (const callingHours of [
    [{ fromAt: OPENS_AT, toAt: OPENS_AT + HOUR }, rest],
    [{ fromAt: OPENS_AT, toAt: OPENS_AT + HOUR }],
  ]) {
    const scene = closing({ pending: 'carry', callingHours });
    const callback = scene.callback(1);
    scene.after(10 * HOUR + 30 * MINUTE);
    expect(scene.of(callback).state).toBe('due');
    scene.after(HOUR);
    scene.ready();
    expect(scene.served()).toEqual([]);
    if (callingHours.length > 1) expect(scene.of(callback).notBeforeAt).toBe(rest.fromAt);
    else expect(scene.all('callback.expired')).toHaveLength(1);
  }
});

test('postponed by the client: the key is kept, and not called before then', () => {
  const scene = new Scene();
  const first = scene.callback(1);
  scene.callback(2);
  scene.tell({ type: 'callback.postpone', callback: first, minutes: 10, by: 'client' });
  scene.ready();
  expect(scene.served()).toEqual([2]);
  scene.after(10 * MINUTE);
  scene.caller(3);
  scene.ready();
  expect(scene.served()).toEqual([2, 1]);
});

test('postponed to a time when the line is closed: to the next opening in the calling hours', () => {
  const scene = closing({ pending: 'carry' });
  const callback = scene.callback(1);
  scene.tell({ type: 'callback.postpone', callback, minutes: 90, by: 'client' });
  expect(scene.of(callback).notBeforeAt).toBe(OPENS_AT);
});

test('cancelled in time means no call; too late is told truthfully (S13)', () => {
  const scene = new Scene();
  const [first, second] = [scene.callback(1), scene.callback(2)];
  scene.tell({ type: 'callback.cancel', callback: first, by: 'owner' });
  scene.ready();
  expect(scene.served()).toEqual([2]);
  scene.tell({ type: 'callback.cancel', callback: second, by: 'owner' });
  expect(scene.refused).toBe('callback.being_served');
  scene.tell({ type: 'callback.cancel', callback: first, by: 'owner' });
  expect(scene.refused).toBe('callback.unknown');
});

test('a deadline comes once: asking before its time, or again at the same moment, fires nothing (S18)', () => {
  const scene = closing({ pending: 'carry' });
  scene.after(HOUR);
  const { length } = scene.facts;
  expect(scene.tell({ type: 'deadline.reached' })).toEqual([]);
  expect(scene.facts).toHaveLength(length);
  scene.at -= 1;
  expect(() => scene.tell({ type: 'deadline.reached' })).toThrow('time does not go back');
});
