// What a caller's call brings: it arrives, keys are pressed, prompts begin and end, a number is keyed, it ends.

import { assertNever, must } from './assert.ts';
import { LIMITS } from './configuration.ts';
import { type Decision, NOTHING } from './decision.ts';
import { KEYS, waitsForKey } from './dialogue.ts';
import type { Fact } from './fact.ts';
import { type AgentId, type CallbackId, type CallId, type PlaceId, textId } from './id.ts';
import type { Input, Stamp } from './input.ts';
import { isDialable } from './number.ts';
import { ask, askAgain, refuse, tellAndOffer } from './question.ts';
import { type Call, callOf, configurationOf, lineOf, type Place, placeOf, type State } from './state.ts';

type CallInput = Extract<
  Input,
  {
    type:
      | 'call.arrives'
      | 'key.pressed'
      | 'prompt.began'
      | 'prompt.ended'
      | 'number.collected'
      | 'channel.ringing'
      | 'channel.answered'
      | 'channel.ended';
  }
>;

export function decideCall(state: State, input: CallInput, stamp: Stamp): Decision {
  if (input.type === 'call.arrives') return arrive(state, input);
  const owner = state.channels.get(input.channel);
  if (owner?.kind !== 'call') return NOTHING;
  const call = callOf(state, owner.call);
  switch (input.type) {
    case 'key.pressed':
      return press(state, call, input.key, stamp);
    case 'prompt.began':
      return isCurrent(state, call, input.playback) && call.step === 'confirm' && !call.began
        ? [{ type: 'dialogue.began', v: 1, call: call.id }]
        : NOTHING;
    case 'prompt.ended':
      return isCurrent(state, call, input.playback) && waitsForKey(call.step)
        ? [{ type: 'dialogue.heard', v: 1, call: call.id }]
        : NOTHING;
    case 'number.collected':
      return isCurrent(state, call, input.playback) && call.step === 'number'
        ? collect(state, call, input.number)
        : NOTHING;
    case 'channel.ringing':
    case 'channel.answered':
      return NOTHING;
    case 'channel.ended':
      return endCall(state, call, 'caller');
    default:
      return assertNever(input);
  }
}

function isCurrent(state: State, call: Call, playback: string): boolean {
  return playback === textId(state.shard, 'playback', call.playback);
}

function arrive(state: State, input: Extract<Input, { type: 'call.arrives' }>): Decision {
  if (state.channels.has(input.channel)) return NOTHING; // told again after a resync
  const call = (state.last.call + 1) as CallId;
  const configuration = configurationOf(state);
  const line = configuration.lines.find((l) => l.dnis.includes(input.dnis))?.id ?? null;
  const arrived: Fact = { type: 'call.arrived', v: 1, call, channel: input.channel, ani: input.ani, line };
  if (state.calls.size >= LIMITS.callsMax) return [arrived, ...refuse(state, call, 'call.house_full')];
  return [arrived, ask(state, call, 'language')];
}

function press(state: State, call: Call, key: string, stamp: Stamp): Decision {
  const { keyRepeatMs } = configurationOf(state).dialogue;
  if (key === call.key && stamp.at - call.askedAt < keyRepeatMs) return NOTHING; // a bounce of the key that led here
  switch (call.step) {
    case 'language':
      return pressLanguage(state, call, key);
    case 'line':
      return pressLine(state, call, key);
    case 'service':
      return pressService(state, call, key);
    case 'offer':
      return pressOffer(state, call, key);
    case 'confirm':
      return call.began ? pressConfirm(state, call, key, stamp) : NOTHING;
    case 'number': // gathered by telephony, for the vault
    case 'registered':
    case 'connecting':
    case 'talking':
    case 'closing':
      return NOTHING;
    default:
      return assertNever(call.step);
  }
}

function pressLanguage(state: State, call: Call, key: string): Decision {
  const language = configurationOf(state).languages[Number(key) - 1];
  if (language === undefined) return wrongKey(state, call, key);
  return [
    { type: 'call.language_chosen', v: 1, call: call.id, language },
    ask(state, call.id, call.line === null ? 'line' : 'service', key),
  ];
}

function pressLine(state: State, call: Call, key: string): Decision {
  const line = configurationOf(state).lines.find((l) => l.key === key);
  if (line === undefined) return wrongKey(state, call, key);
  return [
    { type: 'call.line_chosen', v: 1, call: call.id, line: line.id },
    ask(state, call.id, 'service', key),
  ];
}

