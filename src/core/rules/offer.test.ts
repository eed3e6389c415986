// Who is let in and who is offered a callback: admission, and each reason not to offer with its code, at the offer and
// again when it is taken. Told as stories through the whole core.

import { expect, test } from 'vitest';
import { agentCalled, centreOf, lineCalled, START_AT } from '../../../test/support/given.ts';
import { HOUR, keyOf, MINUTE, numbered, Scene, visas } from '../../../test/support/scene.ts';
import { ALWAYS, LINE_DEFAULTS, type LineConfiguration, type OfferRules } from '../configuration.ts';
import type { Say } from '../effect.ts';
import type { Channel } from '../id.ts';

const OFFER = LINE_DEFAULTS.offer;
const NUMBERS = centreOf().numbers;

function offering(rules: Partial<OfferRules>, more: Partial<LineConfiguration> = {}): Scene {
  return new Scene({ lines: [visas({ offer: { ...OFFER, ...rules }, ...more })] });
}

test('a line that is full refuses the call, and counts it; no callback is offered', () => {
  const scene = new Scene({ lines: [visas({ capacity: 1 })] });
  scene.caller(1);
  scene.caller(2);
  expect(scene.latest('call.refused')?.code).toBe('call.line_full');
  expect(scene.all('call.agent_asked')).toHaveLength(2);
  expect(scene.all('callback.offered')).toHaveLength(1);
});

const RECORDED = {
  folder: '/srv/recordings',
  name: 'visas',
  alternatives: 'visas_other_ways',
  emergency: 'visas_storm',
};

function said(scene: Scene): readonly Say[] {
  return scene.effects.flatMap((e) => (e.do === 'play' ? e.say : []));
}

test('a caller refused by a full or closed line hears the alternatives that its owners recorded, in their language', () => {
  const own = { recording: 'visas_other_ways', folder: '/srv/recordings' };
  const full = new Scene({ lines: [visas({ capacity: 1, recorded: RECORDED })] });
  full.caller(1);
  full.effects.length = 0;
  full.caller(2, '2');
  expect(full.effects.at(-1)).toMatchObject({
    say: [{ prompt: 'call.is_full' }, own, { prompt: 'call.goodbye' }],
    language: 'fr',
    after: 'hang_up',
  });
  const closed = new Scene({ lines: [visas({ open: [], recorded: RECORDED })] });
  closed.caller(1);
  expect(said(closed).slice(-3)).toEqual([{ prompt: 'call.is_closed' }, own, { prompt: 'call.goodbye' }]);
  const plain = new Scene({ lines: [visas({ open: [] })] });
  plain.caller(1);
  expect(said(plain).at(-1)).toEqual({ prompt: 'call.line_closed' });
});

test('a line’s own emergency words and name, where they are recorded', () => {
  const scene = new Scene({
    lines: [visas({ dnis: [], recorded: RECORDED }), lineCalled('permits', '2')],
  });
  scene.turnSwitch('emergency', true);
  const channel = 'in-menu' as Channel;
  scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550199' });
  scene.press(channel, '1');
  expect(said(scene)).toContainEqual({ recording: 'visas', folder: '/srv/recordings' });
  expect(said(scene)).toContainEqual({ prompt: 'line.other' });
  scene.press(channel, '1');
  expect(said(scene)).toContainEqual({ recording: 'visas_storm', folder: '/srv/recordings' });
  scene.press(channel, '9', '2');
  expect(said(scene)).toContainEqual({ prompt: 'emergency.notice' });
});

test('holding and callbacks fill a line together', () => {
  const scene = new Scene({ lines: [visas({ capacity: 2 })] });
  scene.callback(1);
  scene.caller(2);
  scene.caller(3);
  expect(scene.latest('call.refused')?.code).toBe('call.line_full');
});

test('places beyond the capacity are for callbacks alone: who can have none is refused', () => {
  const scene = offering({ overflowPlaces: 1 }, { capacity: 1 });
  scene.caller(1);
  scene.callback(2);
  expect(scene.all('callback.registered')).toHaveLength(1);
  scene.caller(3);
  expect(scene.latest('call.refused')?.code).toBe('call.line_full');
  scene.tell({
    type: 'callback.cancel',
    callback: scene.all('callback.registered')[0]!.callback,
    by: 'owner',
  });
  scene.turnSwitch('offering', false);
  scene.caller(4);
  expect(scene.all('call.refused')).toHaveLength(2);
});

