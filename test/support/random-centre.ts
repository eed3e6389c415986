// A centre under everything that may happen to it, in any order: callers who key at random, phones that are not
// answered, reports that come late, twice or never, a socket that is lost and back, a clock that jumps, a configuration
// that changes. Each step is steered by one integer alone, so that a failing run shrinks and repeats. After each turn
// the rules of invariants.ts and fact-watch.ts are checked.

import type { Configuration } from '../../src/core/configuration.ts';
import { decide } from '../../src/core/decide.ts';
import type { Fact } from '../../src/core/fact.ts';
import { stateHash } from '../../src/core/hash.ts';
import {
  type AgentId,
  type CallbackId,
  type Channel,
  type LineId,
  type NumberKey,
  type PlaceId,
  textId,
} from '../../src/core/id.ts';
import type { EndCause, Input, Key } from '../../src/core/input.ts';
import type { NumberAtFence, NumberView } from '../../src/core/number.ts';
import { emptyState, type State } from '../../src/core/state.ts';
import { SWITCHES, type SwitchName } from '../../src/core/switches.ts';
import { type Turn, turn } from '../../src/core/turn.ts';
import { FactWatch } from './fact-watch.ts';
import { type FarChannel, FarWorld } from './far-world.ts';
import { START_AT } from './given.ts';
import { checkAtRest, checkState } from './invariants.ts';
import { dialable, extended, extension, RELAY } from './random-numbers.ts';
import { AGENTS, CONFIGURATIONS } from './random-rules.ts';

const SHARD = 't';
const CALLS_MAX = 12;
const TRAIL_MAX = 60;
const ROUNDS_MAX = 2_000;
const ENDS: readonly EndCause[] = [
  'normal',
  'busy',
  'no_answer',
  'unallocated',
  'rejected',
  'congestion',
  'fence_refused',
  'unreachable',
  'lost',
  'unknown',
];
const KEYS: readonly Key[] = ['1', '1', '1', '1', '2', '2', '3', '5', '9', '0', '*', '#'];
const REFUSED: NumberView = { code: 'number.too_short' };

/** Small, quick, and the same everywhere: mulberry32. Gives an integer from 0 to below `n`. */
export function chance(seed: number): (n: number) => number {
  let a = seed >>> 0;
  return (n) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % n;
  };
}

type Pick = (n: number) => number;

export class RandomCentre {
  readonly state: State = emptyState(SHARD);
  readonly facts: { readonly at: number; readonly fact: Fact }[] = [];
  readonly seen = new Set<string>();
  inputs = 0;
  /** The last inputs and the facts they led to, for a person who reads a failure. */
  readonly trail: string[] = [];
  protected readonly far = new FarWorld();
  private readonly watch = new FactWatch(SHARD);
  protected at = START_AT;
  protected callers = 0;

  /** `start`: 0 to 5, the configuration at first. */
  constructor(start = 0) {
    this.configure(start);
    this.resync();
  }

  step(seed: number): void {
    const pick = chance(seed);
    const [parted] = this.state.parted.keys();
    if (parted !== undefined && pick(3) === 0) {
      this.agreeAgain(parted, pick);
      return;
    }
    const kind = pick(100);
    if (kind < 8) this.arrive(pick);
    else if (kind < 74) this.someChannel(pick);
    else if (kind < 81) this.someAgent(pick);
    else if (kind < 84) this.owner(pick);
    else if (kind < 94) this.passTime(pick);
    else if (kind < 96) this.nonsense(pick);
    else if (kind < 98) this.askFence(pick);
    else if (kind < 99 || !this.far.isReachable) this.socket(pick);
    else if (pick(4) === 0) this.configure(pick(CONFIGURATIONS.length));
  }

  /** Faults stop and everybody does their part: all must come to an end. */
  settle(): void {
    this.configure(0);
    for (const name of SWITCHES)
      for (const line of [null, ...this.state.lines.keys()])
        this.tell({ type: 'switch.turn', name, line, on: name !== 'emergency', reason: 'over', by: 'owner' });
    if (!this.far.isReachable) this.resync();
    for (const { id: agent } of AGENTS) {
      this.tell({ type: 'agent.sign_out', agent });
      this.tell({ type: 'agent.sign_in', agent });
    }
    for (let rounds = 0; rounds < ROUNDS_MAX; rounds += 1) {
      const { length } = this.facts;
      for (const { id: agent } of AGENTS) {
        this.tell({ type: 'agent.sign_in', agent });
        this.tell({ type: 'agent.go_ready', agent });
      }
      for (const far of [...this.far.channels.values()]) this.doPart(far);
      const isOver = this.state.calls.size + this.state.callbacks.size + this.far.channels.size === 0;
      if (isOver && [...this.state.agents.values()].every((a) => a.state === 'ready')) break;
      this.reachDeadline();
      if (this.facts.length === length) break; // nothing moves any more: what is left is told below
    }
    checkAtRest(this.state);
    this.checkReplay();
  }

