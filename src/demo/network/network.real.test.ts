// The public network against a bare Asterisk at the other end: what one side does, the other side sees on the wire.

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BareCentre } from '../../../test/support/bare-centre.ts';
import { obtainAsterisk } from '../../local/asterisk-obtain.ts';
import { leasePorts, type PortLease } from '../../local/ports.ts';
import { REFUSALS } from '../../telephony/far-side.ts';
import type { NetworkOptions } from './configuration.ts';
import { type Network, startNetwork } from './network.ts';

const HERE = '+16135550123';
const CENTRE_NUMBER = '+16135550000';
const GUEST = { name: 'guest', secret: 'guest-secret', number: '+16135550199' };

let folder: string;
let lease: PortLease;
let centre: BareCentre;
let network: Network;
let options: NetworkOptions;

beforeAll(async () => {
  const binary = await obtainAsterisk();
  folder = mkdtempSync(join(tmpdir(), 'rp-net-'));
  lease = await leasePorts(120);
  const port = (n: number) => lease.first + n;
  options = {
    centre: `127.0.0.1:${port(0)}`,
    addresses: { trunk: '127.0.0.2', phones: '127.0.0.3' },
    ports: { sip: port(1), http: port(2), news: port(3), rtp: [port(10), port(59)] as const },
    secret: 'network-secret',
    agents: [
      { agent: 'amelie', secret: 'am-secret' },
      { agent: 'bruno', secret: 'br-secret' },
    ],
    guest: GUEST,
  };
  centre = await BareCentre.start({
    binary,
    runDir: join(folder, 'c'),
    network: options,
    httpPort: port(4),
    rtp: [port(60), port(119)],
  });
  network = await startNetwork({ ...options, binary, runDir: join(folder, 'n') });
});

afterAll(async () => {
  await network?.close();
  await centre?.close();
  await lease?.release();
  if (folder) rmSync(folder, { recursive: true });
});

/** A citizen's call, up in the centre. */
async function callIn(number: string) {
  const call = await network.citizen(number).call(CENTRE_NUMBER);
  const start = await centre.until('StasisStart', (event) => event.channel.caller.number === number);
  const channel = start.channel.id;
  await centre.ari.request('POST /channels/{channelId}/answer', { channelId: channel });
  expect(await call.answered).toBe(true);
  return { call, channel, start };
}

test('a citizen calls the centre, presses keys, and hangs up', async () => {
  const { call, channel, start } = await callIn('+16135550111');
  expect(start.channel.dialplan.exten).toBe(CENTRE_NUMBER);
  expect(await call.press('12*#90')).toBe(true);
  await centre.until('ChannelDtmfReceived', (event) => event.channel.id === channel && event.digit === '0');
  const digits = centre.past('ChannelDtmfReceived').filter((event) => event.channel.id === channel);
  expect(digits.map((event) => event.digit).join('')).toBe('12*#90');
  expect(await call.hangUp()).toEqual({ by: 'this_end', cause: 'normal' });
  await centre.until('StasisEnd', (event) => event.channel.id === channel);
  expect(await call.press('1')).toBe(false);
});

test('the centre hangs up, and the citizen learns it', async () => {
  const { call, channel } = await callIn('+16135550112');
  await centre.ari.request('DELETE /channels/{channelId}', { channelId: channel, reason: 'normal' });
  expect(await call.ended).toEqual({ by: 'the_other', cause: 'normal' });
});

test('a citizen who calls a number that the centre does not have is told so', async () => {
  const call = await network.citizen('+16135550113').call('nobody');
  expect(await call.answered).toBe(false);
  expect(await call.ended).toEqual({ by: 'the_other', cause: 'unallocated' });
});

test('a citizen and an agent hear each other, and each hears the other alone', async () => {
  const { call, channel } = await callIn('+16135550114');
  await network.phone('amelie').registered();
  const before = network.invites('amelie');
  const agentChannel = await centre.dial({ agent: 'amelie' });
  const ringing = await network.phone('amelie').nextCall();
  expect(ringing.callerId).toBe(CENTRE_NUMBER);
  ringing.ring();
  await centre.until(
    'ChannelStateChange',
    ({ channel: one }) => one.id === agentChannel && one.state === 'Ringing',
  );
  expect(await ringing.answer()).toBe(true);
  await centre.until('StasisStart', (event) => event.channel.id === agentChannel);
  expect(network.invites('amelie')).toBe(before + 1);

  const bridgeId = 'both';
  await centre.ari.request('POST /bridges', { type: 'mixing', bridgeId });
  await centre.ari.request('POST /bridges/{bridgeId}/addChannel', {
    bridgeId,
    channel: [channel, agentChannel],
  });
  expect(await call.hears(ringing.call.toneHz)).toBe(true);
  expect(await ringing.call.hears(call.toneHz)).toBe(true);
  expect(call.toneHz).not.toBe(ringing.call.toneHz);
  expect(call.heard().map((tone) => tone.toneHz)).toEqual([ringing.call.toneHz]);
  expect(ringing.call.heard().map((tone) => tone.toneHz)).toEqual([call.toneHz]);

  expect(await ringing.call.hangUp()).toEqual({ by: 'this_end', cause: 'normal' });
  await call.hangUp();
  expect(await call.hears(1)).toBe(false);
  await centre.ari.request('DELETE /bridges/{bridgeId}', { bridgeId });
});