test('an overflow caller whose offer ends while they key a number is told that the line is full', () => {
  const scene = offering({ overflowPlaces: 1 }, { capacity: 1 });
  scene.caller(1);
  const late = scene.caller(2);
  scene.press(late, '2');
  scene.turnSwitch('offering', false);
  scene.after(5 * MINUTE);
  expect(scene.latest('call.refused')?.code).toBe('call.line_full');
});

test('a closed line refuses the call; a line opens by the caller’s region', () => {
  const now = [{ fromAt: START_AT, toAt: START_AT + HOUR }];
  const later = [{ fromAt: START_AT + HOUR, toAt: START_AT + 2 * HOUR }];
  const scene = new Scene({ lines: [visas({ open: later, openByRegion: [{ region: 'BC', open: now }] })] });
  scene.signIn();
  scene.caller(1);
  expect(scene.latest('call.refused')?.code).toBe('call.line_closed');
  scene.caller(numbered(2, 'BC'));
  expect(scene.all('place.taken')).toHaveLength(1);
  // Callbacks are served in the line's own hours, and those have not begun.
  expect(scene.refusal()).toBe('callback.too_late');
});

test('callback.not_begun: before the phase, in a pause, and when the pause begins during the call', () => {
  const phase = { sharePermille: 1000, perDayMax: null };
  const scene = offering({
    phases: [
      { ...phase, fromAt: START_AT + HOUR, toAt: START_AT + 2 * HOUR },
      { ...phase, fromAt: START_AT + 3 * HOUR, toAt: START_AT + 9 * HOUR },
    ],
  });
  const early = scene.caller(1);
  expect(scene.refusal()).toBe('callback.not_begun');
  expect(scene.press(early, '1')).toEqual([]); // no key means anything when nothing was offered
  scene.hangUp(early);
  scene.after(2 * HOUR - 10_000);
  const begun = scene.caller(2);
  expect(scene.refusal()).toBeUndefined();
  scene.press(begun, '1');
  scene.began(begun);
  scene.after(10_000);
  scene.press(begun, '1');
  expect(scene.refusal()).toBe('callback.not_begun');
  expect(scene.all('callback.registered')).toEqual([]);
  expect(scene.state.places.size).toBe(1); // the place is kept
});

test('callback.not_in_share: of a ramp, by the draw on entry', () => {
  const phases = (sharePermille: number) => [{ fromAt: 0, toAt: 9e15, sharePermille, perDayMax: null }];
  const none = offering({ phases: phases(0) });
  none.caller(1);
  expect(none.refusal()).toBe('callback.not_in_share');
  const scene = offering({ phases: phases(1000) });
  scene.caller(1);
  expect(scene.refusal()).toBeUndefined();
});

test('callback.day_full: as many accepted as a day allows, though others held the same offer; anew the next day', () => {
  const day = 24 * HOUR;
  const days = [0, 1].map((i) => ({ fromAt: START_AT + (i - 0.5) * day, toAt: START_AT + (i + 0.5) * day }));
  // Closed for lunch; the cap is the day's, and a phase that begins at noon begins no new day.
  const open = [0, 5, 24, 29].map((hour) => ({
    fromAt: START_AT + hour * HOUR,
    toAt: START_AT + (hour + 4) * HOUR,
  }));
  const noonAt = START_AT + 5 * HOUR;
  const phase = { sharePermille: 1000, perDayMax: 1 };
  const phases = [
    { ...phase, fromAt: 0, toAt: noonAt },
    { ...phase, fromAt: noonAt, toAt: 9e15 },
  ];
  const scene = offering({ phases, keepPermille: 0 }, { open, days });
  const [first, second] = [scene.caller(1), scene.caller(2)];
  scene.accept(first);
  scene.accept(second);
  expect(scene.refusal()).toBe('callback.day_full');
  expect(scene.all('callback.registered')).toHaveLength(1);
  scene.hangUp(second);
  scene.hangUp(first);
  scene.after(6 * HOUR);
  const afternoon = scene.caller(3);
  expect(scene.refusal()).toBe('callback.day_full');
  scene.hangUp(afternoon);
  scene.after(day - 6 * HOUR);
  scene.caller(4);
  expect(scene.refusal()).toBeUndefined();
});

