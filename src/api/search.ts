// POST /api/v1/search: a call by its client's number or by the reference of its callback, told whole in the asker's
// language. The number comes in the body, goes to the vault and is a key from there on; who searched and why stands in the
// audit before anything is answered.

import { Type } from 'typebox';
import type { CallbackId, LineId } from '../core/id.ts';
import { isDialable } from '../core/number.ts';
import type { State } from '../core/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { Words } from '../figures/figure.ts';
import type { People } from '../people/people.ts';
import type { Stories } from '../records/stories.ts';
import { storyLines } from '../records/story-words.ts';
import { languageSchema } from './accounts.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';
import { takeNumber } from './number-body.ts';
import { refuseNumber } from './refusal.ts';
import { refuseBoth, refuseTooLong } from './stories.ts';
import { type StoriesAsked, storiesAsked } from './stories-asked.ts';

const body = Type.Object(
  {
    number: Type.Optional(Type.String({ minLength: 1, maxLength: 64, description: 'as people write it' })),
    reference: Type.Optional(Type.String({ pattern: '^[0-9]{1,12}$', description: 'of a callback' })),
    why: Type.String({
      minLength: 3,
      maxLength: 200,
      description: 'why it is searched for; kept in the audit',
    }),
    language: Type.Optional(languageSchema),
  },
  { additionalProperties: false },
);
const line = Type.Object({
  seq: Type.Integer({ description: 'of the fact in the journal' }),
  at: Type.Integer({ description: 'UTC ms' }),
  time: Type.String({ description: 'local time of the centre' }),
  text: Type.String(),
});
const answer = Type.Object({
  language: languageSchema,
  calls: Type.Array(
    Type.Object({
      call: Type.Union([Type.Integer(), Type.Null()], {
        description: 'null: a callback that its client asked for on their page',
      }),
      story: Type.Array(line),
    }),
  ),
});

export function searchRoutes(app: App, engine: Engine, people: People, stories: Stories): void {
  app.post('/api/v1/search', { schema: { body, response: { 200: answer } } }, async (request, reply) => {
    const { number, reference, why, language = request.identity?.language ?? 'en' } = request.body;
    if ((number === undefined) === (reference === undefined)) return refuseBoth(reply);
    const view = number === undefined ? null : takeNumber(engine, { number });
    if (view !== null && !isDialable(view)) return refuseNumber(reply, view.code);
    const asked: StoriesAsked =
      view === null ? { callback: Number(reference) as CallbackId } : { numberKey: view.numberKey };
    const about = 'callback' in asked ? `callback ${asked.callback}` : `number ${asked.numberKey}`;
    await people.note({ by: byOf(request), what: 'search.made', about, why });
    const found = await storiesAsked(engine, stories, asked);
    if (found === 'too_long') return refuseTooLong(reply);
    const { state } = engine;
    const timeZone = state.configuration?.timeZone ?? 'UTC';
    const context = { language, timeZone, lineName: (id: LineId) => nameOf(state, id) };
    const calls = found.map(({ call, facts }) => ({ call, story: storyLines(facts, context) }));
    return { language, calls };
  });
}

/** A line that has left the configuration is known by its id. */
function nameOf(state: State, id: LineId): Words {
  return state.lines.get(id)?.name ?? { en: id, fr: id };
}