function pressService(state: State, call: Call, key: string): Decision {
  if (key === KEYS.back) return [ask(state, call.id, 'line', key)];
  if (key !== KEYS.agent) return wrongKey(state, call, key);
  const line = lineOf(state, must(call.line, 'line chosen before an agent is asked for'));
  // Closed since the caller chose it: they choose again.
  if (!configurationOf(state).lines.includes(line)) return [ask(state, call.id, 'line', key)];
  const asked: Fact = { type: 'call.agent_asked', v: 1, call: call.id };
  const capacity = Math.min(line.capacity ?? LIMITS.placesPerLineMax, LIMITS.placesPerLineMax);
  if ((state.occupied.get(line.id) ?? 0) >= capacity)
    return [asked, ...refuse(state, call.id, 'call.line_full', key)];
  return [
    asked,
    {
      type: 'place.taken',
      v: 1,
      place: (state.last.place + 1) as PlaceId,
      call: call.id,
      line: line.id,
      language: call.language,
      priority: 0,
      entry: state.last.entry + 1,
    },
  ];
}

function pressOffer(state: State, call: Call, key: string): Decision {
  if (key === KEYS.thisNumber && isDialable(call.ani)) {
    return [
      { type: 'dialogue.number_given', v: 1, call: call.id, number: call.ani },
      ask(state, call.id, 'confirm', key),
    ];
  }
  if (key === KEYS.otherNumber || key === KEYS.thisNumber) return [ask(state, call.id, 'number', key)];
  return NOTHING; // a stray key does not cut the music
}

function pressConfirm(state: State, call: Call, key: string, stamp: Stamp): Decision {
  const place = placeOf(state, must(call.place, 'place of a caller who confirms'));
  if (key === KEYS.otherNumber) return [ask(state, call.id, 'number', key)];
  if (key === KEYS.hold) return tellAndOffer(state, place, call.id, key);
  if (key !== KEYS.confirm) return retryConfirm(state, call, place, key, 'wrong_key');
  if (!isDialable(call.number)) return [ask(state, call.id, 'number', key)];
  return [
    {
      type: 'callback.registered',
      v: 1,
      callback: (state.last.callback + 1) as CallbackId,
      place: place.id,
      call: call.id,
      numberKey: call.number.numberKey,
      code: String(stamp.random % 10_000).padStart(4, '0'),
    },
    ask(state, call.id, 'registered', key),
  ];
}

/** Silence or a wrong key at the confirmation: asked again, then back to holding. The place is kept throughout. */
export function retryConfirm(
  state: State,
  call: Call,
  place: Place,
  key: string,
  because: 'silence' | 'wrong_key',
): Fact[] {
  if (call.round < configurationOf(state).dialogue.roundsMax) return [askAgain(state, call, key, because)];
  return tellAndOffer(state, place, call.id, key, 'given_up');
}

function collect(
  state: State,
  call: Call,
  number: Extract<Input, { type: 'number.collected' }>['number'],
): Decision {
  if (isDialable(number)) {
    // A number sign that bounces, or comes just after silence has ended the number, is no answer to the confirmation.
    const confirm = ask(state, call.id, 'confirm', KEYS.endOfNumber);
    return [{ type: 'dialogue.number_given', v: 1, call: call.id, number }, confirm];
  }
  if (call.round < configurationOf(state).dialogue.roundsMax) return [askAgain(state, call, '', number.code)];
  return tellAndOffer(
    state,
    placeOf(state, must(call.place, 'place of a caller who keys a number')),
    call.id,
    '',
    'given_up',
  );
}

/** Silence or a wrong key in a menu: asked again, then good-bye. */
function wrongKey(state: State, call: Call, key: string): Decision {
  return retryMenu(state, call, key, 'wrong_key');
}

export function retryMenu(state: State, call: Call, key: string, because: 'silence' | 'wrong_key'): Fact[] {
  if (call.round < configurationOf(state).dialogue.roundsMax) return [askAgain(state, call, key, because)];
  return refuse(state, call.id, 'call.no_choice', key);
}

/** The caller is gone. Their place goes with them, unless it became a callback or a conversation. */
export function endCall(state: State, call: Call, by: 'caller' | 'centre'): Fact[] {
  const ended: Fact = { type: 'call.ended', v: 1, call: call.id, by };
  const place = call.place === null ? undefined : state.places.get(call.place);
  if (place === undefined) return [ended];
  if (call.state === 'registered') {
    return [
      ended,
      { type: 'callback.pending', v: 1, callback: must(place.callback, 'callback of a registered place') },
    ];
  }
  const reason = call.state === 'connected' ? 'served' : 'abandoned';
  const left: Fact = { type: 'place.left', v: 1, place: place.id, reason };
  if (place.agent === null) return [ended, left];
  return [ended, left, released(place.agent, call.state === 'connected')];
}

function released(agent: AgentId, talked: boolean): Fact {
  return { type: 'agent.released', v: 1, agent, by: 'client', talked, playback: null };
}
