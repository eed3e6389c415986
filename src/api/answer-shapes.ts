// What comes back from the routes of agents, callbacks, owners, the outbox and the stand, as OpenAPI tells it and as answers
// are written: a field that does not stand here does not leave. It must not know how an answer is made.

import { type TSchema, Type } from 'typebox';

/** In handlers the type of what is answered, in OpenAPI the shape. */
const shape = (schema: TSchema) => Type.Unsafe<object>(schema);
const whole = (description?: string) => Type.Integer(description === undefined ? {} : { description });
const orNull = (of: TSchema, description?: string) =>
  Type.Union([of, Type.Null()], description === undefined ? {} : { description });
const text = Type.String();
const texts = Type.Array(Type.String());
const optional = Type.Optional;

const agent = Type.Object({
  agent: text,
  state: Type.String({
    description: 'ready, reserved, consulted, on_call, clearing, wrap_up, not_ready or signed_out',
  }),
  since: optional(whole('UTC ms')),
  lines: optional(texts),
  languages: optional(texts),
  reason: optional(Type.String({ description: 'why not ready' })),
  asksTone: optional(Type.Boolean({ description: 'how the last conversation felt may be told now' })),
});
const callback = Type.Object({
  callback: whole(),
  reference: Type.String({ description: 'as the client was told' }),
  state: text,
  line: optional(text),
  language: optional(text),
  place: optional(whole()),
  rank: optional(whole('its number in the line by its key; 1 is next')),
  relay: optional(Type.Boolean()),
  attempts: optional(whole('calls that did not reach the client')),
  registeredAt: optional(whole('UTC ms')),
  notBefore: optional(orNull(whole(), 'UTC ms; null: as soon as its turn comes')),
});
const switched = Type.Object({
  name: text,
  line: orNull(text, 'null: the whole centre'),
  on: Type.Boolean(),
  inForce: Type.Boolean({ description: 'of a line: its own and that of the centre' }),
  reason: orNull(text),
  by: orNull(text),
  at: orNull(whole(), 'UTC ms; null: never turned'),
});
const delivery = Type.Object({
  serial: whole(),
  id: text,
  kind: text,
  target: text,
  what: text,
  callback: orNull(whole()),
  state: text,
  tries: whole(),
  nextAt: whole(),
  createdAt: whole(),
  endedAt: orNull(whole()),
  said: text,
});
const endpoint = Type.Object({
  id: text,
  url: text,
  events: texts,
  state: text,
  failingSince: orNull(whole()),
  failures: whole(),
  waiting: whole(),
});
const next = orNull(whole(), 'give it in the next request; null: that was all');
const stand = Type.Object({
  at: whole(),
  calls: whole(),
  lines: Type.Array(
    Type.Object({
      ...{
        line: text,
        holding: whole(),
        callbacks: whole('away, waiting for their turn'),
        retrying: whole(),
      },
      ...{ withAgent: whole(), longestWaitMs: whole() },
    }),
  ),
  agents: Type.Array(Type.Object({ agent: text, state: text, reason: text, sinceMs: whole() })),
});

const ok = (schema: TSchema) => ({ 200: shape(schema) });

