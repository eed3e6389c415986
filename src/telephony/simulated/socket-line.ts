// One program's socket to the exchange, both ways: events in, requests out, each after a while and in order, unless it is
// in trouble. It may go half-open (nothing passes and nobody says so), be lost with all that is under way, or be held
// while its program does not run. It must not know what an event or a request means to the house.

import type { ExchangeEvent, ExchangeRequest, SimulatedExchange, Socket } from './exchange.ts';
import type { Timeline } from './timeline.ts';
import type { RequestKind, SocketTrouble } from './trouble.ts';
import { Wire } from './wire.ts';

export type SocketLineOptions = {
  readonly exchange: SimulatedExchange;
  readonly timeline: Timeline;
  readonly latencyMs: () => number;
  readonly trouble: SocketTrouble | null;
  readonly heard: (event: ExchangeEvent | 'replaced') => void;
};

const TWICE_WITHIN_MS = 2_000;
const REORDERED_WITHIN_MS = 30;
const LATE_MS = 8_000;

export class SocketLine {
  readonly #exchange: SimulatedExchange;
  readonly #trouble: SocketTrouble | null;
  readonly #out: Wire<ExchangeRequest>;
  readonly #in: Wire<ExchangeEvent | 'replaced'>;
  #socket: Socket | null = null;
  #hears = true;
  #speaks = true;

  constructor(options: SocketLineOptions) {
    const { timeline, latencyMs, exchange, trouble, heard } = options;
    this.#exchange = exchange;
    this.#trouble = trouble;
    this.#out = new Wire(timeline, latencyMs, (request) => this.#ask(request));
    this.#in = new Wire(timeline, latencyMs, heard);
  }

  /** Whoever had the socket before is told that it is replaced. */
  open(): void {
    this.#exchange.socket?.replaced();
    this.#hears = true;
    this.#speaks = true;
    const socket: Socket = {
      event: (event) => {
        if (this.#hears) this.#hear(event);
      },
      replaced: () => {
        if (this.#hears) this.#in.send('replaced');
      },
    };
    this.#socket = socket;
    this.#exchange.socket = socket;
  }

  send(request: ExchangeRequest): void {
    if (this.#speaks) this.#out.send(request);
  }

  cut(): void {
    if (this.#exchange.socket === this.#socket) this.#exchange.socket = null;
    this.#socket = null;
    this.#in.cut();
    this.#out.cut();
  }

  /** From now on nothing arrives, in these directions, until it is opened again. */
  freeze(ways: 'both' | 'in' | 'out'): void {
    if (ways !== 'out') {
      this.#hears = false;
      this.#in.cut();
    }
    if (ways !== 'in') {
      this.#speaks = false;
      this.#out.cut();
    }
  }

  hold(untilAt: number): void {
    this.#in.hold(untilAt);
  }

  #hear(event: ExchangeEvent): void {
    const trouble = this.#trouble;
    const how = trouble === null ? 'none' : trouble.event();
    if (trouble === null || how === 'none') {
      this.#in.send(event);
      return;
    }
    if (how === 'late') this.#in.sendAside(event, trouble.delayMs(300, LATE_MS));
    else if (how === 'reordered') this.#in.sendAside(event, trouble.delayMs(1, REORDERED_WITHIN_MS));
    else {
      this.#in.send(event);
      this.#in.sendAside(event, trouble.delayMs(0, TWICE_WITHIN_MS));
    }
  }

  #ask(request: ExchangeRequest): void {
    const how = this.#trouble?.request(kindOf(request)) ?? 'none';
    if (how === 'stalled') return;
    const status = typeof how === 'number' ? how : this.#exchange.request(request);
    if (status === null || how === 'reply_lost' || !('channel' in request) || !this.#hears) return;
    const playback = request.do === 'play' ? request.playback : '';
    this.#in.send({ is: 'refused', what: request.do, channel: request.channel, playback, status });
  }
}

function kindOf(request: ExchangeRequest): RequestKind {
  if (request.do === 'ring' || request.do === 'dial') return 'places';
  return request.do === 'hang_up' || request.do === 'wait' ? 'lets_go' : 'other';
}
