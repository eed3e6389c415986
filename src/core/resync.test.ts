// The socket to telephony was away, or the house itself: what is found gone has ended, what was answered is answered,
// who lives is asked again. A lost pair is one story, nobody is dialled twice, and nobody is overtaken by it.

import { expect, test } from 'vitest';
import { Scene } from '../../test/support/scene.ts';
import { type Channel, textId } from './id.ts';
import type { LiveChannel } from './input.ts';

const up = (channel: Channel): LiveChannel => ({ channel, up: true });
const ringing = (channel: Channel): LiveChannel => ({ channel, up: false });

/** The client's phone rings for a callback; the agent waits on the line. */
function clientRings(): Scene {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.dial();
  return scene;
}

function resync(scene: Scene, ...channels: readonly LiveChannel[]) {
  return scene.tell({ type: 'telephony.resynced', channels });
}

test('everything gone: the attempt’s fate is unknown and it is not tried before the quarantine is over', () => {
  const scene = clientRings();
  const holding = scene.caller(2);
  resync(scene);
  expect(scene.state.channels.has(holding)).toBe(false);
  expect(scene.latest('attempt.failed')?.cause).toBe('unknown');
  expect(scene.latest('callback.retry_set')?.untilAt).toBeGreaterThanOrEqual(scene.at + 62_000);
  expect(scene.agent('ada')).toMatchObject({ state: 'ready', leg: null });
  expect(scene.dialled()).toBe(1);
});

test('everything alive: nothing is lost, callers in a dialogue are asked again and keep their round', () => {
  const scene = clientRings();
  const caller = scene.caller(2);
  scene.press(caller, '2');
  const { size } = scene.state.places;
  const facts = resync(scene, up(caller), up(scene.leg()), ringing(scene.attempt()));
  expect(facts.map(({ type }) => type)).toEqual(['telephony.lost', 'telephony.resynced', 'dialogue.asked']);
  expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'number', round: 1, because: 'resynced' });
  expect(scene.state.places.size).toBe(size);
  scene.reach();
  expect(scene.latest('callback.connected')).toBeDefined();
  const { channels } = scene.effects.findLast((effect) => effect.do === 'sweep') ?? { channels: [] };
  expect(channels).toEqual(expect.arrayContaining([caller, scene.leg(), scene.attempt()]));
});

test('the agent answered meanwhile: adopted', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  resync(scene, up(scene.leg()));
  expect(scene.agent('ada').state).toBe('on_call');
  expect(scene.served()).toEqual([1]);
});

test('an announcement whose end may have gone unheard is made again, and the client dialled after it, once', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.answer();
  const before = scene.agent('ada').playback;
  const at = scene.at;
  resync(scene, up(scene.leg()));
  const { playback } = scene.agent('ada');
  expect(playback).not.toBe(before);
  expect(scene.all('agent.announced')).toHaveLength(1);
  expect(scene.effects.findLast((effect) => effect.do === 'play')).toMatchObject({
    channel: scene.leg(),
    say: [{ prompt: 'agent.callback' }, { digits: scene.of(1).code }],
  });
  const ended = (id: number | null) =>
    scene.tell({
      type: 'prompt.ended',
      channel: scene.leg(),
      playback: textId(scene.state.shard, 'playback', id ?? 0),
    });
  ended(before);
  expect(scene.all('attempt.intended')).toEqual([]);
  ended(playback);
  expect(scene.all('attempt.intended')).toHaveLength(1);
  expect(scene.at - at).toBeLessThan(20_000); // not by the deadline that is there for the worst case
});

test('the client answered meanwhile: joined to the agent who is still there', () => {
  const scene = clientRings();
  resync(scene, up(scene.leg()), up(scene.attempt()));
  expect(scene.of(1).state).toBe('connected');
  expect(scene.effects.some((effect) => effect.do === 'bridge')).toBe(true);
});

test('the client answered and the agent is gone: not counted as a conversation, called again', () => {
  const scene = clientRings();
  resync(scene, up(scene.attempt()));
  expect(scene.all('callback.connected')).toEqual([]);
  expect(scene.latest('attempt.failed')?.cause).toBe('agent_lost');
  expect(scene.of(1)).toMatchObject({ state: 'retry_wait', chances: 0 });
});

test('an attempt that was never permitted is void, and its agent goes on with another', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.intend();
  const lost = scene.attempt();
  resync(scene, up(scene.leg()));
  expect(scene.latest('attempt.voided')?.cause).toBe('lost');
  expect(scene.attempt()).not.toBe(lost);
  scene.tell({ type: 'dial.asked', attempt: lost, number: null });
  expect(scene.refused).toBe('attempt.not_permitted');
});

test('leg and unpermitted attempt gone together: no further attempt with an agent who is gone', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.intend();
  resync(scene);
  expect(scene.all('attempt.intended')).toHaveLength(1);
  expect(scene.latest('attempt.voided')?.cause).toBe('agent_lost');
  expect(scene.served()).toEqual([1, 1]); // rung again, for the same place
});

test('caller and agent’s leg gone together: nobody is rung for a caller who is gone', () => {
  const scene = new Scene();
  scene.ready();
  scene.caller(1);
  resync(scene);
  expect(scene.served()).toEqual([1]);
  expect(scene.latest('place.left')?.reason).toBe('abandoned');
});

test('the agent’s leg went from a conversation: the caller, still there, is hung up and the call counted as served', () => {
  const scene = new Scene();
  scene.ready();
  const channel = scene.caller(1);
  scene.answer();
  resync(scene, up(channel));
  expect(scene.latest('place.left')?.reason).toBe('served');
  expect(scene.effects).toContainEqual({ do: 'hang_up', channel });
});

test('while the socket is away: no fence, no match, no round counted, no agent blamed', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  const leg = scene.leg();
  scene.tell({ type: 'telephony.lost' });
  scene.after(60_000);
  expect(scene.agent('ada').state).toBe('ready'); // the phone was lost, not left unanswered
  expect(scene.served()).toEqual([1]);
  resync(scene, ringing(leg)); // it still rings, for nobody
  const sweep = scene.effects.findLast((effect) => effect.do === 'sweep');
  expect(sweep?.channels).not.toContain(leg);
  expect(scene.served()).toEqual([1, 1]);
});

test('the fence is closed while the socket is away', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.intend();
  scene.tell({ type: 'telephony.lost' });
  scene.fence();
  expect(scene.refused).toBe('attempt.not_permitted');
  expect(scene.dialled()).toBe(0);
});

test('matched after the whole truth is told: the earlier place first, the longest idle agent first', () => {
  const scene = new Scene();
  const first = scene.caller(1);
  const second = scene.caller(2);
  scene.tell({ type: 'telephony.lost' });
  scene.ready();
  expect(scene.served()).toEqual([]);
  resync(scene, up(second), up(first));
  expect(scene.served()).toEqual([1]);
  expect(scene.all('dialogue.asked').at(-1)).toMatchObject({ call: 2, because: 'resynced' });
});
