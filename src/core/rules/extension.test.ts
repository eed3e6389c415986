// The extension of a number: when it is asked for and what follows each answer; two people behind one switchboard; caps
// and bars, which are the number's whatever the extension. And relay services, whose number is their clients' in common.
// Told as stories through the whole core.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { centreOf } from '../../../test/support/given.ts';
import { extended, HOUR, keyOf, numbered, RELAY, Scene, visas } from '../../../test/support/scene.ts';
import type { AgentId, CallbackId, Channel, LineId } from '../id.ts';
import type { DialableNumber, ExtensionView } from '../number.ts';

const { numbers: NUMBERS, callback: RULES } = centreOf();

/** Somebody calls from `from`, and asks to be called at another number. */
function keyed(scene: Scene, from: number, number: DialableNumber, extension: ExtensionView = null): Channel {
  const caller = scene.caller(from);
  scene.press(caller, '2');
  scene.give(caller, number, extension);
  return caller;
}

function registered(scene: Scene, from: number, number: DialableNumber, extension: ExtensionView = null) {
  const before = scene.state.last.callback;
  const caller = keyed(scene, from, number, extension);
  scene.hangUp(caller);
  return scene.state.last.callback > before ? (scene.state.last.callback as CallbackId) : null;
}

const questions = (scene: Scene) =>
  scene.all('dialogue.asked').map(({ step, because }) => `${step} ${because}`.trim());

