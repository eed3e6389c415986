// What users of other callback systems complain of, one test each, with the reference in its title: dialling, fairness,
// loss, agents. Each is the story of the complaint, told here, and what happens instead.

import { expect, test } from 'vitest';
import { agentCalled, centreOf } from '../../test/support/given.ts';
import { HOUR, MINUTE, Scene, visas } from '../../test/support/scene.ts';
import { evolve } from './evolve.ts';
import type { Fact } from './fact.ts';
import { stateHash } from './hash.ts';
import type { PlaceId } from './id.ts';
import type { Input } from './input.ts';
import { emptyState, type State } from './state.ts';

const TWO = [agentCalled('ada', ['visas']), agentCalled('bo', ['visas'])];
const BUSY = { agents: TWO, agent: { shiftEndMs: 0, ringMs: 20_000, wrapUpMs: 0 } };

// ---- dialling

test('more callbacks start before the first is answered (FreePBX/issue-tracker#525)', () => {
  const scene = new Scene();
  for (let i = 1; i <= 4; i += 1) scene.callback(i);
  scene.ready();
  scene.dial();
  scene.after(20_000);
  expect(scene.all('attempt.intended')).toHaveLength(1);
});

test('one number dialled three times in a second (FreePBX/issue-tracker#317)', () => {
  const scene = new Scene({ agents: TWO });
  for (let i = 0; i < 3; i += 1) scene.callback(1);
  scene.ready();
  scene.ready('bo');
  scene.dial();
  for (let i = 0; i < 3; i += 1) scene.fence();
  expect(scene.dialled()).toBe(1);
});

test('more callbacks than agents (FreePBX/issue-tracker#621)', () => {
  const scene = new Scene({ agents: TWO });
  for (let i = 1; i <= 5; i += 1) scene.callback(i);
  scene.ready();
  scene.ready('bo');
  scene.intend();
  scene.fence();
  scene.intend('bo');
  scene.fence();
  expect(scene.dialled()).toBe(2);
});

test('redialled while the leg lives', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.after(25_000);
  expect(scene.fence()).toEqual([]);
  scene.reach();
  scene.after(HOUR);
  expect(scene.dialled()).toBe(1);
});

test('a served client is called again after a crash between answer and commit', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.dial();
  // The answer was never committed; after the restart both legs are found alive.
  const channels = [scene.leg(), scene.attempt()].map((channel) => ({ channel, up: true }));
  scene.tell({ type: 'telephony.resynced', channels });
  expect(scene.all('callback.connected')).toHaveLength(1);
  scene.finish();
  scene.after(HOUR);
  expect(scene.dialled()).toBe(1);
  expect(scene.all('callback.completed')).toHaveLength(1);
});

test('an agent is rung after the client left (signalwire/freeswitch#2529)', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  scene.ready();
  scene.hangUp(caller);
  expect(scene.effects).toContainEqual({ do: 'hang_up', channel: scene.leg() });
  expect(scene.agent('ada').place).toBeNull();
});

test('no event on an early hang-up (jambonz/jambonz-feature-server#281)', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  scene.press(caller, '1');
  scene.hangUp(caller);
  expect(scene.facts.slice(-2).map((fact) => fact.type)).toEqual(['call.ended', 'place.left']);
  expect(scene.latest('place.left')?.reason).toBe('abandoned');
});

// ---- fairness

