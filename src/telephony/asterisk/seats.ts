// Agents' phones as Asterisk knows them, their own (SIP over UDP) and the one in their page (WebRTC): an endpoint, its
// address of record and its password, created through ARI's dynamic configuration and kept in Asterisk's memory only. Asterisk forgets them when it restarts, so they are written
// again at every resync; writing the same twice changes nothing. It must not know who is signed in or ready.

import type { AgentId } from '../../core/id.ts';
import type { Seat } from '../telephony.ts';
import type { AriClient } from './ari-client.ts';
import { TRUNK } from './dialplan.ts';

const SEATS_MAX = 10_000;

/** A phone registers again this often: an Asterisk that has lost where phones are knows it again within a minute. */
const REGISTERED_MAX_S = 60;

type Fields = Readonly<Record<string, string>>;

export type AgentPhone = {
  readonly endpoint: string;
  /** What it speaks; all are asked for so that the other side may choose. */
  readonly formats: string;
};

const OWN_PHONE: Fields = {
  allow: 'alaw,ulaw',
  rtp_symmetric: 'yes',
  force_rport: 'yes',
  rewrite_contact: 'yes',
};

/**
 * `webrtc` means ICE, DTLS-SRTP with a certificate that Asterisk makes in memory, and sound and its reports on one port
 * (RFC 8834, RFC 8835). Candidates are this machine's own addresses: rtp.conf names no STUN server.
 */
const PAGE_PHONE: Fields = {
  allow: 'opus,ulaw',
  webrtc: 'yes',
  rewrite_contact: 'yes',
  // A browser sends sound all the time, silence too: one that stopped has died, and says no good-bye.
  rtp_timeout: '10',
};

/** No agent's id has such a sign in it. */
export function pageOf(agent: AgentId): string {
  return `page_${agent}`;
}

export class Seats {
  readonly #ari: AriClient;
  readonly #log: (line: string) => void;
  /** Null until told: an Asterisk that we take over keeps its phones. */
  #seats: readonly Seat[] | null = null;
  /** Passwords of the pages that are their agent's phone now. */
  readonly #pages = new Map<AgentId, string>();

  constructor(ari: AriClient, log: (line: string) => void) {
    this.#ari = ari;
    this.#log = log;
  }

  /** The whole set. Phones that are in it no longer may not register, and those registered are forgotten. */
  async set(seats: readonly Seat[]): Promise<void> {
    const refused = seats.find(
      (seat) => !/^[0-9a-z][0-9a-z-]{0,39}$/.test(seat.agent) || seat.agent === TRUNK,
    );
    if (refused)
      throw new Error(`"${refused.agent}" cannot be the name of a phone; use a to z, 0 to 9 and dashes`);
    if (seats.length > SEATS_MAX)
      throw new Error(`${seats.length} phones are more than ${SEATS_MAX}; seat fewer`);
    this.#seats = seats;
    await this.write();
  }

  /** Asks for all of them at once and resolves when Asterisk has them. What is refused is logged; the rest stands. */
  async write(): Promise<void> {
    if (this.#seats === null) return;
    const writes = this.#seats.map(({ agent, secret }) => this.#create(agent, secret, OWN_PHONE));
    const pages = [...this.#pages].map(([agent, secret]) => this.#create(pageOf(agent), secret, PAGE_PHONE));
    await Promise.all([...writes, ...pages, this.#removeOthers(this.#seats)]);
  }

  /** False: Asterisk is away, or refuses it. */
  async lendPage(agent: AgentId, secret: string): Promise<boolean> {
    if (!(await this.#create(pageOf(agent), secret, PAGE_PHONE))) return false;
    this.#pages.set(agent, secret);
    return true;
  }

  async takePageBack(agent: AgentId): Promise<void> {
    this.#pages.delete(agent);
    await this.#remove(pageOf(agent));
  }

  phoneOf(agent: AgentId): AgentPhone {
    return this.#pages.has(agent)
      ? { endpoint: pageOf(agent), formats: 'opus,ulaw' }
      : { endpoint: agent, formats: 'alaw,ulaw' };
  }

  async #create(phone: string, secret: string, fields: Fields): Promise<boolean> {
    const auth = await this.#put('auth', phone, { auth_type: 'userpass', username: phone, password: secret });
    // One phone per agent: a phone that starts again takes the place of its former self.
    const aor = await this.#put('aor', phone, {
      max_contacts: '1',
      remove_existing: 'yes',
      qualify_frequency: '0',
      maximum_expiration: String(REGISTERED_MAX_S),
    });
    const endpoint = await this.#put('endpoint', phone, {
      context: 'from-agent',
      disallow: 'all',
      dtmf_mode: 'rfc4733',
      direct_media: 'no',
      ...fields,
      auth: phone,
      aors: phone,
    });
    return auth && aor && endpoint;
  }

  async #put(objectType: string, id: string, fields: Fields): Promise<boolean> {
    const body = { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) };
    const answer = await this.#ari.request(
      'PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}',
      { configClass: 'res_pjsip', objectType, id },
      body,
    );
    if (!answer.ok && answer.code === 'ari.refused') {
      this.#log(`seat ${id}: Asterisk refused its ${objectType} (${answer.status}); is sorcery.conf ours?`);
    }
    return answer.ok;
  }

  async #removeOthers(seats: readonly Seat[]): Promise<void> {
    const listed = await this.#ari.request('GET /endpoints/{tech}', { tech: 'PJSIP' });
    if (!listed.ok) return;
    const pages = [...this.#pages.keys()].map(pageOf);
    const wanted = new Set<string>([TRUNK, ...seats.map((seat) => seat.agent), ...pages]);
    const others = listed.value.map((endpoint) => endpoint.resource).filter((phone) => !wanted.has(phone));
    await Promise.all(others.map((phone) => this.#remove(phone)));
  }

  async #remove(id: string): Promise<void> {
    const removals = ['endpoint', 'aor', 'auth'].map((objectType) =>
      this.#ari.request('DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}', {
        configClass: 'res_pjsip',
        objectType,
        id,
      }),
    );
    await Promise.all(removals);
  }
}
