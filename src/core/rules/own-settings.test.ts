// What a line may have of its own: numbers that lead straight into it, a capacity of those who wait, its wrap-up, its
// attempts. Told as stories through the whole core.

import { expect, test } from 'vitest';
import { centreOf } from '../../../test/support/given.ts';
import { MINUTE, numbered, Scene, visas } from '../../../test/support/scene.ts';
import type { LineConfiguration } from '../configuration.ts';
import type { Channel } from '../id.ts';

const direct = (more: Partial<LineConfiguration> = {}) =>
  new Scene({ lines: [visas({ direct: 'en', ...more })] });

function call(scene: Scene, n: number): Channel {
  const channel = `direct-${n}` as Channel;
  scene.tell({ type: 'call.arrives', channel, ani: numbered(n), dnis: '5550101' });
  return channel;
}

test('whoever dials a direct number is in line at once and hears no menu', () => {
  const scene = direct();
  const channel = call(scene, 1);
  expect(scene.all('dialogue.asked').map((asked) => asked.step)).toEqual(['offer']);
  expect(scene.latest('place.taken')?.language).toBe('en');
  scene.accept(channel);
  expect(scene.all('callback.registered')).toHaveLength(1);
});

test('a direct number in the second language says so', () => {
  const scene = direct({ direct: 'fr' });
  call(scene, 1);
  expect(scene.latest('call.language_chosen')?.language).toBe('fr');
  expect(scene.latest('place.taken')?.language).toBe('fr');
});

test('a direct line that is full says good-bye', () => {
  const scene = direct({ capacity: 1 });
  call(scene, 1);
  call(scene, 2);
  expect(scene.latest('call.refused')?.code).toBe('call.line_full');
  expect(scene.all('dialogue.asked').at(-1)?.step).toBe('closing');
});

test('a capacity of those who wait: with 0 of them whoever finds an agent free is served, all others are refused', () => {
  const scene = direct({ capacity: 0, capacityCounts: 'waiting' });
  scene.ready();
  call(scene, 1);
  scene.answer();
  expect(scene.all('call.connected')).toHaveLength(1);
  call(scene, 2);
  expect(scene.latest('call.refused')?.code).toBe('call.line_full');
  expect(scene.all('place.taken')).toHaveLength(1);
});

test('a capacity of those who wait counts callbacks, and none that an agent is held for', () => {
  const scene = direct({ capacity: 2, capacityCounts: 'waiting' });
  scene.accept(call(scene, 1));
  scene.hangUp('direct-1' as Channel);
  call(scene, 2);
  call(scene, 3);
  expect(scene.all('call.refused')).toHaveLength(1);
  scene.ready(); // takes the callback
  call(scene, 4);
  expect(scene.all('call.refused')).toHaveLength(1);
  call(scene, 5);
  expect(scene.all('call.refused')).toHaveLength(2);
});

test('a line’s own wrap-up counts instead of the centre’s', () => {
  const scene = direct({ wrapUpMs: 7_000 });
  scene.ready();
  call(scene, 1);
  scene.answer();
  scene.hangUp(scene.leg());
  expect(scene.latest('agent.wrap_up_started')?.untilAt).toBe(scene.at + 7_000);
});

test('a line’s own attempts count instead of the centre’s', () => {
  const { callback } = centreOf();
  const attempts = { attemptsMax: 1, ringMs: 40_000, retryDelayMs: 5 * MINUTE };
  const scene = new Scene({ lines: [visas({ attempts })], callback: { ...callback, attemptsMax: 3 } });
  scene.callback(1);
  scene.ready();
  scene.dial();
  expect(scene.effects.findLast((effect) => effect.do === 'dial')?.ringMs).toBe(40_000);
  scene.miss('no_answer');
  expect(scene.all('callback.unreachable')).toHaveLength(1);
});

test('after an attempt of unknown fate a phone that rings longer is left alone for longer', () => {
  const { callback } = centreOf();
  const attempts = { attemptsMax: 2, ringMs: callback.ringMs + 20_000, retryDelayMs: 1_000 };
  const scene = new Scene({ lines: [visas({ attempts })] });
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.miss('unknown');
  expect(scene.latest('callback.retry_set')?.untilAt).toBe(scene.at + callback.quarantineMs + 20_000);
});

test('a number that registers again and again is remembered for a day, and its dials for an hour', () => {
  const { numbers } = centreOf();
  const scene = new Scene({
    numbers: { ...numbers, openMax: 1_000, perDayMax: 1_000, perSourcePerHourMax: 1_000 },
  });
  for (let i = 0; i < 400; i += 1) {
    scene.callback(1);
    scene.after(30 * MINUTE);
  }
  const [entries] = scene.state.numbers.dump() as [
    [string, { registeredAts: number[]; askedAts: number[] }][],
  ];
  const entry = entries[0]?.[1];
  expect(entry?.registeredAts.length).toBeLessThanOrEqual(2 * 48);
  expect(entry?.askedAts.length).toBeLessThanOrEqual(4);
});
