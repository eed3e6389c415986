// The live stream before a whole house in memory, read over loopback as a page reads it: the whole board at once, then
// changes, which together are always what the state is; views that show no more than they should; readers who sleep.

import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { EventReader } from '../../test/support/event-reader.ts';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { changedBoard } from '../../web/live/changed-board.ts';
import type { Channel, NumberKey } from '../core/id.ts';
import type { Key } from '../core/input.ts';
import { boardOf } from '../engine/board.ts';
import type { Board, BoardEvent } from '../engine/board-shape.ts';

const CALLER = '+16132341234';
const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');

let house: HouseInMemory;
const readers: EventReader[] = [];
beforeEach(async () => {
  house = await HouseInMemory.open({ yaml, now: Date.UTC(2019, 3, 17, 15) });
});
afterEach(async () => {
  for (const reader of readers.splice(0)) reader.close();
  await house.close();
});

async function listen(query = 'view=supervisor'): Promise<EventReader> {
  const { api, token } = house;
  const reader = await EventReader.open(`${api.url}/api/v1/stream?${query}`, token);
  readers.push(reader);
  return reader;
}

const channel = 'in-1' as Channel;

/** A citizen calls the first line, is in line, and takes a callback where `callback` is set. */
async function callIn(callback = true): Promise<void> {
  const ani = house.vault.take(CALLER);
  await house.engine.submit({ type: 'call.arrives', channel, ani, dnis: '' });
  for (const key of callback ? '1111' : '111') await press(key as Key);
  if (!callback) return;
  const call = [...house.engine.state.calls.values()][0];
  const playback = `c1-playback-${String(call?.playback).padStart(8, '0')}`;
  await house.engine.submit({ type: 'prompt.began', channel, playback });
  await press('1');
}

async function press(key: Key): Promise<void> {
  await house.pass(1_000);
  await house.engine.submit({ type: 'key.pressed', channel, key });
}

const seen = new Map<EventReader, Board>();

/** The board as a page has it after the events up to this one. */
async function follow(reader: EventReader, until: (board: Board) => boolean): Promise<Board> {
  for (;;) {
    let board = seen.get(reader);
    const { event, data } = await reader.next();
    if (event !== 'board') continue;
    const said = JSON.parse(data) as BoardEvent;
    if ('whole' in said) board = said.whole as Board;
    else board = changedBoard(board as Board, said.change);
    seen.set(reader, board);
    if (until(board)) return board;
  }
}

/** As a supervisor has it. */
function now(): Partial<Board> {
  const { state } = house.engine;
  const { colleagues: _, ...seen } = boardOf({ state, live: house.live, at: house.time.now() });
  return seen;
}

describe('the board', () => {
  test('comes whole at once, with the seq it is of', async () => {
    const { event, id, data } = await (await listen()).next();
    expect(event).toBe('board');
    const { seq, at, whole } = JSON.parse(data);
    expect(id).toBe(String(seq));
    expect(seq).toBe((await house.engine.written()).seq);
    expect(at).toBe(house.time.now());
    expect(whole).toEqual(JSON.parse(JSON.stringify(now())));
  });

  test('changes upon it make what the state is', async () => {
    const reader = await listen();
    await callIn();
    const board = await follow(reader, ({ callbacks }) => Object.values(callbacks)[0]?.state === 'requested');
    expect(board).toEqual(JSON.parse(JSON.stringify(now())));
    expect(board.lines.permanent_residence).toMatchObject({ holding: 0, later: 1, withAgent: 0 });
    expect(board.figures['callbacks_registered/permanent_residence']).toEqual({ value: 1, n: 1 });
  });

  test('says who holds, and since when', async () => {
    await callIn(false);
    const { data } = await (await listen('view=wall')).next();
    const { permanent_residence: line } = JSON.parse(data).whole.lines;
    expect(line.holding).toBe(1);
    expect(line.longestSince).toBe([...house.engine.state.places.values()][0]?.takenAt);
  });

  test('has neither a number nor its key, nor the code that an agent says', async () => {
    await callIn();
    const callback = [...house.engine.state.callbacks.values()][0];
    const { data } = await (await listen()).next();
    expect(data).toContain(`"reference":"000001"`);
    expect(data).not.toContain(CALLER.slice(1));
    expect(data).not.toContain(callback?.numberKey as NumberKey);
    expect(data).not.toContain(`"${callback?.code}"`);
  });

  test('nobody listens: nothing is computed', async () => {
    const reader = await listen();
    await reader.next();
    reader.close();
    await callIn();
    const { data } = await (await listen()).next();
    expect(JSON.parse(data).whole).toEqual(JSON.parse(JSON.stringify(now())));
  });
});