describe('the question', () => {
  test('a number that was keyed: after it is confirmed; # alone means none', () => {
    const scene = new Scene();
    const caller = scene.caller(1);
    scene.press(caller, '2');
    scene.give(caller, numbered(5), null);
    expect(questions(scene).slice(-4)).toEqual(['number', 'confirm', 'extension', 'registered']);
    const fact = scene.latest('callback.registered');
    expect(fact).toMatchObject({ numberKey: keyOf(5) });
    expect(fact).not.toHaveProperty('mainKey');
    const collect = scene.effects.find((e) => e.do === 'collect_number' && e.extensionOf !== undefined);
    expect(collect).toMatchObject({ say: [{ prompt: 'extension.ask' }], extensionOf: keyOf(5) });
  });

  test('what was keyed is read back with its number, and confirmed together with it', () => {
    const scene = new Scene();
    const caller = keyed(scene, 1, numbered(5), extended(5, 42));
    expect(questions(scene).slice(-5)).toEqual(['number', 'confirm', 'extension', 'confirm', 'registered']);
    expect(scene.latest('callback.registered')).toMatchObject({
      numberKey: extended(5, 42).numberKey,
      mainKey: keyOf(5),
    });
    const said = scene.effects.flatMap((e) => (e.do === 'play' ? [e.say] : []));
    expect(said.at(-2)?.slice(0, 4)).toEqual([
      { prompt: 'confirm.number' },
      { numberKey: extended(5, 42).numberKey },
      { prompt: 'confirm.extension' },
      { extensionOf: extended(5, 42).numberKey },
    ]);
    scene.hangUp(caller);
  });

  test('the wrong one was keyed: another number, and its own extension is asked for', () => {
    const scene = new Scene();
    const caller = scene.caller(1);
    scene.press(caller, '2');
    scene.tell({
      type: 'number.collected',
      channel: caller,
      playback: scene.playbackOf(caller),
      number: numbered(5),
    });
    scene.began(caller);
    scene.press(caller, '1');
    scene.keyExtension(caller, extended(5, 42));
    scene.began(caller);
    scene.press(caller, '2');
    scene.give(caller, numbered(6), null);
    expect(scene.latest('callback.registered')?.numberKey).toBe(keyOf(6));
  });

  test('the number they call from has none, unless the owners listed it as shared', () => {
    const scene = new Scene({ numbers: { ...NUMBERS, shared: [{ numberKey: keyOf(2), openMax: 9 }] } });
    scene.callback(1);
    expect(questions(scene)).not.toContain('extension');
    const caller = scene.caller(2);
    scene.press(caller, '1');
    scene.confirm(caller, extended(2, 7));
    expect(scene.latest('callback.registered')).toMatchObject({ mainKey: keyOf(2) });
  });

  test('silence is asked about again, and means none at last: no callback is lost for want of a key', () => {
    const scene = new Scene();
    const caller = scene.caller(1);
    scene.press(caller, '2');
    scene.give(caller, numbered(5), { code: 'extension.empty' });
    scene.keyExtension(caller, { code: 'extension.empty' });
    scene.keyExtension(caller, { code: 'extension.empty' });
    expect(questions(scene).slice(-4)).toEqual([
      'extension',
      'extension silence',
      'extension silence',
      'registered',
    ]);
    expect(scene.latest('callback.registered')?.numberKey).toBe(keyOf(5));
  });

  test('who uses a relay service is asked once: no key is required of them', () => {
    const scene = new Scene();
    const channel = 'in-relay' as Channel;
    scene.tell({ type: 'call.arrives', channel, ani: numbered(1), dnis: '5550101' });
    scene.press(channel, '1', '7', '1', '2');
    const number = numbered(5);
    scene.tell({ type: 'number.collected', channel, playback: scene.playbackOf(channel), number });
    scene.began(channel);
    scene.tell({ type: 'prompt.ended', channel, playback: scene.playbackOf(channel) });
    scene.after(6_000); // silence confirms
    scene.keyExtension(channel, { code: 'extension.empty' });
    expect(scene.latest('callback.registered')?.numberKey).toBe(keyOf(5));
  });

  test.each(['extension.not_digits', 'extension.too_long'] as const)(
    'three times %s: back at the offer, the place kept',
    (code) => {
      const scene = new Scene();
      const caller = scene.caller(1);
      scene.press(caller, '2');
      scene.give(caller, numbered(5), { code });
      scene.keyExtension(caller, { code });
      scene.keyExtension(caller, { code });
      expect(questions(scene).slice(-3)).toEqual([
        `extension ${code}`,
        `extension ${code}`,
        'offer given_up',
      ]);
      const said = scene.effects.flatMap((e) => (e.do === 'collect_number' ? e.say : []));
      expect(said).toContainEqual({ prompt: 'extension.refused' });
      expect(scene.all('callback.registered')).toEqual([]);
      expect(scene.state.places.size).toBe(1);
    },
  );

  test('erased while the extension is keyed: the number is asked for once more', () => {
    const scene = new Scene();
    const caller = scene.caller(1);
    scene.press(caller, '2');
    scene.give(caller, numbered(5), { code: 'number.erased' });
    expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'number', round: 1 });
  });

  test('an agent is free meanwhile: served, and what is keyed then means nothing', () => {
    const scene = new Scene();
    const caller = scene.caller(1);
    scene.press(caller, '2');
    const number = numbered(5);
    scene.tell({ type: 'number.collected', channel: caller, playback: scene.playbackOf(caller), number });
    scene.began(caller);
    scene.press(caller, '1');
    const playback = scene.playbackOf(caller);
    scene.ready();
    scene.answer();
    const late = { type: 'extension.collected', channel: caller, playback, number: null } as const;
    expect(scene.tell(late)).toEqual([]);
    expect(scene.all('call.connected')).toHaveLength(1);
  });

  test('the socket was lost: a keyed number is in nobody’s memory, and is asked for again', () => {
    const scene = new Scene();
    const caller = scene.caller(1);
    scene.press(caller, '2');
    const number = numbered(5);
    scene.tell({ type: 'number.collected', channel: caller, playback: scene.playbackOf(caller), number });
    scene.began(caller);
    scene.press(caller, '1');
    scene.tell({ type: 'telephony.lost' });
    scene.tell({ type: 'telephony.resynced', channels: [{ channel: caller, up: true }] });
    scene.tell({ type: 'call.arrives', channel: caller, ani: numbered(1), dnis: '5550101' });
    expect(scene.latest('dialogue.asked')).toMatchObject({ step: 'number', because: 'resynced' });
  });

  test('a returning client who changes their number is asked for its extension too', () => {
    const scene = new Scene();
    const callback = scene.callback(1);
    const channel = again(scene, callback);
    scene.press(channel, '4');
    scene.give(channel, numbered(5), extended(5, 42));
    expect(scene.latest('callback.number_changed')).toMatchObject({ callback, mainKey: keyOf(5) });
    expect(scene.latest('dialogue.asked')?.because).toBe('number_changed');
  });
});

