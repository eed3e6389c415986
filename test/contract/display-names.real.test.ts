// Five hundred hostile display names, and some that are not even UTF-8, in the INVITEs of callers, sent as bytes to the real Asterisk: the caller arrives with
// their number, and the name goes nowhere: not to the house, not into what Asterisk logs. What is no SIP at all is refused,
// and the next caller is none the worse.

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILE_TEXTS } from '../support/hostile-texts.ts';
import { type AsteriskWorld, makeAsteriskWorld } from './asterisk-world.ts';

const TRUNK = '127.0.0.2';
const CENTRE = '127.0.0.1';
const NUMBER = '+16135550142';
/** One UDP packet, as any carrier sends it. */
const NAME_BYTES_MAX = 1_200;
/** Stands in every name, so that it can be looked for. */
const MARK = 'Zyx9q';

let w: AsteriskWorld;
let socket: Socket;
beforeAll(async () => {
  w = await makeAsteriskWorld();
  socket = createSocket('udp4');
  socket.bind(0, TRUNK);
  await once(socket, 'listening');
});
afterAll(async () => {
  socket?.close();
  await w?.close();
});

/** A quoted string (RFC 3261 section 25.1); a line's end cannot stand in a header. */
function quoted(name: string): Buffer {
  const bytes = Buffer.from(name.replaceAll(/[\r\n]/g, ' ')).subarray(0, NAME_BYTES_MAX);
  const text = bytes.toString('utf8').replaceAll('\uFFFD', '?').replaceAll(/["\\]/g, '\\$&');
  return Buffer.from(`"${MARK} ${text}"`);
}

function request(method: 'INVITE' | 'ACK', n: number, name: Buffer, to: string): Buffer {
  const { port } = socket.address();
  const lines = [
    `${method} sip:+18005550100@${CENTRE}:${w.sipPort} SIP/2.0`,
    `Via: SIP/2.0/UDP ${TRUNK}:${port};branch=z9hG4bK-name-${n}`,
    'Max-Forwards: 70',
    `To: <sip:+18005550100@${CENTRE}>${to}`,
    `Call-ID: name-${n}@${TRUNK}`,
    `CSeq: 1 ${method}`,
    `Contact: <sip:caller@${TRUNK}:${port}>`,
    'Content-Length: 0',
    'From: ',
  ].join('\r\n');
  return Buffer.concat([
    Buffer.from(lines),
    name,
    Buffer.from(` <sip:${NUMBER}@${TRUNK}>;tag=from-${n}\r\n\r\n`),
  ]);
}

/** The final answer to the INVITE of this number, acknowledged; what comes before it is waited out. */
function finalAnswer(n: number, name: Buffer): Promise<number> {
  return new Promise((resolve) => {
    const hear = (message: Buffer): void => {
      const text = message.toString('utf8');
      const status = Number(/^SIP\/2\.0 (\d{3})/.exec(text)?.[1] ?? 0);
      if (status < 200 || !text.includes(`Call-ID: name-${n}@`)) return;
      socket.off('message', hear);
      const tag = /^To:.*?(;tag=[^\s;]+)/m.exec(text)?.[1] ?? '';
      socket.send(request('ACK', n, name, tag), w.sipPort, CENTRE);
      resolve(status);
    };
    socket.on('message', hear);
  });
}

/** As old exchanges send them: Latin-1, halves of letters, and one that Asterisk cuts within a letter. */
const NO_UTF8 = [
  Buffer.from(`"${MARK} H\xe9l\xe8ne"`, 'latin1'),
  Buffer.from(`"${MARK} \xc3"`, 'latin1'),
  Buffer.from(`"${MARK} \xf0\x9f\x98"`, 'latin1'),
  Buffer.from(`"${MARK} ${'é'.repeat(60)}"`),
  Buffer.from(`"${MARK}${'é'.repeat(60)}"`),
];
const NAMES = [...HOSTILE_TEXTS.map(quoted), ...NO_UTF8];

test('each is a caller like any other, or no caller at all; the name is kept and written nowhere', async () => {
  let arrived = 0;
  for (const [n, name] of NAMES.entries()) {
    const text = name.toString();
    const since = w.house.told.length;
    const answer = finalAnswer(n, name);
    socket.send(request('INVITE', n, name, ''), w.sipPort, CENTRE);
    const arrival = w.house.hears('call.arrives', undefined, since);
    const first = await Promise.race([arrival, answer]);
    if (typeof first === 'number') {
      expect(first, text).toBeGreaterThanOrEqual(400);
      continue;
    }
    arrived += 1;
    expect(first, text).toEqual({
      type: 'call.arrives',
      channel: first.channel,
      ani: expect.objectContaining({ numberKey: 'key-6135550142' }),
      dnis: w.dnis,
    });
    w.telephony.perform([{ do: 'hang_up', channel: first.channel }]);
    await w.house.hears('channel.ended', first.channel);
    expect(await answer, text).toBeGreaterThanOrEqual(400);
  }
  expect(arrived).toBeGreaterThan(NAMES.length * 0.9);
  expect(JSON.stringify([w.house.told, w.house.taken])).not.toContain(MARK);
  expect(w.house.taken.every((taken) => taken === NUMBER)).toBe(true);
  const log = readFileSync(join(w.runDir, 'log/console.log'), 'utf8');
  expect(log).not.toContain(MARK);
  expect(log).not.toMatch(/613555/);
  const call = await w.far.citizen(NUMBER).call(w.dnis);
  const { channel } = await w.house.hears('call.arrives', undefined, w.house.told.length);
  await call.hangUp();
  await w.house.hears('channel.ended', channel);
}, 300_000);
