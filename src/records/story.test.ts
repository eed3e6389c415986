// A story has an end: one fact more than it may have is refused as a value, and nothing falls over.

import { expect, test } from 'vitest';
import type { CallId } from '../core/id.ts';
import { Stories, type StoryIndex } from './stories.ts';
import { STORY_FACTS_MAX, Story, type StoryFact } from './story.ts';

const call = 1 as CallId;
const index: StoryIndex = { ofNumber: async () => [], ofCallback: async () => [] };

function keyed(count: number): StoryFact[] {
  return Array.from({ length: count }, (_, i) => ({
    seq: i + 1,
    at: i,
    fact: { type: 'dialogue.key_entered', v: 1, call, key: '1' },
  }));
}

test.each([
  [STORY_FACTS_MAX, STORY_FACTS_MAX],
  [STORY_FACTS_MAX + 1, 'too_long'],
] as const)('of %i facts: %s', async (count, outcome) => {
  const rows = keyed(count);
  const stories = new Stories(index, () => ({
    firstSeqAt: async () => 1,
    page: async (from) => rows.slice(from - 1, from + 511),
  }));
  const told = await stories.tell({ call, place: null, fromAt: 0, toAt: null });
  expect(told instanceof Story ? told.facts.length : told).toBe(outcome);
});
