// What agents do with a client they talk to, the whole way: over the API, on the simulated exchange, and as the board of
// their page tells it. Who hears whom is heard at the far side. Refusals leave the client with the agent.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import type { Fact, FactOf, FactType } from '../core/fact.ts';
import type { AgentId } from '../core/id.ts';
import { boardOf } from '../engine/board.ts';
import type { FarCall, FarRinging } from '../telephony/far-side.ts';
import { SimulatedFarSide } from '../telephony/simulated/simulated-far-side.ts';

const yaml = `
languages: [en, fr]
lines:
  - { id: visas, name: { en: Visas, fr: Visas }, key: 1, callerId: "+16135550140", numbers: ["8005550101"], direct: en }
  - { id: permits, name: { en: Permits, fr: Permis }, key: 2, callerId: "+16135550141", capacity: 1 }
  - { id: night, name: { en: Night, fr: Nuit }, key: 3, callerId: "+16135550142", hours: { sunday: ["02:00-03:00"] } }
agents:
  - { id: ada, lines: [visas], languages: [en, fr] }
  - { id: ben, lines: [permits], languages: [en] }
  - { id: cleo, lines: [permits, night], languages: [fr] }
directory: [{ id: interpreters, name: { en: Interpreters, fr: Interprètes }, number: "+16135550152" }]
`;
const NOW = Date.UTC(2019, 3, 17, 15);

let house: HouseInMemory;
let far: SimulatedFarSide;
beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
  far = new SimulatedFarSide(house.time, house.network);
});
afterEach(() => house.close());

/** Virtual time goes on until it has happened. */
async function until<T>(promise: Promise<T>): Promise<T> {
  let done = false;
  const noted = promise.finally(() => {
    done = true;
  });
  while (!done) await house.pass(100);
  return noted;
}

async function atWork(agent: string): Promise<void> {
  await until(far.phone(agent).registered());
  await house.ask('POST', `/agents/${agent}/sign-in`, {});
  await house.ask('POST', `/agents/${agent}/ready`);
}

type Talk = { readonly client: FarCall; readonly ada: FarCall };

/** Ada talks to somebody who called. */
async function talk(): Promise<Talk> {
  await atWork('ada');
  const client = await until(far.citizen('+16132341201').call('8005550101'));
  const ringing = await until(far.phone('ada').nextCall());
  await until(ringing.answer());
  await hear(client, ringing.call);
  return { client, ada: ringing.call };
}

/** Each of these hears each other one. */
async function hear(...calls: FarCall[]): Promise<void> {
  for (const one of calls)
    for (const other of calls) if (one !== other) expect(await until(one.hears(other.toneHz))).toBe(true);
}

const row = (agent: string) => boardOf({ state: house.engine.state, at: house.time.now() }).agents[agent];
const act = async (what: string, to?: object) => {
  const { status, said } = await house.ask(
    'POST',
    `/agents/ada/${what}`,
    ...(to === undefined ? [] : ([{ to }] as const)),
  );
  return status === 200 ? said.state : `${status} ${said.code}`;
};
const facts = <T extends FactType>(type: T): FactOf<T>[] =>
  house.store
    .shard('c1')
    .rows.map(({ fact }) => fact as FactOf<T>)
    .filter((fact) => fact.type === type);

const whenLast = (type: FactType) =>
  house.store.shard('c1').rows.findLast(({ fact }) => (fact as Fact).type === type)?.at;

/** Ben's phone rings for a consultation. */
async function consultBen(): Promise<FarRinging> {
  await atWork('ben');
  expect(await act('consult', { agent: 'ben' })).toBe('on_call');
  return until(far.phone('ben').nextCall());
}

describe('hold', () => {
  test('the client hears music and then the agent again; asked twice is asked once', async () => {
    const { client, ada } = await talk();
    expect(row('ada')).toMatchObject({ onHold: false, consult: null, helps: null });
    expect([await act('hold'), await act('hold')]).toEqual(['on_call', 'on_call']);
    expect(row('ada')).toMatchObject({ onHold: true, state: 'on_call' });
    expect(await until(client.hearsAnything())).toBe(true);
    expect([await act('retrieve'), await act('retrieve')]).toEqual(['on_call', 'on_call']);
    expect(row('ada')?.onHold).toBe(false);
    await hear(client, ada);
    expect([facts('client.held').length, facts('client.retrieved').length]).toEqual([1, 1]);
  });
});

