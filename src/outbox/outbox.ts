// The outbox: whatever leaves the house beside calls. The collector follows the journal, the sender follows the
// deliveries; what owners ask of both is here. It decides nothing about callbacks, and a centre without webhooks and
// messages sends nothing.

import { randomBytes } from 'node:crypto';
import type { WebhookFile } from '../config/outgoing-schema.ts';
import type { NumberKey } from '../core/id.ts';
import { Follower } from '../records/follower.ts';
import type { FactSource } from '../records/projector.ts';
import { Collector } from './collector.ts';
import { Deliveries, type DeliveryView } from './deliveries.ts';
import { testBody } from './outgoing-event.ts';
import { rotateSecret } from './secrets.ts';
import { Sender, type SenderParts } from './sender.ts';

export type EndpointView = {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly state: 'enabled' | 'disabled' | 'set_aside';
  readonly failingSince: number | null;
  readonly failures: number;
  readonly waiting: number;
};

/** What the API asks. `null`: there is no such endpoint or delivery. */
export interface OutboxRoom {
  deliveries(before: number, limit: number, state?: string): Promise<readonly DeliveryView[]>;
  endpoints(): Promise<readonly EndpointView[]>;
  enable(id: string, enabled: boolean): Promise<EndpointView | null>;
  test(id: string): Promise<{ readonly id: string } | null>;
  /** The new secret, shown once. Throws OutboxFailure when it is not ours to change. */
  rotate(id: string): Promise<{ readonly secret: string } | null>;
  retry(id: string): Promise<boolean>;
}

export type OutboxParts = Omit<SenderParts, 'deliveries' | 'shard'> & {
  readonly pool: ConstructorParameters<typeof Deliveries>[0];
  readonly source: FactSource;
  /** Forgets what the vault holds of persons who were erased; asked until it has succeeded. */
  readonly erase?: (numberKeys: readonly NumberKey[]) => Promise<void>;
};

export class Outbox implements OutboxRoom {
  readonly #parts: OutboxParts;
  readonly #deliveries: Deliveries;
  readonly #collecting: Follower;
  readonly #sending: Follower;

  private constructor(parts: OutboxParts, collector: Collector) {
    this.#parts = parts;
    this.#deliveries = new Deliveries(parts.pool);
    const sender = new Sender({ ...parts, shard: parts.source.shard, deliveries: this.#deliveries });
    this.#collecting = new Follower(collector, parts.log, 'outbox');
    this.#sending = new Follower(sender, parts.log, 'outbox');
  }

  /** `newestSeq`: of the journal now. */
  static async open(parts: OutboxParts, newestSeq: number): Promise<Outbox> {
    const collector = new Collector(parts.pool, parts.source, parts.file, parts.erase);
    await collector.open(newestSeq);
    return new Outbox(parts, collector);
  }

  /** Something was committed. */
  wake(): void {
    this.#collecting.wake();
  }

  /** Resolves when facts up to this one were looked through, and who was erased by one of them is forgotten. */
  reached(seq: number): Promise<void> {
    this.#collecting.wake();
    return this.#collecting.reached(seq);
  }

  async close(): Promise<void> {
    await Promise.all([this.#collecting.close(), this.#sending.close()]);
  }

  deliveries(before: number, limit: number, state?: string): Promise<readonly DeliveryView[]> {
    return this.#deliveries.list(before, limit, state);
  }

  endpoints(): Promise<readonly EndpointView[]> {
    return Promise.all((this.#parts.file().webhooks ?? []).map((webhook) => this.#view(webhook)));
  }

  async enable(id: string, enabled: boolean): Promise<EndpointView | null> {
    const webhook = this.#webhook(id);
    if (webhook === undefined) return null;
    const fresh = { failing_since: null, failures: 0, paused_to: 0, set_aside_at: null };
    const before = await this.#deliveries.endpoint(id);
    await this.#deliveries.putEndpoint(id, enabled ? { ...fresh, enabled } : { ...before, enabled });
    this.#sending.wake();
    return this.#view(webhook);
  }

  async test(id: string): Promise<{ readonly id: string } | null> {
    if (this.#webhook(id) === undefined) return null;
    const now = this.#parts.now();
    const delivery = `evt_test_${randomBytes(12).toString('hex')}`;
    await this.#deliveries.addTest(delivery, id, testBody(now), now);
    this.#sending.wake();
    return { id: delivery };
  }

  async rotate(id: string): Promise<{ readonly secret: string } | null> {
    const webhook = this.#webhook(id);
    return webhook === undefined ? null : { secret: rotateSecret(webhook, this.#parts.environment) };
  }

  async retry(id: string): Promise<boolean> {
    const isDue = await this.#deliveries.retry(id, this.#parts.now());
    this.#sending.wake();
    return isDue;
  }

  #webhook(id: string): WebhookFile | undefined {
    return this.#parts.file().webhooks?.find((webhook) => webhook.id === id);
  }

  async #view({ id, url, events }: WebhookFile): Promise<EndpointView> {
    const row = await this.#deliveries.endpoint(id);
    const state = row.set_aside_at !== null ? 'set_aside' : row.enabled ? 'enabled' : 'disabled';
    const waiting = await this.#deliveries.waiting(id);
    const { origin, pathname } = new URL(url); // what follows may be a secret of the receiver's
    const { failing_since: failingSince, failures } = row;
    return { id, url: `${origin}${pathname}`, events, state, failingSince, failures, waiting };
  }
}
