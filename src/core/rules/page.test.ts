// Agents who work by a page: shown before it rings, accepted, rejected or begun by itself; a page that is gone leaves nobody
// ready and no place lost; who works by the phone alone is as before.

import { describe, expect, test } from 'vitest';
import { agentCalled, centreOf } from '../../../test/support/given.ts';
import { MINUTE, Scene } from '../../../test/support/scene.ts';
import { must } from '../assert.ts';
import { toldOf } from '../decide-page.ts';
import type { AgentId, CallbackId } from '../id.ts';
import type { PeopleInput } from '../input.ts';

const PREVIEW_MS = 20_000;

class PageScene extends Scene {
  constructor() {
    const agents = ['ada', 'bob'].map((name) => agentCalled(name, ['visas']));
    super({ agents, agent: { ...centreOf().agent, previewMs: PREVIEW_MS } });
  }

  ask(type: 'agent.page_opens' | 'agent.page_ends' | 'agent.accept' | 'agent.hang_up', name = 'ada') {
    return this.tell({ type, agent: name as AgentId });
  }

  more(input: PeopleInput) {
    return this.tell(input);
  }

  /** At work by a page, and ready. */
  atPage(name = 'ada'): void {
    this.signIn(name);
    this.ask('agent.page_opens', name);
    this.ready(name);
  }

  /** A callback is shown to ada, and nobody's phone rings. */
  shown(): number {
    const callback = this.callback(1);
    this.atPage();
    expect(this.agent('ada')).toMatchObject({ state: 'reserved', page: { isPreview: true } });
    expect(this.rung()).toBe(0);
    return callback;
  }

  rung(): number {
    return this.effects.filter((effect) => effect.do === 'ring').length;
  }
}

const ada = 'ada' as AgentId;

describe('shown before it rings', () => {
  test('accepted: the phone rings, and all goes on as without a page', () => {
    const scene = new PageScene();
    const callback = scene.shown();
    scene.ask('agent.accept');
    expect(scene.rung()).toBe(1);
    scene.dial();
    scene.reach();
    expect(scene.of(callback).state).toBe('connected');
    scene.hangUp(scene.attempt());
    scene.hangUp(scene.leg());
    expect(scene.agent('ada').state).toBe('wrap_up');
    scene.more({ type: 'agent.tell_outcome', agent: ada, outcome: 'wrong_person', noted: true });
    expect(scene.latest('callback.outcome_told')).toMatchObject({
      callback,
      outcome: 'wrong_person',
      noted: true,
    });
    scene.more({ type: 'agent.tell_outcome', agent: ada, outcome: 'reached', noted: false });
    expect(scene.refused).toBe('agent.outcome_told');
    scene.ready();
    expect(scene.agent('ada').page).toEqual({ isOpen: true, isPreview: false, client: null });
  });

  test('nothing can be said of it, and no note be kept, before anybody answered', () => {
    const scene = new PageScene();
    scene.shown();
    expect(toldOf(scene.agent('ada'))).toBe('agent.no_client');
    scene.more({ type: 'agent.tell_outcome', agent: ada, outcome: 'reached', noted: true });
    expect(scene.refused).toBe('agent.no_client');
  });

  test('it begins by itself when the time is over', () => {
    const scene = new PageScene();
    scene.shown();
    scene.after(PREVIEW_MS - 1);
    expect(scene.rung()).toBe(0);
    scene.after(1);
    expect(scene.rung()).toBe(1);
    expect(scene.latest('agent.rung')).toEqual({ type: 'agent.rung', v: 1, agent: ada });
    scene.ask('agent.accept');
    expect(scene.refused).toBe('agent.no_preview');
  });

  test('rejected: not ready for that reason, the place at its own key, no attempt, and the next agent is shown it', () => {
    const scene = new PageScene();
    const callback = scene.shown();
    const { entry } = scene.state.places.get(scene.of(callback).place) ?? {};
    scene.signIn('bob');
    scene.ask('agent.page_opens', 'bob');
    scene.more({ type: 'agent.reject', agent: ada, reason: 'training' });
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'training', place: null });
    expect(scene.of(callback)).toMatchObject({ state: 'due', chances: 0 });
    expect(scene.state.places.get(scene.of(callback).place)?.entry).toBe(entry);
    expect(
      scene.effects.some((effect) => effect.do === 'hang_up' && effect.channel.startsWith('t-leg')),
    ).toBe(false);
    scene.ready('bob');
    expect(scene.agent('bob')).toMatchObject({ state: 'reserved', page: { client: { callback } } });
  });

  test('what was chosen during the preview holds when it is rejected', () => {
    const scene = new PageScene();
    scene.shown();
    scene.more({ type: 'agent.sign_out', agent: ada });
    scene.more({ type: 'agent.reject', agent: ada, reason: 'other' });
    expect(scene.state.agents.has(ada)).toBe(false);
  });

  test('who holds is not kept waiting for a preview, and a phone alone rings at once', () => {
    const scene = new PageScene();
    scene.caller(1);
    scene.atPage();
    expect(scene.rung()).toBe(1);
    scene.callback(2);
    scene.ready('bob');
    expect(scene.rung()).toBe(2);
    expect(scene.agent('bob').page).toBeUndefined();
  });

  test('a telephony that comes back does not take it for a lost leg', () => {
    const scene = new PageScene();
    scene.shown();
    scene.tell({ type: 'telephony.lost' });
    scene.tell({ type: 'telephony.resynced', channels: [] });
    expect(scene.agent('ada')).toMatchObject({ state: 'reserved', page: { isPreview: true } });
    scene.ask('agent.accept');
    expect(scene.rung()).toBe(1);
  });

  test('without telephony nobody is rung when the time is over: the place goes back', () => {
    const scene = new PageScene();
    const callback = scene.shown();
    scene.tell({ type: 'telephony.lost' });
    scene.after(PREVIEW_MS);
    expect(scene.rung()).toBe(0);
    expect(scene.of(callback).state).toBe('due');
  });
});

