// The client against a WebSocket server of our own that speaks as Asterisk does: what waits, what is lost, what is tried
// again, and what is never tried again.

import { once } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FakeAri } from '../../../test/support/fake-ari.ts';
import { AriClient, type AriOwner } from './ari-client.ts';
import type { AriEvent } from './ari-types.ts';

class Owner implements AriOwner {
  readonly log: string[] = [];
  #waiters: (() => void)[] = [];
  connected: (waiting: readonly AriEvent[]) => Promise<void> = async () => this.note('connected');
  event(event: AriEvent): void {
    this.note(`event ${event.type}`);
  }
  disconnected(): void {
    this.note('disconnected');
  }
  replaced(): void {
    this.note('replaced');
  }
  note(line: string): void {
    this.log.push(line);
    for (const waiter of this.#waiters.splice(0)) waiter();
  }
  async until(line: string, times = 1): Promise<void> {
    while (this.log.filter((said) => said === line).length < times) {
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }
}

let ari: FakeAri;
let owner: Owner;
let client: AriClient;
const openClient = (password = 'right') => {
  client = new AriClient({
    address: { host: '127.0.0.1', port: ari.port, user: 'u', password, apps: ['a', 'b'] },
  });
  return client.open(owner, 5_000);
};
beforeEach(async () => {
  ari = new FakeAri();
  await once(ari.server, 'listening');
  owner = new Owner();
});
afterEach(async () => {
  client.close();
  await ari.close();
});

const say = (type: string) => ari.socket.send(JSON.stringify({ type, application: 'a' }));

test('a request says what is asked, in path, query and body, and gets its answer', async () => {
  await openClient();
  expect(ari.urls).toEqual(['/ari/events?app=a,b']);
  ari.answer = () => [200, { id: 'x' }];
  const answer = await client.request('POST /channels/{channelId}/play', {
    channelId: 'ch-1',
    media: ['sound:a', 'sound:b'],
    lang: 'fr',
  });
  expect(answer).toEqual({ ok: true, value: { id: 'x' } });
  expect(ari.asked).toEqual([
    {
      method: 'POST',
      uri: 'channels/ch-1/play',
      query: { media: 'sound:a,sound:b', lang: 'fr' },
      body: undefined,
    },
  ]);
  ari.answer = () => [404, { message: 'Channel not found' }];
  expect(await client.request('GET /channels/{channelId}', { channelId: 'a b' })).toMatchObject({
    ok: false,
    code: 'ari.refused',
    status: 404,
  });
  expect(ari.asked.at(-1)?.uri).toBe('channels/a%20b');
  ari.answer = () => [204, undefined];
  expect(await client.request('DELETE /bridges/{bridgeId}', { bridgeId: 'b' })).toEqual({
    ok: true,
    value: undefined,
  });
});

test('events wait until the owner has looked, then come in their order', async () => {
  ari.connected = () => {
    say('StasisStart');
    say('StasisEnd');
  };
  owner.connected = async (waiting) => {
    await client.request('GET /channels', {});
    owner.note(`connected with ${waiting.length}`);
  };
  await openClient();
  say('Dial');
  await owner.until('event Dial');
  expect(owner.log).toEqual(['connected with 2', 'event StasisStart', 'event StasisEnd', 'event Dial']);
});

test('a lost socket is told once, what was open is unanswered, and the owner looks again', async () => {
  await openClient();
  const unsent = owner.until('disconnected').then(() => client.request('GET /channels', {}));
  ari.answer = () => {
    ari.socket.terminate();
    return undefined;
  };
  const open = client.request('POST /channels', { endpoint: 'Local/x@fence/n' });
  expect(await open).toMatchObject({ ok: false, code: 'ari.unanswered' });
  expect(await unsent).toMatchObject({ ok: false, code: 'ari.unsent' });
  await owner.until('connected', 2);
  expect(owner.log).toEqual(['connected', 'disconnected', 'connected']);
  expect(ari.asked.filter((asked) => asked.method === 'POST')).toHaveLength(1);
});

test('an owner who could not look is given another socket', async () => {
  let looks = 0;
  owner.connected = async () => {
    looks += 1;
    if (looks < 3) throw new Error('Asterisk did not tell what lives');
    owner.note('connected');
  };
  await openClient();
  expect(looks).toBe(3);
  expect(ari.urls).toHaveLength(3);
});

test('a socket that is cut while the owner looks is tried again, in silence', async () => {
  await openClient();
  let cuts = 2;
  owner.connected = async () => {
    if (cuts-- > 0) ari.socket.terminate();
    const answer = await client.request('GET /channels', {});
    if (!answer.ok) throw new Error(answer.code);
    owner.note('connected');
  };
  ari.socket.terminate();
  await owner.until('connected', 2);
  expect(owner.log).toEqual(['connected', 'disconnected', 'connected']);
});

test('a socket that falls silent is given up, and another one opened', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  try {
    await openClient();
    ari.isSilent = true;
    vi.advanceTimersByTime(11_000);
    await owner.until('disconnected');
    await owner.until('connected', 2);
  } finally {
    client.close();
    vi.useRealTimers();
  }
});

test('a request that is left without an answer ends its socket: only looking can tell', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  try {
    await openClient();
    const asked = new Promise<void>((reached) => {
      ari.answer = () => {
        reached();
        return undefined;
      };
    });
    const open = client.request('POST /channels', { endpoint: 'Local/x@fence/n' });
    await asked;
    vi.advanceTimersByTime(11_000);
    expect(await open).toMatchObject({ ok: false, code: 'ari.unanswered' });
    await owner.until('connected', 2);
    expect(ari.asked).toHaveLength(1);
  } finally {
    client.close();
    vi.useRealTimers();
  }
});

test('another application of the same name ends it', async () => {
  await openClient();
  say('ApplicationReplaced');
  say('StasisStart');
  await owner.until('replaced');
  expect(owner.log).toEqual(['connected', 'replaced']);
  expect(await client.request('GET /channels', {})).toMatchObject({ ok: false, code: 'ari.unsent' });
});

test('a wrong password is not tried again, and says what to compare', async () => {
  await expect(openClient('wrong')).rejects.toThrow(
    `ARI at 127.0.0.1:${ari.port} answered 401: it does not know this user and password; compare them with ari.conf`,
  );
});

test('nobody there is one clear line', async () => {
  const { port } = ari;
  await ari.close();
  client = new AriClient({ address: { host: '127.0.0.1', port, user: 'u', password: 'p', apps: ['a'] } });
  await expect(client.open(owner, 0)).rejects.toThrow(
    `no ARI at 127.0.0.1:${port} (connect ECONNREFUSED 127.0.0.1:${port}); is this Asterisk running, with its HTTP server on?`,
  );
  ari = new FakeAri();
  await once(ari.server, 'listening');
});
