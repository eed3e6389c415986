// The people of the crash bench, at their telephones: citizens who call, take a callback or hold, and answer when they are
// called; agents who answer, talk a short while and go ready again. They act on what they are asked, as people who
// understand the prompts would, and give up on a line that has gone dead. They must not know what is being killed.

import { setTimeout as pause } from 'node:timers/promises';
import { KEYS } from '../../core/dialogue.ts';
import type { Fact, Step } from '../../core/fact.ts';
import type { CallId, NumberKey } from '../../core/id.ts';
import { isDialable } from '../../core/number.ts';
import type { Call } from '../../demo/network/call.ts';
import type { Ringing } from '../../demo/network/callee.ts';
import { Random } from '../../twin/random.ts';
import { type CrashStage, LINE_DNIS } from './stage.ts';

const AREAS = [
  '613',
  '514',
  '416',
  '604',
  '403',
  '902',
  '204',
  '506',
  '819',
  '905',
  '418',
  '519',
  '250',
  '780',
];
const NUMBERS_PER_AREA = 98;

const CALLBACK_SHARE = 0.8;
const BUSY_SHARE = 0.04;
const NO_ANSWER_SHARE = 0.04;
const AGENT_SILENT_SHARE = 0.03;
/** Nobody stays longer on a call than this, whatever happens. */
const CALL_LIMIT_MS = 45_000;
/** An agent who hears nobody for so long hangs up. */
const NOBODY_LIMIT_MS = 16_000;
const RING_LIMIT_MS = 9_000;
const CALLS_MAX = 3;
/** A limit that was not needed keeps no program running. */
const UNHELD = { ref: false } as const;

type Person = {
  readonly number: string;
  readonly random: Random;
  wantsCallback: boolean;
  /** Registered, as far as this person was told. */
  isRegistered: boolean;
  call: CallId | null;
  /** The last question put to them. */
  asked: Step | null;
  line: Call | null;
};

export class CrashPeople {
  readonly #stage: CrashStage;
  readonly #seed: number;
  readonly #persons = new Map<NumberKey, Person>();
  readonly #personOf = new Map<CallId, Person>();
  /** Resolves when Asterisk dies: every line that is up is dead from then on. */
  #dead = Promise.withResolvers<void>();
  #busy = 0;
  #next: number;
  #closed = false;
  #isBreak = true;

  constructor(stage: CrashStage, options: { readonly seed: number; readonly agents: readonly string[] }) {
    this.#stage = stage;
    this.#seed = options.seed;
    this.#next = Random.stream(options.seed, 'first number').below(AREAS.length * NUMBERS_PER_AREA);
    stage.onRow(({ fact }) => this.#note(fact));
    for (const agent of options.agents) void this.#workAt(agent);
    void this.#tendAgents();
  }

  /** Nobody is on the phone, and nobody is about to call. */
  get areQuiet(): boolean {
    return this.#busy === 0;
  }

  /** The centre's Asterisk is gone: whoever is on the line hears nothing more. */
  noteDeadLines(): void {
    this.#dead.resolve();
    this.#dead = Promise.withResolvers<void>();
  }

  close(): void {
    this.#closed = true;
  }

  /** All agents take a break, so that callers have to wait. */
  takeBreak(): void {
    this.#isBreak = true;
  }

  endBreak(): void {
    this.#isBreak = false;
  }

  /** Somebody calls; resolves when that person needs nothing more than to be called back, if at all. */
  async callIn(): Promise<void> {
    const person = this.#someone();
    this.#busy += 1;
    try {
      for (let n = 0; n < CALLS_MAX; n += 1) {
        if (await this.#call(person)) return;
        await pause(person.random.between(500, 1_500));
      }
    } finally {
      this.#busy -= 1;
    }
  }

  #someone(): Person {
    const n = this.#next;
    this.#next = (n + 1) % (AREAS.length * NUMBERS_PER_AREA);
    const number = `+1${AREAS[n % AREAS.length]}5550${100 + Math.floor(n / AREAS.length)}`;
    const key = this.#stage.numberKeyOf(number);
    const known = this.#persons.get(key);
    const random = known?.random ?? Random.stream(this.#seed, number);
    const person: Person = known ?? {
      number,
      random,
      wantsCallback: true,
      isRegistered: false,
      call: null,
      asked: null,
      line: null,
    };
    person.wantsCallback = random.chance(CALLBACK_SHARE);
    person.isRegistered = false;
    if (known === undefined) {
      this.#persons.set(key, person);
      void this.#answerAll(person);
    }
    return person;
  }

  /** True when there is no reason to call again: registered, served, or had enough. */
  async #call(person: Person): Promise<boolean> {
    const line = await this.#stage.network.citizen(person.number).call(LINE_DNIS);
    person.line = line;
    const isOver = line.ended.then(({ cause }) => (cause === 'normal' ? 'ended' : 'failed'));
    const isDead = this.#dead.promise.then(() => pause(person.random.between(500, 2_000), 'dead' as const));
    const how = await Promise.race([isOver, isDead, pause(CALL_LIMIT_MS, 'long' as const, UNHELD)]);
    if (how !== 'ended' && how !== 'failed') await line.hangUp();
    person.line = null;
    person.call = null;
    return person.isRegistered || how === 'ended' || how === 'long';
  }

  #note(fact: Fact): void {
    if (fact.type === 'call.arrived') {
      const person = isDialable(fact.ani) ? this.#persons.get(fact.ani.numberKey) : undefined;
      if (person === undefined) return;
      person.call = fact.call;
      this.#personOf.set(fact.call, person);
      return;
    }
    if (!('call' in fact)) return;
    const person = this.#personOf.get(fact.call);
    if (person === undefined || person.call !== fact.call) return;
    if (fact.type === 'callback.registered' || fact.type === 'callback.merged') person.isRegistered = true;
    else if (fact.type === 'dialogue.began' && person.asked === 'confirm')
      void this.#press(person, KEYS.confirm);
    else if (fact.type === 'call.ended') this.#personOf.delete(fact.call);
    else if (fact.type === 'dialogue.asked') {
      person.asked = fact.step;
      void this.#answerQuestion(person, fact.step);
    }
  }

