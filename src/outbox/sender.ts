// Sends what is due: webhooks at least once, with the same id each time; a message to a client at most once, since a text
// that comes twice costs twice and frightens. An endpoint that fails is left alone for longer and longer, and set aside
// when that lasts. One target never waits for another.

import type { MessagesFile, WebhookFile } from '../config/outgoing-schema.ts';
import type { CallbackId, NumberKey } from '../core/id.ts';
import type { OutgoingFile } from './collector.ts';
import type { Deliveries, DueDelivery, EndpointRow } from './deliveries.ts';
import { sendEmail } from './email.ts';
import { callHttp } from './http-call.ts';
import { linkMsOf } from './link-life.ts';
import { pauseMs, retryDelayMs } from './pace.ts';
import { type Environment, emailPassword, smsToken, webhookSecrets } from './secrets.ts';
import { signedHeaders } from './signature.ts';
import { type Sent, sendSms } from './sms.ts';
import { BUILT_IN, filledWords, languageOf, SUBJECT } from './wording.ts';

/** What it asks of the vault: destinations, at the moment of sending only. */
export interface Destinations {
  /** E.164 of a number that may be sent a short message; undefined: none, erased, or not a mobile one. */
  mobileOf(numberKey: NumberKey): Promise<string | undefined>;
  emailOf(numberKey: NumberKey): Promise<string | undefined>;
  linkOf(callback: CallbackId, numberKey: NumberKey, expiresAt: number | null): Promise<string>;
}

export type SenderParts = {
  readonly deliveries: Deliveries;
  readonly shard: string;
  readonly destinations: Destinations;
  readonly file: () => OutgoingFile;
  readonly environment: Environment;
  readonly now: () => number;
  /** In [0, 1). */
  readonly chance: () => number;
  readonly log: (line: string) => void;
};

const DAY_S = 86_400;
/** After so many of one target it is looked what else there is, and whether we are to stop. */
const AT_ONCE_MAX = 100;
/** A message to a client that could not be sent for so long misleads. */
const MESSAGE_AGE_MAX_MS = 3_600_000;

export class Sender {
  readonly #parts: SenderParts;
  #isSettled = false;
  readonly #busy = new Set<string>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Begins what is due and does not wait for slow targets; gives how many targets are busy. */
  async catchUp(signal?: AbortSignal): Promise<number> {
    await this.#settle();
    for (const [target, send] of this.#targets()) {
      if (this.#busy.has(target)) continue;
      this.#busy.add(target);
      this.#drain(target, send, signal)
        .catch((error: Error) => this.#parts.log(`outbox: ${target}: ${error.message}`))
        .finally(() => this.#busy.delete(target));
    }
    return this.#busy.size;
  }

  /** The same, and waits until everything due was tried: for tests and for closing. */
  async sendDue(signal?: AbortSignal): Promise<void> {
    await this.#settle();
    await Promise.all(this.#targets().map(([target, send]) => this.#drain(target, send, signal)));
  }

  async #settle(): Promise<void> {
    if (this.#isSettled) return;
    const lost = await this.#parts.deliveries.settleLost(this.#parts.now());
    this.#isSettled = true;
    if (lost > 0) this.#parts.log(`outbox: of ${lost} messages it is not known whether they were sent`);
  }

  #targets(): (readonly [string, (delivery: DueDelivery) => Promise<boolean>])[] {
    const { webhooks = [], messages } = this.#parts.file();
    const hooks = webhooks.map(
      (webhook) => [webhook.id, (delivery: DueDelivery) => this.#post(webhook, delivery)] as const,
    );
    if (messages === undefined) return hooks;
    const write = (delivery: DueDelivery) => this.#write(messages, delivery);
    return [...hooks, ['sms', write], ['email', write]];
  }

  async #drain(
    target: string,
    send: (delivery: DueDelivery) => Promise<boolean>,
    signal?: AbortSignal,
  ): Promise<void> {
    const { deliveries, now } = this.#parts;
    for (let n = 0; n < AT_ONCE_MAX && signal?.aborted !== true; n += 1) {
      const { enabled, paused_to, set_aside_at } = await deliveries.endpoint(target);
      if (!enabled || set_aside_at !== null || paused_to > now()) return;
      const delivery = await deliveries.due(target, now());
      if (delivery === undefined || !(await send(delivery))) return;
    }
  }

  // ------------------------------------------------------------------------------------------ webhooks

  async #post(webhook: WebhookFile, delivery: DueDelivery): Promise<boolean> {
    const { deliveries, environment, now, chance, log } = this.#parts;
    const body = delivery.body ?? '';
    const secrets = webhookSecrets(webhook, environment);
    const outcome = await callHttp({
      method: 'POST',
      url: webhook.url,
      headers: { 'content-type': 'application/json', ...signedHeaders(delivery.id, now(), body, secrets) },
      body,
      allowPrivate: webhook.allowPrivate ?? false,
    });
    const tries = delivery.tries + 1;
    const isTaken = outcome.kind === 'answered' && outcome.status >= 200 && outcome.status < 300;
    log(`outbox: ${delivery.id} ${delivery.what} to ${webhook.id}: ${outcome.said} (try ${tries})`);
    if (isTaken) {
      await deliveries.end(delivery.id, 'delivered', outcome.said, now(), tries);
      await this.#endpointWorks(webhook.id);
      return true;
    }
    // The convention: an endpoint that is gone for good says 410.
    const isGone = outcome.kind === 'answered' && outcome.status === 410;
    const delayMs = retryDelayMs('webhook', tries, chance());
    if (delayMs === null) await deliveries.end(delivery.id, 'failed', outcome.said, now(), tries);
    else await deliveries.later(delivery.id, outcome.said, now() + delayMs, tries);
    await this.#endpointFails(webhook, isGone);
    return false;
  }

  async #endpointWorks(id: string): Promise<void> {
    const before = await this.#parts.deliveries.endpoint(id);
    if (before.failures === 0) return;
    const row: EndpointRow = { ...before, failing_since: null, failures: 0, paused_to: 0 };
    await this.#parts.deliveries.putEndpoint(id, row);
  }

  async #endpointFails({ id, setAsideAfterS = DAY_S }: WebhookFile, isGone: boolean): Promise<void> {
    const { deliveries, now, chance, log } = this.#parts;
    const before = await deliveries.endpoint(id);
    const at = now();
    const failures = before.failures + 1;
    const since = before.failing_since ?? at;
    const isAside = isGone || at - since >= setAsideAfterS * 1_000;
    await deliveries.putEndpoint(id, {
      ...before,
      failing_since: since,
      failures,
      paused_to: at + pauseMs(failures, chance()),
      set_aside_at: isAside ? at : null,
    });
    if (isAside)
      log(
        `outbox: webhook ${id} is set aside, failing since ${new Date(since).toISOString()}; what is for it waits, enable it to go on`,
      );
  }

