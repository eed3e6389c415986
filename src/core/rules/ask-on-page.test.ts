// Asked for on the client's page: where the owners allow it, after a callback that ended without its client, a new one at the end
// of the line, by the very rules of the telephone; pressed twice it is one, and it is a way of entry of its own in the figures.

import { describe, expect, test } from 'vitest';
import { agentCalled, centreOf, START_AT } from '../../../test/support/given.ts';
import { HOUR, keyOf, MINUTE, numbered, Scene, visas } from '../../../test/support/scene.ts';
import { Told } from '../../../test/support/told.ts';
import { balanceOf } from '../../figures/conservation.ts';
import {
  type Configuration,
  LINE_DEFAULTS,
  type LineConfiguration,
  NUMBER_DEFAULTS,
} from '../configuration.ts';
import type { CallbackId, LineId } from '../id.ts';

class PageScene extends Scene {
  constructor(line: Partial<LineConfiguration> = {}, more: Partial<Configuration> = {}) {
    const agents = ['ada', 'bob'].map((name) => agentCalled(name, ['visas']));
    super({ agents, lines: [visas(line)], clientPage: { asksAgain: true }, ...more });
  }

  /** A callback of this number that its client has cancelled. */
  over(number = 1): CallbackId {
    const callback = this.callback(number);
    this.tell({ type: 'callback.cancel', callback, by: 'client' });
    return callback;
  }

  ask(after: CallbackId, number = 1, endedAs = 'cancelled') {
    const where = { line: 'visas' as LineId, language: 'en' } as const;
    return this.tell({ type: 'callback.ask_on_page', after, endedAs, ...where, number: numbered(number) });
  }

  balanced(): Told {
    const told = new Told(this);
    for (const one of balanceOf(told.book.total())) expect(one).toMatchObject({ holds: true });
    return told;
  }
}

describe('asked', () => {
  test('a new callback with a reference of its own stands at the end of the line, is told its wait, and is called', () => {
    const scene = new PageScene();
    const after = scene.over();
    scene.signIn();
    const other = scene.callback(2);
    const facts = scene.ask(after);
    const callback = (other + 1) as CallbackId;
    expect(facts.map(({ type }) => type)).toEqual([
      'callback.asked_on_page',
      'wait.quoted',
      'callback.pending',
    ]);
    expect(facts[1]).toMatchObject({ ahead: 1 });
    expect(scene.of(callback)).toMatchObject({ state: 'pending', after, numberKey: keyOf(1), chances: 0 });
    scene.ready();
    for (const served of [other, callback]) {
      expect(scene.of(served).state).toBe('serving');
      scene.dial();
      scene.reach();
      scene.finish();
    }
    const told = scene.balanced();
    expect(told.book.total()).toMatchObject({ asked: 2, registered: 2, asked_by_page: 1, connected: 2 });
    expect(told.figure('asked_by_page').value).toBe(1);
    expect(told.figure('asked').value).toBe(2);
    expect(told.figure('answer_rate')).toMatchObject({ cases: 2, n: 3 });
    expect(told.book.all('callback').find((row) => row.callback === callback)).toMatchObject({ call: 0 });
    expect(scene.state.asked.size).toBe(0);
  });

  test('pressed twice it is one', () => {
    const scene = new PageScene();
    const after = scene.over();
    scene.ask(after);
    expect(scene.ask(after)).toEqual([]);
    expect(scene.refused).toBeNull();
    expect(scene.all('callback.asked_on_page')).toHaveLength(1);
  });

  test('an idle agent takes it at once', () => {
    const scene = new PageScene();
    const after = scene.over();
    scene.ready();
    scene.ask(after);
    expect(scene.agent('ada').state).toBe('reserved');
  });
});

describe('refused', () => {
  const refusal = (scene: PageScene, number = 1, endedAs = 'cancelled', after = scene.over(number)) => {
    scene.ask(after, number, endedAs);
    return scene.refused;
  };

  test('where the owners do not allow it, or there is nothing to ask after', () => {
    expect(refusal(new PageScene({}, { clientPage: { asksAgain: false } }))).toBe('callback.ask_off');
    expect(refusal(new PageScene(), 1, 'connected')).toBe('callback.not_ended');
    const open = new PageScene();
    expect(refusal(open, 1, 'cancelled', open.callback(1))).toBe('callback.not_ended');
    expect(refusal(new PageScene(), 1, 'cancelled', 99 as CallbackId)).toBe('callback.not_ended');
  });

  test('by the rules of the telephone, each with its code', () => {
    const offer = LINE_DEFAULTS.offer;
    const first = { fromAt: START_AT, toAt: START_AT + HOUR };
    const closed = new PageScene({ open: [first], offer: { ...offer, keepPermille: 0 } });
    const ended = closed.over();
    closed.after(2 * HOUR);
    expect(refusal(closed, 1, 'cancelled', ended)).toBe('call.line_closed');
    const late = new PageScene({ open: [first], offer: { ...offer, keepPermille: 0 } });
    const before = late.over();
    late.configure({ lines: [visas({ open: [first] })], clientPage: { asksAgain: true } });
    expect(refusal(late, 1, 'cancelled', before)).toBe('callback.too_late');
    const full = new PageScene({ capacity: 1 });
    const earlier = full.over();
    full.callback(2);
    expect(refusal(full, 1, 'cancelled', earlier)).toBe('call.line_full');
    const off = new PageScene();
    const last = off.over();
    off.turnSwitch('offering', false);
    expect(refusal(off, 1, 'cancelled', last)).toBe('callback.offering_off');
    const capped = new PageScene({ offer: { ...offer, pendingMax: 1 } });
    const gone = capped.over();
    capped.callback(2);
    expect(refusal(capped, 1, 'cancelled', gone)).toBe('callback.pending_full');
  });

  test('by the caps of its number', () => {
    const numbers = { ...NUMBER_DEFAULTS, cooldownMs: 10 * MINUTE };
    expect(refusal(new PageScene({}, { numbers }))).toBe('callback.cooldown');
    expect(refusal(new PageScene({}, { numbers: { ...NUMBER_DEFAULTS, perDayMax: 1 } }))).toBe(
      'callback.number_full',
    );
    expect(refusal(new PageScene({}, { numbers: { ...NUMBER_DEFAULTS, perSourcePerHourMax: 1 } }))).toBe(
      'callback.source_full',
    );
    const barred = new PageScene();
    const after = barred.over();
    barred.bar(1);
    expect(refusal(barred, 1, 'cancelled', after)).toBe('callback.never_call');
    const taken = new PageScene();
    const first = taken.over();
    taken.callback(1);
    expect(refusal(taken, 1, 'cancelled', first)).toBe('callback.number_taken');
    expect(centreOf().numbers.openMax).toBe(1);
  });
});
