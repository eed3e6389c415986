// Another configuration without a restart, on the real Asterisk and in both languages. One that is not right changes
// nothing; one that is right counts at once, and conversations go on through both. The one that is right closes a line
// by the clock on the wall and opens it again: what is pending then is carried over and called in its order.

import { expect, test } from 'vitest';
import type { FactOf } from '../../src/core/fact.ts';
import type { Language } from '../../src/core/id.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import type { Caller } from './caller.ts';
import { centreFile } from './centre-file.ts';
import { calledBack, LANGUAGES, ready, servedLive } from './serving.ts';
import { withStage } from './with-stage.ts';

const file = {
  agents: ['en-1', 'fr-1', 'en-3', 'fr-3'],
  callback: '{ attempts: 2, closing: { pending: carry, callingHours: { everyDay: ["00:00-24:00"] } } }',
} as const;
const at = withStage(file);

/** Two who talk while all this happens, in each language. */
const talks: { readonly caller: FarCall; readonly agent: FarCall }[] = [];

/** Of the talks, from when to when each has heard the other, so far. */
function heard(): { firstMs: number; lastMs: number; share: number }[] {
  return talks.flatMap(({ caller, agent }) =>
    [
      [caller, agent],
      [agent, caller],
    ].map(([one, other]) => {
      const tone = one?.heard().find(({ toneHz }) => toneHz === other?.toneHz);
      if (tone === undefined) throw new Error('one of the two has heard nothing of the other');
      return tone;
    }),
  );
}

/** What is in force, by the API and by the last fact that says so; and the journal, in which nothing else is written. */
async function inForce() {
  const { story } = at();
  const { value: configuration } = await at().ask('GET', '/api/v1/configuration');
  const { value: journal } = await at().ask('GET', '/api/v1/journal');
  return { configuration, journal, fact: JSON.stringify(story.of('centre.configured').at(-1)) };
}

const wrong: readonly (readonly [kind: string, break_: (text: string) => string, says: RegExp])[] = [
  ['no YAML', (text) => `${text}  - ]`, /:\d+:\d+: .+; .+/],
  ['an unknown key', (text) => `${text}colour: red\n`, /:\d+:1: colour: is not a known key; /],
  [
    'an unknown line',
    (text) => text.replace('lines: [permanent', 'lines: [visas, permanent'),
    /"visas"; use one/,
  ],
  [
    'a wrong type',
    (text) => text.replace('key: 2', 'key: two'),
    /lines\[1\]\.key: "two" has the wrong type; /,
  ],
  [
    'a contradiction',
    (text) => text.replace('pending: carry', 'pending: finish'),
    /finish needs its limit; add/,
  ],
];

test('a file that is not right: one line, nothing changes, and conversations go on', async () => {
  const stage = at();
  for (const [i, language] of LANGUAGES.entries()) {
    const caller = await stage.callIn(`+1613555060${i}`, language, 3);
    await ready(stage, `${language}-3`, 3, language);
    const toAgent = await stage.network.phone(`${language}-3`).nextCall();
    await toAgent.answer();
    expect(await toAgent.call.hears(caller.far.toneHz)).toBe(true);
    expect(await caller.far.hears(toAgent.call.toneHz)).toBe(true);
    talks.push({ caller: caller.far, agent: toAgent.call });
  }
  await stage.story.until('call.connected', (f) => f.agent === 'fr-3');
  const before = await inForce();
  const text = centreFile(file);
  for (const [kind, break_, says] of wrong) {
    const broken = break_(text);
    expect(broken, kind).not.toBe(text);
    const { status, out, errors } = await stage.reloadText(broken);
    expect({ kind, status, out }).toEqual({ kind, status: 2, out: '' });
    expect(errors).toMatch(/^rappel: [^\n]+ \(configuration\.invalid\)\n$/);
    expect(errors).toMatch(says);
    const put = await stage.ask('PUT', '/api/v1/configuration', broken);
    expect(put).toMatchObject({ status: 422, value: { code: 'configuration.invalid' } });
    expect(put.value.detail).toMatch(says);
  }
  expect(await inForce()).toEqual(before);
  // The file in force, given once more, is no change either.
  expect(await stage.reloadText(text)).toMatchObject({ status: 0, errors: '' });
  expect(await inForce()).toEqual(before);
});

