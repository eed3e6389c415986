// Who is served by whom: priorities with their reason and cap, one language before both, levels, the longest idle, no
// callback near the end of a shift, and what follows when an agent does not answer.

import { describe, expect, test } from 'vitest';
import { agentCalled, START_AT } from '../../../test/support/given.ts';
import { HOUR, MINUTE, Scene, visas } from '../../../test/support/scene.ts';
import type { AgentConfiguration } from '../configuration.ts';
import type { CallbackId, Channel, Language, LineId, PlaceId } from '../id.ts';

function agent(
  name: string,
  languages: readonly Language[] = ['en', 'fr'],
  more: Partial<AgentConfiguration> = {},
): AgentConfiguration {
  return { ...agentCalled(name, ['visas'], languages), ...more };
}

function level(language: Language, of: number): AgentConfiguration['skills'] {
  return [{ line: 'visas' as LineId, language, level: of }];
}

test('the longest waiting place that the agent may serve, holding and callbacks alike', () => {
  const scene = new Scene({ agents: [agent('bo', ['fr'])] });
  scene.caller(1, '1');
  scene.callback(2, '2');
  scene.caller(3, '2');
  scene.ready('bo');
  expect(scene.served()).toEqual([2]);
});

test('priority: only for a configured reason, up to its cap, as a fact with who asked; the entry stays', () => {
  const urgent = { reason: 'urgent', priority: 1, placesMax: 1 };
  const scene = new Scene({ lines: [visas({ priorities: [urgent] })] });
  for (let i = 1; i <= 3; i += 1) scene.callback(i);
  const ask = (place: number, reason: string): void => {
    scene.tell({ type: 'place.prioritise', place: place as PlaceId, reason, by: 'supervisor' });
  };
  ask(3, 'because');
  expect(scene.refused).toBe('place.reason_unknown');
  ask(9, 'urgent');
  expect(scene.refused).toBe('place.unknown');
  ask(3, 'urgent');
  expect(scene.all('place.prioritised')).toEqual([
    { type: 'place.prioritised', v: 1, place: 3, priority: 1, reason: 'urgent', by: 'supervisor' },
  ]);
  ask(2, 'urgent');
  expect(scene.refused).toBe('place.reason_full');
  expect([...scene.state.places.values()].map((place) => place.entry)).toEqual([1, 2, 3]);
  scene.ready();
  expect(scene.served()).toEqual([3]);
});

test('an idle agent takes a place that may be served from now on', () => {
  const scene = new Scene();
  scene.turnSwitch('processing', false);
  scene.callback(1);
  scene.ready();
  expect(scene.served()).toEqual([]);
  scene.turnSwitch('processing', true);
  expect(scene.served()).toEqual([1]);
});

test('one language before both, then the better level, then the longest idle', () => {
  const scene = new Scene({
    agents: [
      agent('both'),
      agent('level-2', ['en'], { skills: level('en', 2) }),
      agent('late', ['en']),
      agent('later', ['en']),
    ],
  });
  for (const name of ['both', 'level-2', 'late', 'later']) scene.ready(name);
  for (let i = 1; i <= 4; i += 1) scene.caller(i);
  expect(scene.all('agent.reserved').map((r) => r.agent)).toEqual(['late', 'later', 'level-2', 'both']);
});

test('an agent who is no longer idle is not thought of, wherever they stand in the pool', () => {
  const shifts = [{ fromAt: START_AT, toAt: START_AT + HOUR }];
  const scene = new Scene({
    agents: [agent('near', ['en', 'fr'], { shifts }), agent('gone'), agent('here')],
    agent: { shiftEndMs: HOUR, ringMs: 20_000, wrapUpMs: 0 },
  });
  const callback = scene.callback(1);
  scene.tell({ type: 'callback.postpone', callback, minutes: 10, by: 'client' });
  for (const name of ['near', 'gone', 'here']) scene.ready(name);
  scene.tell({ type: 'agent.sign_out', agent: scene.agent('gone').id });
  scene.after(10 * MINUTE);
  expect(scene.latest('agent.reserved')?.agent).toBe('here');
});

test('no callback near the end of a shift, nor after it; a caller who holds is served', () => {
  const shifts = [{ fromAt: START_AT, toAt: START_AT + 2 * HOUR }];
  const scene = new Scene({
    agents: [agent('ada', ['en'], { shifts })],
    agent: { shiftEndMs: 30 * MINUTE, ringMs: 20_000, wrapUpMs: 0 },
  });
  scene.callback(1);
  scene.after(91 * MINUTE);
  scene.ready();
  expect(scene.served()).toEqual([]);
  const live = scene.caller(2);
  expect(scene.served()).toEqual([2]);
  scene.answer();
  scene.hangUp(live);
  scene.finish();
  scene.after(HOUR);
  scene.ready();
  expect(scene.served()).toEqual([2]);
});

test('a shift that nears by time alone wakes an idle agent', () => {
  const shifts = [
    { fromAt: START_AT, toAt: START_AT + HOUR },
    { fromAt: START_AT + 9 * HOUR, toAt: START_AT + 17 * HOUR },
  ];
  const scene = new Scene({
    agents: [agent('ada', ['en'], { shifts })],
    agent: { shiftEndMs: 30 * MINUTE, ringMs: 20_000, wrapUpMs: 0 },
  });
  scene.callback(1);
  scene.after(45 * MINUTE);
  scene.ready();
  scene.after(START_AT + 5 * HOUR - 1 - scene.at);
  expect(scene.served()).toEqual([]);
  scene.after(1); // in the middle between the two
  expect(scene.served()).toEqual([1]);
});

