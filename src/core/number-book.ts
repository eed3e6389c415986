// What is remembered of a number, by its key, to keep it from being called too often: which callbacks it has open, how
// many were registered in the last 24 hours, when the last one ended, and how many its own line asked for in the last
// hour. Open ones and ends count for a number with its extension, since that is a person; the day's count and the bar are
// the number's own, whatever the extension: else ten thousand extensions would ring one phone all day. A relay service's
// number is in here for none of its clients. Entries are dropped when nothing in them counts any more.

import type { CallbackId, NumberKey } from './id.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Entry = {
  readonly open: CallbackId[];
  /** When callbacks to this number were registered, within a day, oldest first. */
  registeredAts: number[];
  /** When callbacks were registered from this number, within an hour, oldest first. */
  askedAts: number[];
  endedAt: number;
};

export class NumberBook {
  private readonly entries = new Map<NumberKey, Entry>();
  private readonly barred = new Set<NumberKey>();
  private readonly dialledAts: number[] = [];

  register(numberKey: NumberKey, mainKey: NumberKey, callback: CallbackId, at: number): void {
    this.entry(numberKey).open.push(callback);
    const { registeredAts } = this.entry(mainKey);
    registeredAts.push(at);
    dropUntil(registeredAts, at - DAY_MS);
  }

  /** A callback was registered from this calling number. */
  ask(source: NumberKey, at: number): void {
    const { askedAts } = this.entry(source);
    askedAts.push(at);
    dropUntil(askedAts, at - HOUR_MS);
  }

  end(numberKey: NumberKey, callback: CallbackId, at: number): void {
    this.drop(numberKey, callback);
    this.entry(numberKey).endedAt = at;
  }

  /** The callback goes on under another number: nothing has ended for this one. */
  drop(numberKey: NumberKey, callback: CallbackId): void {
    const { open } = this.entry(numberKey);
    const position = open.indexOf(callback);
    if (position >= 0) open.splice(position, 1);
  }

  bar(numberKey: NumberKey, isBarred: boolean): void {
    if (isBarred) this.barred.add(numberKey);
    else this.barred.delete(numberKey);
  }

  dial(at: number): void {
    this.dialledAts.push(at);
    dropUntil(this.dialledAts, at - HOUR_MS);
  }

  /** Of a number with an extension: either of its keys. */
  isBarred(numberKey: NumberKey, mainKey: NumberKey = numberKey): boolean {
    return this.barred.has(numberKey) || this.barred.has(mainKey);
  }

  openOf(numberKey: NumberKey): readonly CallbackId[] {
    return this.entries.get(numberKey)?.open ?? [];
  }

  registeredWithinDay(mainKey: NumberKey, at: number): number {
    return countSince(this.entries.get(mainKey)?.registeredAts, at - DAY_MS);
  }

  askedWithinHour(source: NumberKey, at: number): number {
    return countSince(this.entries.get(source)?.askedAts, at - HOUR_MS);
  }

  dialledWithinHour(at: number): number {
    return countSince(this.dialledAts, at - HOUR_MS);
  }

  /** UTC ms: when fewer than `max` will have been dialled within the hour, should nobody else be. At most now: they are. */
  dialledBelowAt(max: number): number {
    const { dialledAts } = this;
    return (dialledAts[dialledAts.length - max] ?? -HOUR_MS) + HOUR_MS;
  }

  /** UTC ms; 0 when none has ended. */
  endedAt(numberKey: NumberKey): number {
    return this.entries.get(numberKey)?.endedAt ?? 0;
  }

  /** A person is to be forgotten: what was counted of their number begins anew. Whether it is barred stays. */
  erase(numberKey: NumberKey): void {
    if (this.openOf(numberKey).length === 0) this.entries.delete(numberKey);
  }

  /** Drops what no rule looks at any more. `cooldownMs`: how long an end is remembered. */
  forget(at: number, cooldownMs: number): void {
    for (const [key, entry] of this.entries) {
      entry.registeredAts = entry.registeredAts.filter((t) => t > at - DAY_MS);
      entry.askedAts = entry.askedAts.filter((t) => t > at - HOUR_MS);
      const isIdle = entry.open.length + entry.registeredAts.length + entry.askedAts.length === 0;
      if (isIdle && entry.endedAt + cooldownMs <= at) this.entries.delete(key);
    }
  }

  get size(): number {
    return this.entries.size;
  }

  /** For the state's hash. */
  dump(): unknown {
    return [[...this.entries], [...this.barred], this.dialledAts.length];
  }

  private entry(numberKey: NumberKey): Entry {
    const known = this.entries.get(numberKey);
    if (known !== undefined) return known;
    const entry: Entry = { open: [], registeredAts: [], askedAts: [], endedAt: 0 };
    this.entries.set(numberKey, entry);
    return entry;
  }
}

/** In one go when half of them count no more, so that a busy hour is not moved for each call. */
function dropUntil(ats: number[], until: number): void {
  if ((ats[ats.length >> 1] as number) <= until) ats.splice(0, ats.length - countSince(ats, until));
}

/** How many of these times, in their order, are later; by halving, since an hour may hold thousands of calls. */
function countSince(ats: readonly number[] | undefined, since: number): number {
  const count = ats?.length ?? 0;
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ats?.[middle] as number) > since) high = middle;
    else low = middle + 1;
  }
  return count - low;
}