describe('the page is gone', () => {
  test('while ready: not ready; and ready again only with a page, or signed in anew', () => {
    const scene = new PageScene();
    scene.atPage();
    scene.ask('agent.page_ends');
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'page_lost' });
    scene.ready();
    expect(scene.refused).toBe('agent.no_page');
    scene.ask('agent.page_opens');
    scene.ready();
    expect(scene.agent('ada').state).toBe('ready');
    scene.more({ type: 'agent.sign_out', agent: ada });
    scene.ready();
    expect(scene.agent('ada')).toMatchObject({ state: 'ready' });
    expect(scene.agent('ada').page).toBeUndefined();
  });

  test.each(['preview', 'ringing'] as const)('during the %s: the place is back at its key', (when) => {
    const scene = new PageScene();
    const callback = scene.shown();
    if (when === 'ringing') scene.ask('agent.accept');
    scene.ask('agent.page_ends');
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'page_lost', place: null });
    expect(scene.of(callback)).toMatchObject({ state: 'due', chances: 0 });
    expect(scene.latest('place.returned')).toMatchObject({ cause: 'agent_lost' });
  });

  test('answered, and nobody dialled yet: nobody is', () => {
    const scene = new PageScene();
    const callback = scene.shown();
    scene.ask('agent.accept');
    scene.answer();
    scene.ask('agent.page_ends');
    expect(scene.of(callback).state).toBe('due');
    expect(scene.effects.at(-1)).toMatchObject({ do: 'unbridge' });
    scene.hangUp(scene.leg());
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'page_lost' });
  });

  test('intended and not permitted: the fence says no from then on', () => {
    const scene = new PageScene();
    const callback = scene.shown();
    scene.ask('agent.accept');
    scene.intend();
    scene.ask('agent.page_ends');
    expect(scene.of(callback).state).toBe('due');
    scene.fence();
    expect(scene.refused).toBe('attempt.not_permitted');
    expect(scene.dialled()).toBe(0);
  });

  test('while they talk: the phone goes on, then wrap-up, then not ready', () => {
    const scene = new PageScene();
    scene.shown();
    scene.ask('agent.accept');
    scene.dial();
    scene.reach();
    scene.ask('agent.page_ends');
    expect(scene.agent('ada')).toMatchObject({
      state: 'on_call',
      next: 'not_ready',
      nextReason: 'page_lost',
    });
    scene.hangUp(scene.attempt());
    scene.hangUp(scene.leg());
    expect(scene.agent('ada').state).toBe('wrap_up');
    scene.after(MINUTE);
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'page_lost' });
  });

  test('back before the end: as if it had never been away; what they chose themselves stands', () => {
    const scene = new PageScene();
    scene.shown();
    scene.ask('agent.accept');
    scene.dial();
    scene.reach();
    scene.ask('agent.page_ends');
    scene.ask('agent.page_opens');
    expect(scene.agent('ada')).toMatchObject({ next: 'ready', page: { client: { outcome: null } } });
    scene.more({ type: 'agent.go_not_ready', agent: ada, reason: 'meal' });
    scene.ask('agent.page_ends');
    scene.ask('agent.page_opens');
    expect(scene.agent('ada')).toMatchObject({ next: 'not_ready', nextReason: 'meal' });
  });
});

