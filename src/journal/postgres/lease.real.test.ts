// What a follower sees of the lease: that its leader lives, gave up, or went without a word.
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  openTestDatabase,
  openTestServer,
  type TestDatabase,
  type TestServer,
} from '../../../test/support/database.ts';
import { clientSettings } from '../../database/pool.ts';
import { look, prepareLease, release, renew, take, vouch } from './lease.ts';

const shard = 's1';
let server: TestServer;
let ground: TestDatabase;
const clients: pg.Client[] = [];

beforeAll(async () => {
  server = await openTestServer();
  ground = await openTestDatabase(server);
});
afterEach(async () => {
  for (const client of clients.splice(0)) await client.end();
  await ground.pool.query('delete from lease');
});
afterAll(async () => {
  await ground?.close();
  await server?.stop();
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client(clientSettings(ground.connection, 'test'));
  await client.connect();
  clients.push(client);
  await prepareLease(client, shard);
  return client;
}

const anyTime = () => true;

describe('the lease', () => {
  it('is free at first, then led by one who is seen to live', async () => {
    const [leader, follower] = [await connect(), await connect()];
    expect(await look(follower, shard)).toMatchObject({ epoch: 0, released: true, connected: false });
    expect(await take(leader, shard, 'me', (found) => found.released)).toBe(1);
    expect(await look(follower, shard)).toEqual({
      epoch: 1,
      holder: 'me',
      released: false,
      expired: false,
      connected: true,
    });
  });

  it('is not taken when it is no longer free once it is locked', async () => {
    const [leader, other] = [await connect(), await connect()];
    await take(leader, shard, 'me', anyTime);
    expect(await take(other, shard, 'other', (found) => found.released)).toBeUndefined();
    expect(await look(other, shard)).toMatchObject({ epoch: 1, holder: 'me', connected: true });
    expect(await renew(leader, shard, 1)).toBe(true);
  });

  it('shows when its leader gave it up, and when its connection ended', async () => {
    const [leader, follower] = [await connect(), await connect()];
    await take(leader, shard, 'me', anyTime);
    await leader.end();
    clients.splice(clients.indexOf(leader), 1);
    // The server notices the end of a connection in its own time.
    while ((await look(follower, shard)).connected);
    expect(await look(follower, shard)).toMatchObject({ epoch: 1, released: false, expired: false });
    await take(follower, shard, 'follower', anyTime);
    await release(follower, shard, 2);
    expect(await look(follower, shard)).toMatchObject({ epoch: 2, released: true, expired: true });
  });

  it('is not renewed, released or vouched for by a leader of the past', async () => {
    const [old, young, follower] = [await connect(), await connect(), await connect()];
    await take(old, shard, 'old', anyTime);
    await take(young, shard, 'young', anyTime);
    expect(await renew(old, shard, 1)).toBe(false);
    await release(old, shard, 1);
    expect(await look(follower, shard)).toMatchObject({ epoch: 2, released: false, connected: true });
    // The connection of the old leader, which lingers, says nothing about the young one.
    await young.end();
    clients.splice(clients.indexOf(young), 1);
    while ((await look(follower, shard)).connected);
    expect(await vouch(old, shard, 1)).toBe(true);
    expect(await look(follower, shard)).toMatchObject({ epoch: 2, connected: false });
  });
});
