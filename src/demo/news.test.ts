// What is told of a callback's life, and that nothing is kept of it afterwards.

import { expect, test } from 'vitest';
import type { Configuration } from '../core/configuration.ts';
import type { Fact } from '../core/fact.ts';
import { News } from './news.ts';

test('a callback is told from its place to its end, under the name of its line', () => {
  const lines = [{ id: 'citizenship', name: { en: 'Citizenship', fr: 'Citoyenneté' } }];
  const news = new News({ lines } as unknown as Configuration);
  const facts: object[] = [
    { type: 'place.taken', place: 4, line: 'citizenship', language: 'fr' },
    { type: 'callback.registered', callback: 2, place: 4, call: 9 },
    { type: 'callback.pending', callback: 2 },
    { type: 'agent.reserved', agent: 'amelie', place: 4 },
    { type: 'attempt.intended', attempt: 7, callback: 2, agent: 'amelie', n: 1 },
    { type: 'attempt.permitted', attempt: 7 },
    { type: 'attempt.ringing', attempt: 7 },
    { type: 'callback.connected', callback: 2, attempt: 7, agent: 'amelie' },
    { type: 'place.left', place: 4, reason: 'served' },
    { type: 'callback.completed', callback: 2, talkMs: 1 },
    // Nothing is known of it any more.
    { type: 'agent.reserved', agent: 'amelie', place: 4 },
  ];
  expect(
    facts.map((fact) => news.of({ v: 1, ...fact } as Fact)).filter((text) => text !== undefined),
  ).toEqual([
    'Citizenship, place 4: taken, in French',
    'Citizenship, place 4: will be called back, and keeps its place',
    "Citizenship, place 4: amelie's phone rings",
    'Citizenship, place 4: the client is called',
    "Citizenship, place 4: the client's phone rings",
    'Citizenship, place 4: the client and amelie talk',
    'Citizenship, place 4: called back, done',
    "place 4: amelie's phone rings",
  ]);
});
