// An agent at work: a callback as they and the client live it, and a caller who held. What is the same in every story
// stands here once: the announcement is in the client's language and has the code, one INVITE, and they hear each other.

import { expect } from 'vitest';
import type { FactOf } from '../../src/core/fact.ts';
import { type Language, type PlaceId, textId } from '../../src/core/id.ts';
import type { FarRinging } from '../../src/telephony/far-side.ts';
import type { Caller } from './caller.ts';
import { soundsOf } from './exchange.ts';
import type { LineKey, Stage } from './stage.ts';
import { lineName } from './stage.ts';

/** In every story of both languages: these, side by side. */
export const LANGUAGES: readonly Language[] = ['en', 'fr'];

export type Promised = FactOf<'callback.registered'>;

/** Ready for one line in one language, and for nothing else: an agent who does not speak the other one. */
export function ready(stage: Stage, agent: string, line: LineKey, language: Language): Promise<void> {
  return stage.agentReady(agent, { lines: [lineName(line)], languages: [language] });
}

/** The agent's phone rings for the callback and is answered; the client's rings. */
export async function dialled(
  stage: Stage,
  agent: string,
  client: { readonly number: string; readonly language: Language; readonly promised: Promised },
): Promise<{ readonly toAgent: FarRinging; readonly toClient: FarRinging }> {
  const { number, language, promised } = client;
  const toAgent = await stage.network.phone(agent).nextCall();
  await toAgent.answer();
  const toClient = await stage.network.citizen(number).nextCall();
  expect(announcement(stage, agent, promised.place)).toEqual(
    soundsOf([{ prompt: 'agent.callback' }, { digits: promised.code }], language),
  );
  return { toAgent, toClient };
}

/** From the ringing of the agent's phone to the end of the conversation. */
export async function calledBack(
  stage: Stage,
  agent: string,
  client: { readonly number: string; readonly language: Language; readonly promised: Promised },
): Promise<void> {
  const { toAgent, toClient } = await dialled(stage, agent, client);
  await toClient.answer();
  expect(await toAgent.call.hears(toClient.call.toneHz)).toBe(true);
  expect(await toClient.call.hears(toAgent.call.toneHz)).toBe(true);
  await toClient.call.hangUp();
  await stage.story.until('callback.completed', (f) => f.callback === client.promised.callback);
  await toAgent.call.ended;
}

/** The agent's phone rings for one who holds, and they talk; then the caller hangs up. */
export async function servedLive(stage: Stage, agent: string, caller: Caller): Promise<void> {
  const toAgent = await stage.network.phone(agent).nextCall();
  await toAgent.answer();
  expect(await toAgent.call.hears(caller.far.toneHz)).toBe(true);
  expect(await caller.far.hears(toAgent.call.toneHz)).toBe(true);
  await caller.far.hangUp();
  await toAgent.call.ended;
}

/** What the agent heard before the client of this place was dialled, the last time. */
function announcement(stage: Stage, agent: string, place: PlaceId): string[] {
  const reserved = stage.story.of('agent.reserved').filter((f) => f.place === place && f.agent === agent);
  const leg = reserved.at(-1)?.leg;
  return leg === undefined ? [] : stage.exchange.played(textId('c1', 'leg', leg));
}
