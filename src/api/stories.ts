// POST /api/v1/stories: one callback's story, by its reference or by the client's number. POST, so that a number stands in
// no address and no log; it goes to the vault, and only its key is compared. By number those are found that have not
// ended: what has ended is linked to no number any more, but by the reference that the client was told.

import { Type } from 'typebox';
import { referenceOf } from '../core/effects.ts';
import type { CallbackId } from '../core/id.ts';
import { isDialable } from '../core/number.ts';
import type { Engine } from '../engine/engine.ts';
import type { People } from '../people/people.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';
import { takeNumber } from './number-body.ts';
import { refuse, refuseNumber } from './refusal.ts';
import { type FactPages, storyOf } from './story.ts';

const body = Type.Object(
  {
    reference: Type.Optional(Type.String({ pattern: '^[0-9]{1,12}$' })),
    number: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  { additionalProperties: false },
);

export function storyRoutes(app: App, engine: Engine, people: People, pages: () => FactPages): void {
  app.post('/api/v1/stories', { schema: { body } }, async (request, reply) => {
    const { reference, number } = request.body;
    const found = reference === undefined ? byNumber(engine, number ?? '') : [Number(reference)];
    if (!Array.isArray(found)) return refuseNumber(reply, found.code);
    const about = (found as CallbackId[]).map((callback) => `callback ${callback}`).join(', ');
    await people.note({ by: byOf(request), what: 'search.made', about });
    const { seq } = await engine.written();
    const stories = [];
    for (const callback of found as CallbackId[]) {
      const story = await storyOf(pages(), seq, callback);
      if (story !== undefined) stories.push({ callback, reference: referenceOf(callback), ...story });
    }
    return stories.length === 0 ? refuse(reply, 'callback.unknown') : { stories };
  });
}

const FOUND_MAX = 10;

function byNumber(engine: Engine, number: string) {
  const view = takeNumber(engine, { number });
  if (!isDialable(view)) return view;
  const found: CallbackId[] = [];
  for (const callback of engine.state.callbacks.values()) {
    const isTheirs = callback.numberKey === view.numberKey || callback.mainKey === view.numberKey;
    if (isTheirs && found.push(callback.id) === FOUND_MAX) break;
  }
  return found;
}
