// Whoever can be called: what they do by themselves with a call that comes in, and the queue from which a test or the
// demonstration takes those calls one by one.

import type { Callee, FarEnd, FarRinging, Refusal, WhenCalled } from '../../telephony/far-side.ts';
import type { Call } from './call.ts';

/** Calls that nobody has taken from nextCall() yet: the oldest are let go beyond this. */
const UNTAKEN_MAX = 1000;

export class Ringing implements FarRinging {
  readonly call: Call;
  readonly callerId: string | null;
  readonly at: number;

  constructor(call: Call, callerId: string | null, at: number) {
    this.call = call;
    this.callerId = callerId;
    this.at = at;
  }

  ring(): void {
    this.call.ring();
  }

  answer(): Promise<boolean> {
    return this.call.answer();
  }

  refuse(how: Refusal): Promise<FarEnd> {
    return this.call.refuse(how);
  }
}

export class Called implements Callee {
  #when: WhenCalled = 'hand_over';
  readonly #untaken: Ringing[] = [];
  readonly #takers: ((ringing: Ringing) => void)[] = [];

  whenCalled(what: WhenCalled): void {
    this.#when = what;
  }

  nextCall(): Promise<Ringing> {
    const oldest = this.#untaken.shift();
    if (oldest) return Promise.resolve(oldest);
    return new Promise((resolve) => this.#takers.push(resolve));
  }

  /** A call has come in for this one. */
  take(ringing: Ringing): void {
    this.#react(ringing);
    const taker = this.#takers.shift();
    if (taker) taker(ringing);
    else this.#untaken.push(ringing);
    if (this.#untaken.length > UNTAKEN_MAX) this.#untaken.shift();
  }

  #react(ringing: Ringing): void {
    switch (this.#when) {
      case 'hand_over':
        return;
      case 'ring':
        ringing.ring();
        return;
      case 'answer':
        ringing.ring();
        void ringing.answer();
        return;
      default:
        void ringing.refuse(this.#when);
    }
  }
}
