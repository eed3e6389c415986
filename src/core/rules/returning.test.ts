// The client who calls again, where random runs found something: what they hear of their callback is so, and a change of
// number is no way around the caps of a number.

import { expect, test } from 'vitest';
import { centreOf } from '../../../test/support/given.ts';
import { MINUTE, numbered, Scene } from '../../../test/support/scene.ts';
import type { CallbackId, Channel } from '../id.ts';
import type { Key } from '../input.ts';

/** Calls again and keys reference and code: asked what to do with the callback. */
function recognised(scene: Scene, callback: CallbackId): Channel {
  scene.at += MINUTE;
  const channel = `again-${scene.facts.length}` as Channel;
  scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550101' });
  scene.press(channel, '1', '2');
  const keys = `${String(callback).padStart(6, '0')}${scene.of(callback).code}`;
  scene.press(channel, ...([...keys] as Key[]));
  expect(scene.latest('client.recognised')?.callback).toBe(callback);
  return channel;
}

function giveNumber(scene: Scene, channel: Channel, n: number): void {
  scene.press(channel, '4');
  scene.give(channel, numbered(n));
}

test('a number that had enough callbacks today is not given another by a change of number', () => {
  const scene = new Scene({ numbers: { ...centreOf().numbers, perDayMax: 1 } });
  const first = scene.callback(7);
  scene.tell({ type: 'callback.cancel', callback: first, by: 'owner' });
  const callback = scene.callback(1);
  giveNumber(scene, recognised(scene, callback), 7);
  expect(scene.all('callback.number_changed')).toEqual([]);
  expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'returned', because: 'kept' });
  giveNumber(scene, recognised(scene, callback), 8);
  expect(scene.all('callback.number_changed')).toHaveLength(1);
});

test('a callback that ended while its client keyed another number is not said to be kept', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  const channel = recognised(scene, callback);
  scene.press(channel, '4');
  scene.tell({ type: 'callback.cancel', callback, by: 'owner' });
  for (let round = 0; round < 3; round += 1)
    scene.tell({
      type: 'number.collected',
      channel,
      playback: scene.playbackOf(channel),
      number: { code: 'number.too_short' },
    });
  expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'returned', because: 'ended' });
});

test('registered this moment, its call not over: what is asked from another phone is not done, nor said to be', () => {
  const scene = new Scene();
  scene.accept(scene.caller(1));
  const callback = scene.state.last.callback as CallbackId;
  scene.press(recognised(scene, callback), '2');
  expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'returned', because: 'kept' });
  expect(scene.of(callback).state).toBe('requested');
});
