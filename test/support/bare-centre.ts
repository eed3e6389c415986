// A centre with nothing in it, for tests of the network alone: an Asterisk with a trunk and agents' places, driven by
// the test itself over ARI. It must not know Rappel's own telephony, so that the network is judged by itself.

import { type NetworkOptions, renderNetwork } from '../../src/demo/network/configuration.ts';
import { type RunningAsterisk, startAsterisk } from '../../src/local/asterisk.ts';
import type { AsteriskBinary } from '../../src/local/asterisk-binary.ts';
import { AriSocket } from '../../src/telephony/asterisk/ari-socket.ts';
import type { AriEvent } from '../../src/telephony/asterisk/ari-types.ts';

const APP = 'bare';
const SECRET = 'bare-secret';

type EventOf<T extends AriEvent['type']> = Extract<AriEvent, { type: T }>;

export class BareCentre {
  readonly #asterisk: RunningAsterisk;
  readonly #past: AriEvent[] = [];
  readonly #waiting = new Set<(event: AriEvent) => void>();
  ari!: AriSocket;
  #lastCall = 0;

  private constructor(asterisk: RunningAsterisk) {
    this.#asterisk = asterisk;
  }

  static async start(options: {
    readonly binary: AsteriskBinary;
    readonly runDir: string;
    readonly network: NetworkOptions;
    readonly httpPort: number;
    readonly rtp: readonly [number, number];
  }): Promise<BareCentre> {
    const asterisk = await startAsterisk({
      binary: options.binary,
      runDir: options.runDir,
      configuration: render(options.network, options.httpPort, options.rtp),
      name: 'bare',
    });
    const centre = new BareCentre(asterisk);
    const address = {
      host: '127.0.0.1',
      port: options.httpPort,
      user: APP,
      password: SECRET,
      apps: [APP] as const,
    };
    centre.ari = await AriSocket.connect(address, {
      event: (event) => centre.#note(event),
      closed: () => {},
    });
    return centre;
  }

  /** The first event of this type, past or to come, of which this is true. */
  until<T extends AriEvent['type']>(type: T, is: (event: EventOf<T>) => boolean): Promise<EventOf<T>> {
    const matches = (event: AriEvent): event is EventOf<T> => event.type === type && is(event as EventOf<T>);
    const past = this.#past.find(matches);
    if (past) return Promise.resolve(past as EventOf<T>);
    return new Promise((resolve) => {
      const look = (event: AriEvent) => {
        if (!matches(event)) return;
        this.#waiting.delete(look);
        resolve(event);
      };
      this.#waiting.add(look);
    });
  }

  past<T extends AriEvent['type']>(type: T): EventOf<T>[] {
    return this.#past.filter((event): event is EventOf<T> => event.type === type);
  }

  /** Dials a citizen by number, or an agent's phone; gives the channel. */
  async dial(to: { number: string } | { agent: string }, timeoutSeconds = 60): Promise<string> {
    this.#lastCall += 1;
    const channelId = `dialled-${String(this.#lastCall).padStart(6, '0')}`;
    const endpoint = 'number' in to ? `PJSIP/${to.number}@trunk` : `PJSIP/${to.agent}`;
    const placed = await this.ari.request('POST /channels', {
      endpoint,
      app: APP,
      channelId,
      callerId: '+16135550000',
      formats: 'alaw',
      timeout: timeoutSeconds,
    });
    if (!placed.ok) throw new Error(placed.text);
    return channelId;
  }

  /** How the centre saw a call of its own end: cause and SIP answer. */
  async endOf(channel: string): Promise<readonly [number, number]> {
    const event = await this.until('ChannelDestroyed', (one) => one.channel.id === channel);
    return [event.cause, event.tech_cause ?? 0];
  }

  async close(): Promise<void> {
    this.ari.close('the test is over');
    await this.#asterisk.stop();
  }

  #note(event: AriEvent): void {
    this.#past.push(event);
    for (const look of this.#waiting) look(event);
  }
}

/** As the network's own configuration, seen from the other side. */
function render(
  network: NetworkOptions,
  httpPort: number,
  rtp: readonly [number, number],
): Record<string, string> {
  const base = renderNetwork(network);
  const agents = network.agents.map(
    ({ agent, secret }) => `
[${agent}]
type = endpoint
context = lost
disallow = all
allow = alaw
direct_media = no
auth = ${agent}
aors = ${agent}
[${agent}]
type = auth
auth_type = userpass
username = ${agent}
password = ${secret}
[${agent}]
type = aor
max_contacts = 1
remove_existing = yes
`,
  );
  return {
    'modules.conf': base['modules.conf']!.replace('load = res_pjsip_outbound_registration.so\n', '').concat(
      'load = bridge_native_rtp.so\n',
    ),
    'http.conf': `[general]\nenabled = yes\nbindaddr = 127.0.0.1\nbindport = ${httpPort}\n`,
    'ari.conf': `[general]\nenabled = yes\n[${APP}]\ntype = user\nread_only = no\npassword = ${SECRET}\n`,
    'logger.conf': base['logger.conf']!,
    'rtp.conf': `[general]\nrtpstart = ${rtp[0]}\nrtpend = ${rtp[1]}\n`,
    'indications.conf': base['indications.conf']!,
    'websocket_client.conf': '',
    'chan_websocket.conf': '',
    'extensions.conf': `[from-trunk]
exten => _[+0-9]!,1,Stasis(${APP})
 same => n,Hangup()
`,
    'pjsip.conf': `[global]
type = global
endpoint_identifier_order = ip,username
[udp]
type = transport
protocol = udp
bind = ${network.centre}
[trunk]
type = endpoint
context = from-trunk
disallow = all
allow = alaw
direct_media = no
aors = trunk
[trunk]
type = aor
contact = sip:${network.addresses.trunk}:${network.ports.sip}
[trunk]
type = identify
endpoint = trunk
match = ${network.addresses.trunk}
${agents.join('')}`,
  };
}
