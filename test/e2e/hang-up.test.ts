// The caller hangs up, once in each state of the dialogue. What becomes of their place is in the facts; nothing is left
// in Asterisk; and the agent is free for the next one.

import { expect, test } from 'vitest';
import type { FactOf } from '../../src/core/fact.ts';
import type { Caller, Stage } from './stage.ts';
import { withStage } from './with-stage.ts';

const at = withStage();

/** After the caller's own hand: the call has ended by it, and nobody is left on the phone. */
async function hangUp(stage: Stage, caller: Caller): Promise<void> {
  expect(await caller.far.hangUp()).toEqual({ by: 'this_end', cause: 'normal' });
  expect((await caller.ended()).by).toBe('caller');
  await stage.empty();
}

function leaving(stage: Stage, caller: Caller): Promise<FactOf<'place.left'>> {
  return stage.story.until('place.left', (f) => f.place === caller.place);
}

test.each([
  ['language', []],
  ['line', [['language', '1']]],
  [
    'service',
    [
      ['language', '2'],
      ['line', '3'],
    ],
  ],
] as const)('asked for the %s: no place was taken', async (step, before) => {
  const stage = at();
  const caller = await stage.arrive('+16135550120');
  for (const [question, key] of before) await caller.choose(question, key);
  await caller.asked(step);
  await hangUp(stage, caller);
  expect(caller.questions().at(-1)).toBe(`${step} 1`);
  expect(caller.of('call.agent_asked')).toEqual([]);
  expect(caller.of('place.taken')).toEqual([]);
});

/** Another number is keyed and confirmed: now its extension is asked for. */
async function askedForExtension(caller: Caller): Promise<void> {
  await caller.choose('offer', '2');
  await caller.choose('number', '6135550125#');
  await caller.confirmable();
  await caller.far.press('1');
}

test.each([
  ['offer', async () => undefined],
  ['number', async (caller: Caller) => caller.choose('offer', '2')],
  ['confirm', async (caller: Caller) => [await caller.choose('offer', '1'), await caller.confirmable()]],
  ['extension', askedForExtension],
] as const)('at the %s: abandoned', async (step, before) => {
  const stage = at();
  const caller = await stage.callIn('+16135550121', 'fr', 2);
  await before(caller);
  await caller.asked(step);
  await hangUp(stage, caller);
  expect((await leaving(stage, caller)).reason).toBe('abandoned');
  expect(caller.questions().at(-1)).toBe(`${step} 1`);
  expect(caller.of('callback.registered')).toEqual([]);
});

test("with half a number keyed: abandoned, and the half is nobody's", async () => {
  const stage = at();
  const caller = await stage.callIn('+16135550121', 'en', 2);
  await caller.choose('offer', '2');
  await caller.asked('number');
  await caller.far.press('613');
  await hangUp(stage, caller);
  expect((await leaving(stage, caller)).reason).toBe('abandoned');
  expect(caller.of('dialogue.number_given')).toEqual([]);
});

test.each([
  ['code', false, null],
  ['returning', true, null],
  ['returned', true, '1'],
] as const)(
  'calling again, at the step %s: the earlier callback is as it was',
  async (step, isKeyed, choice) => {
    const stage = at();
    await stage.ask('POST', '/api/v1/agents/amelie/not-ready', { reason: 'break' });
    const first = await stage.callIn('+16135550126', 'fr', 4);
    const { callback, code } = await first.leaveForCallback();
    const again = await stage.arrive('+16135550126');
    for (const [question, key] of [
      ['language', '2'],
      ['line', '3'],
      ['service', '2'],
    ] as const)
      await again.choose(question, key);
    await again.asked('code');
    if (isKeyed) {
      await again.far.press(`${String(callback).padStart(6, '0')}${code}`);
      await stage.story.until('client.recognised', (f) => f.call === again.call);
    }
    if (choice !== null) await again.choose('returning', choice);
    await again.asked(step);
    await hangUp(stage, again);
    expect(again.of('place.taken')).toEqual([]);
    expect(stage.story.of('place.left').every((f) => f.place !== first.place)).toBe(true);
    const { value } = await stage.ask('GET', `/api/v1/callbacks/${callback}`);
    expect(value.state).toBe('pending');
    expect((await stage.ask('POST', `/api/v1/callbacks/${callback}/cancel`)).status).toBe(200);
    expect((await leaving(stage, first)).place).toBe(first.place);
  },
);

test('while the agent is rung: abandoned, the phone stops ringing and the agent is ready again', async () => {
  const stage = at();
  await stage.agentReady('amelie');
  const caller = await stage.callIn('+16135550122', 'en');
  const ringing = await stage.network.phone('amelie').nextCall();
  ringing.ring();
  const from = stage.story.length;
  await caller.far.hangUp();
  expect((await ringing.call.ended).by).toBe('the_other');
  expect((await leaving(stage, caller)).reason).toBe('abandoned');
  expect((await stage.story.until('agent.released', () => true, from)).talked).toBe(false);
  await stage.story.until('agent.ready', () => true, from);
  await stage.empty();
  expect(caller.of('call.connected')).toEqual([]);
});

test('while talking: served, and the agent is ready again', async () => {
  const stage = at();
  const caller = await stage.callIn('+16135550123', 'en');
  const ringing = await stage.network.phone('amelie').nextCall();
  await ringing.answer();
  expect(await ringing.call.hears(caller.far.toneHz)).toBe(true);
  expect(await caller.far.hears(ringing.call.toneHz)).toBe(true);
  const from = stage.story.length;
  await caller.far.hangUp();
  expect(await ringing.call.ended).toEqual({ by: 'the_other', cause: 'normal' });
  expect((await leaving(stage, caller)).reason).toBe('served');
  await stage.story.until('agent.ready', () => true, from);
  await stage.empty();
});

test('in the middle of the registration: the callback stays, is pending, and is kept', async () => {
  const stage = at();
  await stage.ask('POST', '/api/v1/agents/amelie/not-ready', { reason: 'break' });
  const caller = await stage.callIn('+16135550124', 'fr', 4);
  const { callback } = await caller.takeCallback();
  await hangUp(stage, caller);
  await stage.story.until('callback.pending', (f) => f.callback === callback);
  const lives = (place: number) => stage.story.of('place.left').every((f) => f.place !== place);
  expect(lives(caller.place)).toBe(true);

  await stage.agentReady('amelie');
  const ringing = await stage.network.phone('amelie').nextCall();
  await ringing.answer();
  const called = await stage.network.citizen('+16135550124').nextCall();
  await called.answer();
  await stage.story.until('callback.connected', (f) => f.callback === callback);
  const from = stage.story.length;
  await called.call.hangUp();
  await stage.story.until('callback.completed', (f) => f.callback === callback);
  expect((await leaving(stage, caller)).reason).toBe('served');
  await stage.story.until('agent.ready', () => true, from);
  await stage.empty();
});