  async #answerQuestion(person: Person, step: Step): Promise<void> {
    switch (step) {
      case 'language':
      case 'line':
        return this.#press(person, '1');
      case 'service':
        return this.#press(person, KEYS.agent);
      case 'offer':
        return person.wantsCallback ? this.#press(person, KEYS.thisNumber) : undefined;
      case 'registered': {
        const { line } = person;
        await pause(person.random.between(200, 2_500));
        await line?.hangUp();
        return;
      }
    }
  }

  async #press(person: Person, key: string): Promise<void> {
    const { line } = person;
    await pause(person.random.between(100, 600));
    await line?.press(key);
  }

  async #answerAll(person: Person): Promise<void> {
    for (;;) {
      const ringing = await this.#stage.network.citizen(person.number).nextCall();
      this.#busy += 1;
      await this.#beCalled(person, ringing).finally(() => {
        this.#busy -= 1;
      });
    }
  }

  async #beCalled(person: Person, ringing: Ringing): Promise<void> {
    const { random } = person;
    const { call } = ringing;
    if (random.chance(BUSY_SHARE)) return void (await ringing.refuse('busy'));
    ringing.ring();
    if (random.chance(NO_ANSWER_SHARE)) {
      await Promise.race([call.ended, pause(RING_LIMIT_MS, undefined, UNHELD)]);
      return void (await ringing.refuse('no_answer'));
    }
    await pause(random.between(200, 1_500));
    await this.#talk(random, ringing);
  }

  /** Answers and stays: until the other side hangs up, the line is dead, or it lasts too long. */
  async #talk(random: Random, ringing: Ringing): Promise<void> {
    const isDead = this.#dead.promise.then(() => pause(random.between(500, 2_000)));
    void ringing.answer();
    await Promise.race([ringing.call.ended, isDead, pause(CALL_LIMIT_MS, undefined, UNHELD)]);
    await ringing.call.hangUp();
  }

  async #workAt(agent: string): Promise<void> {
    const random = Random.stream(this.#seed, agent);
    for (;;) {
      const ringing = await this.#stage.network.phone(agent).nextCall();
      this.#busy += 1;
      await this.#serve(random, ringing).finally(() => {
        this.#busy -= 1;
      });
    }
  }

  async #serve(random: Random, ringing: Ringing): Promise<void> {
    const { call } = ringing;
    ringing.ring();
    if (random.chance(AGENT_SILENT_SHARE)) {
      await Promise.race([call.ended, pause(RING_LIMIT_MS, undefined, UNHELD)]);
      return void (await ringing.refuse('no_answer'));
    }
    await pause(random.between(100, 500));
    const isDead = this.#dead.promise.then(() => pause(random.between(500, 2_000), false));
    void ringing.answer();
    const hears = call.hearsSomebody();
    const heard = await Promise.race([hears, isDead, pause(NOBODY_LIMIT_MS, false, UNHELD)]);
    if (heard) await Promise.race([call.ended, isDead, pause(random.between(500, 2_000))]);
    await call.hangUp();
  }

  /** A desk: whoever is not signed in signs in, whoever was made not ready goes ready, unless there is a break. */
  async #tendAgents(): Promise<void> {
    while (!this.#closed) {
      for (const { agent, state } of await agentStates(this.#stage)) {
        const path = `/api/v1/agents/${agent}`;
        if (state === 'signed_out') await this.#stage.ask('POST', `${path}/sign-in`, {});
        if (this.#isBreak && state === 'ready')
          await this.#stage.ask('POST', `${path}/not-ready`, { reason: 'break' });
        else if (!this.#isBreak && state === 'not_ready') await this.#stage.ask('POST', `${path}/ready`);
      }
      await pause(500);
    }
  }
}

export async function agentStates(
  stage: CrashStage,
): Promise<readonly { readonly agent: string; readonly state: string }[]> {
  const told = (await stage.ask('GET', '/api/v1/agents')) as
    | { readonly agents: readonly { readonly agent: string; readonly state: string }[] }
    | undefined;
  return told?.agents ?? [];
}
