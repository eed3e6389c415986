// What a webhook tells of a fact: only fields that are named here, so that a new field of a fact never leaves the house by
// itself. No number and no key of one, no code, no name, no agent, no words of anybody.

import { WEBHOOK_EVENTS, type WebhookEvent } from '../config/outgoing-schema.ts';
import { referenceOf } from '../core/effects.ts';
import type { Fact } from '../core/fact.ts';
import type { CallbackId } from '../core/id.ts';

/** What the outbox knows of a callback. */
export type KnownCallback = {
  readonly callback: CallbackId;
  numberKey: string;
  line: string;
  language: string;
};

const FIELDS: Readonly<Record<WebhookEvent, readonly string[]>> = {
  'callback.registered': ['call', 'place', 'closing'],
  'callback.asked_on_page': ['after', 'place', 'closing'],
  'callback.postponed': ['untilAt', 'cause'],
  'callback.number_changed': [],
  'callback.retry_set': ['untilAt'],
  'callback.connected': ['attempt'],
  'callback.again_agreed': ['untilAt', 'with'],
  'callback.completed': ['talkMs', 'afterClosing'],
  'callback.unreachable': ['cause'],
  'callback.cancelled': [],
  'callback.expired': ['cause'],
};

type EventFact = Extract<Fact, { readonly type: WebhookEvent }>;

export function isEvent(fact: Fact): fact is EventFact {
  return (WEBHOOK_EVENTS as readonly string[]).includes(fact.type);
}

/** The body as it is posted: type, timestamp, data, after the convention. */
export function eventBody(fact: EventFact, at: number, known: KnownCallback | undefined): string {
  const own = fact as unknown as Readonly<Record<string, unknown>>;
  const chosen = FIELDS[fact.type].filter((name) => own[name] !== undefined);
  return JSON.stringify({
    type: fact.type,
    timestamp: new Date(at).toISOString(),
    data: {
      callback: fact.callback,
      reference: referenceOf(fact.callback),
      ...(known === undefined ? {} : { line: known.line, language: known.language }),
      ...Object.fromEntries(chosen.map((name) => [name, own[name]])),
    },
  });
}

/** So that owners can try an endpoint out. */
export function testBody(at: number): string {
  return JSON.stringify({ type: 'test', timestamp: new Date(at).toISOString(), data: {} });
}
