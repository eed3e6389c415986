// What a survey may and must be, held against each turn of a random run. From the state before it and the input it says by
// itself what should come (who is asked, by phone or on a page; what a key means; what silence leads to), keeping its own
// book of conversations and questions from the facts. It knows the owners' rules and none of the core's decisions.

import type { SurveyQuestion, SurveyRules } from '../../src/core/configuration.ts';
import type { Fact, FactOf, FactType } from '../../src/core/fact.ts';
import type { PlaceId } from '../../src/core/id.ts';
import type { Input } from '../../src/core/input.ts';
import { configurationOf, lineOf, type Place, placeOf, type State } from '../../src/core/state.ts';
import type { Survey } from '../../src/core/survey.ts';
import { SurveysChecker } from '../../src/twin/check-surveys.ts';

/** What was so before the input: the state is about to change. */
export type Before = {
  readonly byPhone: { readonly place: PlaceId; readonly questions: readonly SurveyQuestion[] } | null;
  readonly onPage: PlaceId | null;
  /** Facts about the survey whose channel pressed a key. */
  readonly key: readonly string[] | null;
  readonly keyOf: PlaceId | null;
};

const HIGHEST: Readonly<Record<SurveyQuestion, number>> = { satisfied: 5, again: 2, answered: 2 };

export class SurveyWatch {
  readonly #checker = new SurveysChecker();
  readonly #talkingSince = new Map<PlaceId, number>();
  /** A place is asked about once, after its first conversation, or not at all. */
  readonly #askedAbout = new Set<PlaceId>();
  readonly #rounds = new Map<PlaceId, { readonly question: SurveyQuestion; readonly round: number }>();

  before(state: State, input: Input, at: number, random: number): Before {
    const nothing = { byPhone: null, onPage: null, key: null, keyOf: null };
    if (input.type === 'agent.hang_up') {
      const agent = state.agents.get(input.agent);
      if (agent?.state !== 'on_call' || agent.place === null || !state.telephonyUp) return nothing;
      return { ...nothing, byPhone: this.#askedByPhone(state, agent.place, at, random) };
    }
    if (!('channel' in input)) return nothing;
    const owner = state.channels.get(input.channel);
    if (input.type === 'key.pressed' && owner?.kind === 'survey') {
      const survey = must(state.surveys.get(owner.place));
      return { ...nothing, keyOf: owner.place, key: meantBy(state, survey, input.key, at) };
    }
    if (input.type !== 'channel.ended') return nothing;
    if (owner?.kind === 'agent') {
      const { place } = must(state.agents.get(owner.agent));
      if (place === null || input.cause === 'lost' || !state.telephonyUp) return nothing;
      return { ...nothing, byPhone: this.#askedByPhone(state, place, at, random) };
    }
    if (owner?.kind === 'attempt') {
      const { callback } = must(state.attempts.get(owner.attempt));
      const { place } = must(state.callbacks.get(callback));
      return { ...nothing, onPage: this.#askedOnPage(state, place, at, random) };
    }
    return nothing;
  }

  after(state: State, before: Before, input: Input, facts: readonly Fact[], at: number): void {
    const begun = of(facts, 'survey.begun');
    const byPhone = begun.filter(({ untilAt }) => untilAt === undefined);
    hold(
      byPhone.length === (before.byPhone === null ? 0 : 1),
      `${byPhone.length} are asked by phone at ${input.type}`,
    );
    for (const fact of byPhone) this.#begunByPhone(state, fact, must(before.byPhone), facts);
    for (const fact of begun) {
      hold(
        of(facts, 'place.left').some(({ place }) => place === fact.place) ||
          of(facts, 'callback.parted').some(({ callback }) => callback === fact.callback),
        'a survey keeps its place waiting',
      );
      if (fact.untilAt !== undefined) this.#begunOnPage(state, fact, before, facts, at);
    }
    if (before.onPage !== null)
      hold(
        begun.some(({ place }) => place === before.onPage),
        'who hung up first is not asked',
      );
    if (before.key !== null) {
      const told = facts.filter((fact) => 'place' in fact && fact.place === before.keyOf).map(short);
      hold(told.join() === before.key.join(), `a key led to ${told}, not to ${before.key}`);
    }
    this.#over(state, input, facts);
    for (const fact of facts) this.#see(state, fact, input, at);
    this.#checker.atRest(state);
  }

  /** Who has answered all on a page is through; who is there after a resync is asked again, or let go. */
  #over(state: State, input: Input, facts: readonly Fact[]): void {
    if (input.type === 'survey.answer') {
      const place = of(facts, 'survey.answered')[0]?.place;
      const survey = place === undefined ? undefined : state.surveys.get(place);
      const isWhole = survey !== undefined && survey.answered.length === survey.questions.length;
      hold(!isWhole, 'a page on which all is answered stays open');
    }
    if (input.type !== 'telephony.resynced') return;
    for (const survey of state.surveys.values()) {
      if (survey.channel === null) continue;
      const again = of(facts, 'survey.asked').find(({ place }) => place === survey.place);
      hold(again?.because === 'resynced' && survey.state === 'asking', 'a client is left without a word');
    }
  }

  #see(state: State, fact: Fact, input: Input, at: number): void {
    this.#checker.fact(fact);
    switch (fact.type) {
      case 'call.connected':
        this.#talkingSince.set(fact.place, at);
        return;
      case 'callback.connected':
        this.#talkingSince.set(must(state.callbacks.get(fact.callback) ?? null).place, at);
        return;
      case 'survey.begun':
        this.#askedAbout.add(fact.place);
        return;
      case 'callback.again_agreed':
        this.#askedAbout.add(must(state.callbacks.get(fact.callback) ?? null).place);
        return;
      case 'place.handed_over':
        this.#talkingSince.set(fact.place, at);
        return;
      case 'place.transferred':
      case 'place.left':
        this.#talkingSince.delete(fact.place);
        return;
      case 'survey.asked':
        this.#asked(state, fact, input);
        return;
      case 'survey.answered':
        hold(
          input.type === 'survey.answer' || input.type === 'key.pressed',
          `an answer comes of ${input.type}`,
        );
        return;
      case 'survey.ended':
        this.#rounds.delete(fact.place);
        return;
      default:
    }
  }

  #askedByPhone(state: State, id: PlaceId, at: number, random: number): Before['byPhone'] {
    const place = placeOf(state, id);
    if (goesOn(place) || this.#askedAbout.has(id)) return null;
    const rules = drawn(state, id, random);
    const since = this.#talkingSince.get(id);
    if (rules === null || since === undefined || at - since < (rules.talkMinMs ?? 0)) return null;
    const questions = rules.questions.filter((question) => question !== 'again' || place.callback !== null);
    return questions.length === 0 ? null : { place: id, questions };
  }

  #askedOnPage(state: State, id: PlaceId, at: number, random: number): PlaceId | null {
    const rules = drawn(state, id, random);
    const since = this.#talkingSince.get(id);
    if (rules === null || rules.linkMs === 0 || since === undefined || this.#askedAbout.has(id)) return null;
    return at - since < (rules.talkMinMs ?? 0) ? null : id;
  }

  #begunByPhone(
    state: State,
    fact: FactOf<'survey.begun'>,
    { place, questions }: NonNullable<Before['byPhone']>,
    facts: readonly Fact[],
  ): void {
    hold(fact.place === place, 'another client is asked than the one who stayed');
    hold(fact.questions.join() === questions.join(), `${fact.questions} is asked, not ${questions}`);
    const [asked] = of(facts, 'survey.asked');
    hold(asked?.question === questions[0] && asked?.because === 'first', 'the first question is not asked');
    hold(
      [...state.agents.values()].every((agent) => agent.place !== place),
      'an agent is kept by a survey',
    );
  }

