// What leaves the house beside calls, as the configuration file has it: webhooks to the owners' programs and short
// messages to clients. No secret stands here, only the name of an environment variable or
// of a file that holds it: the document is kept in the journal for ever.

import { type Static, Type } from 'typebox';
import { count, seconds } from './callback-schema.ts';
import { closed } from './hours-schema.ts';

const ENVIRONMENT = '^[A-Z][A-Z0-9_]{0,63}$';
const ENDPOINT_ID = '^[a-z][a-z0-9-]{0,31}$';
const HTTP_URL = '^https?://[^\\s/@?#]+[^\\s@#]*$';
const HEADER = '^[A-Za-z][A-Za-z0-9-]{0,63}$';

export const OUTGOING_FORMS: Readonly<Record<string, string>> = {
  [ENVIRONMENT]: 'the name of an environment variable: capitals, digits and _, such as RAPPEL_SMTP_PASSWORD',
  [ENDPOINT_ID]: 'lower case letters, digits and -, at most 32, a letter first',
  [HTTP_URL]: 'an address as https://host/path, without a user or password in it',
  [HEADER]: 'the name of an HTTP header',
};

/** Facts that a webhook may tell of. */
export const WEBHOOK_EVENTS = [
  'callback.registered',
  'callback.asked_on_page',
  'callback.postponed',
  'callback.number_changed',
  'callback.retry_set',
  'callback.connected',
  'callback.again_agreed',
  'callback.completed',
  'callback.unreachable',
  'callback.cancelled',
  'callback.expired',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export const MESSAGE_OCCASIONS = ['registered', 'missed', 'unreachable', 'survey'] as const;
export type MessageOccasion = (typeof MESSAGE_OCCASIONS)[number];

const environment = (description: string) =>
  Type.Optional(Type.String({ pattern: ENVIRONMENT, description }));
const file = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 400, description }));
const url = (description: string) => Type.String({ pattern: HTTP_URL, maxLength: 1_000, description });
const allowPrivate = Type.Optional(
  Type.Boolean({
    default: false,
    description: 'lets the address lie in this network or on this machine, and be without TLS',
  }),
);

export const webhookSchema = Type.Object(
  {
    id: Type.String({ pattern: ENDPOINT_ID, description: 'by which people know it' }),
    url: url('where events are posted to'),
    secretEnv: environment('the variable that holds the secret, whsec_...; several: the newest first'),
    secretFile: file('the file that holds it, readable by its owner only; can be rotated'),
    events: Type.Array(
      Type.Unsafe<WebhookEvent>(Type.Union(WEBHOOK_EVENTS.map((event) => Type.Literal(event)))),
      {
        minItems: 1,
        uniqueItems: true,
      },
    ),
    allowPrivate,
    setAsideAfterS: seconds(60, 2_592_000, 'failing for so long, it is set aside until enabled', 86_400),
  },
  closed,
);

const emailSchema = Type.Object(
  {
    host: Type.String({ minLength: 1, maxLength: 253 }),
    port: Type.Integer({ minimum: 1, maximum: 65_535 }),
    tls: Type.Optional(
      Type.Union([Type.Literal('required'), Type.Literal('from_start'), Type.Literal('never')], {
        default: 'required',
        description: 'required: STARTTLS; never: only to a server of this machine or network',
      }),
    ),
    from: Type.String({ minLength: 3, maxLength: 254 }),
    user: Type.Optional(Type.String({ minLength: 1, maxLength: 254 })),
    passwordEnv: environment('the variable that holds the password'),
    passwordFile: file('the file that holds it'),
  },
  closed,
);

const smsSchema = Type.Object(
  {
    method: Type.Optional(Type.Union([Type.Literal('POST'), Type.Literal('PUT'), Type.Literal('GET')])),
    url: url('the gateway; {to}, {text}, {id} and {token} are filled in, escaped for an address'),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: HEADER }), Type.String({ maxLength: 1_000 }), {
        ...closed,
        maxProperties: 32,
        description: 'such as authorization: "Bearer {token}"',
      }),
    ),
    bodyType: Type.Optional(
      Type.Union([Type.Literal('json'), Type.Literal('form')], {
        default: 'json',
        description: 'how what is filled into the body is escaped',
      }),
    ),
    body: Type.Optional(
      Type.String({ maxLength: 4_000, description: 'with {to}, {text}, {id} and {token} in it' }),
    ),
    tokenEnv: environment('the variable that holds the token of the gateway'),
    tokenFile: file('the file that holds it'),
    success: Type.Optional(
      Type.Object(
        {
          statuses: Type.Optional(
            Type.Array(Type.Integer({ minimum: 100, maximum: 599 }), { minItems: 1, maxItems: 50 }),
          ),
          bodyHas: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
        },
        { ...closed, description: 'what counts as accepted; left out: any status from 200 to 299' },
      ),
    ),
    allowPrivate,
  },
  closed,
);

const words = Type.Object(
  { en: Type.String({ minLength: 1, maxLength: 300 }), fr: Type.String({ minLength: 1, maxLength: 300 }) },
  { ...closed, description: 'instead of the built-in words; {link} and {reference} may stand in them' },
);

export const messagesSchema = Type.Object(
  {
    email: Type.Optional(emailSchema),
    sms: Type.Optional(smsSchema),
    linkBase: Type.Optional(url('the public address of the pages; a link is this and /c/ and a token')),
    linkDays: count(1, 90, 'a link goes on for so many days after its callback has ended', 7),
    send: Type.Optional(
      Type.Array(
        Type.Object(
          {
            when: Type.Unsafe<MessageOccasion>(
              Type.Union(
                MESSAGE_OCCASIONS.map((occasion) => Type.Literal(occasion)),
                {
                  description: 'survey: the page with its questions is open, and nothing else has led there',
                },
              ),
            ),
            by: Type.Union([Type.Literal('sms'), Type.Literal('email')]),
            text: Type.Optional(words),
          },
          closed,
        ),
        { maxItems: 7, description: 'none when left out: no client is written to' },
      ),
    ),
  },
  closed,
);

export type WebhookFile = Static<typeof webhookSchema>;
export type MessagesFile = Static<typeof messagesSchema>;
export type EmailFile = Static<typeof emailSchema>;
export type SmsFile = Static<typeof smsSchema>;