export const AGENT = ok(agent);
export const AGENTS = ok(Type.Object({ agents: Type.Array(agent) }));
export const STAND = ok(stand);
export const JOURNAL = ok(Type.Object({ seq: whole(), hash: text }));
export const CALLBACK = ok(callback);
export const CALLBACKS = ok(Type.Object({ callbacks: Type.Array(callback), next }));
export const EMAIL_KEPT = ok(
  Type.Object({ callback: whole(), kept: Type.Boolean({ description: 'whether an address is kept' }) }),
);
export const SWITCH = ok(switched);
export const SWITCHES = ok(Type.Object({ switches: Type.Array(switched) }));
export const NEVER_CALL = ok(Type.Object({ numberKey: text, barred: Type.Boolean() }));
export const PRIORITY = ok(Type.Object({ place: whole(), id: text, reason: text }));
export const CONFIGURATION = ok(Type.Object({ hash: text }));
export const CONFIGURED = ok(
  Type.Object({ hash: text, changed: Type.String({ description: 'empty: it means what was in force' }) }),
);
const mistake = Type.Object({
  line: whole('counted from 1; 0: of the document as a whole'),
  column: whole(),
  where: Type.String({ description: 'as lines[2].key' }),
  what: text,
  mend: text,
});
const day = { date: text, hours: text };
const documentChange = Type.Object({
  path: Type.Array(text, { description: 'from the whole to the part; things of a list by their names' }),
  before: optional(Type.Unsafe<unknown>({ description: 'left out: it was not there' })),
  after: optional(Type.Unsafe<unknown>({ description: 'left out: it is not there any more' })),
});
export const CONFIGURATION_CHECKED = ok(
  Type.Object({
    mistakes: Type.Array(mistake),
    version: Type.String({ description: 'of the document it was compared with' }),
    changes: Type.Array(documentChange),
    lines: Type.Array(
      Type.Object({
        ...{ id: text, timeZone: text, offeredNow: text },
        week: Type.Array(Type.Object(day)),
        nextSpecialDays: Type.Array(Type.Object({ ...day, why: text })),
      }),
    ),
  }),
);
const said = Type.Object({
  text: Type.String({ description: 'what is said' }),
  releaseText: Type.String({ description: 'what the release says' }),
  source: text,
  replacedAt: orNull(whole(), "UTC ms: since when the owners' own sound is said; null: the release's is"),
  isPlayable: Type.Boolean(),
});
const ofBoth = (of: TSchema) => Type.Object({ en: of, fr: of });
export const PROMPTS = ok(
  Type.Object({
    phrases: Type.Array(Type.Object({ id: text, en: said, fr: said })),
    recordings: Type.Array(
      Type.Object({
        ...{ name: text, line: text, part: text, text: ofBoth(text) },
        changedAt: ofBoth(orNull(whole(), 'UTC ms; null: it is not there')),
      }),
    ),
  }),
);
export const RECORDED = ok(Type.Object({ name: text, language: text }));
export const CHANGES = ok(
  Type.Object({
    changes: Type.Array(
      Type.Object({
        at: whole('UTC ms'),
        by: Type.String({ description: 'the name of the account, else its id' }),
        changed: Type.String({ description: 'in a few words' }),
        because: text,
      }),
      { description: 'the newest first' },
    ),
  }),
);
export const DOCUMENT = ok(
  Type.Object({
    hash: text,
    version: Type.String({ description: 'give it with a change' }),
    yaml: Type.String({ description: 'as it was written, with its comments' }),
    numbersUnsaid: whole('shared numbers that count and are not in the text'),
    startedWith: orNull(text, 'the file that counts again at the next start; null: what is in force goes on'),
  }),
);
export const DELIVERIES = ok(Type.Object({ deliveries: Type.Array(delivery), next }));
export const DELIVERY_DUE = ok(Type.Object({ id: text, state: text }));
export const ENDPOINTS = ok(Type.Object({ endpoints: Type.Array(endpoint) }));
export const ENDPOINT = ok(endpoint);
export const TEST_SENT = ok(Type.Object({ id: text }));
const line = {
  user: Type.String({ description: 'SIP user name' }),
  password: Type.String({ description: 'good while the page is joined, and a minute longer' }),
  path: Type.String({ description: 'of the WebSocket for SIP (RFC 7118)' }),
};
export const PHONE_LINE = ok(Type.Object(line));
export const PHONE_ENDED = ok(Type.Object({ ended: Type.Boolean() }));
const centre = Type.String({ description: 'what to dial' });
export const VISITOR_PHONE = ok(Type.Object({ centre }));
export const VISITOR_LINE = ok(
  Type.Object({ number: Type.String({ description: 'E.164; it belongs to nobody' }), centre, ...line }),
);
export const SECRET = ok(Type.Object({ secret: Type.String({ description: 'shown this once' }) }));

/** Answers that are texts of several types, written by themselves. */
export const texted = (...types: readonly string[]) => ({
  200: {
    content: Object.fromEntries(
      types.map((type) => [type, { schema: type.endsWith('json') ? {} : { type: 'string' } }]),
    ),
  },
});
