// Agents' phones as Asterisk knows them: an endpoint, its address of record and its password, created through ARI's
// dynamic configuration and kept in Asterisk's memory only. Asterisk forgets them when it restarts, so they are written
// again at every resync; writing the same twice changes nothing. It must not know who is signed in or ready.

import type { Seat } from '../telephony.ts';
import type { AriClient } from './ari-client.ts';
import { TRUNK } from './dialplan.ts';

const SEATS_MAX = 10_000;

type Fields = Readonly<Record<string, string>>;

export class Seats {
  readonly #ari: AriClient;
  readonly #log: (line: string) => void;
  /** Null until told: an Asterisk that we take over keeps its phones. */
  #seats: readonly Seat[] | null = null;

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
    const writes = this.#seats.map((seat) => this.#create(seat));
    await Promise.all([...writes, this.#removeOthers(this.#seats)]);
  }

  async #create(seat: Seat): Promise<void> {
    const { agent, secret } = seat;
    await this.#put('auth', agent, { auth_type: 'userpass', username: agent, password: secret });
    // One phone per agent: a phone that starts again takes the place of its former self.
    await this.#put('aor', agent, { max_contacts: '1', remove_existing: 'yes', qualify_frequency: '0' });
    await this.#put('endpoint', agent, {
      context: 'from-agent',
      disallow: 'all',
      allow: 'alaw,ulaw',
      dtmf_mode: 'rfc4733',
      direct_media: 'no',
      rtp_symmetric: 'yes',
      force_rport: 'yes',
      rewrite_contact: 'yes',
      auth: agent,
      aors: agent,
    });
  }

  async #put(objectType: string, id: string, fields: Fields): Promise<void> {
    const body = { fields: Object.entries(fields).map(([attribute, value]) => ({ attribute, value })) };
    const answer = await this.#ari.request(
      'PUT /asterisk/config/dynamic/{configClass}/{objectType}/{id}',
      { configClass: 'res_pjsip', objectType, id },
      body,
    );
    if (!answer.ok && answer.code === 'ari.refused') {
      this.#log(`seat ${id}: Asterisk refused its ${objectType} (${answer.status}); is sorcery.conf ours?`);
    }
  }

  async #removeOthers(seats: readonly Seat[]): Promise<void> {
    const listed = await this.#ari.request('GET /endpoints/{tech}', { tech: 'PJSIP' });
    if (!listed.ok) return;
    const wanted = new Set<string>([TRUNK, ...seats.map((seat) => seat.agent)]);
    const others = listed.value.map((endpoint) => endpoint.resource).filter((agent) => !wanted.has(agent));
    const removals = others.flatMap((id) =>
      ['endpoint', 'aor', 'auth'].map((objectType) =>
        this.#ari.request('DELETE /asterisk/config/dynamic/{configClass}/{objectType}/{id}', {
          configClass: 'res_pjsip',
          objectType,
          id,
        }),
      ),
    );
    await Promise.all(removals);
  }
}
