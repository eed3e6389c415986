// The public of the demonstration: people who call, choose their language and line, and then hold, or hang up and are
// called back. They know what a person with a telephone knows: keys they press at a human pace, and whether they hear
// somebody. Nothing here asks the centre anything.

import { setTimeout as pause } from 'node:timers/promises';
import type { Configuration } from '../core/configuration.ts';
import { KEYS } from '../core/dialogue.ts';
import { Chance } from './chance.ts';
import type { Conversations } from './conversations.ts';
import type { Call } from './network/call.ts';
import type { Ringing } from './network/callee.ts';
import type { Network, NetworkCitizen } from './network/network.ts';
import { VISITORS_LINE } from './visitors.ts';

export type CallersOptions = {
  readonly network: Network;
  readonly configuration: Configuration;
  readonly conversations: Conversations;
  /** What they dial. */
  readonly dnis: string;
  readonly seed: number;
  readonly signal: AbortSignal;
};

/**
 * The day goes in rounds of two minutes: a rush, so that there is a queue to see, then a busy minute, then a calm one in
 * which the queue is worked off. From this time of the round on, calls come with this mean gap.
 */
const ROUND: readonly (readonly [fromMs: number, gapMs: number])[] = [
  [0, 750],
  [12_000, 4_000],
  [60_000, 7_000],
];
const ROUND_MS = 120_000;
/** More people than this are never on the phone at once. */
const ALIVE_MAX = 60;

const CALLBACK_SHARE = 0.55;
const OTHER_NUMBER_SHARE = 0.15;
const PATIENCE_MS = 120_000;
const YES_OR_NO = ['1', '1', '1', '1', '2'] as const;
/** First call back to them: not at home, on another call; the next one is answered. */
const NO_ANSWER_SHARE = 0.06;
const BUSY_SHARE = 0.06;
const ANSWER_LIMIT_MS = 60_000;
/** Of those who are asked how it was: some answer, some leave in the middle, some at once. */
const ANSWERS_SHARE = 0.7;
const NEXT_ANSWER_SHARE = 0.85;
/** Very satisfied mostly; then yes or no. */
const ANSWERS = [['5', '5', '5', '4', '4', '2'], YES_OR_NO, YES_OR_NO] as const;

export class Callers {
  readonly #options: CallersOptions;
  readonly #numbers: string[];
  /** Those who listen for a callback, so that nobody does twice. */
  readonly #listening = new Set<string>();
  #alive = 0;

  constructor(options: CallersOptions) {
    this.#options = options;
    this.#numbers = fictitiousNumbers(options.configuration);
  }

