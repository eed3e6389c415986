// The configuration in force, and another one in its place. A document that is not right is refused with every mistake,
// its line and column; nothing of the running configuration is touched then. One that is right is one fact.

import { Type } from 'typebox';
import { ConfigurationRefused } from '../config/configuration-file.ts';
import { mistakeLine } from '../config/yaml-file.ts';
import type { App } from './agents.ts';
import { CONFIGURATION, CONFIGURED } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import type { OpenIdSettings } from './openid.ts';
import { problem } from './problem.ts';

/** What puts a document into force; src/centre has the real one. */
export interface ConfigurationRoom {
  readonly hash: string;
  /** The provider where people may sign in; null: none. */
  readonly openId: OpenIdSettings | null;
  /** Throws ConfigurationRefused, and has changed nothing then. `name` stands in its messages, `by` in the fact. */
  put(text: string, name: string, by?: string): Promise<Put>;
}

export type Put = {
  readonly hash: string;
  /** In a few words; empty when the document means what was in force already. */
  readonly changed: string;
};

const BODY_MAX_BYTES = 4 * 1024 * 1024;
const YAML = ['application/yaml', 'application/x-yaml', 'text/yaml', 'text/plain'];

export function configurationRoutes(app: App, room: ConfigurationRoom): void {
  const path = '/api/v1/configuration';
  app.addContentTypeParser(YAML, { parseAs: 'string', bodyLimit: BODY_MAX_BYTES }, (_request, body, done) =>
    done(null, body),
  );
  app.get(path, { schema: { response: CONFIGURATION } }, () => ({ hash: room.hash }));
  const schema = {
    consumes: YAML,
    body: Type.String({ description: 'the whole document, in YAML' }),
    response: CONFIGURED,
  };
  app.put(path, { bodyLimit: BODY_MAX_BYTES, schema }, async (request, reply) => {
    try {
      return await room.put(request.body, 'configuration', byOf(request));
    } catch (error) {
      if (!(error instanceof ConfigurationRefused)) throw error;
      const { mistakes } = error;
      const [first] = mistakes;
      const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
      const detail = first === undefined ? error.message : `${mistakeLine('configuration', first)}${more}`;
      return problem(reply, 422, error.code, detail, { mistakes });
    }
  });
}
