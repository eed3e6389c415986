// The follower on a real journal in PostgreSQL: woken by commits it comes to the last fact, survives a restart of the
// server under it, and what it made are the bytes that projecting the whole journal makes.

import { expect, test } from 'vitest';
import { openTestDatabase, openTestServer } from '../../test/support/database.ts';
import { worldFacts } from '../../test/support/world-facts.ts';
import type { Fact } from '../core/fact.ts';
import { PostgresPages } from '../journal/postgres/postgres-pages.ts';
import { PostgresStore } from '../journal/postgres/postgres-store.ts';
import { Follower } from './follower.ts';
import { Projector } from './projector.ts';

const SHARD = 'f1';

test('follows a journal, also over a restart of the server', async () => {
  const facts = await worldFacts({ seed: 5, calls: 150 });
  const server = await openTestServer();
  const { connection, pool, close } = await openTestDatabase(server);
  const said: string[] = [];
  const journal = await new PostgresStore(connection, pool).lead<Fact>(SHARD, { holder: 'test' });
  const pages = new PostgresPages<Fact>(SHARD, pool, connection);
  pool.on('error', () => {}); // connections that a restart breaks
  const follower = new Follower(new Projector(pool, pages), (line) => said.push(line));
  const cells = async (): Promise<unknown[]> =>
    (await pool.query('select * from record_cell order by half_hour, line, language')).rows;
  const append = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to; at += 500) {
      await journal.append(facts.slice(at, Math.min(to, at + 500)).map(({ at, fact }) => ({ at, fact })));
      follower.wake();
    }
    await follower.reached(to);
  };
  const half = Math.floor(facts.length / 2);
  await append(0, half);
  expect(follower.seq).toBe(half);
  await server.restart?.();
  await append(half, facts.length);
  const followed = await cells();
  await follower.close();
  const anew = new Projector(pool, pages);
  await anew.reset();
  expect(await anew.catchUp()).toBe(facts.length);
  expect(await cells()).toEqual(followed);
  expect(followed.length).toBeGreaterThan(0);
  for (const line of said) expect(line).toMatch(/^records: /);
  await journal.close();
  await close();
  await server.stop();
});