/** The client of this callback calls in again, with reference and code. */
function again(scene: Scene, callback: CallbackId): Channel {
  const { code, id } = scene.of(callback);
  const channel = `in-again-${id}` as Channel;
  scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550101' });
  scene.press(channel, '1', '2', ...(`${String(id).padStart(6, '0')}${code}`.split('') as '1'[]));
  return channel;
}

describe('two people behind one switchboard', () => {
  test('are two callbacks; the same extension is one', () => {
    const scene = new Scene();
    const first = registered(scene, 1, numbered(5), extended(5, 41));
    expect(registered(scene, 2, numbered(5), extended(5, 42))).not.toBeNull();
    expect(registered(scene, 3, numbered(5))).not.toBeNull();
    expect(registered(scene, 4, numbered(5), extended(5, 41))).toBeNull();
    expect(scene.all('callback.merged').map((m) => m.callback)).toEqual([first]);
  });

  test('have one cap a day, which is the phone’s; a number listed as shared has it for each sharer', () => {
    const own = new Scene({ numbers: { ...NUMBERS, perDayMax: 2 } });
    for (let n = 1; n <= 3; n += 1) registered(own, n, numbered(5), extended(5, n));
    expect(own.all('callback.registered')).toHaveLength(2);
    expect(own.refusal()).toBe('callback.number_full');

    const shared = [{ numberKey: keyOf(5), openMax: 2 }];
    const listed = new Scene({ numbers: { ...NUMBERS, perDayMax: 2, shared } });
    for (let n = 1; n <= 5; n += 1) registered(listed, n, numbered(5), extended(5, n));
    expect(listed.all('callback.registered')).toHaveLength(4);
    expect(listed.refusal()).toBe('callback.number_full');
  });

  test('the end of one’s callback is no cooldown for the other', () => {
    const scene = new Scene({ numbers: { ...NUMBERS, cooldownMs: HOUR } });
    const first = registered(scene, 1, numbered(5), extended(5, 41)) as CallbackId;
    scene.tell({ type: 'callback.cancel', callback: first, by: 'owner' });
    expect(registered(scene, 2, numbered(5), extended(5, 42))).not.toBeNull();
    expect(registered(scene, 3, numbered(5), extended(5, 41))).toBeNull();
    expect(scene.refusal()).toBe('callback.cooldown');
  });

  test('a number that is barred is barred with all its extensions, now and at the fence; an extension by itself', () => {
    const scene = new Scene();
    registered(scene, 1, numbered(5), extended(5, 41));
    registered(scene, 2, numbered(5), extended(5, 42));
    const { numberKey } = extended(5, 41);
    scene.tell({ type: 'number.bar', numberKey, barred: true, by: 'owner' });
    expect(scene.state.callbacks.size).toBe(1);
    scene.ready();
    scene.intend();
    scene.bar(5);
    scene.fence();
    expect(scene.dialled()).toBe(0);
    expect(scene.state.callbacks.size).toBe(0);
    expect(registered(scene, 3, numbered(5), extended(5, 43))).toBeNull();
    expect(scene.refusal()).toBe('callback.never_call');
  });
});