  protected doPart(far: FarChannel): void {
    if (!this.far.channels.has(far.channel)) return;
    if (far.dying || far.kind === 'call') this.end(far, 'normal');
    else if (far.kind === 'leg' && !far.up) this.answer(far);
    else if (far.kind === 'leg' && far.playback !== null) this.endPrompt(far);
    else if (far.kind === 'attempt' && !far.invited) this.fence(far.channel);
    else if (far.kind === 'attempt') {
      this.answer(far);
      this.end(far, 'normal');
    }
  }

  protected tell(input: Input): readonly Fact[] {
    this.inputs += 1;
    this.trail.splice(0, this.trail.length - TRAIL_MAX);
    const random = this.inputs * 7;
    const isSampled = this.inputs % 16 === 0;
    const before = isSampled ? stateHash(this.state) : '';
    if (isSampled) {
      decide(this.state, input, { at: this.at, random });
      if (stateHash(this.state) !== before) throw new Error(`decide changes the state at ${input.type}`);
    }
    const { facts, effects, refused } = this.turnOf(input, random);
    if (facts.length > 0) this.trail.push(`${this.at - START_AT} ms  ${short(input)}`);
    for (const fact of facts) {
      this.trail.push(`    -> ${short(fact)}`);
      this.seen.add(fact.type);
      if ('code' in fact) this.seen.add(fact.code);
      this.facts.push({ at: this.at, fact });
      this.watch.see(fact, this.at);
    }
    if (refused !== null) this.seen.add(refused);
    if (isSampled) {
      this.watch.checkReadersOnly(facts);
      this.checkReplay();
    }
    this.far.perform(effects);
    checkState(this.state);
    // After a resync the callers who live are told again first.
    if (input.type !== 'telephony.resynced' && input.type !== 'call.arrives') this.checkOrphans();
    return facts;
  }

  private turnOf(input: Input, random: number): Turn {
    try {
      return turn(this.state, input, { at: this.at, random });
    } catch (error) {
      throw new Error(`${String(error)}\nat ${short(input)}`);
    }
  }

  private checkOrphans(): void {
    const orphans = this.far.isReachable ? this.far.orphans(this.state.channels) : [];
    if (orphans.length > 0) throw new Error(`S20: nobody hangs up ${orphans.join(', ')}`);
  }

  private checkReplay(): void {
    if (stateHash(this.watch.state) !== stateHash(this.state))
      throw new Error('S19: the replay differs from what was live');
  }

  private arrive(pick: Pick): void {
    if (this.far.channels.size > CALLS_MAX || !this.far.isReachable) return;
    this.callers += 1;
    const channel = `in-${this.callers}` as Channel;
    this.far.add(channel, 'call');
    const ani = pick(3) === 0 ? null : pick(5) === 0 ? REFUSED : pick(9) === 0 ? RELAY : dialable(pick(4));
    this.tell({ type: 'call.arrives', channel, ani, dnis: pick(2) === 0 ? '5550101' : '5550199' });
  }

  private someChannel(pick: Pick): void {
    const all = [...this.far.channels.values()];
    const far = all[pick(Math.max(1, all.length))];
    if (far === undefined || !this.far.isReachable) return;
    if (far.dying && pick(2) === 0) this.end(far, 'normal');
    else if (pick(25) === 0) this.end(far, ENDS[pick(ENDS.length)] as EndCause);
    else if (far.kind === 'call' && pick(5) > 0) this.sensibleCaller(far, pick);
    else if (far.kind === 'call') this.caller(far, pick);
    else if (far.kind === 'leg') this.leg(far, pick);
    else this.attempt(far, pick);
  }

