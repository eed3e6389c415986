// A day's work in a stream of inputs, as fast as they are asked for: callers who go through the menus, hold, take the
// callback or give up; agents who answer, announce, have the client dialled through the fence, talk and wrap up. Many at
// once and in chance order, as on a real day; each input follows from the state alone, so the stream never waits for a
// commit. It must not know who takes the inputs, nor how they are kept.

import {
  AGENT_DEFAULTS,
  type AgentConfiguration,
  CALLBACK_DEFAULTS,
  type Configuration,
  LINE_DEFAULTS,
  type LineConfiguration,
  NUMBER_DEFAULTS,
} from '../core/configuration.ts';
import { type AgentId, type Channel, type LineId, type NumberKey, textId } from '../core/id.ts';
import type { Input } from '../core/input.ts';
import type { NumberView } from '../core/number.ts';
import { type Agent, attemptChannel, type Call, legChannel, type State } from '../core/state.ts';
import type { Random } from '../twin/random.ts';

export const AGENTS = 60;
const CALLERS_MAX = 300;
/** Held and called back together. Below the least of them agents talk on, so that there is always a line to stand in. */
const PLACES_MAX = 600;
const PLACES_MIN = AGENTS + 200;
/** Of those to whom a callback was offered (the service's own figure). */
const TAKE_RATE = 0.45;
const ABANDON_RATE = 0.3;
const TRIES_MAX = 10_000;

type Plan = 'callback' | 'abandon' | 'hold';
type Caller = { readonly channel: Channel; readonly plan: Plan };

export class CallStream {
  readonly #random: Random;
  readonly #numbers: readonly NumberKey[];
  readonly #callers: Caller[] = [];
  #arrived = 0;

  constructor(random: Random, numbers: readonly NumberKey[]) {
    this.#random = random;
    this.#numbers = numbers;
  }

