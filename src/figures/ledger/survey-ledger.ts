// What clients answered, counted where they asked for an agent; and the agents' tone, counted where it was let go, since
// nothing tells whose it was. An answer counts once, at the moment it is given.

import type { SurveyQuestion } from '../../core/configuration.ts';
import type { Fact, FactOf } from '../../core/fact.ts';
import type { Column } from '../column.ts';
import type { Ground } from './ledger.ts';
import type { OpenSurvey } from './open-things.ts';
import { halfHourOf } from './sink.ts';

const VERY_SATISFIED = 5;
const YES = 1;

export class SurveyLedger {
  readonly #ground: Ground;

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  fact(fact: Fact, at: number): void {
    const { books, count } = this.#ground;
    switch (fact.type) {
      case 'survey.begun':
        this.#begin(fact, at);
        return;
      case 'survey.answered':
        this.#answer(books.survey.change(fact.place), fact, at);
        return;
      case 'survey.ended':
        this.#end(books.survey.change(fact.place), fact.by);
        return;
      case 'tone.felt': {
        const { line, language, kind, value } = fact;
        const cell = { halfHour: halfHourOf(at), line, language };
        count(cell, `tone_${kind}`);
        if (value === 0) return;
        count(cell, `tone_${kind}_points`, value);
        count(cell, `tone_${kind}_points2`);
        return;
      }
      default:
        return;
    }
  }

  #begin(fact: FactOf<'survey.begun'>, at: number): void {
    const { cell } = this.#ground.books.place.change(fact.place);
    const { of, call = null, callback = null } = fact;
    this.#ground.books.survey.add({
      id: fact.place,
      cell,
      of,
      call,
      callback,
      askedAt: at,
      answeredAt: 0,
      answers: [],
    });
    this.#ground.count(cell, `survey_${of}_asked`);
  }

  #answer(survey: OpenSurvey, { question, answer }: FactOf<'survey.answered'>, at: number): void {
    const { cell, of } = survey;
    const count = (column: string): void => this.#ground.count(cell, `survey_${of}_${column}` as Column);
    if (survey.answers.length === 0) {
      survey.answeredAt = at;
      count('responded');
    }
    survey.answers = [...survey.answers, { question, answer }];
    const given = (which: SurveyQuestion): number | undefined =>
      survey.answers.find((one) => one.question === which)?.answer;
    if (question === 'satisfied') {
      count('satisfied_answers');
      if (answer === VERY_SATISFIED) count('very_satisfied');
    } else if (question === 'again') {
      count('again_answers');
      if (answer === YES) count('would_again');
    } else {
      count('answered_answers');
      if (answer === YES) count('answered_yes');
      return;
    }
    const [satisfied, again] = [given('satisfied'), given('again')];
    if (satisfied === undefined || again === undefined) return;
    count('both_answers');
    if (satisfied === VERY_SATISFIED && again === YES) count('both');
  }

  #end(survey: OpenSurvey, by: string): void {
    const { books, sink } = this.#ground;
    books.survey.drop(survey.id);
    sink.row('survey', {
      survey: survey.id,
      call: survey.call,
      callback: survey.callback,
      line: survey.cell.line,
      language: survey.cell.language,
      asked_at: survey.askedAt,
      answered_at: survey.answeredAt || null,
      ended_as: by,
      answers: survey.answers.map(({ question, answer }) => `${question} ${answer}`).join(', '),
    });
  }
}
