// Lines lent to pages: to an agent for themselves, to visitors in the demonstration only. What stands for Asterisk is a
// WebSocket server that says back what it hears.

import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { HouseInMemory } from '../../../test/support/house-in-memory.ts';
import type { Account } from '../../people/account.ts';
import { csrfOf } from '../identity.ts';
import { CLOSED, LentLines } from './lent-lines.ts';
import { SPLICE_ADDRESS } from './splice.ts';

const yaml = readFileSync(new URL('../../../config/demonstration.yaml', import.meta.url), 'utf8');
const now = Date.UTC(2019, 3, 17, 15);

let asterisk: WebSocketServer;
let passwords: Map<string, string>;
let cameFrom: (string | undefined)[];
beforeEach(async () => {
  passwords = new Map();
  cameFrom = [];
  asterisk = new WebSocketServer({ host: '127.0.0.1', port: 0, path: '/ws' });
  asterisk.on('connection', (socket, request) => {
    cameFrom.push(request.socket.remoteAddress);
    socket.on('message', (message) => socket.send(`heard ${message}`));
  });
  await new Promise((resolve) => asterisk.once('listening', resolve));
});
afterEach(() => asterisk.close());

function book(numbers: readonly string[] = []) {
  return {
    port: (asterisk.address() as AddressInfo).port,
    centre: '+18005550100',
    numbers,
    userOf: (line: string) => `user-of-${line}`,
    open: async (line: string, password: string) => passwords.set(line, password) !== undefined,
    close: async (line: string) => void passwords.delete(line),
  };
}

async function inHouse(
  options: Partial<Parameters<typeof HouseInMemory.open>[0]>,
  what: (house: HouseInMemory) => Promise<void>,
): Promise<void> {
  const house = await HouseInMemory.open({ yaml, now, ...options });
  try {
    await what(house);
  } finally {
    await house.close();
  }
}

/** What a WebSocket of a page lives. */
function join(url: string, headers: Record<string, string>) {
  const socket = new WebSocket(url.replace('http', 'ws'), 'sip', { headers });
  const opened = new Promise<boolean>((resolve) => {
    socket.once('open', () => resolve(true));
    socket.once('error', () => resolve(false));
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const says = async (text: string) => {
    socket.send(text);
    return new Promise<string>((resolve) => socket.once('message', (message) => resolve(String(message))));
  };
  return { socket, opened, closed, says };
}

describe('a visitor', () => {
  test('is told plainly where there is no demonstration', () =>
    inHouse({}, async (house) => {
      for (const method of ['GET', 'POST'])
        expect(await house.ask(method, '/phone')).toMatchObject({
          status: 404,
          said: { code: 'phone.not_here' },
        });
    }));

  test('keeps a number with their browser, until all are lent', () =>
    inHouse({ carrier: book(['+13435550100', '+13435550101']) }, async (house) => {
      const lend = (cookie?: string) =>
        fetch(`${house.api.url}/api/v1/phone`, {
          method: 'POST',
          headers: { origin: house.api.url, ...(cookie === undefined ? {} : { cookie }) },
        });
      const first = await lend();
      const mine = (await first.json()) as Record<string, string>;
      expect(mine).toMatchObject({ number: '+13435550100', user: 'user-of-+13435550100' });
      const cookie = String(first.headers.get('set-cookie')).split(';')[0] as string;
      expect(String(first.headers.get('set-cookie'))).toMatch(/HttpOnly.*SameSite=Strict/);
      const again = (await (await lend(cookie)).json()) as Record<string, string>;
      expect(again.number).toBe(mine.number);
      expect(again.password).not.toBe(mine.password);
      expect(passwords.get('+13435550100')).toBe(again.password);
      expect(((await (await lend()).json()) as Record<string, string>).number).toBe('+13435550101');
      const third = await lend();
      expect([third.status, ((await third.json()) as { code: string }).code]).toEqual([
        503,
        'phone.all_lent',
      ]);

      const page = join(`${house.api.url}${mine.path}`, { cookie, origin: house.api.url });
      expect(await page.opened).toBe(true);
      expect(await page.says('REGISTER')).toBe('heard REGISTER');
      const strange = join(`${house.api.url}${mine.path}`, { origin: house.api.url });
      await strange.closed;
      const foreign = join(`${house.api.url}${mine.path}`, { cookie, origin: 'http://evil.example' });
      await foreign.closed;
      expect(cameFrom).toEqual([SPLICE_ADDRESS]);
    }));

  test('is not lent a line by a page of elsewhere', () =>
    inHouse({ carrier: book(['+13435550100']) }, async (house) => {
      const answer = await fetch(`${house.api.url}/api/v1/phone`, {
        method: 'POST',
        headers: { origin: 'http://evil.example' },
      });
      expect(answer.status).toBe(403);
      expect(passwords.size).toBe(0);
    }));
});

describe('an agent', () => {
  async function asAmelie(house: HouseInMemory): Promise<Record<string, string>> {
    const account = { name: 'amelie', password: 'a good sentence', roles: ['agent'] as const };
    const added = await house.people.add({ ...account, agent: 'amelie' }, 'test');
    const { token } = await house.people.signInAs(added as Account);
    return { cookie: `rappel=${token}`, origin: house.api.url, 'x-rappel-csrf': csrfOf(token) };
  }

  test('has no phone in the page where Asterisk gives none', () =>
    inHouse({ phones: { ...book(), open: async () => false } }, async (house) => {
      expect(await house.ask('POST', '/agents/amelie/phone')).toMatchObject({
        status: 503,
        said: { code: 'phone.not_ready' },
      });
      expect(await house.ask('POST', '/agents/nobody/phone')).toMatchObject({
        status: 404,
        said: { code: 'agent.unknown' },
      });
    }));

  test('is joined in one page at a time, and gives the line back', () =>
    inHouse({ phones: book() }, async (house) => {
      const headers = await asAmelie(house);
      const path = `${house.api.url}/api/v1/agents/amelie/phone`;
      const early = join(`${path}/sip`, headers);
      expect(await early.closed).toBe(CLOSED.notLent);
      const lent = (await (await fetch(path, { method: 'POST', headers })).json()) as Record<string, string>;
      expect(lent).toEqual({
        user: 'user-of-amelie',
        password: passwords.get('amelie'),
        path: '/api/v1/agents/amelie/phone/sip',
      });
      const first = join(`${path}/sip`, headers);
      expect(await first.opened).toBe(true);
      expect(await first.says('REGISTER')).toBe('heard REGISTER');
      const second = join(`${path}/sip`, headers);
      expect(await first.closed).toBe(CLOSED.replaced);
      expect(await second.says('REGISTER')).toBe('heard REGISTER');
      const foreign = join(`${path}/sip`, { ...headers, origin: 'http://evil.example' });
      expect(await foreign.opened).toBe(false);

      const ended = await fetch(path, { method: 'DELETE', headers });
      expect(await ended.json()).toEqual({ ended: true });
      expect(await second.closed).toBe(CLOSED.ended);
      expect(passwords.size).toBe(0);
    }));
});

describe('a line that nobody is joined to', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('is taken back after a minute, password and all', async () => {
    const ended: string[] = [];
    const lines = new LentLines(book(), (line) => ended.push(line));
    await lines.lend('amelie');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(passwords.has('amelie')).toBe(true);
    await lines.lend('amelie');
    await vi.advanceTimersByTimeAsync(59_000);
    expect(passwords.has('amelie')).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(passwords.has('amelie')).toBe(false);
    expect(ended).toEqual(['amelie']);
  });
});