describe('a consultation', () => {
  test('is shown to both as it goes: ringing, talking, joined; then the client is the colleague’s', async () => {
    const { client, ada } = await talk();
    const ringing = await consultBen();
    expect(row('ada')).toMatchObject({
      onHold: true,
      consult: { agent: 'ben', outside: null, state: 'ringing', since: whenLast('consult.begun') },
    });
    const asked = { by: 'ada', line: 'visas', language: 'en' };
    expect(row('ben')).toMatchObject({ state: 'consulted', helps: { ...asked, state: 'ringing' } });
    expect(await act('join')).toBe('409 consult.not_answered');
    expect(await act('hand-over')).toBe('409 consult.not_answered');
    expect(await act('hold')).toBe('409 consult.begun');
    expect(await act('consult', { agent: 'cleo' })).toBe('409 consult.begun');
    await house.pass(2_000);
    await until(ringing.answer());
    expect(row('ada')?.consult).toMatchObject({ state: 'talking', since: whenLast('consult.answered') });
    expect(row('ben')?.helps).toMatchObject({ ...asked, state: 'talking' });
    await hear(ada, ringing.call);
    expect(await act('join')).toBe('on_call');
    expect(row('ada')).toMatchObject({ onHold: false, consult: { state: 'joined' } });
    await hear(client, ada, ringing.call);
    expect(await act('hand-over')).toBe('clearing');
    await until(ada.ended);
    expect(row('ben')).toMatchObject({ state: 'on_call', line: 'visas', helps: null, onHold: false });
    await hear(client, ringing.call);
    expect(facts('place.handed_over')).toMatchObject([{ from: 'ada', to: 'ben' }]);
  });

  test('is ended, and the client is back with the agent', async () => {
    const { client, ada } = await talk();
    const ringing = await consultBen();
    await until(ringing.answer());
    expect(await act('end-consult')).toBe('on_call');
    expect(row('ada')).toMatchObject({ onHold: false, consult: null });
    await until(ringing.call.ended);
    await hear(client, ada);
    expect([await act('end-consult'), await act('join')]).toEqual([
      '409 consult.not_begun',
      '409 consult.not_begun',
    ]);
    await house.pass(60_000);
    expect(row('ben')).toMatchObject({ state: 'ready', helps: null });
  });

  test('nobody who is not ready is rung, and the client stays', async () => {
    const { client, ada } = await talk();
    expect(await act('consult', { agent: 'ben' })).toBe('409 transfer.agent_busy');
    expect(await act('consult', { agent: 'ada' })).toBe('409 transfer.agent_busy');
    expect(await act('consult', { agent: 'zoe' })).toBe('404 agent.unknown');
    expect(await act('consult', { line: 'permits' })).toBe('409 transfer.nobody_ready');
    expect(await act('consult', { outside: 'nobody' })).toBe('404 transfer.outside_unknown');
    await house.ask('POST', '/switches', { name: 'dialling', line: null, on: false, reason: 'a test' });
    expect(await act('consult', { outside: 'interpreters' })).toBe('409 transfer.dialling_off');
    expect(row('ada')).toMatchObject({ onHold: false, consult: null });
    await hear(client, ada);
  });
});

describe('somebody of the directory', () => {
  const ringing = () => until(far.citizen('+16135550152').nextCall());

  test('is dialled once, by the number of the configuration; joined, and left with the client', async () => {
    const { client, ada } = await talk();
    expect(await act('consult', { outside: 'interpreters' })).toBe('on_call');
    const interpreter = await ringing();
    expect(row('ada')).toMatchObject({
      onHold: true,
      consult: { agent: null, outside: 'interpreters', state: 'ringing' },
    });
    await until(interpreter.answer());
    await hear(ada, interpreter.call);
    await act('join');
    await hear(client, ada, interpreter.call);
    expect(await act('hand-over')).toBe('clearing');
    await until(ada.ended);
    await hear(client, interpreter.call);
    expect(far.invites('+16135550152')).toBe(1);
    await until(interpreter.call.hangUp());
    await until(client.ended);
  });

  test('does not answer: the client is back with the agent', async () => {
    const { client, ada } = await talk();
    await act('consult', { outside: 'interpreters' });
    await until((await ringing()).refuse('busy'));
    await house.pass(500);
    expect(row('ada')).toMatchObject({ onHold: false, consult: null });
    await hear(client, ada);
  });

  test('is given the client at once', async () => {
    const { client, ada } = await talk();
    expect(await act('transfer', { outside: 'interpreters' })).toBe('clearing');
    await until(ada.ended);
    const interpreter = await ringing();
    await until(interpreter.answer());
    await hear(client, interpreter.call);
  });
});

describe('a transfer', () => {
  test('to a line: the client waits there, and whoever serves it is rung', async () => {
    const { client, ada } = await talk();
    expect(await act('transfer', { line: 'permits' })).toBe('clearing');
    await until(ada.ended);
    expect(await until(client.hearsAnything())).toBe(true);
    await atWork('ben');
    const ringing = await until(far.phone('ben').nextCall());
    await until(ringing.answer());
    await hear(client, ringing.call);
    expect(row('ben')).toMatchObject({ state: 'on_call', line: 'permits', helps: null });
  });

  test('to a line that would refuse them: said why, and the client stays', async () => {
    const { client, ada } = await talk();
    expect(await act('transfer', { line: 'night' })).toBe('409 transfer.line_closed');
    expect(await act('transfer', { line: 'visas' })).toBe('409 transfer.same_line');
    expect(await act('transfer', { line: 'nowhere' })).toBe('404 line.unknown');
    await hear(client, ada);
    expect(facts('place.transferred')).toEqual([]);
  });
});

test('with nobody there is nothing to hold or to transfer', async () => {
  await atWork('ada');
  for (const what of ['hold', 'retrieve', 'join', 'hand-over', 'end-consult'])
    expect(await act(what)).toBe('409 agent.no_client');
  expect(await act('transfer', { line: 'permits' })).toBe('409 agent.no_client');
});

test.each([{}, { to: {} }, { to: { line: 'visas', agent: 'ben' } }, { to: { number: '+16132341234' } }])(
  'whom to is one of three, and nothing else: %o',
  async (body) => {
    expect(await house.ask('POST', '/agents/ada/transfer', body)).toMatchObject({
      status: 400,
      said: { code: 'request.invalid' },
    });
  },
);

test('the page of an agent is told who is ready and what the directory is called, and no number', async () => {
  await atWork('ben');
  await atWork('cleo');
  await house.ask('POST', '/agents/cleo/not-ready', { reason: 'meal' });
  const { colleagues, directory } = boardOf({ state: house.engine.state, at: house.time.now() });
  expect(colleagues).toEqual({ ben: { lines: ['permits'], languages: ['en'] } });
  expect(directory).toEqual({ interpreters: { name: { en: 'Interpreters', fr: 'Interprètes' } } });
  expect(house.engine.state.agents.get('cleo' as AgentId)?.state).toBe('not_ready');
});
