// The agent's phone does not answer, refuses, is not there, or is hung up too soon. Never the caller's loss: the place
// goes back to its own key and is served before those who came later, by whoever is ready next. The agent is not ready,
// with the reason, until they say otherwise.

import { afterEach, expect, test } from 'vitest';
import type { FactOf } from '../../src/core/fact.ts';
import type { AgentId, PlaceId } from '../../src/core/id.ts';
import type { Refusal } from '../../src/telephony/far-side.ts';
import { withStage } from './with-stage.ts';

const at = withStage({
  agents: ['amelie', 'benoit'],
  agent: '{ ringS: 2, wrapUpS: 0 }',
  callback: '{ attempts: 1, ringS: 20, retryAfterS: 1 }',
});

/** Nobody is ready, nobody waits: the next test begins as this one did. */
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') return;
  const stage = at();
  for (const agent of ['amelie', 'benoit']) await stage.ask('POST', `/api/v1/agents/${agent}/sign-out`);
  await stage.empty();
});

function returned(place: PlaceId, from: number): Promise<FactOf<'place.returned'>> {
  return at().story.until('place.returned', (f) => f.place === place, from);
}

function notReady(agent: string, from: number): Promise<FactOf<'agent.not_ready'>> {
  return at().story.until('agent.not_ready', (f) => f.agent === agent, from);
}

/** Who was reserved for whom, in order. */
function reserved(from: number): (readonly [AgentId, PlaceId])[] {
  return at()
    .story.facts.slice(from)
    .flatMap(({ fact }) => (fact.type === 'agent.reserved' ? [[fact.agent, fact.place] as const] : []));
}

test('let ring: another agent serves the place, before the one who came later', async () => {
  const stage = at();
  const from = stage.story.length;
  await stage.agentReady('amelie');
  const first = await stage.callIn('+16135550130', 'en');
  const ringing = await stage.network.phone('amelie').nextCall();
  ringing.ring();
  const later = await stage.callIn('+16135550131', 'en');
  await later.asked('offer');
  expect((await returned(first.place, from)).cause).toBe('agent_no_answer');
  expect((await notReady('amelie', from)).reason).toBe('no_answer');
  expect(await ringing.call.ended).toMatchObject({ by: 'the_other' });

  await stage.agentReady('benoit');
  const second = await stage.network.phone('benoit').nextCall();
  await second.answer();
  expect(await second.call.hears(first.far.toneHz)).toBe(true);
  await stage.agentReady('amelie');
  const third = await stage.network.phone('amelie').nextCall();
  await third.answer();
  expect(await third.call.hears(later.far.toneHz)).toBe(true);
  expect(reserved(from)).toEqual([
    ['amelie', first.place],
    ['benoit', first.place],
    ['amelie', later.place],
  ]);
  await Promise.all([first.far.hangUp(), later.far.hangUp()]);
});

test('let ring, then ready again: the same agent serves the same place first', async () => {
  const stage = at();
  const from = stage.story.length;
  await stage.agentReady('amelie');
  const first = await stage.callIn('+16135550132', 'fr');
  (await stage.network.phone('amelie').nextCall()).ring();
  const later = await stage.callIn('+16135550133', 'fr');
  await notReady('amelie', from);

  await stage.agentReady('amelie');
  const again = await stage.network.phone('amelie').nextCall();
  await again.answer();
  expect(await again.call.hears(first.far.toneHz)).toBe(true);
  expect(reserved(from)).toEqual([
    ['amelie', first.place],
    ['amelie', first.place],
  ]);
  await Promise.all([first.far.hangUp(), later.far.hangUp()]);
});

test.each([
  ['rejected', 'rejected'],
  ['busy', 'busy'],
] as const)(
  'refused as %s: not ready with that reason, and the caller holds on at the same place',
  async (how, reason) => {
    const stage = at();
    const from = stage.story.length;
    await stage.agentReady('amelie');
    const caller = await stage.callIn('+16135550134', 'en');
    const ringing = await stage.network.phone('amelie').nextCall();
    ringing.ring();
    await ringing.refuse(how satisfies Refusal);
    expect((await returned(caller.place, from)).cause).toBe('agent_rejected');
    expect((await notReady('amelie', from)).reason).toBe(reason);
    await caller.asked('offer'); // told place and wait again, not silence
    await stage.agentReady('amelie');
    await (await stage.network.phone('amelie').nextCall()).answer();
    await stage.story.until('call.connected', (f) => f.place === caller.place, from);
    await caller.far.hangUp();
  },
);

