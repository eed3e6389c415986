// Which configuration counts when a centre starts again: the file that is given, and it is said when that is not what was
// in force; without a file, what was. The real engine, vault and journal contract, in memory.

import { readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { parseConfiguration, type ReadConfiguration } from '../config/configuration-file.ts';
import type { Fact } from '../core/fact.ts';
import { Engine } from '../engine/engine.ts';
import { MemoryStore } from '../journal/memory/memory-store.ts';
import { SimulatedExchange } from '../telephony/simulated/exchange.ts';
import { SimulatedNetwork } from '../telephony/simulated/network.ts';
import { SimulatedTelephony } from '../telephony/simulated/simulated-telephony.ts';
import { VirtualTime } from '../twin/virtual-time.ts';
import { KeyRing } from '../vault/key-file.ts';
import { MemoryVaultStore } from '../vault/memory/memory-vault-store.ts';
import { Vault } from '../vault/vault.ts';
import { RunningConfiguration } from './running-configuration.ts';

const NOW = Date.UTC(2019, 3, 17, 15);
const MONTH = 31 * 86_400_000;
const SHARED = '+16132341234';
const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8').concat(
  `\nhours: { weekdays: ["07:00-19:00"] }\nnumbers: { shared: [{ number: "${SHARED}", openMax: 5 }] }\n`,
);

let store: MemoryStore;
let time: VirtualTime;
let said: string[];

beforeEach(() => {
  store = new MemoryStore();
  time = new VirtualTime(NOW);
  said = [];
});

function read(text: string): ReadConfiguration {
  return parseConfiguration(text, 'centre.yaml', { nowAt: time.now() });
}

async function start(given: ReadConfiguration | null) {
  const ring = new KeyRing([{ id: 'k1', secret: Buffer.alloc(32, 1) }], 'k1', Buffer.alloc(32, 2));
  const vault = new Vault(ring, new MemoryVaultStore(store.tables));
  const exchange = new SimulatedExchange(time, new SimulatedNetwork(time));
  const engine = await Engine.recover({
    journal: await store.lead<Fact>('c1', { holder: 'test', takeover: 'now' }),
    numbers: vault,
    telephony: new SimulatedTelephony({ exchange, timeline: time }),
    clock: time,
    random: () => 7,
    onFatal: (error) => {
      throw error;
    },
  });
  const parts = {
    vault,
    allowFictional: false,
    seat: async () => {},
    now: () => time.now(),
    log: (line: string) => void said.push(line),
  };
  const running = new RunningConfiguration(parts, given, 'centre.yaml');
  await running.open(engine);
  await engine.settled();
  return { engine, running, vault };
}

test('the file counts, and it is said in one line what of what was in force is not in it', async () => {
  const first = await start(read(yaml));
  expect(said).toEqual([]);
  const other = yaml.replace('numbers: {', 'numbers: { regions: [CA, US], perDayMax: 9,');
  await first.running.put(other.replace('key: 4', 'key: 6'), 'put');
  await first.engine.close();
  const again = await start(read(yaml));
  expect(said).toEqual([
    'centre.yaml is not what was in force before, and counts from now on (line changed: citizenship, limits of numbers, numbers that are called)',
  ]);
  expect(again.running.hash).toBe(again.engine.state.configurationHash);
});

test('the same file in a later month is the same', async () => {
  const first = await start(read(yaml));
  await first.engine.close();
  time = new VirtualTime(NOW + 2 * MONTH);
  const again = await start(read(yaml));
  expect(again.running.hash).not.toBe(first.running.hash); // worked out further ahead
  expect(said).toEqual([]);
});

test('without a file what was in force goes on, shared numbers too, and is worked out for later months', async () => {
  const first = await start(read(yaml));
  const { shared } = first.running.configuration.numbers;
  expect(shared).toHaveLength(1);
  await first.engine.close();
  const again = await start(null);
  expect(again.running.hash).toBe(first.running.hash);
  expect(again.running.configuration).toEqual(first.running.configuration);
  await again.engine.close();
  time = new VirtualTime(NOW + 2 * MONTH);
  const later = await start(null);
  expect(later.running.configuration.numbers.shared).toEqual(shared);
  const lastOpen = (of: typeof later) => of.running.configuration.lines[0]?.open.at(-1)?.toAt ?? 0;
  expect(lastOpen(later)).toBeGreaterThan(lastOpen(first));
});

test('without a file a centre that was never configured says so', async () => {
  await expect(start(null)).rejects.toThrow(/give its file with --config FILE/);
});