test('in a journal that has no days of the line, each phase was one', () => {
  const phase = { sharePermille: 1000, perDayMax: 1 };
  const phases = [0, 1].map((i) => ({
    ...phase,
    fromAt: START_AT + i * 24 * HOUR,
    toAt: START_AT + (i + 1) * 24 * HOUR,
  }));
  const scene = offering({ phases });
  scene.callback(1);
  const second = scene.caller(2);
  expect(scene.refusal()).toBe('callback.day_full');
  scene.hangUp(second);
  scene.after(24 * HOUR);
  scene.caller(3);
  expect(scene.refusal()).toBeUndefined();
});

test('callback.offering_off: at the offer, and when it is taken', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  scene.turnSwitch('offering', false);
  scene.accept(caller);
  expect(scene.refusal()).toBe('callback.offering_off');
  scene.caller(2);
  expect(scene.refusal()).toBe('callback.offering_off');
});

test('callback.wait_short: the quoted mean is not above the threshold; an unknown wait is', () => {
  const scene = offering({ waitOverMs: 10 * MINUTE });
  scene.caller(1); // nobody is signed in: nobody knows how long
  expect(scene.refusal()).toBeUndefined();
  scene.signIn();
  scene.caller(2);
  expect(scene.refusal()).toBe('callback.wait_short');
  scene.caller(3);
  scene.caller(4);
  expect(scene.refusal()).toBeUndefined();
});

test('callback.few_ahead: more than so many must be ahead', () => {
  const scene = offering({ aheadOver: 1 });
  scene.caller(1);
  scene.caller(2);
  expect(scene.refusal()).toBe('callback.few_ahead');
  scene.caller(3);
  expect(scene.refusal()).toBeUndefined();
});

test('callback.pending_full: at the offer, and when others took the last one meanwhile', () => {
  const scene = offering({ pendingMax: 1 });
  const [first, second] = [scene.caller(1), scene.caller(2)];
  scene.accept(first);
  scene.accept(second);
  expect(scene.refusal()).toBe('callback.pending_full');
  scene.caller(3);
  expect(scene.refusal()).toBe('callback.pending_full');
  expect(scene.all('callback.registered')).toHaveLength(1);
});

test('callback.too_late: the chance that the turn comes before closing is under the least one', () => {
  const open = [{ fromAt: START_AT, toAt: START_AT + HOUR }];
  const scene = new Scene({ lines: [visas({ open })] });
  scene.caller(1);
  expect(scene.refusal()).toBe('callback.too_late'); // nobody is there to keep it
  scene.signIn();
  scene.caller(2);
  expect(scene.refusal()).toBeUndefined();
  scene.after(50 * MINUTE);
  scene.caller(3);
  expect(scene.refusal()).toBe('callback.too_late');
});

test('an offer is no longer good once the line has closed', () => {
  const open = [{ fromAt: START_AT, toAt: START_AT + MINUTE }];
  const scene = offering({ keepPermille: 0 }, { open });
  scene.after(MINUTE - 10_000);
  const caller = scene.caller(1);
  scene.press(caller, '1');
  scene.began(caller);
  scene.after(10_000);
  scene.press(caller, '1');
  expect(scene.refusal()).toBe('callback.too_late');
  expect(scene.state.places.size).toBe(1);
});

test('hours whose spans touch are one opening: the end of the first is no closing', () => {
  const at = START_AT + HOUR;
  const open = [
    { fromAt: START_AT, toAt: at },
    { fromAt: at, toAt: at + 9 * HOUR },
  ];
  const scene = new Scene({ lines: [visas({ open })] });
  scene.signIn();
  scene.after(55 * MINUTE);
  const callback = scene.callback(1);
  scene.after(10 * MINUTE);
  expect(scene.all('line.closed')).toEqual([]);
  expect(scene.all('line.opened')).toEqual([]);
  expect(scene.of(callback).state).toBe('pending');
});