test('a phone that is not registered: not ready as unreachable, and served once it is back', async () => {
  const stage = at();
  const from = stage.story.length;
  const phone = stage.network.phone('amelie');
  await phone.unregister();
  const before = stage.network.invites('amelie');
  await stage.agentReady('amelie');
  const caller = await stage.callIn('+16135550135', 'en');
  expect((await returned(caller.place, from)).cause).toBe('agent_unreachable');
  expect((await notReady('amelie', from)).reason).toBe('phone_unreachable');
  expect(stage.network.invites('amelie')).toBe(before);
  await phone.register();
  await stage.agentReady('amelie');
  await (await phone.nextCall()).answer();
  await stage.story.until('call.connected', (f) => f.place === caller.place, from);
  await caller.far.hangUp();
});

test('hung up during the announcement: the client is not dialled, and the next agent dials once', async () => {
  const stage = at();
  const from = stage.story.length;
  const client = '+16135550136';
  const caller = await stage.callIn(client, 'en');
  const { callback } = await caller.leaveForCallback();
  const later = await stage.callIn('+16135550137', 'en');
  await stage.agentReady('amelie');
  const ringing = await stage.network.phone('amelie').nextCall();
  await ringing.answer();
  expect(await ringing.call.hearsAnything()).toBe(true);
  await ringing.call.hangUp();
  expect((await returned(caller.place, from)).cause).toBe('agent_lost');
  expect((await notReady('amelie', from)).reason).toBe('hung_up');
  // The end of the prompt may be told a moment before the end of the leg: what was intended then is void.
  expect(stage.story.of('attempt.permitted')).toEqual([]);
  expect(stage.network.invites(client)).toBe(0);

  await stage.agentReady('benoit');
  await (await stage.network.phone('benoit').nextCall()).answer();
  const called = await stage.network.citizen(client).nextCall();
  await called.answer();
  await stage.story.until('callback.connected', (f) => f.callback === callback);
  expect(stage.network.invites(client)).toBe(1);
  expect(reserved(from)).toEqual([
    ['amelie', caller.place],
    ['benoit', caller.place],
  ]);
  await called.call.hangUp();
  await (await stage.network.phone('benoit').nextCall()).answer();
  await stage.story.until('call.connected', (f) => f.place === later.place);
  await later.far.hangUp();
});

test("hung up while the client's phone rings: it stops, costs the client no chance, and is done again", async () => {
  const stage = at();
  const from = stage.story.length;
  const client = '+16135550138';
  const caller = await stage.callIn(client, 'en', 3);
  const { callback } = await caller.leaveForCallback();
  await stage.agentReady('amelie');
  const ringing = await stage.network.phone('amelie').nextCall();
  await ringing.answer();
  const called = await stage.network.citizen(client).nextCall();
  called.ring();
  await stage.story.until('attempt.ringing', () => true, from);
  expect(await ringing.call.hearsAnything()).toBe(true);
  await ringing.call.hangUp();
  expect((await called.call.ended).by).toBe('the_other');
  expect((await stage.story.until('attempt.failed', () => true, from)).cause).toBe('agent_lost');
  expect((await notReady('amelie', from)).reason).toBe('hung_up');
  await stage.empty();

  await stage.agentReady('benoit');
  await (await stage.network.phone('benoit').nextCall()).answer();
  const again = await stage.network.citizen(client).nextCall();
  await again.answer();
  await stage.story.until('callback.connected', (f) => f.callback === callback);
  // One chance is all that the client has here, and this is still the first.
  expect(
    stage.story
      .of('attempt.intended')
      .filter((f) => f.callback === callback)
      .map((f) => f.n),
  ).toEqual([1, 1]);
  expect(stage.network.invites(client)).toBe(2);
  await again.call.hangUp();
  await stage.story.until('callback.completed', (f) => f.callback === callback);
});
