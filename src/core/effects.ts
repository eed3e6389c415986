// effectsOf(state, fact): what must be done to carry out a fact, given the state in which it happened (before it
// changes the state). Released by the engine only after the fact is committed; never computed in a replay.

import { must } from './assert.ts';
import { talkOf } from './decide-consult.ts';
import { otherLanguage, sayingOf } from './dialogue.ts';
import type { Effect, Say } from './effect.ts';
import type { Fact, FactOf, FactType } from './fact.ts';
import { type AgentId, type Channel, type LegId, type PlaceId, type PlaybackId, textId } from './id.ts';
import { isDialable } from './number.ts';
import { ringMsOf } from './policy.ts';
import {
  agentOf,
  attemptChannel,
  attemptOf,
  bridgeId,
  callbackOf,
  callOf,
  configurationOf,
  legChannel,
  lineOf,
  type Place,
  placeOf,
  type State,
  staysForSurvey,
  surveyOf,
} from './state.ts';
import { surveyWords } from './survey.ts';
import { isOn } from './switches.ts';
import { talkAfterResync, talkEffects } from './talk-effects.ts';

const NONE: readonly Effect[] = [];

type Effecting = { readonly [T in FactType]?: (state: State, fact: FactOf<T>) => readonly Effect[] };

/** A table: this is asked for every fact. What is not in it has no effect. */
const effecting: Effecting = {
  'call.arrived': (_, { channel }) => [{ do: 'answer', channel }],
  'call.ended': (state, fact) =>
    fact.by === 'centre' ? [{ do: 'hang_up', channel: callOf(state, fact.call).channel }] : NONE,
  'dialogue.asked': question,
  'agent.reserved': (state, fact) =>
    fact.previewUntilAt === undefined ? ring(state, fact.agent, fact.place, fact.leg) : NONE,
  'agent.rung': (state, fact) => {
    const { place, leg } = agentOf(state, fact.agent);
    return ring(state, fact.agent, must(place, 'place of a reserved agent'), must(leg, 'leg'));
  },
  'agent.answered': (state, { agent, playback }) =>
    playback === null ? NONE : announce(state, agent, playback),
  'agent.announced': (state, { agent, playback }) => announce(state, agent, playback),
  'agent.not_ready': (state, { agent }) => freePhone(state, agent),
  'agent.ready': (state, { agent }) => freePhone(state, agent),
  'agent.signed_out': (state, { agent }) => freePhone(state, agent),
  'agent.released': release,
  'call.connected': (state, fact) => join(state, fact.agent, callOf(state, fact.call).channel),
  'place.left': hangUpClient,
  'attempt.intended': dial,
  'attempt.voided': (state, { attempt }) => [{ do: 'hang_up', channel: attemptChannel(state, attempt) }],
  'attempt.failed': attemptFailed,
  'callback.parted': hangUpParted,
  'client.held': talkEffects,
  'client.retrieved': talkEffects,
  'consult.begun': talkEffects,
  'consult.answered': talkEffects,
  'consult.joined': talkEffects,
  'consult.ended': talkEffects,
  'place.handed_over': talkEffects,
  'place.transferred': talkEffects,
  'callback.connected': (state, fact) => join(state, fact.agent, attemptChannel(state, fact.attempt)),
  'survey.begun': partClient,
  'survey.asked': (state, fact) => sayInSurvey(state, fact, surveyWords(fact), 'nothing'),
  'survey.thanked': (state, fact) => sayInSurvey(state, fact, [{ prompt: 'survey.thanks' }], 'hang_up'),
  'survey.ended': (state, fact) => {
    const { channel, call } = surveyOf(state, fact.place);
    // A caller's own call is hung up with its end.
    return fact.by === 'centre' && channel !== null && call === null ? [{ do: 'hang_up', channel }] : NONE;
  },
};

export function effectsOf(state: State, fact: Fact): readonly Effect[] {
  const effects = effecting[fact.type] as ((state: State, fact: Fact) => readonly Effect[]) | undefined;
  return effects === undefined ? NONE : effects(state, fact);
}

function join(state: State, agent: AgentId, client: Channel): Effect[] {
  const leg = must(agentOf(state, agent).leg, 'leg of the agent');
  return [{ do: 'bridge', bridge: bridgeId(state, leg), channels: [client, legChannel(state, leg)] }];
}

