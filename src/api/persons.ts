// The rights of persons, for admins: everything that is held on whoever has a number, and all of it forgotten. The number
// stands in the body, so that it is in no address and no log; it is looked for and not remembered.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { personText } from '../rights/person-text.ts';
import type { PersonCode, PersonRoom } from '../rights/persons.ts';
import { languageSchema } from './accounts.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';
import { type NumberBody, numberBody } from './number-body.ts';
import { problem } from './problem.ts';
import { refuse, refuseNumber } from './refusal.ts';

const closed = { additionalProperties: false } as const;
const exportBody = Type.Object(
  {
    ...numberBody.properties,
    why: Type.String({ minLength: 3, maxLength: 200, description: 'why it is asked; kept in the audit' }),
    language: Type.Optional(languageSchema),
  },
  closed,
);
const rows = (of: string) => Type.Array(Type.Object({}, { additionalProperties: true }), { description: of });
const held = Type.Object({
  keys: Type.Array(Type.String()),
  numbers: rows('what the vault has: key, number with its extension, since when'),
  emails: Type.Array(Type.String()),
  neverCall: Type.Boolean(),
  openCallbacks: rows('callbacks that have not ended'),
  openCalls: rows('calls on the line now'),
  records: Type.Object({
    calls: rows('calls that have ended'),
    places: rows('places in line, with what was told'),
    callbacks: rows('callbacks that have ended'),
    attempts: rows('each try to reach the client'),
    surveys: rows('what was asked and answered'),
  }),
  notes: rows('what agents wrote about callbacks'),
  links: rows('links that were sent; not the links themselves'),
  deliveries: rows('messages to the client'),
  searches: rows('who looked for the number, when and why; not their names'),
  text: Type.String({ description: 'the same for people to read, in the language that was asked for' }),
});
const count = Type.Integer({ minimum: 0 });
const erased = Type.Object({
  keys: count,
  numbers: count,
  emails: count,
  cancelled: Type.Integer({ minimum: 0, description: 'callbacks that were pending' }),
  calls: count,
  callbacks: count,
  notes: count,
  links: count,
  deliveries: count,
});

export function personRoutes(app: App, persons: PersonRoom): void {
  const path = '/api/v1/persons';
  const find = ({ number, extension }: NumberBody) =>
    persons.find(extension === undefined ? number : `${number};ext=${extension}`);
  app.post(
    `${path}/export`,
    { schema: { body: exportBody, response: { 200: held } } },
    async (request, reply) => {
      const { why, language = request.identity?.language ?? 'en', ...number } = request.body;
      const found = find(number as NumberBody);
      if ('code' in found) return refuseNumber(reply, found.code);
      const all = await persons.held(found, byOf(request), why);
      if ('refused' in all) return refusePerson(reply, all.refused);
      return { ...all, text: personText(all, language) } as never;
    },
  );
  app.post(
    `${path}/erase`,
    { schema: { body: numberBody, response: { 200: erased } } },
    async (request, reply) => {
      const found = find(request.body as NumberBody);
      if ('code' in found) return refuseNumber(reply, found.code);
      const gone = await persons.erase(found, byOf(request));
      return 'refused' in gone ? refusePerson(reply, gone.refused) : gone;
    },
  );
}

function refusePerson(reply: FastifyReply, code: PersonCode) {
  if (code !== 'person.too_much') return refuse(reply, code);
  const mend =
    'this number has more than one person can have: it is shared by many; give the extension of the one who asks';
  return problem(reply, 422, code, mend);
}