  #begunOnPage(
    state: State,
    fact: FactOf<'survey.begun'>,
    before: Before,
    facts: readonly Fact[],
    at: number,
  ): void {
    const { survey: rules } = lineOf(state, must(state.surveys.get(fact.place)).line);
    hold(fact.untilAt === at + (rules?.linkMs ?? 0), 'a page is open for another time than the owners want');
    if (fact.of === 'incomplete')
      hold(of(facts, 'callback.unreachable').length > 0, 'who was reached is told as incomplete');
    else hold(before.onPage === fact.place, 'who did not hang up first is asked on a page');
  }

  #asked(state: State, fact: FactOf<'survey.asked'>, input: Input): void {
    const last = this.#rounds.get(fact.place);
    const { roundsMax } = configurationOf(state).dialogue;
    const isSame = last?.question === fact.question;
    hold(fact.round <= Math.max(roundsMax, last?.round ?? 1), `round ${fact.round} of ${fact.question}`);
    if (fact.because === 'resynced') hold(isSame && fact.round === last?.round, 'a resync counts as a round');
    else if (fact.because === 'first' || fact.because === 'next')
      hold(!isSame && fact.round === 1, 'a round');
    else {
      hold(isSame && fact.round === (last?.round ?? 0) + 1, 'a round is left out');
      const cause = fact.because === 'silence' ? 'deadline.reached' : 'key.pressed';
      hold(input.type === cause, `${fact.because} at ${input.type}`);
    }
    this.#rounds.set(fact.place, fact);
  }
}

/** The rules of the place's line, if somebody of it is asked by this draw and can be. */
function drawn(state: State, id: PlaceId, random: number): SurveyRules | null {
  const rules = lineOf(state, placeOf(state, id).line).survey;
  return rules === undefined || random % 1000 >= rules.sharePermille ? null : rules;
}

/** What a key of a client means who is asked by phone, in short. */
function meantBy(state: State, survey: Survey, key: string, at: number): string[] {
  const { question, round, questions } = survey;
  if (survey.state !== 'asking' || question === null) return [];
  const { keyRepeatMs, roundsMax } = configurationOf(state).dialogue;
  if (key === survey.key && at - survey.askedAt < keyRepeatMs) return [];
  const isOne = /^[1-9]$/.test(key) && Number(key) <= HIGHEST[question];
  if (!isOne) return [round < roundsMax ? `asked ${question} ${round + 1}` : 'thanked'];
  const next = questions[questions.indexOf(question) + 1];
  return [`answered ${question} ${key}`, next === undefined ? 'thanked' : `asked ${next} 1`];
}

function short(fact: Fact): string {
  const name = fact.type.replace('survey.', '');
  if (fact.type === 'survey.asked') return `${name} ${fact.question} ${fact.round}`;
  return fact.type === 'survey.answered' ? `${name} ${fact.question} ${fact.answer}` : name;
}

function of<T extends FactType>(facts: readonly Fact[], type: T): FactOf<T>[] {
  return facts.filter((fact): fact is FactOf<T> => fact.type === type);
}

function must<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('S25: what a survey goes by is gone');
  return value;
}

function hold(isSo: boolean, what: string): void {
  if (!isSo) throw new Error(`S25: ${what}`);
}

/** Whoever was consulted goes on with the client when the agent hangs up: nobody asks them anything yet. */
function goesOn({ consult }: Place): boolean {
  return consult?.state === 'talking' || (consult?.state === 'joined' && consult.agent !== null);
}