describe('a relay service', () => {
  test('its number merges nobody, cools down for nobody and is full for nobody', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.boolean(), (count, isEnding) => {
        const scene = new Scene({ numbers: { ...NUMBERS, perDayMax: 1, cooldownMs: HOUR } });
        for (let n = 1; n <= count; n += 1) {
          const callback = registered(scene, n, RELAY);
          expect(callback).not.toBeNull();
          if (isEnding)
            scene.tell({ type: 'callback.cancel', callback: callback as CallbackId, by: 'owner' });
        }
        expect(scene.all('callback.merged')).toEqual([]);
        expect(scene.state.callbacks.size).toBe(isEnding ? 0 : count);
      }),
      { numRuns: 20 },
    );
  });

  test('who calls from it is marked, asked for no extension, and rung as long as relay clients are', () => {
    const scene = new Scene();
    scene.callback(RELAY);
    expect(scene.all('call.marked_relay')).toHaveLength(1);
    expect(questions(scene)).not.toContain('extension');
    expect(scene.latest('callback.registered')?.relay).toBe(true);
    scene.ready();
    scene.intend();
    expect(scene.effects.find((e) => e.do === 'dial')).toMatchObject({ ringMs: RULES.relayRingMs });
  });

  test('it calls for many people: its hour is nobody’s cap as a source', () => {
    const scene = new Scene({ numbers: { ...NUMBERS, perSourcePerHourMax: 1 } });
    for (let n = 1; n <= 3; n += 1) scene.callback(RELAY);
    expect(scene.all('callback.registered')).toHaveLength(3);
  });

  test('a client who changes to it becomes a relay callback; back to a number of their own, that one counts', () => {
    const scene = new Scene();
    const callback = scene.callback(1);
    const change = (number: DialableNumber) =>
      scene.tell({ type: 'callback.change_number', callback, number, by: 'api' });
    change(RELAY);
    expect(scene.of(callback)).toMatchObject({ byRelay: true, numberKey: RELAY.numberKey });
    expect(scene.state.numbers.openOf(keyOf(1))).toEqual([]);
    change(numbered(2));
    expect(scene.of(callback)).toMatchObject({ byRelay: false, numberKey: keyOf(2) });
    expect(scene.state.numbers.openOf(keyOf(2))).toEqual([callback]);
  });
});

describe('another number through the API', () => {
  test('follows the rules that hold on the phone, and each refusal has its code', () => {
    const scene = new Scene({ numbers: { ...NUMBERS, perDayMax: 2 } });
    const callback = scene.callback(1);
    const change = (number: DialableNumber) => {
      scene.tell({ type: 'callback.change_number', callback, number, by: 'api' });
      return scene.refused;
    };
    expect(change(extended(5, 42))).toBeNull();
    expect(scene.latest('callback.number_changed')).toMatchObject({ mainKey: keyOf(5), by: 'api' });
    registered(scene, 2, numbered(6));
    expect(change(numbered(6))).toBe('callback.number_taken');
    scene.bar(7);
    expect(change(extended(7, 1))).toBe('callback.never_call');
    expect(change(numbered(5))).toBeNull(); // the second registration of this number today
    expect(change(extended(5, 9))).toBe('callback.number_full');
    scene.ready();
    expect(change(numbered(8))).toBe('callback.being_served');
    scene.tell({
      type: 'callback.change_number',
      callback: 99 as CallbackId,
      number: numbered(8),
      by: 'api',
    });
    expect(scene.refused).toBe('callback.unknown');
  });
});