test('callback.never_call, callback.cooldown, callback.number_full, callback.source_full', () => {
  const codes: (string | undefined)[] = [];
  const barred = new Scene();
  barred.bar(1);
  barred.callback(1);
  codes.push(barred.refusal());

  const cooling = new Scene({ numbers: { ...NUMBERS, cooldownMs: HOUR } });
  const first = cooling.callback(1);
  cooling.tell({ type: 'callback.cancel', callback: first, by: 'owner' });
  cooling.callback(1);
  codes.push(cooling.refusal());
  cooling.after(HOUR);
  cooling.callback(1);
  expect(cooling.all('callback.registered')).toHaveLength(2);

  const often = new Scene({ numbers: { ...NUMBERS, perDayMax: 2 } });
  for (let i = 0; i < 3; i += 1)
    often.tell({ type: 'callback.cancel', callback: often.callback(1), by: 'owner' });
  codes.push(often.refusal());

  const source = new Scene({ numbers: { ...NUMBERS, perSourcePerHourMax: 1 } });
  const keyed = (n: number): void => {
    const caller = source.caller(1);
    source.press(caller, '2');
    source.give(caller, numbered(n));
    source.hangUp(caller);
  };
  keyed(5);
  keyed(6);
  codes.push(source.refusal());
  source.after(HOUR);
  keyed(7);
  expect(source.all('callback.registered')).toHaveLength(2);
  expect(codes).toEqual([
    'callback.never_call',
    'callback.cooldown',
    'callback.number_full',
    'callback.source_full',
  ]);
});

test('a shared number may have as many open callbacks as the owners listed for it', () => {
  const shared = [{ numberKey: keyOf(1), openMax: 2 }];
  const scene = new Scene({ numbers: { ...NUMBERS, shared } });
  const first = scene.callback(1);
  scene.callback(1);
  scene.callback(1);
  expect(scene.all('callback.registered')).toHaveLength(2);
  expect(scene.all('callback.merged').map((m) => m.callback)).toEqual([first]);
});

test('merged, the better of the two keys counts: a place that stands ahead becomes the callback’s', () => {
  const scene = new Scene();
  const holding = scene.caller(numbered(9));
  scene.caller(2);
  const callback = scene.callback(1); // the third place, from another phone
  scene.press(holding, '2');
  scene.give(holding, numbered(1));
  expect(scene.latest('callback.merged')).toMatchObject({ callback, place: 1, moved: true });
  expect(scene.state.places.size).toBe(2);
  scene.ready();
  expect(scene.served()).toEqual([2]); // the client still hears the good-bye
  scene.answer();
  scene.hangUp(holding);
  expect(scene.of(callback)).toMatchObject({ state: 'pending', place: 1 });
  scene.caller(3);
  scene.finish();
  expect(scene.served()).toEqual([2, 1]);
});

test('merged at a better key while it waits for its own time: called then, not before', () => {
  const scene = new Scene();
  const holding = scene.caller(1);
  const other = scene.caller(numbered(1));
  scene.accept(other);
  scene.hangUp(other);
  const callback = scene.all('callback.registered')[0]!.callback;
  scene.tell({ type: 'callback.postpone', callback, minutes: 30, by: 'client' });
  scene.accept(holding);
  scene.hangUp(holding);
  expect(scene.of(callback)).toMatchObject({ state: 'scheduled', place: 1 });
  scene.ready();
  scene.after(29 * MINUTE);
  expect(scene.served()).toEqual([]);
  scene.after(MINUTE);
  expect(scene.served()).toEqual([1]);
});

test('one open callback for a number and line; another line has its own', () => {
  const lines = [visas(), lineCalled('permits', '2', { dnis: ['5550102'], open: ALWAYS })];
  const scene = new Scene({ lines, agents: [agentCalled('ada', ['visas', 'permits'])] });
  scene.callback(1);
  const channel = 'in-permits' as Channel;
  scene.tell({ type: 'call.arrives', channel, ani: numbered(1), dnis: '5550102' });
  scene.press(channel, '1', '1');
  scene.accept(channel);
  expect(scene.all('callback.registered')).toHaveLength(2);
  expect(scene.all('callback.merged')).toEqual([]);
});

test('the emergency announcement of a line is heard before its place is taken, and drops nobody', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  scene.turnSwitch('emergency', true);
  scene.caller(2);
  const heard = scene.effects.flatMap((e) => (e.do === 'play' ? e.say : []));
  expect(heard).toContainEqual({ prompt: 'emergency.notice' });
  expect(scene.of(callback).state).toBe('pending');
});