  /** Listens, then answers what is asked. */
  protected sensibleCaller(far: FarChannel, pick: Pick): void {
    const { channel, playback } = far;
    const hears = (phrase: string): boolean => far.phrases.includes(phrase);
    const press = (key: string): void => void this.tell({ type: 'key.pressed', channel, key: key as Key });
    if (playback !== null && !far.began) {
      far.began = true;
      this.tell({ type: 'prompt.began', channel, playback });
    } else if (playback !== null && far.collecting) {
      this.collected(far, playback, pick);
    } else if (hears('language.choose')) press(`${1 + pick(2)}`);
    else if (hears('line.other')) press(`${1 + pick(3)}`);
    else if (hears('returning.code')) this.keyCode(press, pick);
    else if (hears('returning.keep')) press(`${1 + pick(6)}`);
    else if (hears('service.agent')) press(pick(5) === 0 ? '2' : '1');
    else if (hears('confirm.number')) press('1');
    else if (hears('language.other') && pick(8) === 0) press('5');
    else if (hears('offer.keep_place') && pick(3) > 0) press(`${1 + pick(2)}`);
    else if (playback !== null) this.endPrompt(far);
  }

  /** What was keyed: a number, or the extension of the one before. */
  private collected(far: FarChannel, playback: string, pick: Pick): void {
    const { channel, extensionOf } = far;
    far.collecting = false;
    if (extensionOf === null) {
      const number = pick(12) === 0 ? RELAY : dialable(pick(4));
      this.tell({ type: 'number.collected', channel, playback, number });
    } else
      this.tell({ type: 'extension.collected', channel, playback, number: extension(extensionOf, pick) });
  }

  /** Reference and code of a callback that lives, or nearly. */
  private keyCode(press: (key: string) => void, pick: Pick): void {
    const all = [...this.state.callbacks.values()];
    const callback = all[pick(Math.max(1, all.length))];
    const code = pick(4) === 0 ? '0000' : (callback?.code ?? '1234');
    for (const key of `${String(callback?.id ?? 1).padStart(6, '0')}${code}`) press(key);
  }

  private caller(far: FarChannel, pick: Pick): void {
    const { channel, playback } = far;
    const heard = pick(8) === 0 ? textId(SHARD, 'playback', pick(50)) : playback;
    if (heard === null || pick(3) > 0) {
      const key = KEYS[pick(KEYS.length)] as Key;
      this.tell({ type: 'key.pressed', channel, key });
      if (pick(5) === 0) this.tell({ type: 'key.pressed', channel, key });
    } else if (far.collecting && pick(2) === 0) {
      if (far.extensionOf === null && pick(3) === 0) {
        far.collecting = false;
        this.tell({ type: 'number.collected', channel, playback: heard, number: REFUSED });
      } else this.collected(far, heard, pick);
    } else {
      const type = pick(3) > 0 ? 'prompt.began' : 'prompt.ended';
      this.tell({ type, channel, playback: heard });
    }
  }

  private leg(far: FarChannel, pick: Pick): void {
    if (!far.up && pick(3) > 0) this.answer(far);
    else if (far.up && far.playback !== null) this.endPrompt(far);
    else if (!far.up) this.tell({ type: 'channel.ringing', channel: far.channel });
    else this.tell({ type: 'channel.answered', channel: far.channel }); // told twice
  }

  private attempt(far: FarChannel, pick: Pick): void {
    if (!far.invited) this.fence(far.channel);
    else if (pick(3) === 0) this.tell({ type: 'channel.ringing', channel: far.channel });
    else this.answer(far);
  }

  protected answer(far: FarChannel): void {
    far.up = true;
    this.tell({ type: 'channel.answered', channel: far.channel });
  }

  protected endPrompt(far: FarChannel): void {
    const { channel, playback } = far;
    far.playback = null;
    if (playback !== null) this.tell({ type: 'prompt.ended', channel, playback });
  }

  protected end(far: FarChannel, cause: EndCause): void {
    this.far.channels.delete(far.channel);
    this.tell({ type: 'channel.ended', channel: far.channel, cause });
  }

  private askFence(pick: Pick): void {
    const last = this.state.last.attempt;
    const asked =
      pick(6) === 0 ? `${SHARD}-attempt-x` : textId(SHARD, 'attempt', Math.max(0, last - pick(3)));
    this.fence(asked, pick(4) === 0 ? 'number.region' : null);
  }

