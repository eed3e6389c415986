// Two languages: both greet, in the order of the configuration; after the choice a caller hears theirs alone, from the
// menus to the good-bye, and the agent hears the announcement in the client's. And a log as operators have it, in which
// nobody's number stands.

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { referenceOf } from '../../src/core/effects.ts';
import { type Language, textId } from '../../src/core/id.ts';
import { languagesOf, soundsOf } from './exchange.ts';
import { ready, servedLive } from './serving.ts';
import type { Caller, Stage } from './stage.ts';
import { withStage } from './with-stage.ts';

/** The whole of what is said before a language is chosen. */
function greeting(languages: readonly Language[]): string[] {
  const welcome = languages.map((language) => ({ prompt: 'greeting.welcome', language }) as const);
  const menu = languages.flatMap(
    (language, i) =>
      [
        { prompt: 'language.choose', language },
        { digits: String(i + 1), language },
      ] as const,
  );
  return soundsOf([...welcome, ...menu], 'en');
}

/** Through the whole dialogue to the good-bye, hearing something of each question before its key. */
async function listen(stage: Stage, number: string, language: Language, line: 1 | 2): Promise<Caller> {
  const caller = await stage.arrive(number);
  await stage.exchange.untilPlayed(caller.channel, greeting(['en', 'fr']));
  await caller.far.press(language === 'en' ? '1' : '2');
  await caller.told([{ prompt: 'line.permanent_residence' }, { digits: '1' }], language);
  await caller.far.press(String(line));
  await caller.told([{ prompt: 'service.agent' }, { digits: '1' }], language);
  await caller.far.press('1');
  await caller.told([{ prompt: 'wait.unknown' }, { prompt: 'offer.keep_place' }], language);
  await caller.far.press('1');
  await caller.told([{ prompt: 'confirm.number' }, { digits: number.slice(2) }], language);
  await caller.far.press('1');
  const { callback, code } = await caller.registered();
  expect(await caller.far.ended).toEqual({ by: 'the_other', cause: 'normal' });
  await caller.told(
    [
      { prompt: 'registered.done' },
      { prompt: 'registered.caller_id' },
      { digits: `613555014${line}` },
      { prompt: 'registered.reference' },
      { digits: referenceOf(callback) },
      { prompt: 'registered.code' },
      { digits: code },
      { prompt: 'registered.goodbye' },
    ],
    language,
  );
  return caller;
}

describe('English first', () => {
  const at = withStage({ agents: ['amelie', 'benoit'] });
  const people = [
    { number: '+16135550180', language: 'fr', line: 1, agent: 'amelie', lineName: 'permanent_residence' },
    { number: '+16135550181', language: 'en', line: 2, agent: 'benoit', lineName: 'family_sponsorship' },
  ] as const;
  const callers: Caller[] = [];

  test('a caller hears both languages in their order, and then only their own', async () => {
    const stage = at();
    callers.push(...(await Promise.all(people.map((p) => listen(stage, p.number, p.language, p.line)))));
    const first = greeting(['en', 'fr']);
    for (const [i, caller] of callers.entries()) {
      const heard = caller.played();
      expect(heard.slice(0, first.length)).toEqual(first);
      expect(languagesOf(heard.slice(first.length))).toEqual([people[i]?.language]);
    }
    // Asterisk's own log has them too: each was opened and played, in the language in which it was asked for.
    const log = await stage.played();
    const byChannel = Map.groupBy(log, ({ channel }) => channel);
    const sounds = [...byChannel.values()].map((played) => played.map(({ sound }) => sound));
    for (const caller of callers) expect(sounds).toContainEqual(caller.played());
    for (const { sound } of log) expect(sound).toMatch(/^(prompts\/(en|fr)\/|prompts\/pause$|en\/|fr\/)/);
  });

  test("the agent hears the announcement in the client's language", async () => {
    const stage = at();
    await Promise.all(
      people.map(async ({ number, language, agent, lineName }, i) => {
        await stage.agentReady(agent, { lines: [lineName] });
        await (await stage.network.phone(agent).nextCall()).answer();
        const called = await stage.network.citizen(number).nextCall();
        await called.answer();
        const reserved = await stage.story.until('agent.reserved', (f) => f.agent === agent);
        const registered = await (callers[i] as Caller).registered();
        const leg = textId('c1', 'leg', reserved.leg);
        expect(stage.exchange.played(leg)).toEqual(
          soundsOf([{ prompt: 'agent.callback' }, { digits: registered.code }], language),
        );
        await called.call.hangUp();
      }),
    );
    await stage.empty();
  });
});

