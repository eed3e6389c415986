// The people of a simulation, in columns: everybody who is on the line or expects a callback has a slot, which somebody
// else takes when they are done. A slot has a channel to call from and a number to be called at. What they are about
// stands in flags; what they do next, in the appointments.

import type { AttemptId, CallbackId, Channel, NumberKey, PlaceId } from '../../core/id.ts';
import type { NumberView } from '../../core/number.ts';

/** Arrived after the warm-up. */
export const COUNTED = 1;
/** Followed to the end of what their wait would have been. */
export const SAMPLED = 2;
/** Found no free agent. */
export const WAITED = 4;
export const OFFERED = 8;
/** Took the callback. */
export const TOOK = 16;
/** An agent was held for them once: their wait in line is known. */
export const REACHED = 32;
/** Their own call is up. */
export const UP = 64;
/** A callback that waits for the time of its next attempt. */
export const AWAY = 128;

/** What happens to somebody when the time of their appointment comes. */
export type Next = 'arrives' | 'gives_up' | 'hangs_up' | 'answers' | 'does_not_answer';

const SLOTS_MIN = 1024;

export class People {
  line = new Uint8Array(0);
  flags = new Uint8Array(0);
  attempt = new Uint8Array(0);
  enteredAt = new Float64Array(0);
  entry = new Float64Array(0);
  orderNumber = new Float64Array(0);
  quoteMs = new Float64Array(0);
  floorMs = new Float64Array(0);
  readonly next: Next[] = [];
  readonly channels: Channel[] = [];
  readonly numbers: NumberView[] = [];
  readonly attemptChannels: Channel[] = [];
  /** What estimators other than the core's said; only where there are some. */
  readonly rivalsMs: (readonly number[])[] = [];
  readonly ofChannel = new Map<Channel, number>();
  readonly ofPlace = new Map<PlaceId, number>();
  readonly ofCallback = new Map<CallbackId, number>();
  readonly ofAttempt = new Map<AttemptId, number>();
  /** Callers who have hung up and expect nothing: their slots are free when what they told is decided. */
  readonly leaving: number[] = [];
  #free: number[] = [];
  #size = 0;

  /** Slots there have ever been at once. */
  get size(): number {
    return this.#size;
  }

  take(line: number): number {
    const slot = this.#free.pop() ?? this.#add();
    this.line[slot] = line;
    this.flags[slot] = 0;
    this.attempt[slot] = 0;
    return slot;
  }

  release(slot: number): void {
    this.#free.push(slot);
  }

  is(slot: number, flag: number): boolean {
    return ((this.flags[slot] as number) & flag) !== 0;
  }

  set(slot: number, flag: number): void {
    this.flags[slot] = (this.flags[slot] as number) | flag;
  }

  unset(slot: number, flag: number): void {
    this.flags[slot] = (this.flags[slot] as number) & ~flag;
  }

  #add(): number {
    const slot = this.#size;
    this.#size += 1;
    if (slot >= this.line.length) this.#widen(Math.max(SLOTS_MIN, slot * 2));
    const channel = `caller-${slot}` as Channel;
    this.channels.push(channel);
    this.ofChannel.set(channel, slot);
    this.numbers.push({ numberKey: `number-${slot}` as NumberKey, region: 'CA', type: 'mobile' });
    this.attemptChannels.push(channel);
    this.next.push('arrives');
    this.rivalsMs.push(NOBODY);
    return slot;
  }

  #widen(slots: number): void {
    const bytes = (old: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
      const wide = new Uint8Array(slots);
      wide.set(old);
      return wide;
    };
    const numbers = (old: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const wide = new Float64Array(slots);
      wide.set(old);
      return wide;
    };
    this.line = bytes(this.line);
    this.flags = bytes(this.flags);
    this.attempt = bytes(this.attempt);
    this.enteredAt = numbers(this.enteredAt);
    this.entry = numbers(this.entry);
    this.orderNumber = numbers(this.orderNumber);
    this.quoteMs = numbers(this.quoteMs);
    this.floorMs = numbers(this.floorMs);
  }
}

const NOBODY: readonly number[] = [];