function question(state: State, fact: FactOf<'dialogue.asked'>): Effect[] {
  const call = callOf(state, fact.call);
  const place = call.place === null ? undefined : state.places.get(call.place);
  const callback =
    place === undefined || place.callback === null ? undefined : state.callbacks.get(place.callback);
  const configuration = configurationOf(state);
  const reference = call.merged?.callback ?? callback?.id;
  const about = reference === undefined ? undefined : state.callbacks.get(reference);
  const client = call.client === null ? undefined : state.callbacks.get(call.client);
  const say = sayingOf(fact, {
    configuration,
    line: call.line === null ? null : lineOf(state, call.line),
    ani: call.ani,
    number: call.number,
    quote: place?.told ?? null,
    place: (place?.ahead ?? 0) + 1,
    offered: place?.offered ?? false,
    overflow: place?.overflow ?? false,
    otherLanguage: otherLanguage(configuration, call.language),
    emergency: call.line !== null && isOn(state.switches, 'emergency', call.line),
    closing: about?.closing ?? null,
    carried: client !== undefined && client.state === 'scheduled' && client.carries > 0,
    reference: reference === undefined ? '' : referenceOf(reference),
    code: call.merged?.code ?? callback?.code ?? '',
    refusal: call.refusal,
  });
  const playback = textId(state.shard, 'playback', fact.playback);
  const { channel, language } = call;
  if (fact.step === 'number' || fact.step === 'extension') {
    const { firstDigitMs: firstKeyMs, nextDigitMs: nextKeyMs, keyRepeatMs } = configuration.dialogue;
    const of =
      fact.step === 'extension' && isDialable(call.number) ? { extensionOf: call.number.numberKey } : {};
    const times = { firstKeyMs, nextKeyMs, keyRepeatMs };
    return [{ do: 'collect_number', channel, playback, say, language, ...times, ...of }];
  }
  const last = fact.step === 'registered' || fact.step === 'closing' || fact.step === 'returned';
  return [
    {
      do: 'play',
      channel,
      playback,
      say,
      language,
      after: last ? 'hang_up' : fact.step === 'offer' ? 'music' : 'nothing',
    },
  ];
}

function attemptFailed(state: State, fact: FactOf<'attempt.failed'>): readonly Effect[] {
  if (fact.cause === 'voicemail') return leaveMessage(state, fact);
  // Whoever answered has hung up, or is asked about the service.
  return fact.cause === 'other_person'
    ? NONE
    : [{ do: 'hang_up', channel: attemptChannel(state, fact.attempt) }];
}

/** On a voicemail: the neutral message in both languages where the line leaves one (no programme, no reason, no code). */
function leaveMessage(state: State, fact: FactOf<'attempt.failed'>): Effect[] {
  const channel = attemptChannel(state, fact.attempt);
  const callback = callbackOf(state, attemptOf(state, fact.attempt).callback);
  const { languages } = configurationOf(state);
  if (!lineOf(state, callback.line).leavesMessage) return [{ do: 'hang_up', channel }];
  const say = languages.map((language): Say => ({ prompt: 'voicemail.message', language }));
  const playback = `${channel}-message`;
  return [{ do: 'play', channel, playback, say, language: languages[0] ?? 'en', after: 'hang_up' }];
}

/** Told to the client, and shown to the agent: six digits, from the callback's own number. */
export function referenceOf(callback: number): string {
  return String(callback).padStart(6, '0');
}

function ring(state: State, agent: AgentId, id: PlaceId, leg: LegId): Effect[] {
  const place = placeOf(state, id);
  const { ringMs } = configurationOf(state).agent;
  const ringing: Effect = {
    do: 'ring',
    channel: legChannel(state, leg),
    agent,
    language: place.language,
    ringMs,
  };
  const call = place.call === null || place.callback !== null ? undefined : callOf(state, place.call);
  // Their turn has come: prompts and the gathering of keys stop, music goes on until the agent answers.
  return call === undefined || call.step === 'connecting'
    ? [ringing]
    : [ringing, { do: 'music', channel: call.channel, language: call.language }];
}

/** Before a callback's client is dialled, the agent hears what it is and the code to say. */
function announce(state: State, id: FactOf<'agent.answered'>['agent'], playback: PlaybackId): Effect[] {
  const agent = agentOf(state, id);
  const place = placeOf(state, must(agent.place, 'place of the agent'));
  const callback = callbackOf(state, must(place.callback, 'callback of the place'));
  const codes = [callback.code, ...callback.otherCodes];
  const say: Say[] = [{ prompt: 'agent.callback' }, ...codes.map((digits): Say => ({ digits }))];
  return [
    {
      do: 'play',
      channel: legChannel(state, must(agent.leg, 'leg of the agent')),
      playback: textId(state.shard, 'playback', playback),
      say,
      language: place.language,
      after: 'nothing',
    },
  ];
}

