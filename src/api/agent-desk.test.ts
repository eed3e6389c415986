// The agent's own page over the API: that it lives is known and that it does not, one of several counts, and only the agent
// themselves is shown the client, the code and the notes. Time is virtual: seconds of silence pass at once.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { registerByPhone } from '../../test/support/register-by-phone.ts';
import type { AgentId, Channel } from '../core/id.ts';
import { PAGE_SILENCE_MAX_MS } from '../engine/agent-pages.ts';
import { filledIn } from './agent-desk.ts';

const yaml = `
languages: [en, fr]
lines: [{ id: visas, name: { en: Visas, fr: Visas }, key: 1, callerId: "+16135550140" }]
agents: [{ id: ada, lines: [visas], languages: [en, fr] }]
`;
const NOW = Date.UTC(2019, 3, 17, 15);
const ONE = 'page-one-1';
const TWO = 'page-two-2';

let house: HouseInMemory;
beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: NOW });
});
afterEach(() => house.close());

const says = (page: string, what = 'lives') =>
  house.ask('POST', '/agents/ada/page', { page, says: what }).then(({ said }) => said.holds);
const ada = () => house.engine.state.agents.get('ada' as AgentId);

async function readyAtPage(): Promise<void> {
  expect(await says(ONE)).toBe(true);
  await house.ask('POST', '/agents/ada/sign-in');
  await house.ask('POST', '/agents/ada/ready');
  expect(ada()).toMatchObject({ state: 'ready', page: { isOpen: true } });
}

describe('a page lives as long as it says so', () => {
  test('silent for too long: not ready within ten seconds, and ready is refused until it is back', async () => {
    await readyAtPage();
    await house.pass(PAGE_SILENCE_MAX_MS - 500);
    expect(await says(ONE)).toBe(true);
    await house.pass(PAGE_SILENCE_MAX_MS - 500);
    expect(ada()?.state).toBe('ready');
    await house.pass(1_000);
    expect(ada()).toMatchObject({ state: 'not_ready', reason: 'page_lost' });
    expect(PAGE_SILENCE_MAX_MS).toBeLessThan(10_000 - 2_000);
    expect(await house.ask('POST', '/agents/ada/ready')).toMatchObject({
      status: 409,
      said: { code: 'agent.no_page' },
    });
    expect(await says(ONE)).toBe(true);
    expect((await house.ask('POST', '/agents/ada/ready')).said.state).toBe('ready');
  });

  test('who never opened a page goes on without one', async () => {
    await house.ask('POST', '/agents/ada/sign-in');
    await house.ask('POST', '/agents/ada/ready');
    await house.pass(60_000);
    expect(ada()).toMatchObject({ state: 'ready' });
    expect(ada()?.page).toBeUndefined();
  });

  test('a page that says good-bye makes room, and is gone if none comes', async () => {
    await readyAtPage();
    await says(ONE, 'leaves');
    expect(await says(TWO)).toBe(true);
    await says(TWO, 'leaves');
    await house.pass(PAGE_SILENCE_MAX_MS);
    expect(ada()).toMatchObject({ state: 'not_ready', reason: 'page_lost' });
  });

  test('signed out and in again with the page open: they work by it from the first moment', async () => {
    await readyAtPage();
    await house.ask('POST', '/agents/ada/sign-out');
    await house.ask('POST', '/agents/ada/sign-in');
    expect(ada()?.page?.isOpen).toBe(true);
  });
});

describe('two pages', () => {
  test('the second is told that another counts, and takes over when it asks', async () => {
    await readyAtPage();
    expect(await says(TWO)).toBe(false);
    expect(await says(TWO, 'takes_over')).toBe(true);
    expect(await says(ONE)).toBe(false);
    await house.pass(PAGE_SILENCE_MAX_MS - 1);
    expect(ada()?.state).toBe('ready');
  });

  test('the second does not keep the agent ready when the first is gone; it counts from then on', async () => {
    await readyAtPage();
    for (let n = 0; n < 4; n += 1) {
      await house.pass(1_800);
      expect(await says(TWO)).toBe(false);
    }
    await house.pass(1_000);
    expect(ada()?.state).toBe('not_ready');
    expect(await says(TWO)).toBe(true);
  });
});

test('whom the page shows is in the audit, once for each client, by their key and no number', async () => {
  await registerByPhone(house, 'in-1' as Channel, '+16132341234');
  await registerByPhone(house, 'in-2' as Channel, '+16132341235');
  expect(await says(ONE)).toBe(true);
  await house.ask('POST', '/agents/ada/sign-in');
  await house.ask('POST', '/agents/ada/ready');
  const shownTo = async () =>
    (await house.people.audit.rows({ after: 0, limit: 100 })).filter(({ what }) => what === 'client.shown');
  const look = async () =>
    ((await house.ask('GET', '/agents/ada/client')).said as { client: { callback: number } }).client.callback;
  const first = await look();
  expect(await look()).toBe(first);
  const { numberKey } = ada()?.page?.client ?? {};
  expect(await shownTo()).toMatchObject([{ about: `number ${numberKey}`, why: '' }]);
  await house.ask('POST', '/agents/ada/reject', { reason: 'conflict' });
  await house.ask('POST', `/callbacks/${first}/cancel`);
  await house.ask('POST', '/agents/ada/ready');
  expect(await look()).not.toBe(first);
  const rows = await shownTo();
  expect(rows).toHaveLength(2);
  expect(JSON.stringify(rows)).not.toMatch(/234.?123/);
});

test('an agent who is not in the configuration has no page', async () => {
  expect(await house.ask('POST', '/agents/zoe/page', { page: ONE })).toMatchObject({
    status: 404,
    said: { code: 'agent.unknown' },
  });
});

test('a link is filled in with keys alone, and cannot be made another', () => {
  const values = { reference: '000012', line: 'a&b', language: 'fr' };
  expect(filledIn('https://x.example/{line}?c={reference}#{language}', values)).toBe(
    'https://x.example/a%26b?c=000012#fr',
  );
  expect(filledIn(null, values)).toBeNull();
});
