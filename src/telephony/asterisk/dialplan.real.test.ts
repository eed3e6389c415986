// The fence as the dialplan keeps it, against a trunk that counts INVITEs and a permission server that says anything at
// all: only the exact answer dials, and the digits that are dialled are those of the answer.

import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type RunningAsterisk, startAsterisk } from '../../local/asterisk.ts';
import { obtainAsterisk } from '../../local/asterisk-obtain.ts';
import { leasePorts, type PortLease } from '../../local/ports.ts';
import { AriSocket } from './ari-socket.ts';
import type { AriEvent } from './ari-types.ts';
import { centreConfiguration } from './configuration/centre.ts';
import { APP, CALLER_VARIABLE, RING_VARIABLE } from './dialplan.ts';
import { fenceUrl } from './fence.ts';

const secret = 'dialplan-fence-secret';
const ari = { user: 'rappel', password: 'dialplan-ari-password' };

/** Answers each INVITE with 486, and keeps what was dialled and shown. Retransmissions are one. */
class CountingTrunk {
  readonly invites: { readonly to: string; readonly from: string }[] = [];
  readonly #calls = new Set<string>();
  readonly #socket: Socket = createSocket('udp4');

  async listen(port: number): Promise<void> {
    this.#socket.on('message', (data, peer) => {
      const text = String(data);
      if (!text.startsWith('INVITE ')) return;
      const header = (name: string) => new RegExp(`^${name}: (.*)\r$`, 'im').exec(text)?.[1] ?? '';
      const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(name)}`);
      const lines = [
        'SIP/2.0 486 Busy Here',
        ...copied,
        `To: ${header('To')};tag=t`,
        'Content-Length: 0',
        '',
        '',
      ];
      this.#socket.send(lines.join('\r\n'), peer.port, peer.address);
      const id = header('Call-ID');
      if (this.#calls.has(id)) return;
      this.#calls.add(id);
      const to = /^INVITE sip:([^@]*)@/.exec(text)?.[1] ?? '';
      this.invites.push({ to, from: /<sip:([^@]*)@/.exec(header('From'))?.[1] ?? '' });
    });
    this.#socket.bind(port, '127.0.0.2');
    await once(this.#socket, 'listening');
  }

  close(): void {
    this.#socket.close();
  }
}

let lease: PortLease;
let folder: string;
let asterisk: RunningAsterisk;
let permissions: Server;
let socket: AriSocket;
let answer: string | null;
let asked: string[];
const trunk = new CountingTrunk();
const ends = new Map<string, (cause: number) => void>();
let seq = 0;

beforeAll(async () => {
  lease = await leasePorts(40);
  const port = (n: number) => lease.first + n;
  folder = await mkdtemp('/tmp/rpd-');
  await trunk.listen(port(3));
  permissions = createServer((request, response) => {
    asked.push(request.url ?? '');
    // Null never answers: the dialplan must give up by itself.
    if (answer !== null) response.end(answer);
  });
  await new Promise<void>((listening) => permissions.listen(port(1), '127.0.0.1', listening));
  asterisk = await startAsterisk({
    binary: await obtainAsterisk(),
    runDir: `${folder}/a`,
    name: 'centre',
    configuration: centreConfiguration({
      httpPort: port(0),
      ari,
      sip: { address: '127.0.0.1', port: port(2), trunk: { address: '127.0.0.2', port: port(3) } },
      rtp: { first: port(20), last: port(39) },
      fenceUrl: fenceUrl(port(1), secret),
    }),
  });
  socket = await AriSocket.connect(
    { host: '127.0.0.1', port: port(0), ...ari, apps: [APP] },
    { event: note, closed: () => {} },
  );
});
afterAll(async () => {
  socket?.close('the test is over');
  await asterisk?.stop();
  permissions?.closeAllConnections();
  permissions?.close();
  trunk.close();
  await lease?.release();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(() => {
  trunk.invites.length = 0;
  asked = [];
  answer = 'NO';
});

function note(event: AriEvent): void {
  if (event.type === 'ChannelDestroyed') ends.get(event.channel.id)?.(event.cause);
}

/** Originates as the driver does, and gives the Q.850 cause of the end. */
async function dial(attempt: string, variables: Record<string, string> = {}): Promise<number> {
  const channelId = `c1-attempt-${++seq}`;
  const ended = new Promise<number>((resolve) => ends.set(channelId, resolve));
  const placed = await socket.request(
    'POST /channels',
    {
      endpoint: `Local/${attempt}@fence/n`,
      app: APP,
      channelId,
      otherChannelId: `${channelId}-far`,
      formats: 'alaw',
    },
    { variables: { [CALLER_VARIABLE]: '+18005550100', [RING_VARIABLE]: '20', ...variables } },
  );
  expect(placed).toMatchObject({ ok: true });
  return ended;
}

test('the exact answer dials its digits, and shows the number of the line', async () => {
  answer = 'OK +16135550199';
  expect(await dial('c1-attempt-1')).toBe(17);
  expect(asked).toEqual([`/fence/${secret}?attempt=c1-attempt-1`]);
  expect(trunk.invites).toEqual([{ to: '+16135550199', from: '+18005550100' }]);
});

test.each([
  'NO',
  '',
  'OK',
  'OK +',
  'OK 16135550199',
  ' OK +16135550199',
  'OK  +16135550199',
  'ok +16135550199',
  'KO +16135550199',
  'OK +1613555019a',
  'OK +1613"555"0199',
  'OK +16135550199&PJSIP/trunk',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the dialplan's own way of naming a variable.
  'OK +1613${EXTEN}0199',
  'OK +1 613 555 0199',
  'OK +123456',
  'OK +1234567890123456',
  'NO OK +16135550199',
  '+16135550199',
  '<html>502</html>',
  'OK +16135550199 x',
  'OK +16135550199 x123456789',
  'OK +16135550199 4',
  'OK +16135550199x4',
  'OK +16135550199  x4',
  'OK +16135550199 x4x',
  'OK +16135550199 x4x5',
  'OK +16135550199 x4,5',
  'OK +16135550199 x4)',
  'OK +16135550199 xx4',
  'OK x4 +16135550199',
  'OK +613 x5550199',
  'RELAY',
  'RELAY ',
  'RELAY 71',
  'RELAY711',
  'RELAY  711',
  'RELAY 7+11',
  'RELAY 711 x4',
  'RELAY 711&PJSIP/trunk',
  'RELAY 71a1',
  'RELAYED 711',
  'RELAY 12345678901234567',
  'RELAY 911',
  'RELAY 9911',
  'RELAY +1911',
  'RELAY 112',
  'RELAY 999',
  'RELAY 9115550199',
  'OK RELAY 711',
])('the answer %j dials nothing', async (said) => {
  answer = said;
  expect(await dial('c1-attempt-1')).toBe(52);
  expect(asked).toHaveLength(1);
  expect(trunk.invites).toEqual([]);
});

test.each([
  ['RELAY 711', '711'],
  ['RELAY +18005550111', '+18005550111'],
  ['RELAY 18005550111', '18005550111'],
])('the route %j is dialled as it is', async (said, to) => {
  answer = said;
  expect(await dial('c1-attempt-1')).toBe(17);
  expect(trunk.invites).toEqual([{ to, from: '+18005550100' }]);
});

test('an extension is no part of what is dialled', async () => {
  answer = 'OK +16135550199 x0042';
  expect(await dial('c1-attempt-1')).toBe(17);
  expect(trunk.invites).toEqual([{ to: '+16135550199', from: '+18005550100' }]);
});

test.each(['\n', ' ', '\r\n'])(
  '%j after the answer, which Asterisk takes off, changes nothing',
  async (more) => {
    answer = `OK +16135550199${more}`;
    expect(await dial('c1-attempt-1')).toBe(17);
    expect(trunk.invites).toEqual([{ to: '+16135550199', from: '+18005550100' }]);
  },
);

test('an answer that does not come dials nothing', async () => {
  answer = null;
  expect(await dial('c1-attempt-1')).toBe(52);
  expect(trunk.invites).toEqual([]);
});

test.each(['a_b', 'a?b', 'a.b', 'a%2Db', 'a"b', 'a$b', 'a&b', 'a'.repeat(65)])(
  'the attempt %j never reaches the permissions',
  async (attempt) => {
    answer = 'OK +16135550199';
    expect(await dial(attempt)).toBe(52);
    expect(asked).toEqual([]);
    expect(trunk.invites).toEqual([]);
  },
);

test('what is shown to the client is digits, whatever was asked for', async () => {
  answer = 'OK +16135550199';
  await dial('c1-attempt-1', { [CALLER_VARIABLE]: '+1800"5550100>' });
  expect(trunk.invites).toEqual([{ to: '+16135550199', from: '+18005550100' }]);
});

test.each(['trunk', 'amelie', '+16135550142', 'anonymous'])(
  'a stranger who says to be %s is asked for a password, and reaches no dialplan',
  async (name) => {
    const stranger = createSocket('udp4');
    stranger.bind(0, '127.0.0.9');
    await once(stranger, 'listening');
    const { port } = stranger.address();
    const invite = [
      'INVITE sip:+18005550100@127.0.0.1 SIP/2.0',
      `Via: SIP/2.0/UDP 127.0.0.9:${port};branch=z9hG4bK-${name}`,
      `From: <sip:${name}@127.0.0.2>;tag=s`,
      'To: <sip:+18005550100@127.0.0.1>',
      `Call-ID: stranger-${name}`,
      'CSeq: 1 INVITE',
      `Contact: <sip:${name}@127.0.0.9:${port}>`,
      'Max-Forwards: 70',
      'Content-Length: 0',
    ];
    const replied = once(stranger, 'message');
    stranger.send(`${invite.join('\r\n')}\r\n\r\n`, lease.first + 2, '127.0.0.1');
    const [reply] = await replied;
    expect(String(reply).split('\r\n')[0]).toBe('SIP/2.0 401 Unauthorized');
    stranger.close();
  },
);