const SEEN = {
  busy: [17, 486],
  rejected: [21, 603],
  unallocated: [1, 404],
  no_answer: [19, 480],
  congestion: [34, 503],
} as const;

test.each(REFUSALS)('a citizen refuses with %s, and the centre sees its cause', async (how) => {
  const citizen = network.citizen(HERE);
  const before = network.invites(HERE);
  const channel = await centre.dial({ number: HERE });
  const ringing = await citizen.nextCall();
  expect(await ringing.refuse(how)).toEqual({ by: 'this_end', cause: how });
  expect(await centre.endOf(channel)).toEqual(SEEN[how]);
  expect(network.invites(HERE)).toBe(before + 1);
});

test('what is done by itself: refuse, let ring, answer', async () => {
  const citizen = network.citizen('+16135550124');
  citizen.whenCalled('busy');
  expect(await centre.endOf(await centre.dial({ number: citizen.number }))).toEqual(SEEN.busy);

  citizen.whenCalled('ring');
  const ringing = await centre.dial({ number: citizen.number }, 1);
  await centre.until(
    'ChannelStateChange',
    ({ channel }) => channel.id === ringing && channel.state === 'Ringing',
  );
  expect((await centre.endOf(ringing))[0]).toBe(19);

  citizen.whenCalled('answer');
  const answered = await centre.dial({ number: citizen.number });
  await centre.until('StasisStart', (event) => event.channel.id === answered);

  // Each was given out once, in order, also those that are over.
  const refused = await citizen.nextCall();
  expect(await refused.call.ended).toEqual({ by: 'this_end', cause: 'busy' });
  const given = await citizen.nextCall();
  expect(await given.call.ended).toEqual({ by: 'the_other', cause: 'no_answer' });
  const up = await citizen.nextCall();
  expect(await up.call.answered).toBe(true);
  expect(network.invites(citizen.number)).toBe(3);
  await centre.ari.request('DELETE /channels/{channelId}', { channelId: answered, reason: 'normal' });
  expect(await up.call.ended).toEqual({ by: 'the_other', cause: 'normal' });
});

test('every INVITE is counted, however many come at once', async () => {
  const numbers = Array.from({ length: 5 }, (_, i) => `+1613555014${i}`);
  for (const number of numbers) network.citizen(number).whenCalled('unallocated');
  const channels = await Promise.all(
    Array.from({ length: 20 }, (_, i) => centre.dial({ number: numbers[i % numbers.length]! })),
  );
  for (const channel of channels) expect(await centre.endOf(channel)).toEqual(SEEN.unallocated);
  expect(numbers.map((number) => network.invites(number))).toEqual([4, 4, 4, 4, 4]);
});

test('a phone that is off the network gets no call; back on, it does', async () => {
  const phone = network.phone('bruno');
  await phone.registered();
  await phone.unregister();
  await expect(centre.dial({ agent: 'bruno' })).rejects.toThrow();
  expect(network.invites('bruno')).toBe(0);
  await phone.register();
  const channel = await centre.dial({ agent: 'bruno' });
  await (await phone.nextCall()).refuse('rejected');
  expect(await centre.endOf(channel)).toEqual(SEEN.rejected);
});

/** SIPp, an independent telephone, as the guest. Resolves when it has played its part once. */
function guestDoes(name: string, scenario: string, extra: readonly string[] = []): Promise<unknown> {
  const file = join(folder, `${name}.xml`);
  writeFileSync(file, scenario);
  const { addresses, ports } = options;
  const user = ['-s', CENTRE_NUMBER, '-au', GUEST.name, '-ap', GUEST.secret];
  const once = ['-i', '127.0.0.1', '-m', '1', '-nostdin', ...extra];
  return promisify(execFile)('sipp', ['-sf', file, ...user, ...once, `${addresses.trunk}:${ports.sip}`], {
    cwd: folder,
  });
}

