// Where a request says that it comes from, as browsers say it.

import type { FastifyRequest } from 'fastify';
import { expect, test } from 'vitest';
import { isLoopback, originOf } from './origin.ts';
import { sourceOf } from './rate-limits.ts';

const host = '127.0.0.1:8080';
const request = (headers: object, ip = '127.0.0.1') =>
  ({ headers: { host, ...headers }, protocol: 'http', ip }) as unknown as FastifyRequest;

test.each([
  [{ origin: `http://${host}` }, 'own'],
  [{ origin: `https://${host}` }, 'foreign'],
  [{ origin: 'http://127.0.0.1:8081' }, 'foreign'],
  [{ origin: 'null' }, 'foreign'],
  [{ origin: '' }, 'foreign'],
  [{ origin: 'http://evil.example', 'sec-fetch-site': 'same-origin' }, 'foreign'],
  [{ 'sec-fetch-site': 'same-origin' }, 'own'],
  [{ 'sec-fetch-site': 'same-site' }, 'foreign'],
  [{ 'sec-fetch-site': 'cross-site' }, 'foreign'],
  [{ 'sec-fetch-site': 'none' }, 'unsaid'],
  [{}, 'unsaid'],
])('%o is %s', (headers, origin) => {
  expect(originOf(request(headers))).toBe(origin);
});

test('from this machine is also asked for by a name of this machine', () => {
  expect(isLoopback(request({}))).toBe(true);
  expect(isLoopback(request({ host: 'localhost:1' }, '::1'))).toBe(true);
  expect(isLoopback(request({ host: 'rebound.example:8080' }))).toBe(false);
  expect(isLoopback(request({}, '192.0.2.1'))).toBe(false);
});

test('an IPv6 network is one source, an IPv4 address is one', () => {
  expect(sourceOf('192.0.2.1')).toBe('192.0.2.1');
  expect(sourceOf('::ffff:192.0.2.1')).toBe('192.0.2.1');
  expect(sourceOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2');
  expect(sourceOf('2001:db8:1:2::6')).toBe('2001:db8:1:2');
  expect(sourceOf('::1')).toBe('0:0:0:0');
});
