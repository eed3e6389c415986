// The engine with nothing around it: a journal in memory, a telephony that only writes down, numbers in a map. What is
// promised here holds for every other: nothing leaves before its commit, and no crowd is too large for one append.

import { beforeEach, describe, expect, test } from 'vitest';
import { centreOf, lineCalled } from '../../test/support/given.ts';
import type { Effect } from '../core/effect.ts';
import type { Fact } from '../core/fact.ts';
import type { AgentId, Channel, NumberKey } from '../core/id.ts';
import type { Key } from '../core/input.ts';
import type { NumberView } from '../core/number.ts';
import { enclosedRowsMax, type Journal, type JournalState } from '../journal/journal.ts';
import { MemoryStore } from '../journal/memory/memory-store.ts';
import type { House, Seat, Telephony } from '../telephony/telephony.ts';
import type { Clock } from './clock.ts';
import { Engine, type NumberRoom } from './engine.ts';

class WrittenDown implements Telephony {
  readonly performed: Effect[] = [];
  live: Channel[] = [];
  async open(house: House): Promise<void> {
    house.tell({
      type: 'telephony.resynced',
      channels: this.live.map((channel) => ({ channel, up: true })),
    });
  }
  perform(effects: readonly Effect[]): void {
    for (const effect of effects) this.performed.push(effect);
  }
  async seat(_seats: readonly Seat[]): Promise<void> {}
  async close(): Promise<void> {}
}

let erased: NumberKey | null;
const numbers: NumberRoom = {
  take: (text): NumberView => ({ numberKey: `key-${text}` as NumberKey, region: 'CA', type: 'fixed' }),
  isAtHand: (numberKey) => numberKey !== erased,
  enclosed: (numberKey) => ({ table: 'numbers', key: 'number_key', row: { number_key: numberKey } }),
  numberOf: async () => '+16135550142',
  extensionOf: async () => undefined,
  takeExtension: () => null,
  dialable: async () => ({
    ok: true,
    dialled: { to: 'number', e164: '+16135550142', extension: null },
  }),
  forget: () => {},
  erase: async () => false,
  hold: () => {},
  release: () => {},
};

let now = 1_555_500_000_000;
const clock: Clock = { now: () => now, wake: () => () => {} };
const configuration = centreOf({ lines: [lineCalled('main', '1', { dnis: ['100'] })] });

let store: MemoryStore;
let telephony: WrittenDown;
let fatal: Error[];

beforeEach(() => {
  store = new MemoryStore();
  telephony = new WrittenDown();
  fatal = [];
  erased = null;
});

async function start(
  wrap: (journal: Journal<Fact>) => Journal<Fact> = (journal) => journal,
): Promise<Engine> {
  const journal = wrap(await store.lead<Fact>('c1', { holder: 'test', takeover: 'now' }));
  const onFatal = (error: Error) => fatal.push(error);
  const engine = await Engine.recover({ journal, numbers, telephony, clock, random: () => 7, onFatal });
  await engine.open(configuration, 'hash');
  await engine.settled();
  return engine;
}

