// POST /api/v1/search: a call by its client's number or by the reference of its callback, told whole in the asker's
// language. The number comes in the body, goes to the vault and is a key from there on; who searched and why stands in the
// audit before anything is answered.

import { Type } from 'typebox';
import type { CallbackId, Language, LineId, NumberKey } from '../core/id.ts';
import { isDialable } from '../core/number.ts';
import { placeOf, type State } from '../core/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { Words } from '../figures/figure.ts';
import type { People } from '../people/people.ts';
import { MENUS_MS, type Stories, type StorySpan } from '../records/stories.ts';
import { storyLines } from '../records/story-words.ts';
import { languageSchema } from './accounts.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';
import { takeNumber } from './number-body.ts';
import { problem } from './problem.ts';
import { refuseNumber } from './refusal.ts';

const STORIES_MAX = 20;

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
  calls: Type.Array(Type.Object({ call: Type.Integer(), story: Type.Array(line) })),
});

export function searchRoutes(app: App, engine: Engine, people: People, stories: Stories): void {
  app.post('/api/v1/search', { schema: { body, response: { 200: answer } } }, async (request, reply) => {
    const { number, reference, why, language = request.identity?.language ?? 'en' } = request.body;
    if ((number === undefined) === (reference === undefined))
      return problem(
        reply,
        400,
        'request.invalid',
        'give either a number or a reference; correct the request',
      );
    let spans: readonly StorySpan[];
    const by = byOf(request);
    if (number !== undefined) {
      const found = takeNumber(engine, { number });
      if (!isDialable(found)) return refuseNumber(reply, found.code);
      await people.note({ by, what: 'search.made', about: `number ${found.numberKey}`, why });
      spans = await ofNumber(engine.state, stories, found.numberKey);
    } else {
      const callback = Number(reference) as CallbackId;
      await people.note({ by, what: 'search.made', about: `callback ${callback}`, why });
      spans = await ofCallback(engine.state, stories, callback);
    }
    return { language, calls: await told(engine.state, stories, spans, language) };
  });
}

async function told(state: State, stories: Stories, spans: readonly StorySpan[], language: Language) {
  const timeZone = state.configuration?.timeZone ?? 'UTC';
  const context = { language, timeZone, lineName: (id: LineId) => nameOf(state, id) };
  const seen = new Set<number>();
  const calls = [];
  for (const span of spans.slice(0, STORIES_MAX)) {
    const story = await stories.tell(span);
    if (story === null || seen.has(story.call)) continue;
    seen.add(story.call);
    calls.push({ call: story.call, story: storyLines(story.facts, context) });
  }
  return calls;
}

/** A line that has left the configuration is known by its id. */
function nameOf(state: State, id: LineId): Words {
  return state.lines.get(id)?.name ?? { en: id, fr: id };
}

/** Those that have not ended first: the engine knows them before the records do. */
async function ofNumber(state: State, stories: Stories, key: NumberKey): Promise<StorySpan[]> {
  const live: StorySpan[] = [];
  for (const callback of state.callbacks.values())
    if (callback.numberKey === key || callback.mainKey === key) live.push(spanOfPlace(state, callback.place));
  for (const call of state.calls.values())
    if (call.place !== null && call.ani !== null && isDialable(call.ani) && call.ani.numberKey === key)
      live.push(spanOfPlace(state, call.place));
  return [...live, ...(await stories.index.ofNumber(key, STORIES_MAX))];
}

async function ofCallback(state: State, stories: Stories, id: CallbackId): Promise<readonly StorySpan[]> {
  const live = state.callbacks.get(id);
  return live === undefined ? stories.index.ofCallback(id) : [spanOfPlace(state, live.place)];
}

function spanOfPlace(state: State, id: Parameters<typeof placeOf>[1]): StorySpan {
  const { takenAt } = placeOf(state, id);
  return { call: null, place: id, fromAt: takenAt - MENUS_MS, toAt: null };
}
