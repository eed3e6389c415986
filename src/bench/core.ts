// How many whole cycles the rules make in a second on one processor, without a journal, assertions on: a caller arrives,
// chooses language and line, asks for an agent, is quoted a wait, is offered a callback and takes it, hangs up, is
// matched with an agent, called through the fence, connected, and finished. A line of people stands there all the time.

import { assert, must } from '../core/assert.ts';
import type { AgentId, CallbackId, Channel, NumberKey } from '../core/id.ts';
import { textId } from '../core/id.ts';
import type { Input } from '../core/input.ts';
import { attemptChannel, emptyState, legChannel, type State } from '../core/state.ts';
import { turn } from '../core/turn.ts';
import { streamConfiguration } from './call-stream.ts';
import { medianOf, rounded } from './spread.ts';

export type CoreResult = {
  readonly cyclesPerSecond: number;
  readonly factsPerCycle: number;
  readonly waiting: number;
  readonly rounds: number;
};

const WAITING = 200;
const ROUNDS = 7;
const CYCLES_A_ROUND = 20_000;
const NUMBERS = 5_000;

class Centre {
  readonly state: State = emptyState('bench');
  readonly #agent: AgentId;
  facts = 0;
  #at = 1_700_000_000_000;
  #arrived = 0;

  constructor() {
    this.#tell({ type: 'centre.configure', configuration: streamConfiguration(), hash: 'bench' });
    this.#tell({ type: 'telephony.resynced', channels: [] });
    this.#agent = must(this.state.configuration?.agents[0]?.id, 'agent');
    this.#tell({ type: 'agent.sign_in', agent: this.#agent });
  }

  /** From the first ring of a caller to a callback that waits. */
  arrive(): void {
    this.#arrived += 1;
    const channel = `caller-${this.#arrived}` as Channel;
    const numberKey = `number-${this.#arrived % NUMBERS}` as NumberKey;
    this.#tell({ type: 'call.arrives', channel, ani: { numberKey, region: 'CA', type: 'mobile' }, dnis: '' });
    for (const key of [this.#arrived % 2 === 0 ? '2' : '1', '3', '1', '1'] as const)
      this.#press(channel, key);
    this.#tell({
      type: 'prompt.began',
      channel,
      playback: textId('bench', 'playback', this.state.last.playback),
    });
    this.#press(channel, '1');
    this.#tell({ type: 'channel.ended', channel, cause: 'normal' });
  }

  /** From an agent who is free to a conversation that has ended. */
  serve(): void {
    this.#tell({ type: 'agent.go_ready', agent: this.#agent });
    const agent = must(this.state.agents.get(this.#agent), 'agent at work');
    const leg = legChannel(this.state, must(agent.leg, 'leg of a reserved agent'));
    this.#tell({ type: 'channel.answered', channel: leg });
    this.#tell({
      type: 'prompt.ended',
      channel: leg,
      playback: textId('bench', 'playback', agent.playback ?? 0),
    });
    const place = must(this.state.places.get(must(agent.place, 'place')), 'place');
    const callback = must(this.state.callbacks.get(place.callback as CallbackId), 'callback');
    const attempt = attemptChannel(this.state, must(callback.attempt, 'attempt'));
    this.#tell({ type: 'dial.asked', attempt, number: null });
    this.#tell({ type: 'channel.ringing', channel: attempt });
    this.#tell({ type: 'channel.answered', channel: attempt });
    this.#tell({ type: 'channel.ended', channel: attempt, cause: 'normal' });
    this.#tell({ type: 'agent.go_not_ready', agent: this.#agent, reason: 'bench' });
    this.#tell({ type: 'channel.ended', channel: leg, cause: 'normal' });
    this.#tell({ type: 'agent.go_not_ready', agent: this.#agent, reason: 'bench' });
  }

  #press(channel: Channel, key: '1' | '2' | '3'): void {
    this.#tell({ type: 'key.pressed', channel, key });
  }

  #tell(input: Input): void {
    this.#at += 1_000;
    this.facts += turn(this.state, input, { at: this.#at, random: this.#at % 10_000 }).facts.length;
  }
}

export async function run(rounds = ROUNDS, cycles = CYCLES_A_ROUND): Promise<CoreResult> {
  const centre = new Centre();
  for (let i = 0; i < WAITING; i += 1) centre.arrive();
  const cycle = (): void => {
    centre.arrive();
    centre.serve();
  };
  for (let i = 0; i < cycles; i += 1) cycle(); // so that the compiler has seen it
  const rates: number[] = [];
  const before = centre.facts;
  for (let round = 0; round < rounds; round += 1) {
    const startedAt = performance.now();
    for (let i = 0; i < cycles; i += 1) cycle();
    rates.push((cycles * 1_000) / (performance.now() - startedAt));
  }
  assert(centre.state.callbacks.size === WAITING, 'as many wait after the bench as before it');
  return {
    cyclesPerSecond: Math.round(medianOf(rates)),
    factsPerCycle: rounded((centre.facts - before) / (rounds * cycles), 1),
    waiting: WAITING,
    rounds,
  };
}

export function lines(result: CoreResult): readonly string[] {
  return [
    `${result.cyclesPerSecond} cycles a second (median of ${result.rounds} rounds)`,
    `${result.factsPerCycle} facts a cycle, ${result.waiting} callbacks waiting all the time`,
  ];
}