  /** The next input. It is to be decided before the next is asked for. */
  next(state: State): Input {
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const input = this.#random.chance(0.5) ? this.#ofCaller(state) : this.#ofAgent(state);
      if (input !== undefined) return input;
    }
    throw new Error('the stream of calls stands still; this is a bug of the bench');
  }

  #ofCaller(state: State): Input | undefined {
    if (this.#callers.length < CALLERS_MAX && state.places.size < PLACES_MAX && this.#random.chance(0.2))
      return this.#arrive();
    if (this.#callers.length === 0) return undefined;
    const at = this.#random.below(this.#callers.length);
    const caller = this.#callers[at]!;
    const owner = state.channels.get(caller.channel);
    const call = owner?.kind === 'call' ? state.calls.get(owner.call) : undefined;
    const input: Input | undefined =
      call === undefined
        ? { type: 'channel.ended', channel: caller.channel, cause: 'normal' }
        : step(state, call, caller.plan, this.#random);
    if (input?.type === 'channel.ended') {
      this.#callers[at] = this.#callers.at(-1)!;
      this.#callers.pop();
    }
    return input;
  }

  #arrive(): Input {
    this.#arrived += 1;
    const channel = `c1-${1_700_000_000 + this.#arrived}.${this.#arrived}` as Channel;
    const draw = this.#random.unit();
    const plan = draw < TAKE_RATE ? 'callback' : draw < TAKE_RATE + ABANDON_RATE ? 'abandon' : 'hold';
    this.#callers.push({ channel, plan });
    const numberKey = this.#numbers[this.#arrived % this.#numbers.length]!;
    const ani: NumberView = { numberKey, region: 'CA', type: 'fixed_or_mobile' };
    return { type: 'call.arrives', channel, ani, dnis: '' };
  }

  #ofAgent(state: State): Input | undefined {
    const agent = state.agents.get(agentId(this.#random.below(AGENTS)));
    return agent === undefined ? undefined : work(state, agent);
  }
}

/** What the caller does next; nothing while they hold, or hear what they need not answer. */
function step(state: State, call: Call, plan: Plan, random: Random): Input | undefined {
  const { channel } = call;
  const press = (key: '1' | '2' | '3' | '4'): Input => ({ type: 'key.pressed', channel, key });
  const hangUp: Input = { type: 'channel.ended', channel, cause: 'normal' };
  if (call.state === 'registered') return hangUp;
  switch (call.step) {
    case 'language':
      return press(random.pick(['1', '2']));
    case 'line':
      return press(random.pick(['1', '2', '3', '4']));
    case 'service':
      return press('1');
    case 'offer':
      return plan === 'callback' ? press('1') : plan === 'abandon' ? hangUp : undefined;
    case 'confirm':
      if (call.began) return press('1');
      return { type: 'prompt.began', channel, playback: textId(state.shard, 'playback', call.playback) };
    case 'talking':
      // The agent's side ended the conversation, or will.
      return call.place === null || !state.places.has(call.place) ? hangUp : undefined;
    default:
      return undefined;
  }
}

function work(state: State, agent: Agent): Input | undefined {
  const { id, state: is, leg } = agent;
  if (is === 'not_ready' || is === 'wrap_up') return { type: 'agent.go_ready', agent: id };
  if (leg === null || agent.place === null) return undefined;
  const channel = legChannel(state, leg);
  if (is === 'reserved') return { type: 'channel.answered', channel };
  const callback = state.callbacks.get(state.places.get(agent.place)?.callback ?? (0 as never));
  if (callback === undefined || callback.state === 'connected')
    return state.places.size < PLACES_MIN ? undefined : { type: 'channel.ended', channel, cause: 'normal' };
  if (callback.attempt === null)
    return {
      type: 'prompt.ended',
      channel,
      playback: textId(state.shard, 'playback', agent.playback ?? (0 as never)),
    };
  const attempt = state.attempts.get(callback.attempt);
  const clients = attemptChannel(state, callback.attempt);
  switch (attempt?.state) {
    case 'intended':
      return { type: 'dial.asked', attempt: clients, number: null };
    case 'permitted':
      return { type: 'channel.ringing', channel: clients };
    default:
      return { type: 'channel.answered', channel: clients };
  }
}

function agentId(index: number): AgentId {
  return `agent-${index}` as AgentId;
}

/** Four lines, two languages, and agents who serve all of them. */
export function streamConfiguration(): Configuration {
  const ids = ['permanent_residence', 'family_sponsorship', 'temporary_residence', 'citizenship'] as const;
  const lines = ids.map(
    (id, index): LineConfiguration => ({
      ...LINE_DEFAULTS,
      id: id as string as LineId,
      name: { en: id, fr: id },
      key: String(index + 1),
      prompt: `line.${id}`,
      dnis: [],
      capacity: null,
      expectedHandleMs: 600_000,
      expectedPatienceMs: 1_800_000,
      callerId: '+16135550141',
    }),
  );
  const agents = Array.from(
    { length: AGENTS },
    (_, index): AgentConfiguration => ({
      ...AGENT_DEFAULTS,
      id: agentId(index),
      lines: lines.map(({ id }) => id),
      languages: ['en', 'fr'],
    }),
  );
  return {
    languages: ['en', 'fr'],
    lines,
    agents,
    dialogue: {
      roundsMax: 3,
      silenceMs: 60_000,
      keyRepeatMs: 0,
      offerEveryMs: 60_000,
      firstDigitMs: 8_000,
      nextDigitMs: 4_000,
    },
    // The stream has few numbers and calls them all the time.
    numbers: {
      ...NUMBER_DEFAULTS,
      openMax: 1_000_000,
      perDayMax: 1_000_000,
      perSourcePerHourMax: 1_000_000,
      dialsPerHourMax: 1_000_000_000,
    },
    callback: {
      ...CALLBACK_DEFAULTS,
      attemptsMax: 2,
      ringMs: 25_000,
      retryDelayMs: 900_000,
      quarantineMs: 60_000,
    },
    agent: { shiftEndMs: 0, ringMs: 15_000, wrapUpMs: 30_000 },
  };
}
