// The client is not reached: busy, rejected, no such number, no answer. One retry where it makes sense, at the old key;
// then unreachable, with its cause. At the carrier there is one INVITE for each attempt, whatever becomes of it.
// The tests run side by side, each with a line and an agent of its own.

import { describe, expect, test } from 'vitest';
import type { CallbackId } from '../../src/core/id.ts';
import type { FarRinging } from '../../src/telephony/far-side.ts';
import type { LineName } from './stage.ts';
import { withStage } from './with-stage.ts';

const at = withStage({
  agents: ['amelie', 'benoit', 'chantal', 'david', 'elise', 'farid'],
  agent: '{ ringS: 20, wrapUpS: 0 }',
  callback: '{ attempts: 2, ringS: 5, retryAfterS: 1 }',
});

const LINES: readonly LineName[] = [
  'permanent_residence',
  'family_sponsorship',
  'temporary_residence',
  'citizenship',
];

type Setting = {
  readonly agent: string;
  readonly line: 1 | 2 | 3 | 4;
  readonly language: 'en' | 'fr';
  readonly client: string;
};

/** A client has left for a callback, and their own agent goes ready. */
async function begin({ agent, line, language, client }: Setting) {
  const stage = at();
  const caller = await stage.callIn(client, language, line);
  const { callback } = await caller.leaveForCallback();
  await stage.agentReady(agent, { lines: [LINES[line - 1] as LineName], languages: [language] });
  return { caller, callback };
}

/** The agent's phone is answered, and the client's phone is called. */
async function dialled({ agent, client }: Setting): Promise<{ agentLeg: FarRinging; called: FarRinging }> {
  const agentLeg = await at().network.phone(agent).nextCall();
  await agentLeg.answer();
  return { agentLeg, called: await at().network.citizen(client).nextCall() };
}

function attempts(callback: CallbackId) {
  return at()
    .story.of('attempt.intended')
    .filter((f) => f.callback === callback);
}

/** How each attempt failed, in order; and an INVITE for each that was permitted, no more and no fewer. */
function failures({ client }: Setting, callback: CallbackId): string[] {
  const { story, network } = at();
  const ours = attempts(callback).map((f) => f.attempt);
  const permitted = story.of('attempt.permitted').filter((f) => ours.includes(f.attempt));
  expect(network.invites(client)).toBe(permitted.length);
  return story.of('attempt.failed').flatMap((f) => (ours.includes(f.attempt) ? [f.cause] : []));
}

describe.concurrent('a client who is not reached', () => {
  test.each([
    ['busy', { agent: 'amelie', line: 1, language: 'en', client: '+16135550150' }],
    ['rejected', { agent: 'benoit', line: 2, language: 'fr', client: '+16135550151' }],
  ] as const)('%s, then answers the retry', async (how, setting) => {
    const { callback } = await begin(setting);
    const { story } = at();
    const first = await dialled(setting);
    await first.called.refuse(how);
    await story.until('callback.retry_set', (f) => f.callback === callback);
    expect(await first.agentLeg.call.ended).toMatchObject({ by: 'the_other' }); // told so, then freed

    const second = await dialled(setting);
    await second.called.answer();
    expect(await second.called.call.hears(second.agentLeg.call.toneHz)).toBe(true);
    expect(await second.agentLeg.call.hears(second.called.call.toneHz)).toBe(true);
    await second.called.call.hangUp();
    await story.until('callback.completed', (f) => f.callback === callback);
    expect(attempts(callback).map((f) => f.n)).toEqual([1, 2]);
    expect(failures(setting, callback)).toEqual([how]);
  });

  test('no such number: there is no second attempt', async () => {
    const setting = { agent: 'chantal', line: 3, language: 'en', client: '+16135550152' } as const;
    const { callback, caller } = await begin(setting);
    const { story } = at();
    const { called } = await dialled(setting);
    await called.refuse('unallocated');
    const end = await story.until('callback.unreachable', (f) => f.callback === callback);
    expect(end.cause).toBe('unallocated');
    expect((await story.until('place.left', (f) => f.place === caller.place)).reason).toBe('ended');
    await story.until('agent.ready', (f) => f.agent === setting.agent, story.positionOf(end));
    expect(failures(setting, callback)).toEqual(['unallocated']);
    expect(attempts(callback)).toHaveLength(1);
  });

  test('no answer, then answers the retry: at the old key, before the one who came later and holds', async () => {
    const setting = { agent: 'david', line: 4, language: 'fr', client: '+16135550153' } as const;
    const { callback, caller } = await begin(setting);
    const stage = at();
    const first = await dialled(setting);
    first.called.ring();
    const later = await stage.callIn('+16135550154', 'fr', 4);
    await stage.ask('POST', '/api/v1/agents/david/not-ready', { reason: 'break' }); // after this call
    expect((await first.called.call.ended).by).toBe('the_other');
    // The retry is due before the agent is back, so that only the keys say who is next.
    await stage.story.until(
      'callback.due',
      (f) => f.callback === callback,
      stage.story.positionOf(await stage.story.until('callback.retry_set', (f) => f.callback === callback)),
    );
    await first.agentLeg.call.ended;
    await stage.agentReady('david');

    const second = await dialled(setting);
    await second.called.answer();
    await stage.story.until('callback.connected', (f) => f.callback === callback);
    await second.called.call.hangUp();
    const last = await stage.network.phone('david').nextCall();
    await last.answer();
    expect(await last.call.hears(later.far.toneHz)).toBe(true);
    await later.far.hangUp();
    const order = stage.story.of('agent.reserved').filter((f) => f.agent === 'david');
    expect(order.map((f) => f.place)).toEqual([caller.place, caller.place, later.place]);
    expect(failures(setting, callback)).toEqual(['no_answer']);
  });

  test('no answer twice: unreachable, and that is the cause', async () => {
    const setting = { agent: 'elise', line: 1, language: 'fr', client: '+16135550155' } as const;
    const { callback } = await begin(setting);
    for (const n of [1, 2]) {
      const { called } = await dialled(setting);
      called.ring();
      expect((await called.call.ended).by).toBe('the_other');
      expect(attempts(callback).map((f) => f.n)).toHaveLength(n);
    }
    const end = await at().story.until('callback.unreachable', (f) => f.callback === callback);
    expect(end.cause).toBe('no_answer');
    expect(failures(setting, callback)).toEqual(['no_answer', 'no_answer']);
  });

  test('busy, then rejected: unreachable, with the cause of the last', async () => {
    const setting = { agent: 'farid', line: 2, language: 'en', client: '+16135550156' } as const;
    const { callback } = await begin(setting);
    for (const how of ['busy', 'rejected'] as const) await (await dialled(setting)).called.refuse(how);
    const end = await at().story.until('callback.unreachable', (f) => f.callback === callback);
    expect(end.cause).toBe('rejected');
    expect(failures(setting, callback)).toEqual(['busy', 'rejected']);
  });
});

test('nothing is left behind of any of them', async () => {
  await at().empty();
});