  /** The dialplan asks by HTTP, whether or not the socket is there. */
  protected fence(attempt: string, number: NumberAtFence = null): void {
    const facts = this.tell({ type: 'dial.asked', attempt, number });
    const permitted = facts.filter(({ type }) => type.endsWith('.permitted'));
    if (permitted.some(({ type }) => type === 'attempt.permitted') && number !== null)
      throw new Error(`S9: ${attempt} is dialled, though ${number}`);
    const far = this.far.channels.get(attempt as Channel);
    if (permitted.length === 0 || far === undefined) return;
    if (far.invited) throw new Error(`S4: a second INVITE for ${attempt}`);
    far.invited = true;
    this.far.invites += 1;
  }

  protected someAgent(pick: Pick): void {
    const agent = (pick(20) === 0 ? 'zoe' : AGENTS[pick(AGENTS.length)]?.id) as AgentId;
    const kind = pick(13);
    if (kind === 12 || (kind === 11 && pick(2) === 0)) this.deskPage(agent, pick);
    else if (kind === 11) this.tell({ type: 'agent.mark_relay', agent });
    else if (kind === 10) this.tell({ type: 'agent.voicemail', agent });
    else if (kind < 2) {
      const lines = ['visas', 'visas'] as unknown as LineId[];
      this.tell(pick(3) === 0 ? { type: 'agent.sign_in', agent, lines } : { type: 'agent.sign_in', agent });
      if (pick(2) === 0) this.tell({ type: 'agent.page_opens', agent });
    } else if (kind < 7) this.tell({ type: 'agent.go_ready', agent });
    else if (kind < 8) this.tell({ type: 'agent.go_not_ready', agent, reason: `r${pick(2)}` });
    else if (kind < 9) this.tell({ type: 'agent.wrap_up', agent });
    else this.tell({ type: 'agent.sign_out', agent });
  }

  /** Pages of agents come and go, and are worked by. */
  private deskPage(agent: AgentId, pick: Pick): void {
    const kind = pick(8);
    if (kind < 3) this.tell({ type: 'agent.page_opens', agent });
    else if (kind < 4) this.tell({ type: 'agent.page_ends', agent });
    else if (kind < 5) this.tell({ type: 'agent.accept', agent });
    else if (kind < 6) this.tell({ type: 'agent.reject', agent, reason: 'busy' });
    else if (kind < 7) this.tell({ type: 'agent.hang_up', agent });
    else if (pick(2) === 0) this.tellOutcome(agent, pick);
    else this.agreeAgain(agent, pick);
  }

  /** Of the client that the page shows, or of the one before, of whom nothing was told in the wrap-up. */
  private tellOutcome(agent: AgentId, pick: Pick): void {
    const untold = this.state.agents.get(agent)?.page?.untold;
    const meant = untold === undefined ? {} : { callback: untold.callback };
    this.tell({ type: 'agent.tell_outcome', agent, ...meant, outcome: 'reached', noted: pick(2) === 0 });
  }

  /** After one that has ended, or has not; twice in a breath, now and then. */
  private askOnPage(pick: Pick): void {
    const input = {
      type: 'callback.ask_on_page',
      after: (this.state.last.callback - pick(6)) as CallbackId,
      endedAs: pick(5) === 0 ? 'connected' : 'incomplete',
      line: (pick(9) === 0 ? 'passports' : pick(2) === 0 ? 'visas' : 'citizenship') as LineId,
      language: pick(2) === 0 ? 'en' : 'fr',
      number: pick(12) === 0 ? RELAY : dialable(pick(9)),
    } as const;
    this.tell(input);
    if (pick(4) === 0) this.tell(input);
  }

  /** At a time that may be past, too far, or closed. */
  private agreeAgain(agent: AgentId, pick: Pick): void {
    const untilAt = this.at + (pick(8) === 0 ? -1_000 : 60_000 * (1 + pick(pick(8) === 0 ? 20_000 : 30)));
    const spokeWith = pick(2) === 0 ? 'client' : 'other';
    this.tell({ type: 'agent.call_again', agent, untilAt, spokeWith, noted: pick(2) === 0 });
  }

