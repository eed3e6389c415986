// A random centre whose owners ask: each step may be a conversation that comes about and ends, one way or the other, a
// client who keys or is silent, a page that is answered; among them the single steps of RandomCentre, with all that goes
// wrong. One integer steers a step, as there. After each turn SurveyWatch says whether it is right.

import type { Configuration, SurveyRules } from '../../src/core/configuration.ts';
import type { Fact } from '../../src/core/fact.ts';
import type { CallbackId } from '../../src/core/id.ts';
import type { Input, Key } from '../../src/core/input.ts';
import type { FarChannel } from './far-world.ts';
import { chance, RandomCentre } from './random-centre.ts';
import { dialable } from './random-numbers.ts';
import { AGENTS, CONFIGURATIONS } from './random-rules.ts';
import { SurveyWatch } from './survey-watch.ts';

type Pick = (n: number) => number;

const MINUTE_MS = 60_000;
const KEYS: readonly Key[] = ['1', '1', '2', '2', '3', '4', '5', '5', '6', '0', '*', '#'];
const RULES: readonly SurveyRules[] = [
  { sharePermille: 1000, questions: ['satisfied', 'again', 'answered'], announces: true, linkMs: 0 },
  {
    sharePermille: 500,
    questions: ['answered', 'satisfied'],
    announces: false,
    talkMinMs: 4_000,
    linkMs: 10 * MINUTE_MS,
  },
  { sharePermille: 1000, questions: ['again'], announces: false, talkMinMs: 5_000, linkMs: MINUTE_MS },
];

function asking(configuration: Configuration, n: number): Configuration {
  const lines = configuration.lines.map((line, i) => ({
    ...line,
    survey: RULES[(n + i) % RULES.length] as SurveyRules,
  }));
  return { ...configuration, lines, tone: { sharePermille: 500, talkMinMs: 2_000, agentsMin: 3 } };
}

const ASKING = CONFIGURATIONS.map(asking);

export class SurveyedCentre extends RandomCentre {
  /** Not yet there while RandomCentre is made; nothing is asked by then. */
  private surveys?: SurveyWatch = new SurveyWatch();

  override step(seed: number): void {
    const pick = chance(seed);
    const kind = pick(100);
    if (!this.far.isReachable || kind < 25) super.step(pick(2 ** 31));
    else if (kind < 40) this.converse(pick);
    else if (kind < 60) this.endConversation(pick);
    else if (kind < 88) this.surveyed(pick);
    else if (kind < 94) this.page(pick);
    else this.passTime(pick);
  }

  protected override configure(n: number): void {
    this.tell({ type: 'centre.configure', configuration: ASKING[n] as Configuration, hash: `asking-${n}` });
  }

  protected override tell(input: Input): readonly Fact[] {
    const random = (this.inputs + 1) * 7;
    const before = this.surveys?.before(this.state, input, this.at, random);
    const facts = super.tell(input);
    if (before !== undefined) this.surveys?.after(this.state, before, input, facts, this.at);
    return facts;
  }

  /** Somebody calls and holds, or a callback is due; agents who are there answer, and so do clients. */
  protected converse(pick: Pick): void {
    if (this.all('call').length < 4) {
      this.callers += 1;
      const channel = `in-${this.callers}` as FarChannel['channel'];
      const far = this.far.add(channel, 'call');
      const dnis = pick(2) === 0 ? '5550101' : '5550199';
      this.tell({ type: 'call.arrives', channel, ani: dialable(pick(9)), dnis });
      const hears = (phrase: string): boolean => far.phrases.includes(phrase);
      for (let n = 0; n < 8 && this.isOn(far) && !hears('offer.keep_place'); n += 1) {
        this.at += 1_000;
        this.sensibleCaller(far, pick);
      }
      if (pick(4) > 0) this.takeCallback(far, pick);
    }
    for (const { id: agent } of AGENTS) {
      this.tell({ type: 'agent.sign_in', agent });
      this.tell({ type: 'agent.go_ready', agent });
    }
    for (const leg of this.all('leg')) {
      if (!leg.up) this.answer(leg);
      if (this.isOn(leg) && leg.playback !== null) this.endPrompt(leg);
    }
    for (const attempt of this.all('attempt')) {
      if (attempt.dying || attempt.up) continue;
      if (!attempt.invited) this.fence(attempt.channel);
      if (attempt.invited && pick(2) === 0) this.answer(attempt);
      else if (attempt.invited) this.end(attempt, 'busy');
    }
  }