test("a guest's own telephone calls the centre under the guest's number", async () => {
  const ended = guestDoes('calls', GUEST_CALLS);
  const start = await centre.until('StasisStart', (event) => event.channel.caller.number === GUEST.number);
  expect(start.channel.dialplan.exten).toBe(CENTRE_NUMBER);
  await centre.ari.request('POST /channels/{channelId}/answer', { channelId: start.channel.id });
  await ended;
});

test("a guest's telephone that has registered is called at the guest's number", async () => {
  const phone = ['-p', String(lease.first + 5)];
  await guestDoes('registers', GUEST_REGISTERS, phone);
  const answered = guestDoes('answers', GUEST_ANSWERS, phone);
  // The carrier's meter tells it on a connection of its own, which may be behind what the centre sees.
  const counted = new Promise((resolve) => {
    network.onInvite(({ to }) => to === GUEST.number && resolve(to));
  });
  const channel = await centre.dial({ number: GUEST.number });
  await centre.until('StasisStart', (event) => event.channel.id === channel);
  await counted;
  await centre.ari.request('DELETE /channels/{channelId}', { channelId: channel, reason: 'normal' });
  await answered;
  expect(network.invites(GUEST.number)).toBe(1);
});

const GUEST_INVITE = (cseq: number, line: string) => `<send retrans="500"><![CDATA[
INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${GUEST.name}@[remote_ip]>;tag=[call_number]
To: <sip:[service]@[remote_ip]>
Call-ID: [call_id]
CSeq: ${cseq} INVITE
Contact: <sip:${GUEST.name}@[local_ip]:[local_port]>
${line}Max-Forwards: 70
Content-Type: application/sdp
Content-Length: [len]

v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000
]]></send>`;
const GUEST_OTHER = (method: string, cseq: string) => `<send><![CDATA[
${method} sip:[service]@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${GUEST.name}@[remote_ip]>;tag=[call_number]
To: <sip:[service]@[remote_ip]>[peer_tag_param]
Call-ID: [call_id]
CSeq: ${cseq}
Max-Forwards: 70
Content-Length: 0

]]></send>`;
const GUEST_CALLS = `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="guest">
${GUEST_INVITE(1, '')}
<recv response="401" auth="true"/>
${GUEST_OTHER('ACK', '1 ACK')}
${GUEST_INVITE(2, '[authentication]\n')}
<recv response="100" optional="true"/>
<recv response="180" optional="true"/>
<recv response="183" optional="true"/>
<recv response="200"/>
${GUEST_OTHER('ACK', '2 ACK')}
${GUEST_OTHER('BYE', '3 BYE')}
<recv response="200"/>
</scenario>
`;

const GUEST_REGISTER = (cseq: number, line: string) => `<send retrans="500"><![CDATA[
REGISTER sip:[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${GUEST.name}@[remote_ip]>;tag=[call_number]
To: <sip:${GUEST.name}@[remote_ip]>
Call-ID: [call_id]
CSeq: ${cseq} REGISTER
Contact: <sip:${GUEST.name}@[local_ip]:[local_port]>
${line}Max-Forwards: 70
Expires: 300
Content-Length: 0

]]></send>`;
const GUEST_REGISTERS = `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="guest registers">
${GUEST_REGISTER(1, '')}
<recv response="401" auth="true"/>
${GUEST_REGISTER(2, '[authentication]\n')}
<recv response="200"/>
</scenario>
`;
const GUEST_ANSWER = (line: string, body: string) => `<send${body === '' ? '' : ' retrans="500"'}><![CDATA[
SIP/2.0 ${line}
[last_Via:]
[last_From:]
[last_To:];tag=[call_number]
[last_Call-ID:]
[last_CSeq:]
Contact: <sip:${GUEST.name}@[local_ip]:[local_port]>
${body === '' ? 'Content-Length: 0\n' : `Content-Type: application/sdp\nContent-Length: [len]\n\n${body}`}
]]></send>`;
const GUEST_SDP = `v=0
o=- 1 1 IN IP4 [local_ip]
s=-
c=IN IP4 [media_ip]
t=0 0
m=audio [media_port] RTP/AVP 8
a=rtpmap:8 PCMA/8000`;
const GUEST_ANSWERS = `<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="guest answers">
<recv request="INVITE"/>
${GUEST_ANSWER('180 Ringing', '')}
${GUEST_ANSWER('200 OK', GUEST_SDP)}
<recv request="ACK"/>
<recv request="BYE"/>
${GUEST_ANSWER('200 OK', '')}
</scenario>
`;

test('nothing is left behind', async () => {
  await network.idle();
  expect(await network.channels()).toBe(0);
});
