// S25: a survey keeps nobody. When it has begun its place is left in the same turn, so agent, place and callback have gone
// on; a place is asked about once; answers are answers to what was asked, each question once, and none after its end. The
// state knows the same surveys as the facts.

import type { SurveyQuestion } from '../core/configuration.ts';
import type { Fact, FactOf } from '../core/fact.ts';
import type { CallbackId, PlaceId } from '../core/id.ts';
import type { State } from '../core/state.ts';
import { type Checker, hold } from './checker.ts';

type Open = {
  readonly questions: readonly SurveyQuestion[];
  readonly answered: Set<SurveyQuestion>;
  /** Undefined: of a caller who held. */
  readonly callback: CallbackId | undefined;
  isPlaceLeft: boolean;
};

/** The keys of each question, as callers are told them. */
const HIGHEST: Readonly<Record<SurveyQuestion, number>> = { satisfied: 5, again: 2, answered: 2 };

export class SurveysChecker implements Checker {
  readonly #open = new Map<PlaceId, Open>();
  readonly #asked = new Set<PlaceId>();

  fact(fact: Fact): void {
    switch (fact.type) {
      case 'survey.begun':
        this.#begun(fact);
        return;
      case 'place.left': {
        const open = this.#open.get(fact.place);
        if (open !== undefined) open.isPlaceLeft = true;
        return;
      }
      // The conversation is over, and the callback may yet go on.
      case 'callback.parted':
        for (const open of this.#open.values()) if (open.callback === fact.callback) open.isPlaceLeft = true;
        return;
      case 'survey.asked':
        hold(this.#of(fact.place).questions.includes(fact.question), 'S25', `${fact.question} is not asked`);
        return;
      case 'survey.answered':
        this.#answered(fact);
        return;
      case 'survey.heard':
      case 'survey.thanked':
        this.#of(fact.place);
        return;
      case 'survey.ended':
        this.#of(fact.place);
        this.#open.delete(fact.place);
        return;
      default:
    }
  }

  atRest(state: State | null): void {
    for (const [place, { isPlaceLeft }] of this.#open)
      hold(isPlaceLeft, 'S25', `place ${place} is asked about and was not left`);
    if (state !== null)
      hold(state.surveys.size === this.#open.size, 'S25', 'the state knows other surveys than the facts');
  }

  #begun({ place, questions, call, callback, untilAt }: FactOf<'survey.begun'>): void {
    hold(!this.#open.has(place) && !this.#asked.has(place), 'S25', `place ${place} is asked about twice`);
    this.#asked.add(place);
    hold(
      questions.length > 0 && new Set(questions).size === questions.length,
      'S25',
      'questions asked twice',
    );
    hold(call === undefined || !questions.includes('again'), 'S25', 'who held is asked about callback');
    hold(call === undefined || untilAt === undefined, 'S25', 'who held has no page');
    this.#open.set(place, { questions, answered: new Set(), callback, isPlaceLeft: false });
  }

  #answered({ place, question, answer }: FactOf<'survey.answered'>): void {
    const { questions, answered } = this.#of(place);
    hold(questions.includes(question), 'S25', `${question} is answered and was not asked`);
    hold(!answered.has(question), 'S25', `${question} is answered twice`);
    hold(answer >= 1 && answer <= HIGHEST[question], 'S25', `${answer} is no answer to ${question}`);
    answered.add(question);
  }

  #of(place: PlaceId): Open {
    const open = this.#open.get(place);
    hold(open !== undefined, 'S25', `nothing is asked about place ${place}`);
    return open;
  }
}