describe('views', () => {
  test('the wall has lines and figures, and nobody by name', async () => {
    await house.ask('POST', '/agents/amelie/sign-in');
    const { data } = await (await listen('view=wall')).next();
    expect(Object.keys(JSON.parse(data).whole).sort()).toEqual(['centre', 'figures', 'lines', 'meanings']);
    expect(data).not.toContain('amelie');
  });

  test('an agent has their own row, and of others that they are ready, in which lines and languages', async () => {
    await house.ask('POST', '/agents/amelie/sign-in');
    await house.ask('POST', '/agents/benoit/sign-in');
    const reader = await listen('view=agent&agent=amelie');
    const first = await follow(reader, () => true);
    expect(Object.keys(first.agents)).toEqual(['amelie']);
    expect(first.colleagues).toEqual({});
    expect(Object.keys(first.directory)).toEqual(['interpreters', 'other_office']);
    await house.ask('POST', '/agents/benoit/ready');
    await house.ask('POST', '/agents/amelie/ready');
    const board = await follow(
      reader,
      ({ agents, colleagues }) => agents.amelie?.state === 'ready' && 'benoit' in colleagues,
    );
    expect(board.colleagues.benoit).toEqual({
      lines: ['temporary_residence', 'citizenship'],
      languages: ['en', 'fr'],
    });
    expect(board.agents).not.toHaveProperty('benoit');
    expect(board.lines.permanent_residence?.agents.ready).toBe(1);
    await house.ask('POST', '/agents/benoit/not-ready', { reason: 'meal' });
    const after = await follow(reader, ({ colleagues }) => !('benoit' in colleagues));
    expect(JSON.stringify(after)).not.toContain('benoit');
  });
});

describe('readers', () => {
  test('who is no reader is not let in', async () => {
    const answer = await fetch(`${house.api.url}/api/v1/stream`);
    expect(answer.status).toBe(401);
  });

  test('one who sleeps is let go, the others hear on', async () => {
    const { hostname, port } = new URL(house.api.url);
    const sleeper = connect(Number(port), hostname);
    sleeper.write(
      `GET /api/v1/stream?view=supervisor HTTP/1.1\r\nhost: ${hostname}\r\nauthorization: Bearer ${house.token}\r\n\r\n`,
    );
    await new Promise((resolve) => sleeper.once('readable', resolve));
    const reader = await listen();
    // More than the machine keeps for a reader who does not read, and what we keep.
    for (let n = 0; n < 50; n += 1) {
      house.engine.tell(turned(n % 2 === 1, `${n} ${'x'.repeat(400_000)}`));
      await follow(reader, ({ switches }) => switches.offering?.reason?.startsWith(`${n} `) === true);
    }
    let heard = '';
    const gone = new Promise((resolve) => sleeper.once('close', resolve));
    sleeper.on('error', () => {});
    sleeper.on('data', (bytes) => {
      heard += bytes.toString('latin1');
    });
    sleeper.resume();
    await gone;
    expect(heard).toContain('"reason":"0 x');
    expect(heard).not.toContain('"reason":"49 x');
  });
});

function turned(on: boolean, reason: string) {
  return { type: 'switch.turn', name: 'offering', line: null, on, reason, by: 'test' } as const;
}
