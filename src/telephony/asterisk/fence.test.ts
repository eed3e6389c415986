// The fence's door answers OK to one question only, and NO to everything else.

import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Dialled } from '../../core/dialled.ts';
import { DialFence } from './fence.ts';

const secret = 'aVerySecretFenceWord';
let fence: DialFence;
let answers: Map<string, () => Promise<Dialled | null>>;
let asked: string[];
let lines: string[];

beforeEach(async () => {
  answers = new Map();
  asked = [];
  lines = [];
  fence = await DialFence.listen({
    port: 0,
    secret,
    ask: (attempt) => {
      asked.push(attempt);
      return answers.get(attempt)?.() ?? Promise.resolve(null);
    },
    log: (line) => lines.push(line),
  });
});
afterEach(() => fence.close());

const number = (e164: string, extension: string | null = null): Dialled => ({
  to: 'number',
  e164,
  extension,
});
const get = async (url: string, init?: RequestInit) => (await fetch(url, init)).text();
const question = (attempt: string) => `${fence.url}?attempt=${attempt}`;

test('a permitted attempt gets its number, exactly so', async () => {
  answers.set('c1-attempt-1', async () => number('+16135550199'));
  const response = await fetch(question('c1-attempt-1'));
  expect(await response.text()).toBe('OK +16135550199');
  expect(response.headers.get('cache-control')).toBe('no-store');
});

test('an extension comes behind its number, a relay service as its route has it', async () => {
  answers.set('c1-attempt-1', async () => number('+16135550199', '0042'));
  expect(await get(question('c1-attempt-1'))).toBe('OK +16135550199 x0042');
  answers.set('c1-attempt-2', async () => ({ to: 'relay', digits: '711' }));
  expect(await get(question('c1-attempt-2'))).toBe('RELAY 711');
});

test.each(['', '123456789', '4 2', '4x', '*1', '+1', '42#'])(
  'the extension %j dials nothing',
  async (given) => {
    answers.set('c1-attempt-1', async () => number('+16135550199', given));
    expect(await get(question('c1-attempt-1'))).toBe('NO');
  },
);

test.each([
  '911',
  '+1911',
  '9911',
  '112',
  '999',
  '9115550199',
  '+19115550199',
  '411',
  '1711',
  '',
  '7 11',
  '711x',
])('the route %j dials nothing, whoever configured it', async (digits) => {
  answers.set('c1-attempt-1', async () => ({ to: 'relay', digits }));
  expect(await get(question('c1-attempt-1'))).toBe('NO');
});

test('an attempt that is not permitted gets NO', async () => {
  expect(await get(question('c1-attempt-2'))).toBe('NO');
  expect(asked).toEqual(['c1-attempt-2']);
});

describe('never reaches the house', () => {
  const urls: readonly [string, (url: string) => string][] = [
    ['another secret', (url) => url.replace(secret, 'aVerySecretFenceWor_'.replace('_', 'x'))],
    ['a shorter secret', (url) => url.replace(secret, secret.slice(1))],
    ['no secret', (url) => url.replace(`/${secret}`, '')],
    ['no attempt', (url) => url],
    ['an empty attempt', (url) => `${url}?attempt=`],
    ['an attempt with an underscore', (url) => `${url}?attempt=c1_attempt_1`],
    ['an attempt in percents', (url) => `${url}?attempt=c1%2Dattempt%2D1`],
    ['an attempt of 65 characters', (url) => `${url}?attempt=${'a'.repeat(65)}`],
    ['something after the attempt', (url) => `${url}?attempt=c1-attempt-1&x=1`],
    ['something before the attempt', (url) => `${url}?x=1&attempt=c1-attempt-1`],
  ];
  test.each(urls)('%s', async (_what, change) => {
    answers.set('c1-attempt-1', async () => number('+16135550199'));
    expect(await get(change(fence.url))).toBe('NO');
    expect(asked).toEqual([]);
  });

  test('a POST', async () => {
    answers.set('c1-attempt-1', async () => number('+16135550199'));
    expect(await get(question('c1-attempt-1'), { method: 'POST' })).toBe('NO');
    expect(asked).toEqual([]);
  });
});

test.each([
  '16135550199',
  '+1613555019a',
  '+0135550199',
  '+1 613 555 0199',
  '+1613',
  '+1613555019912345',
  '',
  '911',
])('a house that gives %j gives nothing to dial', async (given) => {
  answers.set('c1-attempt-1', async () => number(given));
  expect(await get(question('c1-attempt-1'))).toBe('NO');
  if (given !== '') expect(lines.join()).not.toContain(given);
});

test('a house that fails is a NO', async () => {
  answers.set('c1-attempt-1', () => Promise.reject(new Error('the journal is away')));
  expect(await get(question('c1-attempt-1'))).toBe('NO');
  expect(lines).toEqual(['fence: c1-attempt-1: the journal is away; not dialled']);
});

test('a house that answers after the dialplan has given up is a NO', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let reached = () => {};
    const isAsked = new Promise<void>((resolve) => {
      reached = resolve;
    });
    answers.set('c1-attempt-1', () => {
      reached();
      return new Promise(() => {});
    });
    const reply = plainGet(question('c1-attempt-1'));
    await isAsked;
    vi.advanceTimersByTime(2_000);
    expect(await reply).toMatch(/\r\n\r\nNO$/);
    expect(lines.join()).toMatch(/too late/);
  } finally {
    vi.useRealTimers();
  }
});

test('a port that is taken is one clear line', async () => {
  const port = Number(new URL(fence.url).port);
  await expect(DialFence.listen({ port, secret, ask: async () => null })).rejects.toThrow(
    `the dial fence cannot have port ${port} (another program uses it); stop that program or choose another port`,
  );
});

/** fetch has timers of its own, which a frozen clock would stop. */
function plainGet(url: string): Promise<string> {
  const { hostname, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    socket.on('data', (data) => {
      text += data;
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: fence\r\nConnection: close\r\n\r\n`);
  });
}