function beforeEachAppend(journal: Journal<Fact>, wait: () => Promise<void>): Journal<Fact> {
  return new Proxy(journal, {
    get: (target, name) => {
      if (name === 'append')
        return async (...rows: Parameters<Journal<Fact>['append']>) => {
          await wait();
          await target.append(...rows);
        };
      const value: unknown = Reflect.get(target, name);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const crowd = (count: number): Channel[] => Array.from({ length: count }, (_, i) => `in-${i}` as Channel);

function arrive(engine: Engine, channels: readonly Channel[]): void {
  for (const channel of channels)
    engine.tell({ type: 'call.arrives', channel, ani: engine.takeNumber(channel), dnis: '100' });
}

/** Everybody presses this key, at the same moment, after the pause that makes it count. */
async function press(engine: Engine, channels: readonly Channel[], key: Key): Promise<void> {
  now += 1_000;
  for (const channel of channels) engine.tell({ type: 'key.pressed', channel, key });
  await engine.settled();
}

describe('a crowd', () => {
  test('more callers than one append has rows hold the line, and the house starts again among them', async () => {
    const callers = crowd(4_000);
    const first = await start();
    arrive(first, callers);
    await press(first, callers, '1');
    await press(first, callers, '1');
    expect(first.state.places.size).toBe(callers.length);
    telephony.live = callers;
    const again = await start(); // each of them is told wait and offer once more: 12,000 facts in one turn
    expect(fatal).toEqual([]);
    expect(again.state.places.size).toBe(callers.length);
    expect(telephony.performed.filter((effect) => effect.do === 'play')).toHaveLength(callers.length * 4);
  });

  test('more callbacks than one append encloses are registered at the same moment', async () => {
    const callers = crowd(enclosedRowsMax + 100);
    const engine = await start();
    arrive(engine, callers);
    for (const key of ['1', '1', '1'] as const) await press(engine, callers, key);
    for (const call of engine.state.calls.values()) {
      const playback = `c1-playback-${String(call.playback).padStart(8, '0')}`;
      engine.tell({ type: 'prompt.began', channel: call.channel, playback });
    }
    await press(engine, callers, '1');
    expect(fatal).toEqual([]);
    expect(engine.state.callbacks.size).toBe(callers.length);
    expect(store.tables.get('numbers')?.size).toBe(callers.length);
  });
});

test('a number that is erased while its owner confirms it: no callback without a number, another one is asked for', async () => {
  const [caller] = crowd(1) as [Channel];
  const engine = await start();
  arrive(engine, [caller]);
  for (const key of ['1', '1', '1'] as const) await press(engine, [caller], key);
  const [call] = [...engine.state.calls.values()];
  const playback = `c1-playback-${String(call?.playback).padStart(8, '0')}`;
  engine.tell({ type: 'prompt.began', channel: caller, playback });
  erased = `key-${caller}` as NumberKey;
  await press(engine, [caller], '1');
  expect(engine.state.callbacks.size).toBe(0);
  expect(call?.step).toBe('number');
  expect(telephony.performed.at(-1)?.do).toBe('collect_number');
});

test('started again, nobody is rung before telephony has told what lives', async () => {
  const ada = 'ada' as AgentId;
  const [caller] = crowd(1) as [Channel];
  const first = await start();
  await first.submit({ type: 'agent.sign_in', agent: ada });
  telephony.open = async () => {}; // it takes its time
  const again = await start();
  await again.submit({ type: 'agent.go_ready', agent: ada });
  arrive(again, [caller]);
  await press(again, [caller], '1');
  await press(again, [caller], '1');
  expect(again.state.places.size).toBe(1);
  expect(again.state.agents.get(ada)?.state).toBe('ready');
});

describe('the database is away', () => {
  /** A journal whose store goes away: appends wait. */
  async function startAwayable() {
    const hearers = new Set<(state: JournalState) => void>();
    const back = Promise.withResolvers<void>();
    let isAway = false;
    let state: JournalState = 'up';
    const engine = await start((journal) => {
      const waiting = beforeEachAppend(journal, async () => {
        if (isAway) await back.promise;
      });
      return new Proxy(waiting, {
        get: (target, name) => {
          if (name === 'state') return state;
          if (name === 'onState')
            return (hear: (state: JournalState) => void) => {
              hearers.add(hear);
              return () => hearers.delete(hear);
            };
          return Reflect.get(target, name);
        },
      });
    });
    const goAway = (): void => {
      isAway = true;
    };
    const notice = (seen: JournalState): void => {
      state = seen;
      for (const hear of hearers) hear(seen);
    };
    return { engine, goAway, notice };
  }

  test('new callers are not taken in, and are again when it is back', async () => {
    const { engine, notice } = await startAwayable();
    expect(engine.takesCalls).toBe(true);
    notice('away');
    expect(engine.takesCalls).toBe(false);
    notice('up');
    expect(engine.takesCalls).toBe(true);
  });

  test.each([true, false])(
    'closing comes to its end, and tells nothing (noticed before: %s)',
    async (before) => {
      const { engine, goAway, notice } = await startAwayable();
      goAway();
      if (before) notice('away');
      let isTold = false;
      void engine.submit({ type: 'agent.sign_in', agent: 'ada' as AgentId }).then(() => {
        isTold = true;
      });
      const closing = engine.close();
      await new Promise((resolve) => setImmediate(resolve));
      if (!before) notice('away');
      await closing;
      expect([isTold, fatal]).toEqual([false, []]);
    },
  );
});

describe('nothing leaves before its commit', () => {
  test('neither effect nor reply while the append is under way; both after it, in order', async () => {
    let isHeld = false;
    let commit = (): void => {};
    const engine = await start((journal) =>
      beforeEachAppend(journal, async () => {
        if (!isHeld) return;
        await new Promise<void>((resolve) => {
          commit = resolve;
        });
      }),
    );
    isHeld = true;
    telephony.performed.length = 0;
    let isReplied = false;
    const reply = engine
      .submit({ type: 'call.arrives', channel: 'in-1' as Channel, ani: null, dnis: '100' })
      .then(() => {
        isReplied = true;
      });
    await new Promise((resolve) => setImmediate(resolve));
    expect(engine.state.calls.size).toBe(1); // decided
    expect([telephony.performed.length, isReplied, engine.isSettled]).toEqual([0, false, false]);
    commit();
    await reply;
    expect(telephony.performed.map((effect) => effect.do)).toEqual(['answer', 'play']);
  });

  test('closing while another takes over comes to its end', async () => {
    let commit = (): void => {};
    let isHeld = false;
    const engine = await start((journal) =>
      beforeEachAppend(journal, async () => {
        if (!isHeld) return;
        await new Promise<void>((resolve) => {
          commit = resolve;
        });
      }),
    );
    isHeld = true;
    arrive(engine, crowd(1));
    await new Promise((resolve) => setImmediate(resolve));
    const closing = engine.close();
    await store.lead<Fact>('c1', { holder: 'another', takeover: 'now' });
    commit();
    await closing;
    expect(fatal.map((error) => error.name)).toEqual(['Fenced']);
  });

  test('fenced: the state is discarded, nothing is done, and the process is told to end', async () => {
    const engine = await start();
    await store.lead<Fact>('c1', { holder: 'another', takeover: 'now' });
    telephony.performed.length = 0;
    arrive(engine, crowd(1));
    await new Promise((resolve) => setImmediate(resolve));
    expect(fatal.map((error) => error.name)).toEqual(['Fenced']);
    expect(engine.state.calls.size).toBe(0);
    arrive(engine, crowd(3));
    await new Promise((resolve) => setImmediate(resolve));
    expect([telephony.performed.length, engine.state.calls.size]).toEqual([0, 0]);
  });
});
