// The telephony port on a real Asterisk. Hands do effects, the mouth speaks, ears hear, legs are what they have in
// common; here they are put together and the socket's coming and going is told. Between `telephony.lost` and
// `telephony.resynced` effects do nothing: the resync tells what lives, and the house asks again for what it wants.
// It knows nothing of calls, places or agents' states.

import { assert } from '../../core/assert.ts';
import type { Effect } from '../../core/effect.ts';
import type { AgentId, Channel } from '../../core/id.ts';
import type { House, Seat, Telephony } from '../telephony.ts';
import { AriClient } from './ari-client.ts';
import type { AriAddress } from './ari-socket.ts';
import type { AriEvent } from './ari-types.ts';
import { APP, TRUNK_APP } from './dialplan.ts';
import { Ears } from './ears.ts';
import { DialFence } from './fence.ts';
import { Hands } from './hands.ts';
import { Legs } from './legs.ts';
import type { Voice } from './prompts.ts';
import { resync, subscribe } from './resync.ts';
import { ringsFirst } from './ring-order.ts';
import { Seats } from './seats.ts';

export type AsteriskTelephonyOptions = {
  readonly ari: Omit<AriAddress, 'apps'>;
  /** The same as in Asterisk's configuration. Asterisk outlives us, so they must be kept across our restarts. */
  readonly fence: { readonly port: number; readonly secret: string };
  readonly voice: Voice;
  /** How long open() may take; 20 s when left out. */
  readonly openWithinMs?: number;
  readonly log?: (line: string) => void;
  /** Another program took over the calls; nothing more will come, and this one should end. */
  readonly replaced?: () => void;
};

export class AsteriskTelephony implements Telephony {
  readonly #options: AsteriskTelephonyOptions;
  readonly #ari: AriClient;
  readonly #seats: Seats;
  readonly #log: (line: string) => void;
  #fence: DialFence | undefined;
  #legs: Legs | undefined;
  #hands: Hands | undefined;
  /** True from a resync to the loss of its socket. */
  #live = false;

  constructor(options: AsteriskTelephonyOptions) {
    this.#options = options;
    this.#log = options.log ?? (() => {});
    this.#ari = new AriClient({ address: { ...options.ari, apps: [APP, TRUNK_APP] }, log: this.#log });
    this.#seats = new Seats(this.#ari, this.#log);
  }

  async open(house: House): Promise<void> {
    assert(!this.#hands, 'telephony is opened once');
    const legs = new Legs((leg, cause) => {
      hands.mouth.close(leg);
      house.tell({ type: 'channel.ended', channel: leg.channel, cause });
    });
    const { voice } = this.#options;
    const phoneOf = (agent: AgentId) => this.#seats.phoneOf(agent);
    const hands = new Hands({ ari: this.#ari, legs, house, voice, phoneOf, log: this.#log });
    const ears = new Ears(house, legs, hands);
    this.#legs = legs;
    this.#hands = hands;
    const ask = (attempt: string) => house.askDial(attempt);
    this.#fence = await DialFence.listen({ ...this.#options.fence, ask, log: this.#log });
    const owner = {
      connected: () => this.#resync(house, legs, hands, ears),
      event: (event: AriEvent) => ears.hear(event),
      disconnected: () => this.#lose(house),
      replaced: () => {
        this.#lose(house);
        this.#options.replaced?.();
      },
    };
    try {
      await this.#ari.open(owner, this.#options.openWithinMs ?? 20_000);
    } catch (error) {
      await this.#fence.close();
      throw error;
    }
  }

  perform(effects: readonly Effect[]): void {
    const isPhone = (channel: Channel): boolean => this.#legs?.get(channel)?.kind === 'ring';
    for (const effect of ringsFirst(effects, isPhone)) if (this.#live) this.#hands?.perform(effect);
  }

  seat(seats: readonly Seat[]): Promise<void> {
    return this.#seats.set(seats);
  }

  /** A page may register as this agent's phone, and is rung instead of their own. False: Asterisk is away. */
  lendPage(agent: AgentId, secret: string): Promise<boolean> {
    return this.#seats.lendPage(agent, secret);
  }

  takePageBack(agent: AgentId): Promise<void> {
    return this.#seats.takePageBack(agent);
  }

  /** Calls go on in Asterisk without us; whoever opens next finds them. */
  async close(): Promise<void> {
    this.#live = false;
    this.#ari.close();
    this.#legs?.close();
    await this.#fence?.close();
  }

  async #resync(house: House, legs: Legs, hands: Hands, ears: Ears): Promise<void> {
    await subscribe(this.#ari);
    await this.#seats.write();
    const found = await resync(this.#ari);
    legs.agree(found);
    this.#live = true;
    const channels = [...found.legs.values()].map((leg) => ({ channel: leg.channel, up: leg.answered }));
    house.tell({ type: 'telephony.resynced', channels });
    for (const { channel, dnis } of found.callers) ears.tellArrival(channel, dnis);
    for (const leg of legs.all()) void hands.mouth.lookAgain(leg);
  }

  #lose(house: House): void {
    if (!this.#live) return;
    this.#live = false;
    house.tell({ type: 'telephony.lost' });
  }
}
