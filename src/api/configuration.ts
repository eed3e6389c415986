// The configuration in force: its text, what another one would change, and that other one in its place. A document that is
// not right is refused with every mistake, its line and column; nothing of the running configuration is touched then. One
// that is right is one fact, with who gave it and why, and a row of the audit that says what is different.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Checked, DocumentView } from '../config/checked.ts';
import { ConfigurationRefused } from '../config/configuration-file.ts';
import { mistakeLine } from '../config/yaml-file.ts';
import { OutboxFailure } from '../outbox/outbox-failure.ts';
import type { People } from '../people/people.ts';
import type { App } from './agents.ts';
import {
  CHANGES,
  CONFIGURATION,
  CONFIGURATION_CHECKED,
  CONFIGURED,
  DOCUMENT,
  texted,
} from './answer-shapes.ts';
import { byOf } from './identity.ts';
import type { OpenIdSettings } from './openid.ts';
import { problem } from './problem.ts';

/** What puts a document into force; src/centre has the real one. */
export interface ConfigurationRoom {
  readonly hash: string;
  /** The provider where people may sign in; null: none. */
  readonly openId: OpenIdSettings | null;
  document(): DocumentView;
  /** Changes nothing, and never throws for what is wrong in the text. */
  check(text: string): Checked;
  /**
   * Throws ConfigurationRefused, OutboxFailure for a secret that is not there, or ConfigurationOutdated, and has changed
   * nothing then. `name` stands in its messages.
   */
  put(text: string, name: string, asked?: Asked): Promise<Put>;
  /** Of the agents' page: the centre's own client system, with places to fill in; null: none. */
  readonly clientLink: string | null;
}

export type Asked = {
  /** As it stands in the fact. */
  readonly by?: string;
  readonly because?: string;
  /** Of the text that was changed; another is in force meanwhile: refused. */
  readonly version?: string;
};

export type Put = {
  readonly hash: string;
  /** In a few words; empty when the document means what was in force already. */
  readonly changed: string;
};

/** Somebody else has changed it meanwhile. */
export class ConfigurationOutdated extends Error {
  override name = 'ConfigurationOutdated';
  readonly code = 'configuration.outdated';
}

const BODY_MAX_BYTES = 4 * 1024 * 1024;
const YAML = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/plain'];
const NAME = 'configuration';
const closed = { additionalProperties: false } as const;

const yaml = Type.String({ description: 'the whole document, in YAML' });
const recent = Type.Object({ limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 50 })) });
const change = Type.Object(
  {
    yaml,
    version: Type.String({
      maxLength: 64,
      description: 'of the document that was changed, as it was given out',
    }),
    because: Type.String({ minLength: 1, maxLength: 200, description: 'why, in words; kept with the fact' }),
  },
  closed,
);

export function configurationRoutes(app: App, room: ConfigurationRoom, people: People): void {
  const path = '/api/v1/configuration';
  app.addContentTypeParser(YAML, { parseAs: 'string', bodyLimit: BODY_MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.get(path, { schema: { response: CONFIGURATION } }, () => ({ hash: room.hash }));
  const schema = { consumes: YAML, body: yaml, response: CONFIGURED };
  app.put(path, { bodyLimit: BODY_MAX_BYTES, schema }, (request, reply) =>
    put(request, reply, request.body, {}),
  );
  const bodyLimit = 2 * BODY_MAX_BYTES; // as JSON a text is longer
  app.post(
    `${path}/changes`,
    { bodyLimit, schema: { body: change, response: CONFIGURED } },
    (request, reply) => {
      const { yaml: text, version, because } = request.body;
      return put(request, reply, text, { version, because });
    },
  );
  app.get(`${path}/changes`, { schema: { querystring: recent, response: CHANGES } }, async (request) => {
    const rows = await people.audit.recent('configuration.changed', request.query.limit ?? 50);
    const names = new Map<string, string>();
    for (const by of new Set(rows.map((one) => one.by)))
      names.set(by, (await people.account(by))?.name ?? by);
    return {
      changes: rows.map(({ at, by, about, why }) => ({
        at,
        by: names.get(by) ?? by,
        changed: about,
        because: why,
      })),
    };
  });
  const asked = { body: Type.Object({ yaml }, closed), response: CONFIGURATION_CHECKED };
  app.post(`${path}/check`, { bodyLimit, schema: asked }, (request) => room.check(request.body.yaml));
  app.get(`${path}/document`, { schema: { response: DOCUMENT } }, () => room.document());
  app.get(`${path}/file`, { schema: { response: texted('application/yaml') } }, async (request, reply) => {
    await people.note({ by: byOf(request), what: 'configuration.exported', about: room.hash });
    return reply
      .type('application/yaml; charset=utf-8')
      .header('content-disposition', 'attachment; filename="centre.yaml"')
      .send(room.document().yaml);
  });

  async function put(request: FastifyRequest, reply: FastifyReply, text: string, more: Asked) {
    const by = byOf(request);
    try {
      const done = await room.put(text, NAME, { by, ...more });
      const about = done.changed === '' ? 'nothing but its words' : done.changed;
      await people.note({ by, what: 'configuration.changed', about, why: more.because ?? '' });
      return done;
    } catch (error) {
      return refused(reply, error);
    }
  }
}

function refused(reply: FastifyReply, error: unknown) {
  if (error instanceof ConfigurationOutdated) {
    const mend = 'somebody changed the configuration meanwhile; look at it again and make the change anew';
    return problem(reply, 409, error.code, mend);
  }
  if (error instanceof OutboxFailure) return problem(reply, 422, error.code, error.message);
  if (!(error instanceof ConfigurationRefused)) throw error;
  const { mistakes } = error;
  const [first] = mistakes;
  const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
  const detail = first === undefined ? error.message : `${mistakeLine(NAME, first)}${more}`;
  return problem(reply, 422, error.code, detail, { mistakes });
}