test('callbacks jump live callers (FreePBX/issue-tracker#621)', () => {
  const scene = new Scene();
  scene.caller(1);
  scene.callback(2);
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('served before people who waited (twilio-labs/plugin-queued-callbacks-and-voicemail#9)', () => {
  const scene = new Scene();
  scene.caller(1);
  scene.caller(2);
  const late = scene.callback(3);
  scene.tell({ type: 'callback.postpone', callback: late, minutes: 10, by: 'client' });
  scene.after(10 * MINUTE);
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('a callback is starved under load: it is served in its turn, however many hold', () => {
  const scene = new Scene(BUSY);
  for (let i = 1; i <= 5; i += 1) scene.caller(i);
  scene.callback(6);
  for (let i = 7; i <= 20; i += 1) scene.caller(i);
  scene.ready();
  for (let served = 1; served < 6; served += 1) {
    scene.answer();
    scene.finish();
  }
  expect(scene.served()).toEqual([1, 2, 3, 4, 5, 6]);
});

test('live calls pass a callback: the next agent is its own, though others come and hold', () => {
  const scene = new Scene(BUSY);
  scene.callback(1);
  for (let i = 2; i <= 6; i += 1) scene.caller(i);
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('joining at position 1 stalls the queue (asterisk/asterisk#1691)', () => {
  const urgent = { reason: 'urgent', priority: 1, placesMax: 1 };
  const scene = new Scene({ lines: [visas({ priorities: [urgent] })], ...BUSY });
  scene.caller(1);
  scene.caller(2);
  scene.tell({ type: 'place.prioritise', place: 2 as PlaceId, reason: 'urgent', by: 'supervisor' });
  scene.ready();
  scene.ready('bo');
  expect(scene.served()).toEqual([2, 1]);
});

test('the announced place goes from 7th to 8th (fusionpbx/fusionpbx#6743): never without a recorded cause', () => {
  const scene = new Scene();
  const first = scene.callback(1);
  scene.caller(2);
  expect(scene.latest('wait.unknown')?.ahead).toBe(1);
  scene.tell({ type: 'callback.postpone', callback: first, minutes: 10, by: 'client' });
  scene.after(2 * MINUTE);
  expect(scene.latest('wait.unknown')?.ahead).toBe(0);
  scene.caller(3); // a newcomer makes nobody's place worse
  scene.after(2 * MINUTE);
  expect(
    scene
      .all('wait.unknown')
      .filter((w) => w.place === 2)
      .at(-1)?.ahead,
  ).toBe(0);
  scene.after(8 * MINUTE);
  const worse = scene.all('wait.unknown').filter((w) => w.place === 2 && w.worseBecause !== undefined);
  expect(worse.map((w) => [w.ahead, w.worseBecause])).toEqual([[1, 'earlier_places_back']]);
});

test('"three passed, so it is lost": a place is lost by no heuristics', () => {
  const french = [agentCalled('bo', ['visas'], ['fr']), agentCalled('ada', ['visas'], ['en'])];
  const scene = new Scene({ ...BUSY, agents: french });
  scene.callback(1, '1');
  for (let i = 2; i <= 6; i += 1) {
    scene.callback(i, '2');
    scene.ready('bo');
    scene.dial('bo');
    scene.reach();
    scene.finish('bo');
  }
  scene.ready();
  expect(scene.served()).toEqual([2, 3, 4, 5, 6, 1]);
});

// ---- loss

test('all requests are lost at a restart (8x8)', () => {
  const scene = new Scene();
  for (let i = 1; i <= 3; i += 1) scene.callback(i);
  const again = emptyState('t');
  for (const fact of scene.facts) evolve(again, fact, scene.at);
  expect([...again.callbacks.keys()]).toEqual([1, 2, 3]);
  expect([...again.callbacks.values()].every((callback) => callback.state === 'pending')).toBe(true);
});

test('a replay of the facts is the state that was live (8x8)', () => {
  const scene = new ReplayedScene();
  scene.callback(1);
  scene.caller(2);
  scene.turnSwitch('offering', false);
  scene.bar(3);
  scene.ready();
  scene.dial();
  scene.miss('busy');
  scene.after(6 * MINUTE);
  expect(stateHash(scene.again)).toBe(stateHash(scene.state));
});

/** Each fact goes into a second state as well, with its stamp and nothing else. */
class ReplayedScene extends Scene {
  declare again: State;

  override tell(input: Input): readonly Fact[] {
    const facts = super.tell(input);
    this.again ??= emptyState('t');
    for (const fact of facts) evolve(this.again, fact, this.at);
    return facts;
  }
}

test('not dialled after a downtime past its time (8x8)', () => {
  const scene = new Scene();
  const callback = scene.callback(1);
  scene.tell({ type: 'callback.postpone', callback, minutes: 10, by: 'client' });
  scene.at += 3 * HOUR; // nobody was there to see the deadline come
  scene.tell({ type: 'telephony.resynced', channels: [] });
  scene.after(0);
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('the live call is cancelled, the creation fails, the caller is told "delivered" (Twilio’s plugin)', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  scene.press(caller, '1');
  scene.began(caller);
  scene.turnSwitch('offering', false);
  scene.press(caller, '1'); // it cannot be registered any more
  expect(scene.all('callback.registered')).toEqual([]);
  expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'offer', because: 'withdrawn' });
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('confirmed but never queued (aws-samples/amazon-pinpoint-connect-callback-requestor#6)', () => {
  const scene = new Scene();
  const caller = scene.caller(1);
  const facts = scene.accept(caller).map((fact) => fact.type);
  expect(facts).toEqual(['callback.registered', 'dialogue.asked']);
  scene.after(10 * MINUTE); // the good-bye is said, or never reported: the call ends all the same
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('a retry that can only be deleted by hand (aws-samples/amazon-pinpoint-connect-callback-requestor#65)', () => {
  const scene = new Scene();
  scene.callback(1);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    scene.ready();
    if (scene.agent('ada').state !== 'reserved') break;
    scene.dial();
    scene.miss('no_answer');
    scene.after(HOUR);
  }
  expect(scene.all('callback.unreachable')).toHaveLength(1);
  expect(scene.state.places.size).toBe(0);
});

test('one request cannot be removed (Amazon): between two attempts, too', () => {
  const scene = new Scene();
  const [first, second] = [scene.callback(1), scene.callback(2)];
  scene.ready();
  scene.dial();
  scene.miss('busy');
  scene.tell({ type: 'callback.cancel', callback: first, by: 'supervisor' });
  expect([...scene.state.callbacks.keys()]).toEqual([second]);
});

test('a request vanishes from view: every callback that is registered is alive or has one end', () => {
  const scene = new Scene();
  const ids = [1, 2, 3, 4].map((n) => scene.callback(n));
  scene.tell({ type: 'callback.cancel', callback: ids[1]!, by: 'owner' });
  scene.tell({ type: 'callback.postpone', callback: ids[2]!, minutes: 10, by: 'client' });
  scene.ready();
  scene.dial();
  expect(ids.map((id) => scene.state.callbacks.get(id)?.state)).toEqual([
    'serving',
    undefined,
    'scheduled',
    'pending',
  ]);
  expect(scene.all('callback.cancelled')).toHaveLength(1);
});

test('an agent is locked "in call" (OpenSIPS/opensips#3123): an end that is never told frees them all the same', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.dial();
  scene.reach();
  scene.hangUp(scene.attempt());
  scene.after(MINUTE); // the agent's phone never says that it is free
  expect(scene.agent('ada').state).toBe('ready');
});

// ---- agents

test('a missed callback raises nothing (amazon-connect/amazon-connect-streams#253)', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.hangUp(scene.leg(), 'no_answer');
  expect(scene.latest('place.returned')).toMatchObject({ agent: 'ada', cause: 'agent_no_answer' });
  expect(scene.latest('agent.not_ready')).toMatchObject({ agent: 'ada', reason: 'no_answer' });
});

test('a rejection drops the caller (OpenSIPS/opensips#2886)', () => {
  const scene = new Scene(BUSY);
  scene.caller(1);
  scene.ready();
  scene.hangUp(scene.leg(), 'rejected');
  scene.ready('bo');
  expect(scene.served()).toEqual([1, 1]);
});

test('a free agent is not used after wrap-up (OpenSIPS/opensips#2679)', () => {
  const scene = new Scene({ agent: { ...centreOf().agent, wrapUpMs: 30_000 } });
  scene.callback(1);
  scene.callback(2);
  scene.ready();
  scene.dial();
  scene.reach();
  scene.hangUp(scene.leg());
  expect(scene.agent('ada').state).toBe('wrap_up');
  scene.after(30_000);
  expect(scene.served()).toEqual([1, 2]);
});
