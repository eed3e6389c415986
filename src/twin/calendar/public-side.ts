// The public of a simulated calendar and a lean exchange before it: people call, hear what is said, press keys, hold as
// long as they will, take a callback or not, answer it or not, and call again. It does what the core's effects ask for and
// tells what people do; each thing lived is counted as it is lived (lived.ts), from what is heard and never from facts.

import { must } from '../../core/assert.ts';
import { KEYS } from '../../core/dialogue.ts';
import type { Effect, Say } from '../../core/effect.ts';
import type { Channel, Language } from '../../core/id.ts';
import type { Input, Key } from '../../core/input.ts';
import type { PromptKey } from '../../core/prompt.ts';
import { Random } from '../random.ts';
import type { Appointments } from '../simulate/appointments.ts';
import { type Draw, drawOf } from '../simulate/law.ts';
import type { CalendarScenario } from './calendar-scenario.ts';
import { type Caller, Callers, type NextDeed } from './caller.ts';
import type { Lived } from './lived.ts';
import { timeWithin, type WorkDay } from './work-days.ts';

type Play = Extract<Effect, { do: 'play' }>;

/** From hearing a question to pressing the key. */
const KEY_AFTER_MS = 2_500;
const LEAST_TALK_MS = 1_000;

export class PublicSide {
  readonly callers = new Callers();
  readonly #scenario: CalendarScenario;
  readonly #days: readonly WorkDay[];
  readonly #lived: Lived;
  readonly #appointments: Appointments;
  readonly #tell: (input: Input) => void;
  readonly #handleMs: Draw;
  readonly #patienceMs: Draw;
  readonly #takes: Random;
  readonly #answers: Random;
  readonly #redials: Random;
  readonly #dialled = new Map<Channel, Caller>();
  readonly #ofAttempt = new Map<string, Caller>();
  #nextDay = 0;
  /** UTC ms, not rounded. */
  now = 0;

  constructor(
    scenario: CalendarScenario,
    days: readonly WorkDay[],
    lived: Lived,
    appointments: Appointments,
    tell: (input: Input) => void,
  ) {
    const stream = (name: string): Random => Random.stream(scenario.seed, name);
    this.#scenario = scenario;
    this.#days = days;
    this.#lived = lived;
    this.#appointments = appointments;
    this.#tell = tell;
    this.#handleMs = drawOf(scenario.handle, stream('handle'));
    this.#patienceMs = drawOf(scenario.patience, stream('patience'));
    this.#takes = stream('takes');
    this.#answers = stream('answers');
    this.#redials = stream('redials');
  }

  /** Somebody calls for the first time. */
  arrive(line: number, language: number): void {
    const caller = this.callers.fresh(line, language);
    this.#appointments.widen(Math.max(1_024, 2 ** Math.ceil(Math.log2(this.callers.size + 1))));
    this.#call(caller);
  }

  /** The time of somebody's appointment has come. */
  act(slot: number): void {
    const caller = this.callers.all[slot] as Caller;
    switch (caller.next) {
      case 'calls':
        this.#call(caller);
        return;
      case 'presses':
        this.#press(caller);
        return;
      case 'gives_up':
        this.#lived.gaveUp(must(caller.asking, 'what they asked'), this.#at);
        this.#hangUp(caller);
        this.#mayCallAgain(caller);
        return;
      case 'hangs_up':
        this.#endTalk(caller);
        return;
      case 'answers':
        this.#tell({ type: 'channel.answered', channel: caller.attemptChannel });
        return;
      case 'does_not_answer':
        this.#missed(caller);
    }
  }

