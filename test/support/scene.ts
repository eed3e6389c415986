// A small centre told as a story: people call, take a callback, are served; hours pass. Each step is an input to the
// real core, by the keys and reports that a telephone would bring; time goes from deadline to deadline. What happened is
// read from the facts. It decides nothing and knows no rule.

import type { Configuration, LineConfiguration } from '../../src/core/configuration.ts';
import type { Effect } from '../../src/core/effect.ts';
import type { Fact, FactOf, FactType } from '../../src/core/fact.ts';
import { type AgentId, type CallbackId, type Channel, type NumberKey, textId } from '../../src/core/id.ts';
import type { EndCause, Input, Key } from '../../src/core/input.ts';
import {
  type DialableNumber,
  type ExtensionView,
  isDialable,
  type NumberView,
} from '../../src/core/number.ts';
import { type Agent, agentOf, type Callback, callbackOf, callOf, emptyState } from '../../src/core/state.ts';
import { turn } from '../../src/core/turn.ts';
import { centreOf, lineCalled, START_AT } from './given.ts';
import { checkState } from './invariants.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

/** The line `visas` with these rules. */
export function visas(more: Partial<LineConfiguration> = {}): LineConfiguration {
  return lineCalled('visas', '1', { dnis: ['5550101'], ...more });
}

export function numbered(n: number, region = 'CA'): DialableNumber {
  return { numberKey: keyOf(n), region, type: 'fixed_or_mobile' };
}

/** The number with this extension. */
export function extended(n: number, extension: number): DialableNumber {
  return { ...numbered(n), numberKey: `number-${n}-${extension}` as NumberKey, mainKey: keyOf(n) };
}

/** A relay service's number: the same for all of its clients. */
export const RELAY: DialableNumber = { numberKey: 'relay' as NumberKey, region: '', type: 'relay' };

export function keyOf(n: number): NumberKey {
  return `number-${n}` as NumberKey;
}

export class Scene {
  readonly state = emptyState('t');
  readonly facts: Fact[] = [];
  /** The same with their times, as a journal has them. */
  readonly stamped: { readonly at: number; readonly fact: Fact }[] = [];
  readonly effects: Effect[] = [];
  at = START_AT;
  refused: string | null = null;
  private last = 0;

  constructor(more: Partial<Configuration> = {}) {
    this.configure(more);
    this.tell({ type: 'telephony.resynced', channels: [] });
  }

  configure(more: Partial<Configuration>): void {
    this.last += 1;
    this.tell({ type: 'centre.configure', configuration: centreOf(more), hash: `h${this.last}` });
  }

  tell(input: Input): readonly Fact[] {
    this.last += 1;
    const { facts, effects, refused } = turn(this.state, input, { at: this.at, random: this.last * 7 });
    this.facts.push(...facts);
    for (const fact of facts) this.stamped.push({ at: this.at, fact });
    this.effects.push(...effects);
    this.refused = refused;
    checkState(this.state);
    return facts;
  }

  /** Time passes; what comes due on the way is told when it comes. */
  after(ms: number): void {
    const until = this.at + ms;
    for (;;) {
      const next = this.state.deadlines.next();
      if (next === null || next.at > until) break;
      this.at = Math.max(this.at, next.at);
      this.tell({ type: 'deadline.reached' });
    }
    this.at = until;
  }

  /** Somebody calls, chooses a language, and asks for an agent of `visas`. */
  caller(number: NumberView | number | null = null, language: Key = '1'): Channel {
    this.last += 1;
    const channel = `in-${this.last}` as Channel;
    const ani = typeof number === 'number' ? numbered(number) : number;
    this.tell({ type: 'call.arrives', channel, ani, dnis: '5550101' });
    this.press(channel, language);
    this.press(channel, '1');
    return channel;
  }

  press(channel: Channel, ...keys: readonly Key[]): readonly Fact[] {
    let facts: readonly Fact[] = [];
    for (const key of keys) {
      this.at += 1_000; // not a bounce of the key before
      facts = this.tell({ type: 'key.pressed', channel, key });
    }
    return facts;
  }

  /** The number they call from, read back and confirmed, without an extension; the offer must stand. */
  accept(channel: Channel): readonly Fact[] {
    this.press(channel, '1');
    return this.confirm(channel);
  }

  /** Another number is keyed and confirmed, where it is asked for; with this extension, or none. */
  give(channel: Channel, number: NumberView, extension: ExtensionView = null): readonly Fact[] {
    const playback = this.playbackOf(channel);
    this.tell({ type: 'number.collected', channel, playback, number });
    return this.confirm(channel, extension);
  }

