// A number with an extension, on real lines and in both languages: asked for after the number is confirmed, read back,
// keyed to the switchboard that answers, and only then the agent is heard. Two people behind one switchboard are two
// callbacks. A relay service is called by its configured route, and rings as long as relay clients are rung. The digits
// stand nowhere in what is kept.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/core/id.ts';
import type { Caller } from './stage.ts';
import { withStage } from './with-stage.ts';

const at = withStage({
  agents: ['amelie', 'benoit', 'chloe'],
  callback: '{ attempts: 2, ringS: 10, relayRingS: 60, retryAfterS: 1 }',
  numbers: '{ relayRoutes: [{ number: "711", dial: "711" }] }',
  dialogue: '{ offerEveryS: 600, silenceS: 5, keyRepeatMs: 0, firstDigitS: 3, nextDigitS: 2 }',
});

/** From the offer to the number they keyed, read back and confirmed. */
async function giveNumber(caller: Caller, digits: string, language: Language = 'en'): Promise<void> {
  await caller.choose('offer', '2');
  await caller.asked('number');
  await caller.far.press(`${digits}#`);
  await caller.confirmable();
  await caller.told([{ prompt: 'confirm.number' }, { digits }], language);
  await caller.far.press('1');
}

/** Keyed, read back together with the number, and confirmed. */
async function giveExtension(caller: Caller, digits: string, extension: string, language: Language) {
  const { story } = at();
  await caller.told([{ prompt: 'extension.ask' }], language);
  await caller.keyExtension(`${extension}#`);
  await caller.confirmable(story.positionOf(await caller.asked('extension')));
  await caller.told(
    [
      { prompt: 'confirm.number' },
      { digits },
      { prompt: 'confirm.extension' },
      { digits: extension },
      { prompt: 'confirm.yes' },
    ],
    language,
  );
  await caller.far.press('1');
  return caller.registered();
}

// Side by side: each has a line of business, and an agent for it.
describe.concurrent('an extension', () => {
  test.each([
    ['fr', 2, 'amelie', 'family_sponsorship', '+16135550110', '8195550111', '4207'],
    ['en', 3, 'benoit', 'temporary_residence', '+16135550112', '6135550113', '0042'],
  ] as const)(
    'is keyed after the answer, and then the agent is heard (%s)',
    async (language, line, agent, lineName, from, digits, extension) => {
      const stage = at();
      const caller = await stage.callIn(from, language, line);
      await giveNumber(caller, digits, language);
      const { callback, place } = await giveExtension(caller, digits, extension, language);
      expect(place).toBe(caller.place);
      await caller.far.hangUp();

      await stage.agentReady(agent, { lines: [lineName] });
      const phone = await stage.network.phone(agent).nextCall();
      await phone.answer();
      const switchboard = await stage.network.citizen(`+1${digits}`).nextCall();
      await switchboard.answer();
      expect(await switchboard.call.hearsKeys(extension)).toBe(true);
      await stage.story.until('callback.connected', (f) => f.callback === callback);
      expect(await switchboard.call.hears(phone.call.toneHz)).toBe(true);
      expect(await phone.call.hears(switchboard.call.toneHz)).toBe(true);
      expect(switchboard.call.keysHeard()).toBe(extension);
      await switchboard.call.hangUp();
      await stage.story.until('callback.completed', (f) => f.callback === callback);
      expect(stage.network.invites(`+1${digits}`)).toBe(1);
    },
  );

  test('two people behind one switchboard are two callbacks; the same extension again is one', async () => {
    const stage = at();
    const digits = '6135550115';
    const keys: string[] = [];
    for (const [from, extension] of [
      ['+16135550116', '11'],
      ['+16135550117', '12'],
    ] as const) {
      const caller = await stage.callIn(from, 'en', 4);
      await giveNumber(caller, digits);
      keys.push((await giveExtension(caller, digits, extension, 'en')).numberKey);
      await caller.far.hangUp();
    }
    expect(new Set(keys).size).toBe(2);
    const again = await stage.callIn('+16135550118', 'en', 4);
    await giveNumber(again, digits);
    await again.keyExtension('11#');
    await again.confirmable(stage.story.positionOf(await again.asked('extension')));
    await again.far.press('1');
    await stage.story.until('callback.merged', (f) => f.call === again.call);
    await again.far.hangUp();
  });

  test('711, as a configured route: no extension is asked for, and it rings as long as relay clients are rung', async () => {
    const stage = at();
    const caller = await stage.callIn('+16135550119', 'en', 1);
    await giveNumber(caller, '711');
    const { callback, relay } = await caller.registered();
    expect(relay).toBe(true);
    expect(caller.questions()).not.toContain('extension 1');
    await caller.far.hangUp();
    await stage.agentReady('chloe', { lines: ['permanent_residence'] });
    await (await stage.network.phone('chloe').nextCall()).answer();
    const service = await stage.network.citizen('711').nextCall();
    service.ring();
    await service.answer();
    await stage.story.until('callback.connected', (f) => f.callback === callback);
    const marked = await stage.ask('POST', '/api/v1/agents/chloe/relay');
    expect(marked.status).toBe(200);
    await service.call.hangUp();
    await stage.story.until('callback.completed', (f) => f.callback === callback);
    expect(stage.network.invites('711')).toBe(1);
  });
});

test('the digits of an extension stand in no fact and in nothing that was said', async () => {
  const stage = at();
  const told = [...stage.said, JSON.stringify(stage.story.facts)];
  expect(told.filter((text) => text.includes('4207'))).toEqual([]);
  for (const entry of await readdir(join(stage.folder, 'data'), { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) expect((await readFile(path)).includes(';ext='), path).toBe(false);
  }
});
