// kill -9 of the service, one failure at a time, while a callback is pending, while the agent's phone rings, while the
// client's phone rings. Asterisk and PostgreSQL live on with the calls in them; after the restart what lives is adopted,
// the order is the same, and the far end counts at most one INVITE for an attempt.

import { beforeAll, expect, test } from 'vitest';
import type { FarRinging } from '../../src/telephony/far-side.ts';
import type { Caller, Stage } from './stage.ts';
import { withStage } from './with-stage.ts';

// Phones ring for longer than a service takes to start again, on a slow machine too.
const at = withStage({
  agent: '{ ringS: 120, wrapUpS: 0 }',
  callback: '{ attempts: 2, ringS: 120, retryAfterS: 1 }',
});
let stage: Stage;

beforeAll(async () => {
  stage = at();
  await stage.agentReady('amelie');
});

const phone = () => stage.network.phone('amelie');

/** The agent talks with a first caller, so that the next ones wait. */
async function occupy(number: string): Promise<{ caller: Caller; ringing: FarRinging }> {
  const caller = await stage.callIn(number, 'en', 2);
  const ringing = await phone().nextCall();
  await ringing.answer();
  await stage.story.until('call.connected', (f) => f.call === caller.call);
  return { caller, ringing };
}

/** Takes the callback and hangs up; pending from here on. */
async function promise(number: string) {
  const caller = await stage.callIn(number, 'fr', 3);
  const registered = await caller.takeCallback();
  await caller.far.hangUp();
  await stage.story.until('callback.pending', (f) => f.callback === registered.callback);
  return { caller, ...registered };
}

/** Every INVITE that the far end counted belongs to an attempt of its own that was permitted before. */
function expectOneInviteForAnAttempt(numbers: readonly string[]): void {
  const invites = numbers.reduce((sum, number) => sum + stage.network.invites(number), 0);
  expect(invites).toBeLessThanOrEqual(stage.story.of('attempt.permitted').length);
  const permitted = stage.story.of('attempt.permitted').map((f) => f.attempt);
  expect(new Set(permitted).size).toBe(permitted.length);
}

test('while the callback is pending: the conversation goes on, and the order is the same', async () => {
  const { caller, ringing } = await occupy('+16135550111');
  const second = await promise('+16135550112');
  const third = await stage.callIn('+16135550113', 'en', 4);
  const before = stage.story.length;
  const written = (await stage.ask('GET', '/api/v1/journal')).value;
  await stage.kill();
  expect(await stage.verify(Number(written.seq))).toEqual({ ok: true, ...written }); // replayed = live
  await stage.restart();
  await stage.story.until('telephony.resynced', () => true, before);
  expect(await ringing.call.hears(caller.far.toneHz)).toBe(true);

  await ringing.call.hangUp();
  await caller.far.ended;
  await (await phone().nextCall()).answer();
  const called = await stage.network.citizen('+16135550112').nextCall();
  await called.answer();
  await stage.story.until('callback.connected', (f) => f.callback === second.callback);
  await called.call.hangUp();
  const last = await phone().nextCall();
  await last.answer();
  expect(await last.call.hears(third.far.toneHz)).toBe(true);
  await third.far.hangUp();
  await last.call.ended;
  const order = stage.story.of('agent.reserved').map((f) => f.place);
  expect(order).toEqual([caller.place, second.place, third.place]);
  expect(stage.network.invites('+16135550112')).toBe(1);
});

test("while the agent's phone rings: it rings on, and the client is called once", async () => {
  const { caller, ringing } = await occupy('+16135550121');
  const second = await promise('+16135550122');
  await ringing.call.hangUp();
  await caller.far.ended;
  const toAgent = await phone().nextCall();
  toAgent.ring();
  const before = stage.story.length;
  await stage.kill();
  await stage.restart();
  await stage.story.until('telephony.resynced', () => true, before);

  await toAgent.answer();
  const called = await stage.network.citizen('+16135550122').nextCall();
  await called.answer();
  await stage.story.until('callback.connected', (f) => f.callback === second.callback);
  expect(await called.call.hears(toAgent.call.toneHz)).toBe(true);
  expect(await toAgent.call.hears(called.call.toneHz)).toBe(true);
  await called.call.hangUp();
  await stage.story.until('callback.completed', (f) => f.callback === second.callback);
  expect(stage.network.invites('+16135550122')).toBe(1);
});

test('answered while nobody was there: the agent is asked again, and the client is called once', async () => {
  const { caller, ringing } = await occupy('+16135550131');
  const second = await promise('+16135550132');
  await ringing.call.hangUp();
  await caller.far.ended;
  const toAgent = await phone().nextCall();
  toAgent.ring();
  await stage.kill();
  await toAgent.answer();
  await stage.restart();

  // Asterisk had no application to give the leg to and hung up: no fault of the agent's.
  const again = await phone().nextCall();
  await again.answer();
  const called = await stage.network.citizen('+16135550132').nextCall();
  await called.answer();
  await stage.story.until('callback.connected', (f) => f.callback === second.callback);
  await again.call.hangUp();
  await stage.story.until('callback.completed', (f) => f.callback === second.callback);
  expect(stage.network.invites('+16135550132')).toBe(1);
});

test("while the client's phone rings: it rings on, and is not called a second time", async () => {
  const { caller, ringing } = await occupy('+16135550191');
  const second = await promise('+16135550192');
  await ringing.call.hangUp();
  await caller.far.ended;
  const toAgent = await phone().nextCall();
  await toAgent.answer();
  const called = await stage.network.citizen('+16135550192').nextCall();
  called.ring();
  await stage.story.until('attempt.ringing');
  const before = stage.story.length;
  await stage.kill();
  await stage.restart();
  await stage.story.until('telephony.resynced', () => true, before);

  await called.answer();
  await stage.story.until('callback.connected', (f) => f.callback === second.callback);
  expect(await called.call.hears(toAgent.call.toneHz)).toBe(true);
  await toAgent.call.hangUp();
  await stage.story.until('callback.completed', (f) => f.callback === second.callback);
  expect(stage.network.invites('+16135550192')).toBe(1);
  expectOneInviteForAnAttempt(['+16135550112', '+16135550122', '+16135550132', '+16135550192']);
});