  perform(effect: Effect): void {
    switch (effect.do) {
      case 'ring': // agents answer at once
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

  /** A callback of this caller is being tried: whose phone an attempt will ring. */
  expects(attempt: string, caller: Caller): void {
    this.#ofAttempt.set(attempt, caller);
  }

  /** The fence has let an attempt through: the client's phone rings. */
  ring(attempt: string, channel: Channel, ringMaxMs: number): void {
    const caller = must(this.#ofAttempt.get(attempt), 'client of attempt', attempt);
    this.#ofAttempt.delete(attempt);
    this.#lived.count(must(caller.asking, 'what they asked'), 'attempts_permitted');
    caller.attemptChannel = channel;
    this.#dialled.set(channel, caller);
    const { answers, ringMs } = this.#scenario;
    if (this.#answers.chance(answers[caller.attempts] ?? 0)) this.#next(caller, 'answers', ringMs);
    else this.#next(caller, 'does_not_answer', ringMaxMs);
    caller.attempts += 1;
  }

  get #at(): number {
    return Math.floor(this.now);
  }

  #call(caller: Caller): void {
    this.callers.begin(caller);
    const line = must(this.#scenario.configuration.lines[caller.line], 'line');
    if (line.direct !== null) this.#asks(caller, line.direct);
    this.#tell({
      type: 'call.arrives',
      channel: caller.channel,
      ani: caller.number,
      dnis: must(line.dnis[0], 'number of the line'),
    });
  }

  #asks(caller: Caller, language: Language): void {
    const { id } = must(this.#scenario.configuration.lines[caller.line], 'line');
    caller.asking = { at: this.#at, line: id, language };
    this.#lived.count(caller.asking, 'asked');
  }

  #hears(play: Play): void {
    const caller = this.callers.ofChannel.get(play.channel);
    if (caller === undefined) this.#agentHears(play);
    else if (play.after === 'hang_up') this.#hearsGoodbye(caller, play);
    else if (play.after === 'music') this.#holds(caller, play);
    else if (isSaid(play, 'language.choose')) this.#willPress(caller, 'language', play);
    else if (isSaid(play, 'service.agent')) this.#willPress(caller, 'agent', play);
    else if (isSaid(play, 'confirm.yes')) this.#willPress(caller, 'confirm', play);
  }

  #agentHears({ channel, playback, after }: Play): void {
    if (after === 'hang_up') this.#tell({ type: 'channel.ended', channel, cause: 'normal' });
    else this.#tell({ type: 'prompt.ended', channel, playback });
  }

