// A client's e-mail address, given by a program of the owners' that knows it, or by whoever speaks with them: it goes to the
// vault beside the number of their callback, and is told to nobody again. It must not be kept for a number that is of many.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import type { CallbackId, NumberKey } from '../core/id.ts';
import { configurationOf } from '../core/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { People } from '../people/people.ts';
import { isEmailAddress } from '../vault/email-addresses.ts';
import type { App } from './agents.ts';
import { EMAIL_KEPT } from './answer-shapes.ts';
import { byOf } from './identity.ts';
import { problem } from './problem.ts';
import { refuse } from './refusal.ts';

/** What the route asks of the vault. */
export interface EmailRoom {
  put(numberKey: NumberKey, address: string): Promise<void>;
  erase(numberKey: NumberKey): Promise<boolean>;
}

const params = Type.Object({ callback: Type.Integer({ minimum: 1, description: 'id or reference number' }) });
const body = Type.Object(
  { email: Type.String({ minLength: 3, maxLength: 320, description: 'one address, without a name' }) },
  { additionalProperties: false },
);

export function emailRoutes(app: App, engine: Engine, people: People, emails: EmailRoom): void {
  const path = '/api/v1/callbacks/:callback/email';
  app.put(path, { schema: { params, body, response: EMAIL_KEPT } }, async (request, reply) => {
    const id = request.params.callback as CallbackId;
    const known = engine.state.callbacks.get(id);
    if (known === undefined) return refuse(reply, 'callback.unknown');
    const { email } = request.body;
    if (!isEmailAddress(email)) return refuseAddress(reply);
    const isShared = configurationOf(engine.state).numbers.shared.some(
      ({ numberKey }) => numberKey === known.numberKey || numberKey === known.mainKey,
    );
    if (known.byRelay || isShared) return refuseShared(reply);
    await emails.put(known.numberKey, email);
    await people.audit.note({ by: byOf(request), what: 'email.kept', about: known.numberKey });
    return { callback: id, kept: true };
  });
  app.delete(path, { schema: { params, response: EMAIL_KEPT } }, async (request, reply) => {
    const id = request.params.callback as CallbackId;
    const known = engine.state.callbacks.get(id);
    if (known === undefined) return refuse(reply, 'callback.unknown');
    if (await emails.erase(known.numberKey))
      await people.audit.note({ by: byOf(request), what: 'email.removed', about: known.numberKey });
    return { callback: id, kept: false };
  });
}

function refuseAddress(reply: FastifyReply) {
  return problem(
    reply,
    422,
    'email.invalid',
    'this is not one e-mail address; give it as name@host, without a name',
  );
}

/** Whoever is called at this number next would be written to in another's stead. */
function refuseShared(reply: FastifyReply) {
  const mend = 'many clients use this number, and an address is kept with the number; none is kept for it';
  return problem(reply, 422, 'email.number_shared', mend);
}