  /** The number read back is right; where its extension is asked for it is keyed, and read back too. */
  confirm(channel: Channel, extension: ExtensionView = null): readonly Fact[] {
    this.began(channel);
    const facts = this.press(channel, '1');
    if (this.latest('dialogue.asked')?.step !== 'extension') return facts;
    const keyed = this.keyExtension(channel, extension);
    return isDialable(extension) ? this.confirm(channel) : keyed;
  }

  keyExtension(channel: Channel, number: ExtensionView): readonly Fact[] {
    return this.tell({ type: 'extension.collected', channel, playback: this.playbackOf(channel), number });
  }

  began(channel: Channel): readonly Fact[] {
    return this.tell({ type: 'prompt.began', channel, playback: this.playbackOf(channel) });
  }

  playbackOf(channel: Channel): string {
    const owner = this.state.channels.get(channel);
    if (owner?.kind === 'call') return textId('t', 'playback', callOf(this.state, owner.call).playback);
    const agent = owner?.kind === 'agent' ? agentOf(this.state, owner.agent) : null;
    return textId('t', 'playback', agent?.playback ?? 0);
  }

  hangUp(channel: Channel, cause: EndCause = 'normal'): readonly Fact[] {
    return this.tell({ type: 'channel.ended', channel, cause });
  }

  /** Somebody took a callback and hung up. */
  callback(number: number | NumberView, language: Key = '1'): CallbackId {
    const channel = this.caller(number, language);
    this.accept(channel);
    this.hangUp(channel);
    return this.state.last.callback as CallbackId;
  }

  agent(name: string): Agent {
    return agentOf(this.state, name as AgentId);
  }

  signIn(name = 'ada'): void {
    this.tell({ type: 'agent.sign_in', agent: name as AgentId });
  }

  /** Signs in when needed, and is ready. */
  ready(name = 'ada'): readonly Fact[] {
    const agent = name as AgentId;
    if (!this.state.agents.has(agent)) this.signIn(name);
    return this.tell({ type: 'agent.go_ready', agent });
  }

  leg(name = 'ada'): Channel {
    return textId('t', 'leg', this.agent(name).leg ?? 0) as Channel;
  }

  attempt(): Channel {
    return textId('t', 'attempt', this.state.last.attempt) as Channel;
  }

  answer(name = 'ada'): readonly Fact[] {
    return this.tell({ type: 'channel.answered', channel: this.leg(name) });
  }

  /** The agent answers and has heard what it is about: the attempt is intended, unless a rule is against it. */
  intend(name = 'ada'): readonly Fact[] {
    this.answer(name);
    const channel = this.leg(name);
    return this.tell({ type: 'prompt.ended', channel, playback: this.playbackOf(channel) });
  }

  fence(): readonly Fact[] {
    return this.tell({ type: 'dial.asked', attempt: this.attempt(), number: null });
  }

  /** From an agent reserved for a callback to the client's phone ringing. */
  dial(name = 'ada'): void {
    this.intend(name);
    this.fence();
    this.tell({ type: 'channel.ringing', channel: this.attempt() });
  }

  reach(): readonly Fact[] {
    return this.tell({ type: 'channel.answered', channel: this.attempt() });
  }

  /** The client was not reached; the agent's phone is freed. */
  miss(cause: EndCause, name = 'ada'): readonly Fact[] {
    const facts = this.tell({ type: 'channel.ended', channel: this.attempt(), cause });
    this.hangUp(this.leg(name));
    return facts;
  }

  /** The agent ends the conversation, and the wrap-up is over. */
  finish(name = 'ada'): void {
    this.hangUp(this.leg(name));
    this.tell({ type: 'agent.go_ready', agent: name as AgentId });
  }

  turnSwitch(name: 'offering' | 'processing' | 'dialling' | 'emergency', on: boolean): readonly Fact[] {
    return this.tell({ type: 'switch.turn', name, line: null, on, reason: 'a test', by: 'owner' });
  }

  bar(n: number): readonly Fact[] {
    return this.tell({ type: 'number.bar', numberKey: keyOf(n), barred: true, by: 'owner' });
  }

  of(id: number): Callback {
    return callbackOf(this.state, id as CallbackId);
  }

  all<T extends FactType>(type: T): FactOf<T>[] {
    return this.facts.filter((fact): fact is FactOf<T> => fact.type === type);
  }

  latest<T extends FactType>(type: T): FactOf<T> | undefined {
    return this.all(type).at(-1);
  }

  /** Why the last offer was not made. */
  refusal(): string | undefined {
    const last = this.facts.findLast(
      (fact) => fact.type === 'callback.not_offered' || fact.type === 'callback.offered',
    );
    return last?.type === 'callback.not_offered' ? last.code : undefined;
  }

  /** Places in the order in which agents were reserved for them. */
  served(): number[] {
    return this.all('agent.reserved').map((fact) => fact.place);
  }

  /** Clients dialled: permissions given, each one INVITE at most. */
  dialled(): number {
    return this.all('attempt.permitted').length;
  }
}