describe.concurrent('the other language, while holding', () => {
  const at = withStage({ agents: ['amelie', 'benoit'] });

  test.each([
    { language: 'en', other: 'fr', line: 1, agent: 'amelie', n: 190 },
    { language: 'fr', other: 'en', line: 2, agent: 'benoit', n: 194 },
  ] as const)('$language to $other: told in it, served in it, at the same place', async (setting) => {
    const { language, other, line, agent, n } = setting;
    const stage = at();
    const changing = await stage.callIn(`+16135550${n}`, language, line);
    const behind = await stage.callIn(`+16135550${n + 1}`, other, line);
    await changing.told([{ prompt: 'language.other' }, { digits: '5' }], other);
    const before = changing.played().length;
    await changing.far.press('5');
    const isTheirs = (f: { place: number }): boolean => f.place === changing.place;
    const changed = await stage.story.until('place.language_changed', isTheirs);
    expect(changed.language).toBe(other);
    await changing.told([{ prompt: 'wait.place' }], other, before);
    await changing.told([{ prompt: 'language.other' }, { digits: '5' }], language, before);
    await ready(stage, agent, line, other);
    await servedLive(stage, agent, changing);
    await servedLive(stage, agent, behind);
    expect(languagesOf(changing.played().slice(before))).toEqual([other]);
  });
});

describe.concurrent('French first, and the log as operators have it', () => {
  const at = withStage({ languages: '[fr, en]', quietAsterisk: true, callback: '{ attempts: 1, ringS: 5 }' });
  const [own, other, twice] = ['+16135550190', '+18195550191', '+16135550192'];

  test('key 1 is French, and French greets first', async () => {
    const stage = at();
    const caller = await stage.arrive(own);
    await stage.exchange.untilPlayed(caller.channel, greeting(['fr', 'en']));
    expect(caller.played()).toEqual(greeting(['fr', 'en']));
    await caller.far.press('1');
    await caller.told([{ prompt: 'line.permanent_residence' }], 'fr');
    const chosen = await stage.story.until('call.language_chosen', (f) => f.call === caller.call);
    expect(chosen.language).toBe('fr');
    await caller.far.hangUp();
  });

  test('numbers called from, keyed, refused, read back and called stand nowhere in what is kept', async () => {
    const stage = at();
    const caller = await throughMenus(stage, own);
    await caller.choose('offer', '2');
    await caller.asked('number');
    await caller.far.press('9005550193#');
    await caller.asked('number', 0, 2);
    await caller.far.press('8195550191#');
    await caller.confirmable();
    await caller.told([{ digits: '8195550191' }], 'fr');
    await caller.far.press('1');
    await caller.keyExtension();
    await caller.registered();
    await caller.far.hangUp();
    const unreached = await throughMenus(stage, twice);
    await unreached.takeCallback();
    await unreached.far.hangUp();

    await stage.agentReady('amelie');
    const phone = stage.network.phone('amelie');
    await (await phone.nextCall()).answer();
    const called = await stage.network.citizen(other).nextCall();
    await called.answer();
    await called.call.hangUp();
    await (await phone.nextCall()).answer();
    await (await stage.network.citizen(twice).nextCall()).refuse('unallocated');
    await stage.story.until('callback.unreachable');
    await stage.empty();

    const numbers = [own, other, twice, '+19005550193'].map((number) => number.slice(2));
    const told = [...stage.said, JSON.stringify(stage.story.facts)];
    expect(numbers.filter((number) => told.some((text) => text.includes(number)))).toEqual([]);
    // Asterisk's logs, and every file of the centre's own: PostgreSQL's tables and its log of writes, keys, sockets' names.
    const logs = await filesOf(stage.logFolder);
    expect(logs.some(({ path }) => path.endsWith('messages.log'))).toBe(true);
    for (const { path, bytes } of [...logs, ...(await filesOf(join(stage.folder, 'data')))]) {
      expect(
        numbers.filter((number) => bytes.includes(number)),
        path,
      ).toEqual([]);
    }
  });
});

/** With French as key 1. */
async function throughMenus(stage: Stage, number: string): Promise<Caller> {
  const caller = await stage.arrive(number);
  await caller.choose('language', '1');
  await caller.choose('line', '1');
  await caller.choose('service', '1');
  return caller;
}

async function filesOf(folder: string): Promise<{ path: string; bytes: Buffer }[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, bytes: await readFile(path) })));
}