describe('no key is required of who uses a relay service', () => {
  /** Everything that is asked is heard to its end, and nothing is ever keyed. */
  function silent(scene: Scene, channel: Channel): void {
    for (let i = 0; i < 20 && scene.state.channels.has(channel) && scene.state.places.size === 0; i += 1) {
      scene.tell({ type: 'prompt.ended', channel, playback: scene.playbackOf(channel) });
      scene.after(5_000);
    }
  }
  const other = visas({ id: 'grants' as LineId, key: '2', dnis: [] });

  test.each([
    ['straight to a line', '5550101', [visas()]],
    ['a centre of one line', '5550199', [visas()]],
    ['a centre of several, where the first is taken', '5550199', [visas(), other]],
  ])('called from it, %s: silence leads to an agent, in the first language', (_, dnis, lines) => {
    const scene = new Scene({ lines });
    const channel = 'in-relay' as Channel;
    scene.tell({ type: 'call.arrives', channel, ani: RELAY, dnis });
    silent(scene, channel);
    expect(scene.all('place.taken')).toMatchObject([{ language: 'en', line: 'visas' }]);
    expect(scene.state.places.values().next().value?.relay).toBe(true);
  });

  test('a line that the owners named for it goes before the first', () => {
    const scene = new Scene({ lines: [visas(), other], relay: { entries: [], line: other.id } });
    const channel = 'in-relay' as Channel;
    scene.tell({ type: 'call.arrives', channel, ani: RELAY, dnis: '5550199' });
    silent(scene, channel);
    expect(scene.all('place.taken')).toMatchObject([{ line: 'grants' }]);
  });

  test.each([
    ['a language and a line: in line at once', 'fr', 'grants', []],
    ['a language: the lines are asked', 'fr', null, ['line', 'service']],
    ['a line: the language is asked', null, 'grants', ['language', 'service']],
    ['neither: all is asked', null, null, ['language', 'line', 'service']],
  ] as const)('called on a number of their own that names %s', (_, language, line, asked) => {
    const entry = { dnis: '5550107', language, line: line as LineId | null };
    const scene = new Scene({
      lines: [visas(), other],
      relay: { entries: [entry], line: 'grants' as LineId },
    });
    const channel = 'in-tty' as Channel;
    scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550107' });
    expect(scene.all('call.marked_relay')).toHaveLength(1);
    silent(scene, channel);
    const steps = scene.all('dialogue.asked').map(({ step }) => step);
    expect(steps.filter((step) => step === 'language' || step === 'line' || step === 'service')).toEqual(
      asked,
    );
    expect(scene.all('place.taken')).toMatchObject([{ line: 'grants', language: language ?? 'en' }]);
  });

  test('marked by themselves: from there on', () => {
    const scene = new Scene();
    const channel = 'in-relay' as Channel;
    scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550101' });
    scene.press(channel, '2', '7');
    silent(scene, channel);
    expect(scene.all('place.taken')).toMatchObject([{ language: 'fr' }]);
  });

  test('of anybody else silence is asked again, and then ends the call', () => {
    const scene = new Scene();
    const channel = 'in-silent' as Channel;
    scene.tell({ type: 'call.arrives', channel, ani: null, dnis: '5550101' });
    silent(scene, channel);
    expect(scene.all('place.taken')).toEqual([]);
    expect(scene.latest('call.refused')?.code).toBe('call.no_choice');
  });
});

describe('the mark of a relay client', () => {
  test('by an agent during the call counts for the next attempt, with who did it', () => {
    const scene = new Scene();
    scene.callback(1);
    scene.ready();
    scene.dial();
    scene.tell({ type: 'agent.mark_relay', agent: 'ada' as AgentId });
    expect(scene.latest('place.marked_relay')).toMatchObject({ by: 'ada' });
    expect(scene.tell({ type: 'agent.mark_relay', agent: 'ada' as AgentId })).toEqual([]);
    scene.miss('busy');
    scene.after(RULES.retryDelayMs);
    scene.intend();
    const dials = scene.effects.flatMap((e) => (e.do === 'dial' ? [e.ringMs] : []));
    expect(dials).toEqual([RULES.ringMs, RULES.relayRingMs]);
  });

  test('by an agent who talks to a caller who held', () => {
    const scene = new Scene();
    scene.caller(1);
    scene.ready();
    scene.answer();
    scene.tell({ type: 'agent.mark_relay', agent: 'ada' as AgentId });
    expect([...scene.state.calls.values()][0]?.relay).toBe(true);
  });

  test('needs a client: neither idle nor while the phone still rings', () => {
    const scene = new Scene();
    scene.ready();
    scene.tell({ type: 'agent.mark_relay', agent: 'ada' as AgentId });
    expect(scene.refused).toBe('agent.no_client');
    scene.caller(1);
    scene.tell({ type: 'agent.mark_relay', agent: 'ada' as AgentId });
    expect(scene.refused).toBe('agent.no_client');
  });

  test('on a pending callback, by its id', () => {
    const scene = new Scene();
    const callback = scene.callback(1);
    scene.tell({ type: 'callback.mark_relay', callback, by: 'api' });
    scene.tell({ type: 'callback.mark_relay', callback: 9 as CallbackId, by: 'api' });
    expect(scene.refused).toBe('callback.unknown');
    scene.ready();
    scene.intend();
    expect(scene.effects.find((e) => e.do === 'dial')).toMatchObject({ ringMs: RULES.relayRingMs });
  });
});