describe('cut off until the wrap-up was over', () => {
  /** Nothing was told of the callback, and the agent is free. */
  const untold = (isLost: boolean) => {
    const scene = new PageScene();
    const callback = scene.shown();
    scene.ask('agent.accept');
    scene.dial();
    scene.reach();
    scene.hangUp(scene.attempt());
    scene.hangUp(scene.leg());
    if (isLost) scene.ask('agent.page_ends');
    scene.after(MINUTE);
    return { scene, callback };
  };
  const tell = (scene: PageScene, callback?: CallbackId) =>
    scene.more({
      ...{ type: 'agent.tell_outcome', agent: ada, outcome: 'voicemail', noted: true },
      ...(callback === undefined ? {} : { callback }),
    } as PeopleInput);

  test.each([true, false])('the page says afterwards what came of it, once (gone: %s)', (isLost) => {
    const { scene, callback } = untold(isLost);
    expect(scene.agent('ada').state).toBe(isLost ? 'not_ready' : 'ready');
    tell(scene);
    expect(scene.refused).toBe('agent.no_client');
    tell(scene, (callback + 1) as CallbackId);
    expect(scene.refused).toBe('agent.no_client');
    tell(scene, callback as CallbackId);
    expect(scene.latest('callback.outcome_told')).toMatchObject({
      callback,
      outcome: 'voicemail',
      noted: true,
    });
    tell(scene, callback as CallbackId);
    expect(scene.refused).toBe('agent.no_client');
    expect(scene.agent('ada').page).not.toHaveProperty('untold');
  });

  test('while the next client is shown it is said of the one that was meant', () => {
    const { scene, callback } = untold(true);
    const next = scene.callback(2);
    scene.ask('agent.page_opens');
    scene.ready('ada');
    expect(scene.agent('ada')).toMatchObject({ state: 'reserved', page: { client: { callback: next } } });
    tell(scene, callback as CallbackId);
    expect(scene.latest('callback.outcome_told')).toMatchObject({ callback });
    expect(scene.agent('ada').page?.client).toMatchObject({ callback: next, outcome: null });
  });

  test('whom they never spoke with is nobody to tell of', () => {
    const scene = new PageScene();
    const callback = scene.shown();
    scene.ask('agent.page_ends');
    tell(scene, callback as CallbackId);
    expect(scene.refused).toBe('agent.no_client');
    const other = new PageScene();
    const rung = other.shown();
    other.ask('agent.accept');
    other.dial();
    other.ask('agent.hang_up');
    other.hangUp(other.leg());
    expect(other.agent('ada').state).toBe('not_ready');
    tell(other, rung as CallbackId);
    expect(other.refused).toBe('agent.no_client');
  });

  test('whoever is erased meanwhile is nobody to tell of', () => {
    const { scene, callback } = untold(true);
    const { numberKey } = must(scene.latest('callback.registered'), 'the registration');
    scene.tell({ type: 'person.erase', numberKeys: [numberKey], by: 'owner' });
    tell(scene, callback as CallbackId);
    expect(scene.refused).toBe('agent.no_client');
  });
});

describe('hung up on the page', () => {
  test('a conversation: completed, the phone is told, wrap-up when it is free', () => {
    const scene = new PageScene();
    scene.shown();
    scene.ask('agent.accept');
    scene.dial();
    scene.reach();
    scene.ask('agent.hang_up');
    expect(scene.all('callback.completed')).toHaveLength(1);
    expect(scene.effects).toContainEqual({ do: 'hang_up', channel: scene.leg() });
    expect(scene.agent('ada').state).toBe('clearing');
    scene.hangUp(scene.leg());
    expect(scene.agent('ada').state).toBe('wrap_up');
  });

  test('before the client was there: as when the phone is put down', () => {
    const scene = new PageScene();
    const callback = scene.shown();
    scene.ask('agent.accept');
    scene.dial();
    scene.ask('agent.hang_up');
    expect(scene.latest('attempt.failed')).toMatchObject({ cause: 'agent_lost' });
    expect(scene.of(callback).chances).toBe(0);
    scene.hangUp(scene.leg());
    expect(scene.agent('ada')).toMatchObject({ state: 'not_ready', reason: 'hung_up' });
  });

  test('a caller who held', () => {
    const scene = new PageScene();
    scene.caller(1);
    scene.atPage();
    scene.answer();
    scene.ask('agent.hang_up');
    expect(scene.latest('place.left')).toMatchObject({ reason: 'served' });
    scene.hangUp(scene.leg());
    expect(scene.agent('ada').state).toBe('wrap_up');
    scene.more({ type: 'agent.tell_outcome', agent: ada, outcome: 'reached', noted: false });
    expect(scene.refused).toBe('agent.no_client');
  });
});