  /** Resolves when the signal says that the day is over. */
  async run(): Promise<void> {
    const { seed, signal } = this.#options;
    const arrivals = Chance.of(seed, 0);
    try {
      let atMs = 0;
      for (let n = 1; ; n += 1) {
        const gapMs = arrivals.exponential(meanGapMs(atMs % ROUND_MS));
        atMs += gapMs;
        await pause(gapMs, undefined, { signal });
        if (this.#alive < ALIVE_MAX) void this.#live(n);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /** One person's business with the centre, from the first call to the last. */
  async #live(n: number): Promise<void> {
    const chance = Chance.of(this.#options.seed, n);
    const number = this.#numbers[n % this.#numbers.length]!;
    this.#alive += 1;
    try {
      await this.#callIn(this.#options.network.citizen(number), chance);
    } catch (error) {
      if (!this.#options.signal.aborted) throw error;
    } finally {
      this.#alive -= 1;
    }
  }

  async #callIn(citizen: NetworkCitizen, chance: Chance): Promise<void> {
    const { configuration, conversations, dnis } = this.#options;
    const call = await citizen.call(dnis);
    conversations.citizen(call);
    if (!(await call.answered)) return;
    const served = call.hearsSomebody();
    const languages = configuration.languages.map((_, i) => String(i + 1));
    const lines = configuration.lines.filter(({ id }) => id !== VISITORS_LINE).map(({ key }) => key);
    const language = chance.isLikely(0.65) ? languages[0]! : languages.at(-1)!;
    await this.#pressAfter(call, chance.between(2_000, 3_500), language);
    await this.#pressAfter(call, chance.between(1_500, 3_000), chance.pick(lines as [string, ...string[]]));
    await this.#pressAfter(call, chance.between(1_200, 2_200), KEYS.agent);
    if (await this.#first(served, chance.between(3_500, 7_000))) return this.#talk(call, chance);
    if (chance.isLikely(CALLBACK_SHARE)) return this.#takeCallback(call, citizen, served, chance);
    if (await this.#first(served, chance.exponential(PATIENCE_MS))) return this.#talk(call, chance);
    await call.hangUp();
  }

  async #takeCallback(
    call: Call,
    citizen: NetworkCitizen,
    served: Promise<boolean>,
    chance: Chance,
  ): Promise<void> {
    let called = citizen;
    let keys: string = KEYS.confirm;
    if (chance.isLikely(OTHER_NUMBER_SHARE)) {
      // Somebody else's phone at home: the same exchange, the next number but one.
      const other = this.#numbers[(this.#numbers.indexOf(citizen.number) + 500) % this.#numbers.length]!;
      called = this.#options.network.citizen(other);
      await call.press(KEYS.otherNumber);
      await this.#pressAfter(call, chance.between(3_000, 5_000), `${other.slice(2)}#`);
      keys += KEYS.endOfNumber; // asked for an extension, as of every number that is keyed: there is none
    } else {
      await call.press(KEYS.thisNumber);
    }
    this.#listen(called, chance);
    for (const key of keys) await this.#pressAfter(call, chance.between(3_500, 5_500), key);
    // Some hear the reference and the code to the end, some have heard enough.
    if (await this.#first(served, chance.between(6_000, 25_000))) return this.#talk(call, chance);
    await call.hangUp();
  }

  /** From now on this phone is near them: every call to it is dealt with. */
  #listen(citizen: NetworkCitizen, chance: Chance): void {
    if (this.#listening.has(citizen.number)) return;
    this.#listening.add(citizen.number);
    const answerAll = async (): Promise<void> => {
      for (;;) await this.#beCalled(await citizen.nextCall(), chance);
    };
    answerAll().catch((error) => {
      if (!this.#options.signal.aborted) throw error;
    });
  }

  async #beCalled(ringing: Ringing, chance: Chance): Promise<void> {
    const { conversations, signal } = this.#options;
    const { call } = ringing;
    if (chance.isLikely(BUSY_SHARE)) return void (await ringing.refuse('busy'));
    ringing.ring();
    if (chance.isLikely(NO_ANSWER_SHARE)) return void (await call.ended);
    await pause(chance.between(1_500, 4_000), undefined, { signal });
    if (!(await ringing.answer())) return;
    conversations.citizen(call);
    await this.#talk(call, chance);
  }

  /** Most conversations are ended by the agent; some clients are quicker, and nobody stays for ever. */
  async #talk(call: Call, chance: Chance): Promise<void> {
    const staysMs = chance.isLikely(0.35) ? chance.between(4_000, 8_000) : ANSWER_LIMIT_MS;
    const asked = call.hearsVoiceAfterwards();
    const isOver = this.#ended(call);
    if (!(await this.#first(Promise.race([isOver, asked]), staysMs))) return void (await call.hangUp());
    if (await Promise.race([isOver, asked.then(() => false)])) return;
    await this.#answer(call, chance);
  }

  /** The agent has gone and a voice asks. Whoever has keyed all answers is thanked and let go. */
  async #answer(call: Call, chance: Chance): Promise<void> {
    if (!chance.isLikely(ANSWERS_SHARE)) return void (await call.hangUp());
    for (const keys of ANSWERS) {
      if (await this.#first(this.#ended(call), chance.between(2_500, 6_000))) return;
      await call.press(chance.pick(keys));
      if (!chance.isLikely(NEXT_ANSWER_SHARE)) return void (await call.hangUp());
    }
    if (!(await this.#first(this.#ended(call), ANSWER_LIMIT_MS))) await call.hangUp();
  }

  #ended(call: Call): Promise<true> {
    return call.ended.then(() => true);
  }

  async #pressAfter(call: Call, afterMs: number, keys: string): Promise<void> {
    await pause(afterMs, undefined, { signal: this.#options.signal });
    await call.press(keys);
  }

  /** Whether it came true within this time. */
  #first(what: Promise<boolean>, withinMs: number): Promise<boolean> {
    const late = pause(withinMs, false, { signal: this.#options.signal });
    return Promise.race([what, late]);
  }
}

function meanGapMs(atMs: number): number {
  return ROUND.findLast(([fromMs]) => fromMs <= atMs)![1];
}

const AREAS = ['613', '514', '416', '604', '403', '902', '204', '506', '819', '905'] as const;

/** 555-0100 to 555-0199 lead nowhere in every area; those of the centre itself are left out. */
export function fictitiousNumbers(configuration: Configuration): string[] {
  const own = new Set(configuration.lines.map(({ callerId }) => callerId));
  const numbers: string[] = [];
  for (let last = 100; last < 199; last += 1) {
    for (const area of AREAS) numbers.push(`+1${area}5550${last}`);
  }
  return numbers.filter((number) => !own.has(number));
}
