// The fence's door in virtual time: the dialplan asks, the house answers, each on a way of its own that takes its time,
// apart from the socket. In trouble it is slow, down, or gives what is no answer; the dialplan then dials nothing. What
// it passes on it does not keep.

import { fenceText } from '../../core/dialled.ts';
import type { Channel } from '../../core/id.ts';
import type { House } from '../telephony.ts';
import type { FenceDoor, SimulatedExchange } from './exchange.ts';
import type { Timeline } from './timeline.ts';
import type { SocketTrouble } from './trouble.ts';
import { Wire } from './wire.ts';

export type SimulatedFenceOptions = {
  readonly exchange: SimulatedExchange;
  readonly timeline: Timeline;
  readonly latencyMs: () => number;
  readonly trouble: SocketTrouble | null;
  /** Null when the program is gone. */
  readonly house: () => House | null;
};

const SLOW_MS = [500, 6_000] as const;

export class SimulatedFence implements FenceDoor {
  readonly #options: SimulatedFenceOptions;
  readonly #questions: Wire<{ readonly attempt: string; readonly channel: Channel }>;
  readonly #answers: Wire<{ readonly channel: Channel; readonly text: string }>;
  #asking = 0;

  constructor(options: SimulatedFenceOptions) {
    const { timeline, latencyMs, exchange } = options;
    this.#options = options;
    this.#questions = new Wire(timeline, latencyMs, ({ attempt, channel }) =>
      this.#askHouse(attempt, channel),
    );
    this.#answers = new Wire(timeline, latencyMs, ({ channel, text }) =>
      exchange.fenceAnswers(channel, text),
    );
  }

  /** Questions that the house has not answered yet. */
  get asking(): number {
    return this.#asking;
  }

  ask(attempt: string, channel: Channel): void {
    this.#questions.send({ attempt, channel });
  }

  hold(untilAt: number): void {
    this.#questions.hold(untilAt);
  }

  cut(): void {
    this.#questions.cut();
    this.#answers.cut();
  }

  #askHouse(attempt: string, channel: Channel): void {
    const house = this.#options.house();
    if (house === null) return;
    const { trouble } = this.#options;
    const how = trouble?.fence() ?? 'none';
    if (how === 'down') return; // the question never arrives; the dialplan gives up
    this.#asking += 1;
    const asked = house.askDial(attempt);
    const meant = how === 'asked_twice' ? asked.then(() => house.askDial(attempt)) : asked;
    void meant.then((dialled) => {
      this.#asking -= 1;
      if (this.#options.house() === null) return;
      const text = (dialled === null ? null : fenceText(dialled)) ?? 'NO';
      if (how === 'lying') this.#answers.send({ channel, text: '' });
      else if (how === 'malformed') this.#answers.send({ channel, text: `OK ${trouble?.garbage() ?? ''}` });
      else if (how === 'slow') this.#answers.sendAside({ channel, text }, trouble?.delayMs(...SLOW_MS) ?? 0);
      else this.#answers.send({ channel, text });
    });
  }
}