  // ------------------------------------------------------------------------------------------ messages to clients

  /** True always: the failure of one says nothing of the next. */
  async #write(messages: MessagesFile, delivery: DueDelivery): Promise<boolean> {
    const { deliveries, now, chance, log } = this.#parts;
    if (!(await deliveries.markSending(delivery.id))) return true;
    const tries = delivery.tries + 1;
    const sent = await this.#sent(messages, delivery).catch((error: { code?: string }) => ({
      kind: 'refused' as const,
      said: error.code ?? 'broken',
    }));
    log(`outbox: ${delivery.id} ${delivery.what} by ${delivery.kind}: ${sent.said} (try ${tries})`);
    if (sent.kind === 'sent') await deliveries.end(delivery.id, 'delivered', sent.said, now(), tries);
    else if (sent.kind === 'unknown') await deliveries.end(delivery.id, 'unknown', sent.said, now(), tries);
    else if (sent.kind === 'void') await deliveries.end(delivery.id, 'void', sent.said, now(), tries);
    else {
      const delayMs = retryDelayMs('message', tries, chance());
      if (delayMs === null) await deliveries.end(delivery.id, 'failed', sent.said, now(), tries);
      else await deliveries.later(delivery.id, sent.said, now() + delayMs, tries);
    }
    return true;
  }

  async #sent(
    messages: MessagesFile,
    delivery: DueDelivery,
  ): Promise<Sent | { readonly kind: 'void'; readonly said: string }> {
    const { destinations, environment, now } = this.#parts;
    const { number_key, callback, what, kind } = delivery;
    const chosen = messages.send?.find(({ by, when }) => by === kind && when === what);
    if (chosen === undefined || number_key === null || callback === null)
      return { kind: 'void', said: 'not_wanted' };
    if (now() - delivery.created_at > MESSAGE_AGE_MAX_MS) return { kind: 'void', said: 'too_late' };
    const numberKey = number_key as NumberKey;
    const to = await (kind === 'sms' ? destinations.mobileOf(numberKey) : destinations.emailOf(numberKey));
    if (to === undefined) return { kind: 'void', said: 'no_destination' };
    const language = languageOf(delivery.language);
    const words = (chosen.text ?? BUILT_IN[chosen.when])[language];
    const link = words.includes('{link}')
      ? await this.#linkTo(callback as CallbackId, numberKey, messages.linkBase)
      : null;
    const text = filledWords(words, callback as CallbackId, link);
    const { id } = delivery;
    if (kind === 'sms' && messages.sms !== undefined)
      return sendSms(messages.sms, smsToken(messages, environment), { id, to, text });
    if (kind === 'email' && messages.email !== undefined)
      return sendEmail(messages.email, emailPassword(messages, environment), {
        id,
        to,
        subject: SUBJECT[language],
        text,
      });
    return { kind: 'void', said: 'not_wanted' };
  }

  /** Of a callback that has ended it ends with the others, or as one that was made then would. */
  async #linkTo(callback: CallbackId, numberKey: NumberKey, base = ''): Promise<string> {
    const { deliveries, destinations, file, shard } = this.#parts;
    const endedAt = await deliveries.endOf(shard, callback);
    const expiresAt = endedAt === null ? null : endedAt + linkMsOf(file());
    return `${base.replace(/\/$/, '')}/c/${await destinations.linkOf(callback, numberKey, expiresAt)}`;
  }
}
