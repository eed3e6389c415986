// A lean telephone exchange with the people at both ends, in virtual time. It does what the core's effects ask for (rings
// agents, who answer at once; dials clients through the fence; plays, bridges, hangs up) and tells what people do: they
// arrive, hang up when their patience or the conversation is over, take an offered callback, answer it or not. What is
// heard takes no time here. The full exchange, with all that can go wrong, is src/telephony/simulated.

import { must } from '../../core/assert.ts';
import type { Effect } from '../../core/effect.ts';
import type { AttemptId, Channel } from '../../core/id.ts';
import type { Input } from '../../core/input.ts';
import { Random } from '../random.ts';
import type { Appointments } from './appointments.ts';
import { dnisOf } from './centre.ts';
import { type Draw, drawOf } from './law.ts';
import { type Next, OFFERED, type People, TOOK, UP } from './people.ts';
import type { Scenario, ScenarioLine } from './scenario.ts';

class Habits {
  readonly dnis: string;
  readonly handleMs: Draw;
  readonly patienceMs: Draw;
  readonly takes: Random;
  readonly answers: Random;
  readonly line: ScenarioLine;

  constructor(line: ScenarioLine, index: number, seed: number) {
    const stream = (name: string): Random => Random.stream(seed, `${line.id}/${name}`);
    this.line = line;
    this.dnis = dnisOf(index);
    this.handleMs = drawOf(line.handle, stream('handle'));
    this.patienceMs = drawOf(line.patience, stream('patience'));
    this.takes = stream('takes');
    this.answers = stream('answers');
  }
}

export class Switchboard {
  readonly #people: People;
  readonly #appointments: Appointments;
  readonly #habits: readonly Habits[];
  readonly #tell: (input: Input) => void;
  readonly #dialled = new Map<Channel, number>();
  /** Ms since the beginning. */
  now = 0;

  constructor(scenario: Scenario, people: People, appointments: Appointments, tell: (input: Input) => void) {
    this.#people = people;
    this.#appointments = appointments;
    this.#habits = scenario.lines.map((line, i) => new Habits(line, i, scenario.seed));
    this.#tell = tell;
  }

  /** A call comes in. */
  call(slot: number): void {
    const people = this.#people;
    people.set(slot, UP);
    this.#tell({
      type: 'call.arrives',
      channel: people.channels[slot] as Channel,
      ani: must(people.numbers[slot], 'number'),
      dnis: this.#habitsOf(slot).dnis,
    });
  }

  /** The caller was not given an agent at once, and holds. */
  hold(slot: number): void {
    const patienceMs = this.#habitsOf(slot).patienceMs();
    if (patienceMs < Number.POSITIVE_INFINITY) this.#next(slot, 'gives_up', patienceMs);
  }

  /** The time of somebody's appointment has come. */
  act(slot: number): void {
    const people = this.#people;
    switch (people.next[slot]) {
      case 'gives_up':
        this.#hangUp(slot);
        return;
      case 'hangs_up':
        if (people.is(slot, UP)) this.#hangUp(slot);
        else this.#endAttempt(slot, 'normal');
        return;
      case 'answers':
        this.#tell({ type: 'channel.answered', channel: people.attemptChannels[slot] as Channel });
        return;
      case 'does_not_answer':
        this.#endAttempt(slot, 'no_answer');
        return;
      default:
    }
  }

  perform(effect: Effect): void {
    switch (effect.do) {
      case 'ring':
        this.#tell({ type: 'channel.answered', channel: effect.channel });
        return;
      case 'hang_up':
        this.#hungUp(effect.channel);
        return;
      case 'bridge':
        if (effect.channels[0] !== undefined) this.#talk(effect.channels[0]);
        return;
      case 'play':
        this.#hears(effect);
        return;
      case 'dial':
        this.#tell({ type: 'dial.asked', attempt: effect.attempt, number: null });
        return;
      default:
    }
  }

  /** The fence has let an attempt through: the client's phone rings. */
  ring(attempt: AttemptId, channel: Channel): void {
    const people = this.#people;
    const slot = must(people.ofAttempt.get(attempt), 'client of attempt', attempt);
    const { line, answers } = this.#habitsOf(slot);
    const nth = people.attempt[slot] as number;
    people.attempt[slot] = nth + 1;
    people.attemptChannels[slot] = channel;
    this.#dialled.set(channel, slot);
    if (answers.chance(line.answer.probabilities[nth] ?? 0)) this.#next(slot, 'answers', line.answer.ringMs);
    else this.#next(slot, 'does_not_answer', line.answer.noAnswerMs);
  }

  #hears(effect: Extract<Effect, { do: 'play' }>): void {
    const slot = this.#people.ofChannel.get(effect.channel);
    if (slot === undefined) {
      if (effect.after === 'hang_up')
        this.#tell({ type: 'channel.ended', channel: effect.channel, cause: 'normal' });
      else this.#tell({ type: 'prompt.ended', channel: effect.channel, playback: effect.playback });
    } else if (effect.after === 'hang_up') this.#hangUp(slot);
    else if (effect.after === 'music') this.#considers(slot);
    else this.#confirms(slot, effect.playback);
  }

  /** Place and wait are told, and the callback where it is offered: taken or not, once and on entry. */
  #considers(slot: number): void {
    const people = this.#people;
    if (!people.is(slot, OFFERED) || people.is(slot, TOOK)) return;
    const { takes, line } = this.#habitsOf(slot);
    if (!takes.chance(line.takeRate)) return;
    this.#tell({ type: 'key.pressed', channel: people.channels[slot] as Channel, key: '1' });
  }

  /** The number was read back, and is right. */
  #confirms(slot: number, playback: string): void {
    const channel = this.#people.channels[slot] as Channel;
    this.#tell({ type: 'prompt.began', channel, playback });
    this.#tell({ type: 'key.pressed', channel, key: '1' });
  }

  #talk(client: Channel): void {
    const slot = must(this.#people.ofChannel.get(client) ?? this.#dialled.get(client), 'client');
    this.#next(slot, 'hangs_up', this.#habitsOf(slot).handleMs());
  }

  #hungUp(channel: Channel): void {
    const slot = this.#people.ofChannel.get(channel);
    if (slot !== undefined) {
      if (this.#people.is(slot, UP)) this.#hangUp(slot);
      return;
    }
    if (channel.includes('-attempt-')) return; // it has ended already: that is why
    this.#tell({ type: 'channel.ended', channel, cause: 'normal' });
  }

  /** The caller's own call ends; whoever took a callback goes on to expect it. */
  #hangUp(slot: number): void {
    const people = this.#people;
    people.unset(slot, UP);
    this.#appointments.cancel(slot);
    this.#tell({ type: 'channel.ended', channel: people.channels[slot] as Channel, cause: 'normal' });
    if (!people.is(slot, TOOK)) people.leaving.push(slot);
  }

  #endAttempt(slot: number, cause: 'normal' | 'no_answer'): void {
    const channel = this.#people.attemptChannels[slot] as Channel;
    this.#dialled.delete(channel);
    this.#tell({ type: 'channel.ended', channel, cause });
  }

  #next(slot: number, next: Next, afterMs: number): void {
    this.#people.next[slot] = next;
    this.#appointments.set(slot, this.now + afterMs);
  }

  #habitsOf(slot: number): Habits {
    return this.#habits[this.#people.line[slot] as number] as Habits;
  }
}
