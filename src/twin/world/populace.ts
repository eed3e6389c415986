// The citizens of a world: those who call by themselves, at random or in a crowd, those who call again, and those with a
// callback who call about it. Whoever waits for a callback stays at their number; others are forgotten.

import { type CallbackId, LANGUAGES } from '../../core/id.ts';
import type { Random } from '../random.ts';
import { Citizen, type Errand } from './citizen.ts';
import { CENTRE_NUMBER } from './configuration.ts';
import { Numbers } from './numbers.ts';
import type { World } from './world.ts';

export type PopulaceOptions = {
  readonly calls: number;
  readonly betweenCallsMs: number;
  /** Of who asks on a page: a stream of its own, so that everybody else does what they did. */
  readonly pages: Random;
};

const ERRANDS = [
  'requests_again',
  'cancels',
  'calls_in',
  'guesses_code',
] as const satisfies readonly Errand[];
const PATIENCE_MS = 400_000;

export class Populace {
  readonly #world: World;
  readonly #betweenCallsMs: number;
  readonly #numbers = new Numbers();
  readonly #citizens = new Map<string, Citizen>();
  readonly #pages: Random;
  #callsLeft: number;
  #onTheirWay = 0;

  constructor(world: World, { calls, betweenCallsMs, pages }: PopulaceOptions) {
    this.#pages = pages;
    this.#world = world;
    this.#callsLeft = calls;
    this.#betweenCallsMs = betweenCallsMs;
  }

  /** Somebody is about to call. */
  get isBusy(): boolean {
    return this.#onTheirWay > 0;
  }

  withNumber(number: string): Citizen | undefined {
    return this.#citizens.get(number);
  }

  isNumberIn(text: string): boolean {
    return this.#numbers.isIn(text);
  }

  start(): void {
    this.#in(10_000, () => this.#arrive());
  }

  crowd(people: number, withinMs: number): void {
    for (let i = 0; i < people; i += 1)
      this.#in(this.#world.chance.below(withinMs), () => this.#call(this.#newcomer()));
  }

  /** A call is over: whoever waits to be called may call again about it, some others try once more. */
  over(citizen: Citizen): void {
    const { chance, isClosing, faults } = this.#world;
    if (citizen.promise !== null) {
      this.#toldOnPage(citizen.promise.reference);
      this.#asksOnPage(citizen.promise.reference, citizen.traits.number);
      if (isClosing || citizen.errand !== null) return;
      const errand = ERRANDS.find((one) => faults.draws(`citizen.${one}`));
      if (errand === undefined) return;
      citizen.errand = errand;
      this.#in(chance.between(1_000, 240_000), () => {
        faults.count(`citizen.${errand}`);
        this.#call(citizen);
      });
      return;
    }
    if (!isClosing && chance.chance(0.05)) {
      this.#in(chance.between(1_000, 600_000), () => this.#call(citizen));
      return;
    }
    this.#citizens.delete(citizen.traits.number);
  }

  /** Some open the page of their callback and answer there; what is not asked, or not any more, is refused. */
  #toldOnPage(reference: string): void {
    const { chance, configuration } = this.#world;
    if (configuration.lines.every(({ survey }) => (survey?.linkMs ?? 0) === 0) || chance.chance(0.6)) return;
    this.#in(chance.between(1_000, 900_000), () => {
      const questions = ['satisfied', 'again', 'answered'] as const;
      const answers = questions
        .filter(() => chance.chance(0.7))
        .map((question) => ({ question, answer: chance.between(1, question === 'satisfied' ? 5 : 2) }));
      const callback = Number(reference) as CallbackId;
      this.#world.tellOwner({ type: 'survey.answer', callback, answers });
    });
  }

  /** Some look later whether it has ended without them, and ask for another; some press twice. */
  #asksOnPage(reference: string, number: string): void {
    const chance = this.#pages;
    if (this.#world.configuration.clientPage === undefined || !chance.chance(0.3)) return;
    this.#in(chance.between(60_000, 3_600_000), () => {
      const after = Number(reference) as CallbackId;
      const times = chance.chance(0.3) ? 2 : 1;
      for (let time = 0; time < times; time += 1) this.#world.askOnPage(after, number);
    });
  }

  #arrive(): void {
    this.#callsLeft -= 1;
    this.#call(this.#newcomer());
    if (this.#callsLeft > 0)
      this.#in(this.#world.chance.exponentialMs(this.#betweenCallsMs), () => this.#arrive());
    else this.#world.close();
  }

  #newcomer(): Citizen {
    const { chance, configuration } = this.#world;
    const citizen = new Citizen(this.#world, {
      number: this.#numbers.next(),
      hidesNumber: chance.chance(0.1),
      language: chance.pick(LANGUAGES),
      line: chance.pick(configuration.lines).id,
      onlyLooks: chance.chance(0.05),
      wantsCallback: chance.chance(0.75),
      patienceMs: 5_000 + chance.exponentialMs(PATIENCE_MS),
      clumsiness: chance.pick([0, 0.02, 0.2]),
      atHome: chance.pick([0.95, 0.8, 0.3]),
    });
    this.#citizens.set(citizen.traits.number, citizen);
    return citizen;
  }

  #call(citizen: Citizen): void {
    const { chance, configuration } = this.#world;
    const straight = chance.chance(0.2);
    const line = configuration.lines.find((one) => one.id === citizen.traits.line);
    citizen.call(straight ? (line?.dnis[0] ?? '') : CENTRE_NUMBER.slice(1));
  }

  #in(ms: number, then: () => void): void {
    const { timeline } = this.#world;
    this.#onTheirWay += 1;
    const wake = (): void => {
      this.#onTheirWay -= 1;
      then();
    };
    timeline.set(timeline.now() + ms, { wake }, 'call');
  }
}