  #hearsGoodbye(caller: Caller, play: Play): void {
    const { asking } = caller;
    if (isSaid(play, 'registered.done')) {
      this.#lived.count(must(asking, 'what they asked'), 'registered');
      caller.expectsCallback = true;
    } else if (asking !== null && isSaid(play, 'call.line_full')) this.#lived.count(asking, 'refused_full');
    else if (asking !== null && isSaid(play, 'call.line_closed')) this.#lived.count(asking, 'refused_closed');
    this.#hangUp(caller);
    if (!caller.expectsCallback) this.#mayCallAgain(caller);
  }

  /** Place and wait are told, and the callback where it is offered: taken or not, the first time that it is heard. */
  #holds(caller: Caller, play: Play): void {
    if (!caller.hasHeardOffer && isSaid(play, 'offer.keep_place')) {
      caller.hasHeardOffer = true;
      this.#lived.count(must(caller.asking, 'what they asked'), 'offered');
      if (this.#takes.chance(this.#scenario.takeRate)) {
        this.#willPress(caller, 'callback', play);
        return;
      }
    }
    if (caller.holdsUntil !== 0) return;
    const patienceMs = this.#patienceMs();
    caller.holdsUntil = this.now + patienceMs;
    this.#next(caller, 'gives_up', patienceMs);
  }

  #willPress(caller: Caller, press: Caller['press'], { playback }: Play): void {
    caller.press = press;
    caller.playback = playback;
    this.#next(caller, 'presses', KEY_AFTER_MS);
  }

  #press(caller: Caller): void {
    const { channel, playback } = caller;
    const { languages } = this.#scenario.configuration;
    const key = (pressed: Key): void => this.#tell({ type: 'key.pressed', channel, key: pressed });
    switch (caller.press) {
      case 'language':
        key(String(caller.language + 1) as Key);
        return;
      case 'agent':
        this.#asks(caller, languages[caller.language] ?? 'en');
        key(KEYS.agent);
        return;
      case 'callback':
        key(KEYS.thisNumber);
        return;
      case 'confirm':
        this.#tell({ type: 'prompt.began', channel, playback });
        key(KEYS.confirm);
    }
  }

  #talk(channel: Channel): void {
    const live = this.callers.ofChannel.get(channel);
    const caller = must(live ?? this.#dialled.get(channel), 'client');
    caller.isTalking = true;
    if (live !== undefined) this.#lived.answered(must(caller.asking, 'what they asked'), this.#at);
    else caller.reachedAt = this.#at;
    const line = must(this.#scenario.configuration.lines[caller.line], 'line');
    const wrapUpMs = line.wrapUpMs ?? this.#scenario.configuration.agent.wrapUpMs;
    this.#next(caller, 'hangs_up', Math.max(LEAST_TALK_MS, this.#handleMs() - wrapUpMs));
  }

  #endTalk(caller: Caller): void {
    if (caller.isUp) {
      this.#hangUp(caller);
      this.callers.release(caller);
      return;
    }
    this.#lived.calledBack(must(caller.asking, 'what they asked'), caller.reachedAt);
    this.#endAttempt(caller, 'normal');
    this.callers.release(caller);
  }

  /** Nobody took the phone; after the last attempt the callback is over. */
  #missed(caller: Caller): void {
    const asking = must(caller.asking, 'what they asked');
    this.#lived.count(asking, 'failed_no_answer');
    this.#endAttempt(caller, 'no_answer');
    if (caller.attempts < this.#scenario.answers.length) return;
    this.#lived.count(asking, 'incomplete_no_answer');
    this.callers.release(caller);
  }

  #hungUp(channel: Channel): void {
    const caller = this.callers.ofChannel.get(channel);
    if (caller !== undefined) {
      if (caller.isUp) this.#hangUp(caller);
    } else if (!channel.includes('-attempt-'))
      this.#tell({ type: 'channel.ended', channel, cause: 'normal' });
  }

  #hangUp(caller: Caller): void {
    caller.isUp = false;
    this.#appointments.cancel(caller.slot);
    this.#tell({ type: 'channel.ended', channel: caller.channel, cause: 'normal' });
  }

  #endAttempt({ attemptChannel: channel }: Caller, cause: 'normal' | 'no_answer'): void {
    this.#dialled.delete(channel);
    this.#tell({ type: 'channel.ended', channel, cause });
  }

  /** Not served: again on the same day, on the next, or not at all. */
  #mayCallAgain(caller: Caller): void {
    const { probability, sameDay, afterMs } = this.#scenario.demand.redial;
    if (!this.#redials.chance(probability)) {
      this.callers.release(caller);
      return;
    }
    const isSameDay = this.#redials.chance(sameDay);
    const laterMs = -Math.log(1 - this.#redials.unit()) * afterMs;
    while ((this.#days[this.#nextDay]?.demand[0]?.fromAt ?? Number.POSITIVE_INFINITY) <= this.now)
      this.#nextDay += 1;
    const today = this.#days[this.#nextDay - 1];
    const closesAt = today?.demand.at(-1)?.toAt ?? 0;
    if (isSameDay && this.now + laterMs < closesAt) this.#next(caller, 'calls', laterMs);
    else {
      const day = this.#days[this.#nextDay];
      if (day === undefined) this.callers.release(caller);
      else this.#next(caller, 'calls', timeWithin(day, this.#redials) - this.now);
    }
  }

  #next(caller: Caller, next: NextDeed, afterMs: number): void {
    caller.next = next;
    this.#appointments.set(caller.slot, this.now + afterMs);
  }
}

function isSaid({ say }: Play, prompt: PromptKey): boolean {
  return say.some((one: Say) => 'prompt' in one && one.prompt === prompt);
}