  /** Where it is offered; they hear the good-bye or not. */
  protected takeCallback(far: FarChannel, pick: Pick): void {
    for (let n = 0; n < 12 && this.isOn(far); n += 1) {
      this.at += 1_000;
      const { channel } = far;
      if (far.phrases.includes('offer.keep_place')) {
        far.phrases = [];
        this.tell({ type: 'key.pressed', channel, key: '1' });
      } else this.sensibleCaller(far, pick);
    }
    if (this.isOn(far)) this.end(far, 'normal');
  }

  /** By the agent mostly; by the client; or the agent's leg is lost. */
  protected endConversation(pick: Pick): void {
    const talking = [...this.state.agents.values()].filter(({ state }) => state === 'on_call');
    const agent = talking[pick(Math.max(1, talking.length))];
    if (agent === undefined) return;
    this.at += pick(9_000);
    const owners = this.state.channels;
    const leg = this.all('leg').find(({ channel }) => {
      const owner = owners.get(channel);
      return owner?.kind === 'agent' && owner.agent === agent.id;
    });
    const client = [...this.all('call'), ...this.all('attempt')].find(({ channel }) => {
      const owner = owners.get(channel);
      if (owner?.kind === 'call') return this.state.calls.get(owner.call)?.place === agent.place;
      return owner?.kind === 'attempt' && this.state.attempts.get(owner.attempt)?.agent === agent.id;
    });
    const who = pick(8);
    if (who < 2 && client !== undefined) this.end(client, 'normal');
    else if (leg !== undefined) this.end(leg, who === 2 ? 'lost' : 'normal');
  }

  private surveyed(pick: Pick): void {
    const asked = [...this.far.channels.values()].filter(
      ({ channel }) => this.state.channels.get(channel)?.kind === 'survey',
    );
    const far = asked[pick(Math.max(1, asked.length))];
    if (far === undefined) return;
    this.at += [0, 200, 1_000, 3_000][pick(4)] as number;
    const kind = pick(12);
    if (kind < 7) this.press(far, KEYS[pick(KEYS.length)] as Key, pick);
    else if (kind < 10) this.endPrompt(far);
    else if (kind < 11) this.reachDeadline();
    else this.end(far, 'normal');
  }

  private press({ channel }: FarChannel, key: Key, pick: Pick): void {
    this.tell({ type: 'key.pressed', channel, key });
    if (pick(4) > 0) return;
    this.at += pick(2) * 600;
    this.tell({ type: 'key.pressed', channel, key });
  }

  private page(pick: Pick): void {
    const open = [...this.state.surveysByCallback.keys()];
    const callback = pick(6) === 0 ? (pick(30) as CallbackId) : open[pick(Math.max(1, open.length))];
    if (callback === undefined) return;
    const answers = (['satisfied', 'again', 'answered'] as const)
      .filter(() => pick(2) === 0)
      .map((question) => ({ question, answer: pick(5) === 0 ? 6 : 1 + pick(2) }));
    this.tell({ type: 'survey.answer', callback, answers });
  }

  protected isOn({ channel }: FarChannel): boolean {
    return this.far.channels.has(channel);
  }

  protected all(kind: FarChannel['kind']): FarChannel[] {
    return [...this.far.channels.values()].filter((far) => far.kind === kind);
  }
}