test('hours that close the line and open it again: carried over, and called in their order', async () => {
  const stage = at();
  const { story } = stage;
  const number = (language: Language, n: number) => `+161355506${language === 'en' ? 1 : 2}${n}`;
  const people = await Promise.all(
    LANGUAGES.map(async (language) => {
      const agent = `${language}-1`;
      const holder = await stage.callIn(number(language, 0), language, 1);
      const clients = [];
      for (const n of [1, 2]) {
        const caller = await stage.callIn(number(language, n), language, 1);
        clients.push({
          number: number(language, n),
          language,
          caller,
          promised: await caller.leaveForCallback(),
        });
      }
      return { language, agent, holder, clients };
    }),
  );
  const heardBefore = heard();
  const closesAt = wholeMinute(Date.now() + 20_000);
  const opensAt = closesAt + 60_000;
  const hours = `hours: { timeZone: UTC, everyDay: ["${clock(opensAt)}-${clock(closesAt)}"] }`;
  const changed = await stage.reload({ rules: { permanent_residence: hours } });
  expect(changed).toMatchObject({ status: 0, errors: '' });
  expect(changed.out).toMatch(/in force \(.*permanent_residence.*\)\n$/);

  await story.until('line.settled', (f) => f.line === 'permanent_residence');
  expect(carriedOver().map((f) => [f.callback, f.untilAt, f.cause])).toEqual(
    inOrder(people.flatMap(({ clients }) => clients)).map((id) => [id, opensAt, 'closing']),
  );
  await Promise.all(
    people.map(async ({ language, agent, holder }) => {
      const late = await stage.askAgent(number(language, 3), language, 1);
      await story.until('call.refused', (f) => f.call === late.call && f.code === 'call.line_closed');
      await late.told([{ prompt: 'call.line_closed' }], language);
      await late.far.hangUp();
      // Whoever held was let in, and is served; whoever is to be called back is not called while the line is closed.
      await ready(stage, agent, 1, language);
      await servedLive(stage, agent, holder);
    }),
  );
  expect(story.of('attempt.intended')).toEqual([]);

  await story.until('line.opened', (f) => f.line === 'permanent_residence');
  await Promise.all(
    people.map(async ({ language, agent, clients }) => {
      await story.until('agent.reserved', (f) => f.agent === agent && f.place === clients[0]?.caller.place);
      const behind = await stage.callIn(number(language, 4), language, 1);
      for (const client of clients) await calledBack(stage, agent, client);
      await servedLive(stage, agent, behind);
      for (const { caller } of clients) expect(caller.languagesHeard()).toEqual([language]);
    }),
  );
  const firstDialAt = story.facts.find(({ fact }) => fact.type === 'attempt.intended')?.at ?? 0;
  expect(firstDialAt).toBeGreaterThanOrEqual(opensAt);

  // The two conversations of before have gone on through all of it.
  const heardAfter = heard();
  for (const [i, { lastMs, share }] of heardAfter.entries()) {
    expect(lastMs).toBeGreaterThan((heardBefore[i]?.lastMs ?? 0) + (opensAt - closesAt));
    expect(share).toBeGreaterThan(0.9);
  }
  await Promise.all(talks.map(({ caller }) => caller.hangUp()));
  await stage.empty();

  function carriedOver(): FactOf<'callback.postponed'>[] {
    return story.of('callback.postponed');
  }
});

/** Callbacks in the order of their places' keys: those that called first. */
function inOrder(clients: readonly { caller: Caller; promised: FactOf<'callback.registered'> }[]) {
  return [...clients]
    .sort((a, b) => a.caller.place - b.caller.place)
    .map(({ promised }) => promised.callback);
}

/** The first whole minute at or after an instant: hours are given in minutes. */
function wholeMinute(at: number): number {
  return Math.ceil(at / 60_000) * 60_000;
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}
