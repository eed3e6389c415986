// The servers go away under real calls, one at a time, and come back by themselves. While PostgreSQL is away nothing new is
// promised and nobody is dialled, and conversations go on; what was accepted before is done afterwards, in its order.

import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { Kept } from '../../src/centre/data-folder.ts';
import type { FarCall, FarRinging } from '../../src/telephony/far-side.ts';
import { freezePostgres, killAsterisk, killPostgres } from './servers.ts';
import type { Caller } from './stage.ts';
import { withStage } from './with-stage.ts';

const stage = withStage({ agents: ['amelie', 'benoit'] });
const data = () => `${stage().folder}/data`;
const phone = (agent: string) => stage().network.phone(agent);
const REGISTERED = /registered\.done$/;

/** The agent takes the first call there is; both hear each other from here on. */
async function converse(number: string, agent: string): Promise<{ caller: Caller; ringing: FarRinging }> {
  const caller = await stage().callIn(number, 'en', 1);
  const ringing = await phone(agent).nextCall();
  await ringing.answer();
  expect(await ringing.call.hears(caller.far.toneHz)).toBe(true);
  return { caller, ringing };
}

/** For as long as it takes to press ten keys: what these two heard of each other in that time, in ms. */
async function hearEachOther(one: FarCall, other: FarCall): Promise<[number, number]> {
  const lastMs = (ear: FarCall, of: FarCall) =>
    ear.heard().find(({ toneHz }) => toneHz === of.toneHz)?.lastMs ?? 0;
  const before = [lastMs(one, other), lastMs(other, one)] as const;
  await one.press('5555555555');
  return [lastMs(one, other) - before[0], lastMs(other, one) - before[1]];
}

test('the fence listens on loopback, apart from the public API', async () => {
  const kept = JSON.parse(await readFile(`${data()}/centre.json`, 'utf8')) as Kept;
  const asked = `/fence/${kept.fenceSecret}?attempt=c1-attempt-00000001`;
  expect((await stage().ask('GET', asked)).status).toBe(404);
  const door = await fetch(`http://127.0.0.1:${kept.fencePort}/api/v1/stand`, {
    headers: { authorization: `Bearer ${kept.apiToken}` },
  });
  expect(await door.text()).toBe('NO');
  // The addresses at which somebody listens on this port, as the kernel writes them: loopback, and no other.
  const port = kept.fencePort.toString(16).toUpperCase().padStart(4, '0');
  const sockets = (await readFile('/proc/net/tcp', 'utf8')) + (await readFile('/proc/net/tcp6', 'utf8'));
  const listening = [...sockets.matchAll(/: ([0-9A-F]+):([0-9A-F]{4}) [0-9A-F]+:0000 0A /g)];
  const bound = listening.flatMap(([, address, at]) => (at === port ? [address] : []));
  expect(bound).toEqual(['0100007F']);
});

test('PostgreSQL away: no new promise, nobody dialled, conversations go on; then all of it is done', async () => {
  const { story, network, exchange } = stage();
  await stage().agentReady('amelie');
  const { caller: talking, ringing } = await converse('+16135550111', 'amelie');
  const waiting = await stage().callIn('+16135550112', 'en', 1);
  const accepted = await waiting.leaveForCallback();
  const deciding = await stage().callIn('+16135550113', 'en', 1);
  await deciding.asked('offer');
  await deciding.far.press('1');
  await deciding.confirmable();

  const thaw = freezePostgres(data());
  try {
    const benoit = stage().agentReady('benoit'); // answered when it is committed
    await deciding.far.press('1');
    await exchange.untilPressed(deciding.channel, 5);
    const [amelieHeard, talkingHeard] = await hearEachOther(ringing.call, talking.far);
    expect(amelieHeard).toBeGreaterThan(1_000);
    expect(talkingHeard).toBeGreaterThan(1_000);
    expect(deciding.played().filter((sound) => REGISTERED.test(sound))).toEqual([]);
    expect(network.invites('benoit')).toBe(0);
    expect(network.invites('+16135550112')).toBe(0);
    // It is known as soon as an answer is overdue; meanwhile the two talk on.
    let ready = 200;
    while (ready === 200) {
      await hearEachOther(ringing.call, talking.far);
      ready = (await stage().ask('GET', '/health/ready')).status;
    }
    expect(ready).toBe(503);
    thaw();
    await benoit;
    await stage().ask('POST', '/api/v1/agents/amelie/not-ready', { reason: 'break' });
  } finally {
    thaw();
  }

  await deciding.registered();
  await deciding.told([{ prompt: 'registered.done' }], 'en');
  const toAgent = await phone('benoit').nextCall();
  await toAgent.answer();
  const called = await network.citizen('+16135550112').nextCall();
  await called.answer();
  await story.until('callback.connected', (f) => f.callback === accepted.callback);
  expect(await called.call.hears(toAgent.call.toneHz)).toBe(true);
  expect(network.invites('+16135550112')).toBe(1);
  await called.call.hangUp();
  await deciding.far.hangUp();
  await talking.far.hangUp();
  const next = await phone('benoit').nextCall();
  await next.answer();
  const second = await network.citizen('+16135550113').nextCall();
  await second.answer();
  await story.until('callback.connected', (f) => f.callback !== accepted.callback);
  await second.call.hangUp();
  await stage().empty();
});

test('PostgreSQL killed: back by itself, the conversation goes on, and its end is written', async () => {
  const { story } = stage();
  const { caller, ringing } = await converse('+16135550121', 'benoit');
  const from = story.length;
  await killPostgres(data());
  const [heard] = await hearEachOther(ringing.call, caller.far);
  expect(heard).toBeGreaterThan(1_000);
  await caller.far.hangUp();
  await ringing.call.ended;
  await story.until('call.ended', (f) => f.call === caller.call, from);
  await stage().empty();
});

test('Asterisk killed: back by itself, nobody is stuck, and what was accepted is called, once', async () => {
  const { story, network } = stage();
  const { caller, ringing } = await converse('+16135550131', 'benoit');
  const waiting = await stage().callIn('+16135550132', 'fr', 1);
  const accepted = await waiting.leaveForCallback();
  const from = story.length;
  await killAsterisk(data());
  await Promise.all([caller.far.hangUp(), ringing.call.hangUp()]); // they hear nothing any more
  await story.until('telephony.resynced', () => true, from);
  const again = await phone('benoit').nextCall();
  await again.answer();
  const called = await network.citizen('+16135550132').nextCall();
  await called.answer();
  await story.until('callback.connected', (f) => f.callback === accepted.callback);
  expect(await called.call.hears(again.call.toneHz)).toBe(true);
  await again.call.hangUp();
  await story.until('callback.completed', (f) => f.callback === accepted.callback);
  expect(network.invites('+16135550132')).toBe(1);
});