test('an agent who is early for a shift takes callbacks', () => {
  const shifts = [{ fromAt: START_AT + HOUR, toAt: START_AT + 9 * HOUR }];
  const scene = new Scene({
    agents: [agent('ada', ['en'], { shifts })],
    agent: { shiftEndMs: 30 * MINUTE, ringMs: 20_000, wrapUpMs: 0 },
  });
  scene.callback(1);
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

test('ring-no-answer and a rejection: not ready with the reason, the place back at its own key, no attempt counted', () => {
  for (const [cause, reason] of [
    ['no_answer', 'no_answer'],
    ['rejected', 'rejected'],
    ['busy', 'busy'],
    ['unreachable', 'phone_unreachable'],
  ] as const) {
    const scene = new Scene({ agents: [agent('ada'), agent('bo')] });
    const callback = scene.callback(1);
    scene.callback(2);
    scene.ready();
    scene.hangUp(scene.leg(), cause);
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason });
    expect(scene.of(callback)).toMatchObject({ state: 'due', chances: 0 });
    scene.ready('bo');
    expect(scene.served()).toEqual([1, 1]);
  }
});

test('an agent’s phone that is silent for longer than it may ring is given up', () => {
  const scene = new Scene();
  scene.callback(1);
  scene.ready();
  scene.after(MINUTE);
  expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'no_answer' });
  expect(scene.latest('place.returned')).toMatchObject({ place: 1, cause: 'agent_no_answer' });
});

test('an agent may be skilled for a line of a configuration yet to come', () => {
  const scene = new Scene({ agents: [agentCalled('ada', ['visas', 'grants'])] });
  scene.callback(1);
  scene.ready();
  expect(scene.served()).toEqual([1]);
});

describe('the other language, while holding', () => {
  /** Two callers hold in French, and between them one in English, who changes. */
  function changing(): { scene: Scene; caller: Channel } {
    const scene = new Scene({ agents: [agent('ada', ['en']), agent('bo', ['fr']), agent('cy', ['fr'])] });
    scene.signIn('ada');
    scene.caller(1, '2');
    const caller = scene.caller(2, '1');
    scene.caller(3, '2');
    return { scene, caller };
  }

  test('the place keeps its key, its line, and goes before later places of the new language', () => {
    const { scene, caller } = changing();
    scene.press(caller, '5');
    expect(scene.all('place.language_changed')).toEqual([
      { type: 'place.language_changed', v: 1, place: 2, language: 'fr' },
    ]);
    expect(scene.state.places.get(2 as PlaceId)).toMatchObject({ line: 'visas', language: 'fr', entry: 2 });
    scene.ready('ada');
    expect(scene.served()).toEqual([]);
    scene.ready('bo');
    scene.ready('cy');
    expect(scene.served()).toEqual([1, 2]);
  });

  test('told anew at once in that language, what is worse with its cause, and the first language is offered', () => {
    const { scene, caller } = changing();
    scene.effects.length = 0;
    scene.press(caller, '5');
    const told = scene.facts.findLast((f) => f.type === 'wait.quoted' || f.type === 'wait.unknown');
    expect(told).toMatchObject({ type: 'wait.unknown', place: 2, worseBecause: 'language_changed' });
    const [play] = scene.effects;
    expect(play).toMatchObject({ do: 'play', language: 'fr', after: 'music' });
    const say = play?.do === 'play' ? play.say : [];
    expect(say.slice(-2)).toEqual([
      { prompt: 'language.other', language: 'en' },
      { digits: '5', language: 'en' },
    ]);
  });

  test('a callback taken after it is the new language’s: its agent and its words', () => {
    const { scene, caller } = changing();
    scene.press(caller, '5');
    scene.accept(caller);
    scene.hangUp(caller);
    scene.ready('ada');
    scene.ready('bo');
    scene.ready('cy');
    expect(scene.latest('agent.reserved')).toMatchObject({ agent: 'cy', place: 2 });
    expect(scene.effects.findLast((e) => e.do === 'ring')).toMatchObject({ language: 'fr' });
  });

  test('an agent who is idle for it is rung at once', () => {
    const scene = new Scene({ agents: [agent('ada', ['en']), agent('bo', ['fr'])] });
    const caller = scene.caller(1, '1');
    scene.ready('bo');
    expect(scene.served()).toEqual([]);
    scene.press(caller, '5');
    expect(scene.served()).toEqual([1]);
  });

  test('by an owner, for a callback: who asked stands in the fact; a language the centre has not is refused', () => {
    const scene = new Scene({ languages: ['en'] });
    const callback = scene.callback(1);
    const ask = (language: Language, id = callback): void => {
      scene.tell({ type: 'callback.change_language', callback: id, language, by: 'api' });
    };
    ask('en');
    expect(scene.all('place.language_changed')).toEqual([]);
    ask('fr');
    expect(scene.refused).toBe('callback.language_unknown');
    ask('en', 9 as CallbackId);
    expect(scene.refused).toBe('callback.unknown');
    scene.configure({});
    ask('fr');
    expect(scene.all('place.language_changed')).toMatchObject([{ place: 1, language: 'fr', by: 'api' }]);
  });

  test('in a centre of one language the key means nothing, and no language is offered', () => {
    const scene = new Scene({ languages: ['en'] });
    const caller = scene.caller(1);
    expect(scene.press(caller, '5')).toEqual([]);
    const said = scene.effects.flatMap((e) => (e.do === 'play' ? e.say : []));
    expect(said).not.toContainEqual(expect.objectContaining({ prompt: 'language.other' }));
  });
});
