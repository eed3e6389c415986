// How conversations felt, the whole way: agents speak with callers on the simulated exchange, are asked, and say it through
// the API; the engine's box lets the values go when enough agents have given one, and the ledger counts them. Nothing that is
// kept says whose they were. What ringing took is apart from it all.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CellBook } from '../../test/support/cell-book.ts';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import type { Fact, FactOf, FactType } from '../core/fact.ts';
import { estimate, type Figure } from '../figures/figure.ts';
import { Ledger } from '../figures/ledger/ledger.ts';
import { figureCalled } from '../figures/registry.ts';
import type { Row } from '../journal/journal.ts';
import { SimulatedFarSide } from '../telephony/simulated/simulated-far-side.ts';

const NOW = Date.UTC(2019, 3, 17, 15);
const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8')
  .replace(/^survey:.*\n/m, '')
  .replace(/^tone:.*$/m, 'tone: { share: 1, agentsMin: 3 }');
const RING_MS = 3_000;
const TALK_MS = 30_000;

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

const rows = (): readonly Row<Fact>[] => house.store.shard('c1').rows as never;
const of = <T extends FactType>(type: T): FactOf<T>[] =>
  rows()
    .map(({ fact }) => fact)
    .filter((fact): fact is FactOf<T> => fact.type === type);

/** An agent is there, somebody calls and holds, they speak, and the agent hangs up. */
async function converse(agent: string, n: number): Promise<void> {
  const phone = far.phone(agent);
  await until(phone.registered());
  await house.ask('POST', `/agents/${agent}/sign-in`, {});
  await house.ask('POST', `/agents/${agent}/ready`);
  const call = await until(far.citizen(`+1613234120${n}`).call('+18005550100'));
  await until(call.answered);
  for (const key of ['1', '1', '1']) {
    await house.pass(1_000);
    await until(call.press(key));
  }
  const ringing = await until(phone.nextCall());
  ringing.ring();
  await house.pass(RING_MS);
  await until(ringing.answer());
  await house.pass(TALK_MS);
  await until(ringing.call.hangUp());
  await house.pass(200);
}

async function say(agent: string, value: number) {
  const { status, said } = await house.ask('POST', `/agents/${agent}/tone`, { value });
  return [status, said.code, said.asksTone];
}

async function asks(agent: string): Promise<unknown> {
  const { agents } = (await house.ask('GET', '/agents')).said as {
    agents: { agent: string; asksTone?: true }[];
  };
  return agents.find((one) => one.agent === agent)?.asksTone;
}

test('from the agents’ answers to the figures: together, in nobody’s name, with ringing apart', async () => {
  const given = { amelie: 1, chloe: 0, daniel: 1 };
  for (const [n, [agent, value]] of Object.entries(given).entries()) {
    expect(of('tone.felt')).toEqual([]);
    await converse(agent, n + 1);
    expect(await asks(agent)).toBe(true);
    expect(await say(agent, value)).toEqual([200, undefined, undefined]);
    expect(await asks(agent)).toBeUndefined();
    expect(await say(agent, -1)).toEqual([409, 'tone.given', undefined]);
    await house.ask('POST', `/agents/${agent}/not-ready`, { reason: 'break' });
  }
  expect(await say('amelie', 1)).toEqual([409, 'tone.not_asked', undefined]);
  const felt = of('tone.felt');
  expect(felt.map(({ value }) => value).sort()).toEqual([0, 1, 1]);
  const common = { type: 'tone.felt', v: 1, line: 'permanent_residence', language: 'en', kind: 'live' };
  for (const fact of felt) expect(fact).toEqual({ ...common, value: fact.value });
  expect(of('tone.asked').map(({ agent }) => agent)).toEqual(Object.keys(given));

  const book = new CellBook();
  const ledger = new Ledger(book, false);
  for (const { fact, at } of rows()) ledger.fact(fact, at);
  const told = (id: string) => estimate(figureCalled(id) as Figure, book.total());
  expect(told('tone_live')).toMatchObject({ n: 3, value: 0.667 });
  expect(told('tone_callback')).toMatchObject({ n: 0, value: null });
  // Handle time is talk and wrap-up; the agent's phone rang before it, and that is a figure of its own.
  const handle = told('handle_time_live');
  expect(handle.n).toBe(3);
  expect(handle.value).toBeGreaterThanOrEqual(TALK_MS);
  expect(handle.value).toBeLessThan(TALK_MS + RING_MS);
  expect(told('ringing_live').value).toBeGreaterThanOrEqual(RING_MS);
});
