// Asking on the client's page for another callback, over HTTP: only where the owners allow it and it ended without its client;
// sent twice it is one; the same link goes on; each refusal is one plain sentence; a page of elsewhere asks in vain.

import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { HouseInMemory } from '../../../test/support/house-in-memory.ts';
import { registerByPhone } from '../../../test/support/register-by-phone.ts';
import type { Fact } from '../../core/fact.ts';
import type { CallbackId, Channel, LineId, NumberKey } from '../../core/id.ts';
import type { Row } from '../../journal/journal.ts';
import { CLIENT_PHRASES } from './client-phrases.ts';

const demonstration = readFileSync(new URL('../../../config/demonstration.yaml', import.meta.url), 'utf8');
const yaml = `${demonstration.replace(/^clientPage:.*\n/m, '')}\nclientPage: { askAgain: true }\n`;
const NOW = Date.UTC(2019, 3, 17, 15);
const MINE = 'a'.repeat(32);
const FIRST = 1 as CallbackId;

let house: HouseInMemory;

async function open(centre = yaml): Promise<void> {
  house = await HouseInMemory.open({ yaml: centre, now: NOW });
  await registerByPhone(house, 'in-1' as Channel, '+16132341234');
  house.links.set(MINE, FIRST);
  const { line, numberKey } = house.engine.state.callbacks.get(FIRST) ?? {};
  house.linkNumbers.set(FIRST, numberKey as NumberKey);
  await house.engine.submit({ type: 'callback.cancel', callback: FIRST, by: 'client' });
  house.ended.set(FIRST, {
    endedAs: 'cancelled',
    endedAt: NOW,
    language: 'en',
    line: line as LineId,
  });
}

beforeEach(() => open());
afterEach(() => house.close());

async function ask(method: 'GET' | 'POST', path: string, form: Record<string, string> = {}, origin?: string) {
  const answer = await fetch(`${house.api.url}${path}`, {
    method,
    redirect: 'manual',
    ...(method === 'POST'
      ? { body: new URLSearchParams(form), headers: { origin: origin ?? house.api.url } }
      : {}),
  });
  return { status: answer.status, to: answer.headers.get('location'), text: await answer.text() };
}

const seen = { seen: 'ended 000001' };
const asked = () =>
  (house.store.shard('c1').rows as readonly Row<Fact>[])
    .map(({ fact }) => fact)
    .filter((fact) => fact.type === 'callback.asked_on_page');

describe('allowed', () => {
  test('the form is there, says what to expect, and one callback comes of it, however often it is sent', async () => {
    const page = await ask('GET', `/en/c/${MINE}`);
    expect(page.text).toContain('Ask to be called again');
    expect(page.text).toContain('name="seen" value="ended 000001"');
    const first = await ask('POST', `/en/c/${MINE}/ask`, seen);
    expect([first.status, first.to]).toEqual([303, `/en/c/${MINE}/ask`]);
    const second = await ask('POST', `/en/c/${MINE}/ask`, seen);
    expect(second.to).toBe(`/en/c/${MINE}/changed`);
    expect(asked()).toMatchObject([{ callback: 2, after: 1, language: 'en' }]);
    expect(house.links.get(MINE)).toBe(2);
    const after = await ask('GET', `/en/c/${MINE}/ask`);
    expect(after.text).toContain('you are in line again');
    expect(after.text).toContain('000002');
    expect(after.text).toContain('ending in 34');
    const fact = asked()[0];
    expect(after.text).toContain(fact?.type === 'callback.asked_on_page' ? fact.code : '?');
    await house.pass(11 * 60_000);
    expect((await ask('GET', `/en/c/${MINE}`)).text).not.toContain('The agent will say this code');
  });

  test('sent twice in one breath it is one', async () => {
    await Promise.all([ask('POST', `/c/${MINE}/ask`, seen), ask('POST', `/c/${MINE}/ask`, seen)]);
    expect(asked()).toHaveLength(1);
  });

  test('the link finds the new callback also where it was not led there', async () => {
    await ask('POST', `/c/${MINE}/ask`, seen);
    house.links.set(MINE, FIRST);
    expect((await ask('GET', `/en/c/${MINE}`)).text).toContain('000002');
  });

  test('at another number, which the policy judges', async () => {
    const wrong = await ask('POST', `/en/c/${MINE}/ask`, { ...seen, number: '911' });
    expect([wrong.status, wrong.text.includes(CLIENT_PHRASES['fault-number'][0])]).toEqual([422, true]);
    expect(wrong.text).toContain('value="911"');
    expect((await ask('POST', `/en/c/${MINE}/ask`, { ...seen, number: '613 234 7777' })).status).toBe(303);
    expect((await ask('GET', `/en/c/${MINE}`)).text).toContain('ending in 77');
  });

  test('a number that is not kept any more is to be written', async () => {
    house.linkNumbers.delete(FIRST);
    const answer = await ask('POST', `/en/c/${MINE}/ask`, seen);
    expect(answer.text).toContain(CLIENT_PHRASES['fault-number_empty'][0]);
  });
});

describe('refused', () => {
  const refusal = async () => (await ask('POST', `/en/c/${MINE}/ask`, seen)).text;

  test('from a page of elsewhere, or one of before', async () => {
    expect((await ask('POST', `/c/${MINE}/ask`, seen, 'https://elsewhere.example')).status).toBe(403);
    expect((await ask('POST', `/c/${MINE}/ask`, { seen: 'ended 000009' })).to).toBe(`/en/c/${MINE}/changed`);
    expect(asked()).toEqual([]);
  });

  test('in one sentence each', async () => {
    const line = house.engine.state.lines.keys().next().value as LineId;
    const turn = (on: boolean) =>
      house.engine.submit({ type: 'switch.turn', name: 'offering', line, on, reason: 'r', by: 'owner' });
    await turn(false);
    expect(await refusal()).toContain(CLIENT_PHRASES['fault-ask_not_offered'][0]);
    await turn(true);
    await house.engine.submit({
      type: 'number.bar',
      numberKey: house.linkNumbers.get(FIRST) as NumberKey,
      barred: true,
      by: 'owner',
    });
    expect(await refusal()).toContain(CLIENT_PHRASES['fault-number_not_taken'][0]);
    expect(asked()).toEqual([]);
  });

  test('where the client was reached, or the owners do not allow it: there is no form, and nothing comes of one', async () => {
    house.ended.set(FIRST, { endedAs: 'connected', endedAt: NOW, language: 'en', line: 'x' as LineId });
    expect((await ask('GET', `/en/c/${MINE}`)).text).not.toContain('Ask to be called again');
    expect(await refusal()).toContain(CLIENT_PHRASES['fault-ask_off'][0]);
    await house.close();
    await open(yaml.replace('askAgain: true', 'askAgain: false'));
    expect((await ask('GET', `/en/c/${MINE}`)).text).not.toContain('Ask to be called again');
    expect(await refusal()).toContain(CLIENT_PHRASES['fault-ask_off'][0]);
    expect(asked()).toEqual([]);
  });
});