  /** Switches, numbers, priorities, cancelling and postponing; nothing that was accepted is lost by a switch (S12). */
  protected owner(pick: Pick): void {
    const by = 'owner';
    const kind = pick(16);
    const { last } = this.state;
    const callback = (last.callback - pick(4)) as CallbackId;
    if (kind < 5) {
      const line =
        pick(2) === 0 ? null : pick(9) === 0 ? 'passports' : pick(2) === 0 ? 'visas' : 'citizenship';
      const name = SWITCHES[pick(SWITCHES.length)] as SwitchName;
      const input = {
        type: 'switch.turn',
        name,
        line: line as LineId | null,
        on: pick(3) > 0,
        reason: 'r',
        by,
      } as const;
      const { size } = this.state.callbacks;
      this.tell(input);
      if (this.state.callbacks.size !== size) throw new Error(`S12: a callback is lost by a switch: ${name}`);
    } else if (kind < 7) {
      const place = (last.place - pick(6)) as PlaceId;
      this.tell({ type: 'place.prioritise', place, reason: pick(2) === 0 ? 'urgent' : 'again', by });
    } else if (kind < 8)
      this.tell({
        type: 'number.bar',
        numberKey: `number-${pick(9)}` as NumberKey,
        barred: pick(4) === 0,
        by,
      });
    else if (kind < 9) this.tell({ type: 'callback.cancel', callback, by });
    else if (kind < 10) this.tell({ type: 'callback.mark_relay', callback, by });
    else if (kind < 11) {
      const number = pick(3) === 0 ? extended(`number-${pick(9)}` as NumberKey, pick) : dialable(pick(9));
      this.tell({ type: 'callback.change_number', callback, number, by });
    } else if (kind < 14) this.tell({ type: 'callback.postpone', callback, minutes: 10 * (1 + pick(3)), by });
    else this.askOnPage(pick);
  }

  protected passTime(pick: Pick): void {
    const kind = pick(8);
    if (kind < 4) this.at += pick(3_000);
    else if (kind < 5)
      this.at += pick(200_000); // deadlines that have come wait until they are asked for
    else for (let n = pick(3); n >= 0; n -= 1) this.reachDeadline();
  }

  protected reachDeadline(): void {
    const next = this.state.deadlines.next();
    if (next !== null) this.at = Math.max(this.at, next.at);
    const { length } = this.tell({ type: 'deadline.reached' });
    if (length > 0 !== (next !== null)) throw new Error(`a deadline of ${next?.kind} led to ${length} facts`);
  }

  private nonsense(pick: Pick): void {
    const all = [
      ...this.far.channels.keys(),
      'in-0',
      `${SHARD}-leg-1`,
      `${SHARD}-attempt-1`,
      '',
    ] as Channel[];
    const channel = all[pick(all.length)] as Channel;
    const playback = pick(2) === 0 ? textId(SHARD, 'playback', this.state.last.playback) : 'x';
    const inputs: Input[] = [
      { type: 'key.pressed', channel, key: '#' },
      { type: 'prompt.began', channel, playback },
      { type: 'prompt.ended', channel, playback },
      { type: 'number.collected', channel, playback, number: dialable(1) },
      { type: 'channel.ringing', channel },
      { type: 'deadline.reached' },
      {
        type: 'centre.configure',
        configuration: CONFIGURATIONS[0] as Configuration,
        hash: this.state.configurationHash,
      },
    ];
    this.tell(inputs[pick(inputs.length)] as Input);
  }

  private socket(pick: Pick): void {
    if (this.far.isReachable) {
      this.far.isReachable = false;
      this.tell({ type: 'telephony.lost' });
      return;
    }
    for (const far of [...this.far.channels.values()]) {
      const fate = pick(4);
      if (fate === 0 || (far.dying && fate === 1)) this.far.channels.delete(far.channel);
      else if (fate === 1 && (far.kind === 'leg' || far.invited)) far.up = true;
    }
    this.resync();
  }

  private resync(): void {
    this.far.isReachable = true;
    this.tell({ type: 'telephony.resynced', channels: this.far.alive() });
    for (const far of [...this.far.channels.values()]) {
      if (far.kind !== 'call') continue;
      this.tell({ type: 'call.arrives', channel: far.channel, ani: dialable(0), dnis: '5550101' });
    }
    this.checkOrphans();
  }

  protected configure(n: number): void {
    const configuration = CONFIGURATIONS[n] as Configuration;
    this.tell({ type: 'centre.configure', configuration, hash: `h${n}` });
  }
}

function short(what: Input | Fact): string {
  const text = JSON.stringify(what, (name, value) =>
    name === 'configuration' || name === 'v' ? undefined : value,
  );
  return text.replaceAll('"', '');
}