function freePhone(state: State, id: FactOf<'agent.ready'>['agent']): readonly Effect[] {
  const agent = agentOf(state, id);
  const isRung = agent.state === 'reserved' || agent.state === 'consulted';
  const isRinging = isRung && agent.leg !== null && agent.page?.isPreview !== true;
  return isRinging ? [{ do: 'hang_up', channel: legChannel(state, must(agent.leg, 'leg')) }] : NONE;
}

function release(state: State, fact: FactOf<'agent.released'>): Effect[] {
  const agent = agentOf(state, fact.agent);
  const leg = must(agent.leg, 'leg of a released agent');
  const channel = legChannel(state, leg);
  const effects: Effect[] = [];
  if (fact.playback !== null) {
    const language = agent.languages[0] ?? 'en';
    const playback = textId(state.shard, 'playback', fact.playback);
    effects.push({
      do: 'play',
      channel,
      playback,
      say: [{ prompt: 'agent.unreached' }],
      language,
      after: 'hang_up',
    });
  } else if (fact.by !== 'agent' && agent.page?.isPreview !== true) {
    effects.push({ do: 'hang_up', channel });
  }
  if (fact.talked || fact.by === 'centre') effects.push({ do: 'unbridge', bridge: bridgeId(state, leg) });
  return effects;
}

/** Before anything is said to the client alone, they are taken out of the conversation. */
function partClient(state: State, fact: FactOf<'survey.begun'>): readonly Effect[] {
  const { agent } = placeOf(state, fact.place);
  const leg = agent === null ? null : agentOf(state, agent).leg;
  return leg === null || fact.untilAt !== undefined
    ? NONE
    : [{ do: 'unbridge', bridge: bridgeId(state, leg) }];
}

function sayInSurvey(
  state: State,
  fact: FactOf<'survey.asked' | 'survey.thanked'>,
  say: readonly Say[],
  after: 'nothing' | 'hang_up',
): readonly Effect[] {
  const { channel, language } = surveyOf(state, fact.place);
  if (channel === null) return NONE;
  const playback = textId(state.shard, 'playback', fact.playback);
  return [{ do: 'play', channel, playback, say, language, after }];
}

/** Who stays for the survey is let go at its end. */
function hangUpParted(state: State, fact: FactOf<'callback.parted'>): readonly Effect[] {
  const { attempt, place } = callbackOf(state, fact.callback);
  if (attempt === null || staysForSurvey(state, place)) return NONE;
  return [{ do: 'hang_up', channel: attemptChannel(state, attempt) }];
}

/** The conversation is over: whoever is left on the client's side is hung up. Doing it to a channel gone is harmless. */
function hangUpClient(state: State, fact: FactOf<'place.left'>): readonly Effect[] {
  // Who stays for the survey is let go at its end.
  if (fact.reason !== 'served' || staysForSurvey(state, fact.place)) return NONE;
  const place = placeOf(state, fact.place);
  if (place.callback !== null) {
    const { attempt, state: of } = callbackOf(state, place.callback);
    return attempt === null || of === 'parted'
      ? NONE
      : [{ do: 'hang_up', channel: attemptChannel(state, attempt) }];
  }
  const call = place.call === null ? undefined : state.calls.get(place.call);
  return call === undefined ? NONE : [{ do: 'hang_up', channel: call.channel }];
}

function dial(state: State, fact: FactOf<'attempt.intended'>): Effect[] {
  const agent = agentOf(state, fact.agent);
  const place = placeOf(state, callbackOf(state, fact.callback).place);
  return [
    {
      do: 'dial',
      channel: attemptChannel(state, fact.attempt),
      attempt: textId(state.shard, 'attempt', fact.attempt),
      callerId: lineOf(state, place.line).callerId,
      language: place.language,
      ringMs: ringMsOf(state, place),
    },
    { do: 'ringback', channel: legChannel(state, must(agent.leg, 'leg of the agent')) },
  ];
}

/** After a resync: what is to live on, and the conversations to be joined again. */
export function sweepOf(state: State): { readonly sweep: Effect; readonly joins: readonly Effect[] } {
  const bridges: string[] = [];
  const joins: Effect[] = [];
  const goOn = (place: Place): void => {
    const { bridge, effects } = talkAfterResync(state, place);
    if (bridge !== null) bridges.push(bridge);
    joins.push(...effects);
  };
  for (const agent of state.agents.values()) {
    const place = talkOf(state, agent);
    if (place !== null) goOn(place);
  }
  for (const owner of state.channels.values()) {
    const place = owner.kind === 'consult' ? placeOf(state, owner.place) : null;
    if (place?.agent === null) goOn(place);
  }
  return { sweep: { do: 'sweep', channels: [...state.channels.keys()], bridges }, joins };
}
