// Every kind of mistake given to a centre that runs, through the API and by `rappel reload`: one clear line each, and what
// is in force stays as it was, byte for byte; nothing is written, no phone is seated anew, and who holds goes on holding.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { file, MISTAKES, type MistakenFile } from '../../test/support/mistakes.ts';
import { reloadCommand } from '../cli/reload.ts';
import type { Channel } from '../core/id.ts';

const NOW = Date.UTC(2019, 3, 17, 15);
const channel = 'in-1' as Channel;

let house: HouseInMemory;
let folder: string;

beforeAll(async () => {
  house = await HouseInMemory.open({
    yaml: file({ line: 'alternatives: { en: Write, fr: Écrivez }' }),
    now: NOW,
  });
  folder = mkdtempSync(join(tmpdir(), 'rappel-reload-'));
  writeFileSync(join(folder, 'api.json'), JSON.stringify({ url: house.api.url, token: house.token }));
  // Somebody holds through all of it.
  const ani = house.engine.takeNumber('+16132341234');
  await house.engine.submit({ type: 'call.arrives', channel, ani, dnis: '18885550100' });
  for (const key of ['1', '1', '1'] as const) {
    await house.pass(1_000);
    await house.engine.submit({ type: 'key.pressed', channel, key });
  }
  expect([...house.engine.state.places.values()].map((place) => place.state)).toEqual(['waiting']);
});

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

/** All that is in force, wherever it is kept, and everything that was ever written. */
async function standing() {
  const { engine, store, running } = house;
  return {
    api: (await house.ask('GET', '/configuration')).said,
    journal: (await house.ask('GET', '/journal')).said,
    running: running.hash,
    inForce: JSON.stringify(engine.state.configuration),
    asItIsHeld: JSON.stringify(running.configuration),
    rows: JSON.stringify(store.shard('c1').rows),
    numbers: JSON.stringify(['+16132341235', '+12122341234', '911'].map((n) => engine.takeNumber(n))),
    seated: JSON.stringify(house.seated),
    calls: JSON.stringify([...engine.state.calls.values()]),
  };
}

/** As the command line would have it: what it threw, and what it printed. */
async function reload(text: string): Promise<{ code: string; message: string }> {
  const name = join(folder, 'changed.yaml');
  writeFileSync(name, text);
  const program = new Command('rappel').exitOverride();
  reloadCommand(program);
  try {
    await program.parseAsync(['reload', '--config', name, '--data', folder], { from: 'user' });
  } catch (error) {
    return error as { code: string; message: string };
  }
  throw new Error('accepted');
}

test.each(MISTAKES)('$kind: one line, and nothing changes', async ({ text, says }: MistakenFile) => {
  const before = await standing();
  const put = await house.ask('PUT', '/configuration', text);
  expect(put).toMatchObject({ status: 422, said: { code: 'configuration.invalid' } });
  expect(put.type).toMatch(/^application\/problem\+json/);
  const refused = await reload(text);
  expect(refused.code).toBe('configuration.invalid');
  for (const line of [String(put.said.detail), refused.message]) {
    expect(line).toContain(says);
    expect(line).toMatch(/^[^\n]*(configuration|changed\.yaml):\d+:\d+: [^\n]+; [^\n]+$/);
  }
  expect(await standing()).toEqual(before);
});

test('one that is larger than any file may be, and one that is no text: refused, and nothing changes', async () => {
  const before = await standing();
  const large = await house.ask('PUT', '/configuration', `${file()}\n# ${'x'.repeat(4 * 1024 * 1024)}`);
  expect(large).toMatchObject({ status: 413, said: { code: 'request.invalid' } });
  const object = await house.ask('PUT', '/configuration', { lines: [] });
  expect(object.status).toBeGreaterThanOrEqual(400);
  expect(object.said.code).toMatch(/^[a-z]+\.[a-z_]+$/);
  expect(await standing()).toEqual(before);
});

test('after all of them the centre takes one that is right, and whoever held still holds', async () => {
  const before = await standing();
  const put = await house.ask('PUT', '/configuration', file({ line: 'capacity: 7' }));
  expect(put.status).toBe(200);
  expect(put.said.hash).not.toBe(before.running);
  const after = await standing();
  expect(after.calls).toBe(before.calls);
  expect(after.rows.startsWith(before.rows.slice(0, -1))).toBe(true);
  expect(house.store.shard('c1').rows).toHaveLength(JSON.parse(before.rows).length + 1);
  expect(house.engine.state.configuration?.lines[0]?.capacity).toBe(7);
});
