// Telephones in browsers as the carrier of the demonstration knows them: a line for each number, created when it is lent
// and gone when it is given back, in the network's own Asterisk. It asks that Asterisk over its REST interface, so it
// may stand in another process than the network. To the centre such a line is a citizen like all others.

import type { Carrier } from '../../api/phone/visitor-phone.ts';
import { FROM_VISITOR, NETWORK, VISITOR_NUMBERS, visitorOf } from './configuration.ts';

export type VisitorLinesOptions = {
  /** Of the network's REST interface, on the loopback. */
  readonly port: number;
  readonly secret: string;
  /** What reaches the centre. */
  readonly centre: string;
};

const OBJECTS = ['auth', 'aor', 'endpoint'] as const;
const LIMIT_MS = 5_000;

type Fields = Readonly<Record<string, string>>;

export class VisitorLines implements Carrier {
  readonly numbers = VISITOR_NUMBERS;
  readonly centre: string;
  readonly port: number;
  readonly #authorization: string;

  constructor({ port, secret, centre }: VisitorLinesOptions) {
    this.port = port;
    this.centre = centre;
    this.#authorization = `Basic ${Buffer.from(`${NETWORK}:${secret}`).toString('base64')}`;
  }

  userOf(number: string): string {
    return visitorOf(number);
  }

  async open(number: string, password: string): Promise<boolean> {
    const name = visitorOf(number);
    const fields: Readonly<Record<(typeof OBJECTS)[number], Fields>> = {
      auth: { auth_type: 'userpass', username: name, password },
      aor: { max_contacts: '1', remove_existing: 'yes' },
      endpoint: {
        context: FROM_VISITOR,
        disallow: 'all',
        // As on the telephone, and nothing is coded twice on the way.
        allow: 'ulaw,alaw',
        webrtc: 'yes',
        rewrite_contact: 'yes',
        direct_media: 'no',
        // A browser that died says no good-bye.
        rtp_timeout: '10',
        dtmf_mode: 'rfc4733',
        callerid: `<${number}>`,
        auth: name,
        aors: name,
      },
    };
    for (const object of OBJECTS) if (!(await this.#ask('PUT', object, name, fields[object]))) return false;
    return true;
  }

  async close(number: string): Promise<void> {
    const name = visitorOf(number);
    await Promise.all(OBJECTS.map((object) => this.#ask('DELETE', object, name)));
  }

  async #ask(method: 'PUT' | 'DELETE', object: string, name: string, fields?: Fields): Promise<boolean> {
    const url = `http://127.0.0.1:${this.port}/ari/asterisk/config/dynamic/res_pjsip/${object}/${name}`;
    const pairs = Object.entries(fields ?? {}).map(([attribute, value]) => ({ attribute, value }));
    try {
      const answer = await fetch(url, {
        method,
        signal: AbortSignal.timeout(LIMIT_MS),
        headers: { authorization: this.#authorization, 'content-type': 'application/json' },
        ...(fields === undefined ? {} : { body: JSON.stringify({ fields: pairs }) }),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false; // not there yet, or gone
    }
  }
}
