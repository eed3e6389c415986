// The stories that were asked for, by a number's key or a callback: those that have not ended are looked for by their place,
// whose time the engine knows, the others by the records. /search tells them in words, /stories fact by fact: the same ones.

import type { CallbackId, NumberKey, PlaceId } from '../core/id.ts';
import { isDialable } from '../core/number.ts';
import { placeOf, type State } from '../core/state.ts';
import type { Engine } from '../engine/engine.ts';
import { MENUS_MS, type Stories, type StorySpan } from '../records/stories.ts';
import type { Story } from '../records/story.ts';

const STORIES_MAX = 20;

export type StoriesAsked = { readonly numberKey: NumberKey } | { readonly callback: CallbackId };

export async function storiesAsked(
  engine: Engine,
  stories: Stories,
  asked: StoriesAsked,
): Promise<readonly Story[] | 'too_long'> {
  const spans =
    'numberKey' in asked
      ? await ofNumber(engine.state, stories, asked.numberKey)
      : await ofCallback(engine, stories, asked.callback);
  const told = new Map<string, Story>();
  for (const span of spans.slice(0, STORIES_MAX)) {
    const story = await stories.tell(span);
    if (story === 'too_long') return story;
    if (story === null) continue;
    const which = story.call === null ? `place ${span.place}` : `call ${story.call}`;
    if (!told.has(which)) told.set(which, story);
  }
  return [...told.values()];
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

/** One that ended just now is in the records a moment later. */
async function ofCallback(engine: Engine, stories: Stories, id: CallbackId): Promise<readonly StorySpan[]> {
  const { state } = engine;
  const live = state.callbacks.get(id);
  if (live !== undefined) return [spanOfPlace(state, live.place)];
  const found = await stories.index.ofCallback(id);
  if (found.length > 0 || id < 1 || id > state.last.callback) return found;
  await stories.recorded(committedSeq(engine));
  return stories.index.ofCallback(id);
}

function committedSeq(engine: Engine): Promise<number> {
  return new Promise((resolve) => engine.readCommitted((_state, seq) => resolve(seq)));
}

function spanOfPlace(state: State, id: PlaceId): StorySpan {
  const { takenAt } = placeOf(state, id);
  return { call: null, place: id, fromAt: takenAt - MENUS_MS, toAt: null };
}
