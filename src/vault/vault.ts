// The one room where numbers live. In: what a person keyed. Out: a key, which is all that facts, logs and addresses
// ever carry. Until its row is written (with `callback.registered`, in one transaction) a number is in memory only;
// what a live call or callback needs is held there, the rest makes room, longest unused first.
// It must not know calls or callbacks; it logs nothing, and nothing it throws has a digit of a number in it.
import { assert } from '../core/assert.ts';
import type { NumberKey } from '../core/id.ts';
import type { NumberView } from '../core/number.ts';
import type { EnclosedRow } from '../database/enclosed-row.ts';
import { seal, unseal } from './cipher.ts';
import { KeyFileFailure, type KeyRing } from './key-file.ts';
import { type Classified, classify, defaultPolicy, type NumberPolicy } from './number.ts';
import { enclosedNumber, type VaultStore } from './vault-store.ts';

/** Numbers that nobody holds are kept until so many newer ones came: ten for each of the most calls at a time. */
const looseMaxDefault = 200_000;
/** Above what the core admits (a million places): more holds than this are a leak, not a busy day. */
const heldMax = 2_000_000;

type Kept = { holds: number; e164: string | undefined };

export class Vault {
  readonly #ring: KeyRing;
  readonly #store: VaultStore;
  readonly #looseMax: number;
  #policy: NumberPolicy;
  #erasures = 0;
  /** Numbers that are held: never dropped. A key may be held before its number was read from its row. */
  readonly #held = new Map<NumberKey, Kept>();
  /** The others, the least recently used first. */
  readonly #loose = new Map<NumberKey, string>();

  constructor(
    ring: KeyRing,
    store: VaultStore,
    options: { readonly policy?: NumberPolicy; readonly looseMax?: number } = {},
  ) {
    this.#ring = ring;
    this.#store = store;
    this.#policy = options.policy ?? defaultPolicy;
    this.#looseMax = options.looseMax ?? looseMaxDefault;
  }

  /** Numbers are judged by this from now on, also those that are already here when they come to the fence. */
  setPolicy(policy: NumberPolicy): void {
    this.#policy = policy;
  }

  /** Throws KeyFileFailure when rows exist that this key file cannot open: it belongs to another database. */
  async checkKeys(): Promise<void> {
    const missing = (await this.#store.keyIds()).filter((id) => this.#ring.key(id) === undefined);
    if (missing.length === 0) return;
    throw new KeyFileFailure(
      'vault.key_missing',
      `The key file lacks ${missing.join(', ')}, which stored numbers are encrypted under. Put its copy back.`,
    );
  }

  /** What was keyed or shown, in; what the core may know, out. A number that may be dialled is remembered. */
  take(text: string): NumberView {
    const found = classify(text, this.#policy);
    if (!found.ok) return { code: found.code };
    return { numberKey: this.remember(found.e164), region: found.region, type: found.type };
  }

  /** Keeps a number in its canonical form, in memory, and gives its key. */
  remember(e164: string): NumberKey {
    assert(/^\+[1-9][0-9]{6,14}$/.test(e164), 'the vault keeps numbers in their canonical form only');
    const numberKey = this.#ring.numberKey(e164);
    const held = this.#held.get(numberKey);
    if (held !== undefined) held.e164 = e164;
    else this.#keepLoose(numberKey, e164);
    return numberKey;
  }

  /** Someone needs it from now on. As many holds as releases; a hold may come before the number is known here. */
  hold(numberKey: NumberKey): void {
    const held = this.#held.get(numberKey);
    if (held !== undefined) {
      held.holds += 1;
      return;
    }
    assert(this.#held.size < heldMax, `at most ${heldMax} numbers are held`);
    this.#held.set(numberKey, { holds: 1, e164: this.#loose.get(numberKey) });
    this.#loose.delete(numberKey);
  }

  release(numberKey: NumberKey): void {
    const held = this.#held.get(numberKey);
    assert(held !== undefined, 'a number is released as often as it was held');
    held.holds -= 1;
    if (held.holds > 0) return;
    this.#held.delete(numberKey);
    if (held.e164 !== undefined) this.#keepLoose(numberKey, held.e164);
  }

  /** Whether its row could be written now. */
  isAtHand(numberKey: NumberKey): boolean {
    return this.#inMemory(numberKey) !== undefined;
  }

  /**
   * The row for the transaction of the facts that need it. Undefined when the number is not in memory: its row is
   * written already, or the person was erased in mid-call, which is no reason to stop the house.
   */
  enclosed(numberKey: NumberKey): EnclosedRow | undefined {
    const e164 = this.#inMemory(numberKey);
    return e164 === undefined ? undefined : enclosedNumber(seal(this.#ring, numberKey, e164));
  }

  /** From memory, else from its row; undefined when it was erased or never written. Rejects with SealBroken. */
  async numberOf(numberKey: NumberKey): Promise<string | undefined> {
    const kept = this.#inMemory(numberKey);
    if (kept !== undefined) return kept;
    const erasures = this.#erasures;
    const row = await this.#store.read(numberKey);
    // Something was erased while we read, perhaps this: what was read may not come back into memory.
    if (erasures !== this.#erasures) return this.numberOf(numberKey);
    if (row === undefined) return undefined;
    const e164 = unseal(this.#ring, row);
    assert(this.remember(e164) === numberKey, 'a row holds the number that its key was made from');
    return e164;
  }

  /** The same, judged again by the policy of now: what the dial fence asks. */
  async dialable(numberKey: NumberKey): Promise<Classified | undefined> {
    const e164 = await this.numberOf(numberKey);
    return e164 === undefined ? undefined : classify(e164, this.#policy);
  }

  /** Forgets a person's number, in memory and in its row. True when there was a row. */
  async erase(numberKey: NumberKey): Promise<boolean> {
    this.#forget(numberKey);
    const erased = await this.#store.erase(numberKey);
    this.#erasures += 1;
    this.#forget(numberKey);
    return erased;
  }

  #forget(numberKey: NumberKey): void {
    this.#loose.delete(numberKey);
    const held = this.#held.get(numberKey);
    if (held !== undefined) held.e164 = undefined;
  }

  #inMemory(numberKey: NumberKey): string | undefined {
    const held = this.#held.get(numberKey);
    if (held !== undefined) return held.e164;
    const e164 = this.#loose.get(numberKey);
    if (e164 !== undefined) this.#keepLoose(numberKey, e164);
    return e164;
  }

  #keepLoose(numberKey: NumberKey, e164: string): void {
    this.#loose.delete(numberKey);
    this.#loose.set(numberKey, e164);
    if (this.#loose.size <= this.#looseMax) return;
    const [oldest] = this.#loose.keys();
    if (oldest !== undefined) this.#loose.delete(oldest);
  }
}
