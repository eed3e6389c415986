// A random centre on a busy day: each step is a whole deed, done as people do it (a caller takes a callback, an agent
// serves somebody, a client calls again and uses the code), so that caps fill, lines close upon pending callbacks, and
// clients change their minds; among them the single steps of RandomCentre, with all that goes wrong. One integer steers a
// step, as there. The rules are checked after each turn by the same watchers.

import type { EndCause, Key } from '../../src/core/input.ts';
import type { FarChannel } from './far-world.ts';
import { chance, RandomCentre } from './random-centre.ts';
import { dialable } from './random-numbers.ts';
import { AGENTS, CONFIGURATIONS } from './random-rules.ts';

type Pick = (n: number) => number;

const MISSED: readonly EndCause[] = ['busy', 'no_answer', 'rejected', 'congestion', 'unallocated', 'unknown'];
const LISTENS_MAX = 16;
const HEARD_MS = 1_000;
/** Two wrong pairs a call, and more than any callback bears. */
const GUESSING_CALLS = 7;

export class BusyCentre extends RandomCentre {
  override step(seed: number): void {
    const pick = chance(seed);
    const kind = pick(100);
    if (!this.far.isReachable || kind < 8) super.step(pick(2 ** 31));
    else if (kind < 50) this.takeCallback(pick);
    else if (kind < 66) this.serve(pick);
    else if (kind < 72) this.callAgain(pick);
    else if (kind < 78) this.owner(pick);
    else if (kind < 79) this.bar(pick);
    else if (kind < 80) this.guess(pick);
    else if (kind < 84) this.someAgent(pick);
    else if (kind < 98) this.passTime(pick);
    else if (pick(2) === 0) this.configure(3 + pick(CONFIGURATIONS.length - 3));
    else this.at += pick(3_600_000);
  }

  /** Somebody calls, takes a callback where it is offered, and hangs up, often before the good-bye is over. */
  private takeCallback(pick: Pick): void {
    const far = this.dialIn(pick(6) === 0 ? null : pick(4), pick);
    this.listen(far, pick, (hears) => {
      if (hears('service.agent')) return '1';
      if (hears('offer.keep_place')) return pick(5) === 0 ? '2' : '1';
      return null;
    });
    if (pick(6) > 0) this.leave(far);
  }

  /** A client with reference and code, right or nearly; then one of the choices, or several. */
  private callAgain(pick: Pick): void {
    const far = this.dialIn(pick(4), pick);
    this.listen(far, pick, (hears) => (hears('service.agent') ? '2' : null));
    if (pick(4) > 0) this.leave(far);
  }

  private dialIn(from: number | null, pick: Pick, dnis = pick(2) === 0 ? '5550101' : '5550199'): FarChannel {
    this.callers += 1;
    const channel = `in-${this.callers}` as FarChannel['channel'];
    const far = this.far.add(channel, 'call');
    const ani = from === null ? null : dialable(from);
    this.tell({ type: 'call.arrives', channel, ani, dnis });
    return far;
  }

  /** Does what is asked, until there is nothing to answer any more. */
  private listen(
    far: FarChannel,
    pick: Pick,
    answer: (hears: (phrase: string) => boolean) => Key | null,
  ): void {
    for (let heard = 0; heard < LISTENS_MAX && this.isOn(far); heard += 1) {
      this.at += HEARD_MS;
      const key = answer((phrase) => far.phrases.includes(phrase));
      if (key !== null && far.phrases.length > 0) {
        far.phrases = [];
        this.tell({ type: 'key.pressed', channel: far.channel, key });
      } else this.sensibleCaller(far, pick);
    }
  }

  private leave(far: FarChannel): void {
    if (this.isOn(far)) this.end(far, 'normal');
  }

  private isOn({ channel }: FarChannel): boolean {
    return this.far.channels.has(channel);
  }

  /** Agents who are there answer their phones, and whom they call is reached or not. */
  private serve(pick: Pick): void {
    const agent = AGENTS[pick(AGENTS.length)]?.id ?? AGENTS[0]!.id;
    this.tell({ type: 'agent.sign_in', agent });
    this.tell({ type: 'agent.go_ready', agent });
    for (const leg of this.all('leg')) {
      if (pick(10) === 0) this.end(leg, pick(2) === 0 ? 'no_answer' : 'lost');
      else if (leg.up && leg.playback !== null) this.endPrompt(leg);
      else if (!leg.up) this.answer(leg);
      if (this.isOn(leg) && leg.playback !== null && pick(6) > 0) this.endPrompt(leg);
    }
    for (const attempt of this.all('attempt')) this.reach(attempt, pick);
    for (const leg of this.all('leg')) if (leg.dying || pick(5) === 0) this.end(leg, 'normal');
  }

  private reach(attempt: FarChannel, pick: Pick): void {
    if (!attempt.invited && pick(8) === 0) this.barCalled(attempt);
    if (!attempt.invited) this.fence(attempt.channel, pick(12) === 0 ? 'number.region' : null);
    if (!this.isOn(attempt)) return;
    if (!attempt.invited || attempt.dying) this.end(attempt, attempt.invited ? 'normal' : 'fence_refused');
    else if (pick(3) > 0) this.end(attempt, MISSED[pick(MISSED.length)] ?? 'busy');
    else {
      this.answer(attempt);
      const owner = this.state.channels.get(attempt.channel);
      const agent = owner?.kind === 'attempt' ? this.state.attempts.get(owner.attempt)?.agent : undefined;
      if (agent !== undefined && pick(4) === 0) this.tell({ type: 'agent.voicemail', agent });
      this.at += pick(60_000);
      if (this.isOn(attempt)) this.end(attempt, 'normal');
    }
  }

  /** Somebody tries the codes of one callback, call after call, and then the right one. */
  private guess(pick: Pick): void {
    const all = [...this.state.callbacks.values()];
    const callback = all[pick(Math.max(1, all.length))];
    if (callback === undefined) return;
    for (let call = 1; call <= GUESSING_CALLS; call += 1) {
      const far = this.dialIn(null, pick, '5550101');
      const code = call < GUESSING_CALLS ? '0001' : callback.code;
      const pair = `${String(callback.id).padStart(6, '0')}${code}`;
      for (const key of `12${pair}${pair}`) this.press(far, key as Key);
      this.leave(far);
    }
  }

  private press(far: FarChannel, key: Key): void {
    this.at += HEARD_MS;
    if (this.isOn(far)) this.tell({ type: 'key.pressed', channel: far.channel, key });
  }

  private bar(pick: Pick): void {
    const number = dialable(pick(9));
    if ('numberKey' in number)
      this.tell({ type: 'number.bar', numberKey: number.numberKey, barred: pick(2) === 0, by: 'owner' });
  }

  /** Whoever is about to be called asks never to be called. */
  private barCalled(attempt: FarChannel): void {
    const owner = this.state.channels.get(attempt.channel);
    const live = owner?.kind === 'attempt' ? this.state.attempts.get(owner.attempt) : undefined;
    const callback = live === undefined ? undefined : this.state.callbacks.get(live.callback);
    if (callback === undefined) return;
    this.tell({ type: 'number.bar', numberKey: callback.numberKey, barred: true, by: 'owner' });
  }

  private all(kind: FarChannel['kind']): FarChannel[] {
    return [...this.far.channels.values()].filter((far) => far.kind === kind);
  }
}
