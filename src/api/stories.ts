// POST /api/v1/stories: the stories of callbacks fact by fact, for pages, by reference or by the client's number; the same
// stories that /search tells in words. POST, so that a number stands in no address and no log; it goes to the vault, and
// only its key is compared.

import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { referenceOf } from '../core/effects.ts';
import type { CallbackId } from '../core/id.ts';
import { isDialable } from '../core/number.ts';
import type { Engine } from '../engine/engine.ts';
import type { People } from '../people/people.ts';
import type { Stories } from '../records/stories.ts';
import type { CallNoteRoom } from '../vault/call-notes.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';
import { takeNumber } from './number-body.ts';
import { problem } from './problem.ts';
import { publicFact } from './public-fact.ts';
import { refuse, refuseNumber } from './refusal.ts';
import { type StoriesAsked, storiesAsked } from './stories-asked.ts';

const body = Type.Object(
  {
    reference: Type.Optional(Type.String({ pattern: '^[0-9]{1,12}$' })),
    number: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);
const told = Type.Object({
  seq: Type.Integer({ description: 'of the fact in the journal' }),
  at: Type.Integer({ description: 'UTC ms' }),
  fact: Type.Object({ type: Type.String(), v: Type.Integer() }, { additionalProperties: true }),
});
const note = Type.Object({
  at: Type.Integer({ description: 'UTC ms' }),
  agent: Type.String(),
  text: Type.String(),
});
const answer = Type.Object({
  stories: Type.Array(
    Type.Object({
      callback: Type.Integer(),
      reference: Type.String(),
      facts: Type.Array(told),
      notes: Type.Array(note, { description: 'what agents wrote, the newest first' }),
    }),
  ),
});

export function storyRoutes(
  app: App,
  engine: Engine,
  people: People,
  stories: Stories,
  callNotes?: CallNoteRoom,
): void {
  const path = '/api/v1/stories';
  app.post(path, { schema: { body, response: { 200: answer } } }, async (request, reply) => {
    const { reference, number } = request.body;
    if ((reference === undefined) === (number === undefined)) return refuseBoth(reply);
    const view = number === undefined ? null : takeNumber(engine, { number });
    if (view !== null && !isDialable(view)) return refuseNumber(reply, view.code);
    const asked: StoriesAsked =
      view === null ? { callback: Number(reference) as CallbackId } : { numberKey: view.numberKey };
    const about = 'callback' in asked ? `callback ${asked.callback}` : `number ${asked.numberKey}`;
    await people.note({ by: byOf(request), what: 'search.made', about });
    const found = await storiesAsked(engine, stories, asked);
    if (found === 'too_long') return refuseTooLong(reply);
    const views = [];
    for (const { callbacks, facts } of found) {
      const [callback] = callbacks;
      if (callback === undefined) continue;
      const publicFacts = facts.map(({ seq, at, fact }) => ({ seq, at, fact: publicFact(fact) }));
      const written = (await callNotes?.ofCallback(callback)) ?? [];
      const notes = written.map(({ at, agent, text }) => ({ at, agent, text }));
      views.push({ callback, reference: referenceOf(callback), facts: publicFacts, notes });
    }
    return views.length === 0 ? refuse(reply, 'callback.unknown') : { stories: views };
  });
}

export function refuseBoth(reply: FastifyReply) {
  const mend = 'give either a number or a reference; correct the request';
  return problem(reply, 400, 'request.invalid', mend);
}

/** Told whole or not at all. */
export function refuseTooLong(reply: FastifyReply) {
  const mend =
    'this call has more facts than a story may have; read them with "rappel journal show --call", or ask by reference';
  return problem(reply, 422, 'story.too_long', mend);
}
