// Somebody calls a house, asks for an agent on the first line and then for a callback to the number they call from, and hangs
// up: by the inputs that telephony would tell.

import type { Channel } from '../../src/core/id.ts';
import type { Key } from '../../src/core/input.ts';
import type { Engine } from '../../src/engine/engine.ts';

type CallableHouse = { readonly engine: Engine; pass(ms: number): Promise<unknown> };

export async function registerByPhone(house: CallableHouse, channel: Channel, number: string): Promise<void> {
  const { engine } = house;
  await engine.submit({ type: 'call.arrives', channel, ani: engine.takeNumber(number), dnis: '18885550100' });
  const press = async (key: Key) => {
    await house.pass(1_000);
    await engine.submit({ type: 'key.pressed', channel, key });
  };
  for (const key of ['1', '1', '1', '1'] as const) await press(key);
  const call = [...engine.state.calls.values()].find((live) => live.channel === channel);
  const playback = `c1-playback-${String(call?.playback).padStart(8, '0')}`;
  await engine.submit({ type: 'prompt.began', channel, playback });
  await press('1');
  await engine.submit({ type: 'channel.ended', channel, cause: 'normal' });
}
