// What the parts of the telephony's contract have in common: the world that is asked for, and the steps that most of its
// stories begin with. It speaks only of the port and of people with telephones.

import type { Dialled } from '../../src/core/dialled.ts';
import type { Effect } from '../../src/core/effect.ts';
import type { AgentId, Channel } from '../../src/core/id.ts';
import type { FarCall, FarRinging, FarSide } from '../../src/telephony/far-side.ts';
import type { Telephony } from '../../src/telephony/telephony.ts';
import type { RecordingHouse } from './house.ts';

export type ContractWorld = {
  /** Open, with the agents seated. */
  readonly telephony: Telephony;
  readonly house: RecordingHouse;
  readonly far: FarSide;
  /** A number that reaches the centre. */
  readonly dnis: string;
  /** Two at least. */
  readonly agents: readonly AgentId[];
  /** Waits for what will happen; in virtual time it lets that time pass. */
  until<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
};

type CallEffects = { readonly call: FarCall; readonly channel: Channel };

export const caller = '+16135550142';
export const client = '+16135550199';
export const centre = '+18005550100';

export type Get = () => ContractWorld;
export type MakeId = (kind: string) => string;

export async function callIn(w: ContractWorld, since = w.house.told.length): Promise<CallEffects> {
  const call = await w.until(w.far.citizen(caller).call(w.dnis));
  const { channel } = await w.until(w.house.hears('call.arrives', undefined, since));
  w.telephony.perform([{ do: 'answer', channel }]);
  await w.until(call.answered);
  return { call, channel };
}

export async function hangUp(w: ContractWorld, call: FarCall, channel: Channel): Promise<void> {
  await w.until(call.hangUp());
  await w.until(w.house.hears('channel.ended', channel));
}

export function play(channel: Channel, playback: string): Effect & { do: 'play' } {
  const say = [{ prompt: 'offer.hold' } as const];
  return { do: 'play', channel, playback, say, language: 'en', after: 'nothing' };
}

export function ringing(channel: Channel, agent: AgentId, ringMs = 10_000): Effect & { do: 'ring' } {
  return { do: 'ring', channel, agent, language: 'en', ringMs };
}

export async function ring(w: ContractWorld, channel: Channel, ringMs?: number): Promise<FarRinging> {
  const agent = w.agents[0]!;
  w.telephony.perform([ringing(channel, agent, ringMs)]);
  return w.until(w.far.phone(agent).nextCall());
}

export function dialling(attempt: Channel, ringMs = 10_000): Effect & { do: 'dial' } {
  return { do: 'dial', channel: attempt, attempt, callerId: centre, language: 'en', ringMs };
}

export async function dial(
  w: ContractWorld,
  attempt: string,
  ringMs?: number,
  what: string | Dialled = client,
) {
  w.house.permit(attempt, what);
  w.telephony.perform([dialling(attempt as Channel, ringMs)]);
  return { attempt: attempt as Channel, ringing: await w.until(w.far.citizen(client).nextCall()) };
}
