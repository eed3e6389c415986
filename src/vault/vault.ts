// The one room where numbers live, each in one row with its extension, if it has one. In: what a person keyed. Out: a
// key, which is all that facts, logs and addresses ever carry. Until its row is written (with `callback.registered`, in
// one transaction) a number is in memory only; what a live call or callback needs is held there, the rest makes room,
// longest unused first.
// It must not know calls or callbacks; it logs nothing, and nothing it throws has a digit of a number in it.
import { assert } from '../core/assert.ts';
import { type Dialled, EXTENSION_DIGITS_MAX } from '../core/dialled.ts';
import type { NumberKey } from '../core/id.ts';
import type { ExtensionView, NumberCode, NumberView } from '../core/number.ts';
import type { EnclosedRow } from '../database/enclosed-row.ts';
import { seal, unseal } from './cipher.ts';
import { KeyFileFailure, type KeyRing } from './key-file.ts';
import { classify, defaultPolicy, findingPolicy, type NumberPolicy, type RelayRoute } from './number.ts';
import { enclosedNumber, type VaultStore } from './vault-store.ts';

/** Numbers that nobody holds are kept until so many newer ones came: ten for each of the most calls at a time. */
const looseMaxDefault = 200_000;
/** Above what the core admits (a million places): more holds than this are a leak, not a busy day. */
const heldMax = 2_000_000;

/** A number in its one form: E.164, and `;ext=42` behind it where it has an extension (RFC 3966). */
const canonicalForm = /^\+[1-9][0-9]{6,14}(?:;ext=[0-9]{1,8})?$/;
const EXTENSION_MARK = ';ext=';

type Kept = { holds: number; canonical: string | undefined };

/** With an extension: the key of the two together, and of the number alone. */
export type FoundNumber = { readonly numberKey: NumberKey; readonly mainKey?: NumberKey };

/** What the fence is told of a number. */
export type Judged =
  | { readonly ok: true; readonly dialled: Dialled }
  | { readonly ok: false; readonly code: NumberCode };

export class Vault {
  readonly #ring: KeyRing;
  readonly #store: VaultStore;
  readonly #looseMax: number;
  #policy: NumberPolicy;
  /** By the keys under which the core knows them. They are nobody's, so no row is written for one. */
  #routes: ReadonlyMap<NumberKey, RelayRoute> = new Map();
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
    this.#policy = defaultPolicy;
    this.setPolicy(options.policy ?? defaultPolicy);
    this.#looseMax = options.looseMax ?? looseMaxDefault;
  }

  /** Numbers are judged by this from now on, also those that are already here when they come to the fence. */
  setPolicy(policy: NumberPolicy): void {
    this.#policy = policy;
    this.#routes = new Map(policy.relayRoutes.map((route) => [this.#routeKey(route), route]));
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
    const { e164, region, type, extension, route } = found;
    if (route !== undefined) return { numberKey: this.#routeKey(route), region, type };
    if (extension === undefined) return { numberKey: this.remember(e164), region, type };
    const numberKey = this.remember(`${e164}${EXTENSION_MARK}${extension}`);
    return { numberKey, region, type, mainKey: this.#ring.numberKey(e164) };
  }

  /** The keys of a number that is looked for, whatever may be dialled today; nothing is remembered of it. */
  find(text: string): FoundNumber | { readonly code: NumberCode } {
    const found = classify(text, { ...findingPolicy, relayRoutes: this.#policy.relayRoutes });
    if (!found.ok) return { code: found.code };
    const { e164, extension, route } = found;
    if (route !== undefined) return { code: 'number.service' };
    const mainKey = this.#ring.numberKey(e164);
    if (extension === undefined) return { numberKey: mainKey };
    return { numberKey: this.#ring.numberKey(`${e164}${EXTENSION_MARK}${extension}`), mainKey };
  }

  /**
   * What was keyed as the extension of a number that was just taken: the number with it, under a key of its own; null for
   * "#" alone, which says that there is none. `text` has the number sign at its end, unless silence ended it.
   */
  takeExtension(numberKey: NumberKey, text: string): ExtensionView {
    const keyed = text.replace(/#$/, '');
    if (keyed === '') return text === '' ? { code: 'extension.empty' } : null;
    if (!/^[0-9]+$/.test(keyed)) return { code: 'extension.not_digits' };
    if (keyed.length > EXTENSION_DIGITS_MAX) return { code: 'extension.too_long' };
    const canonical = this.#inMemory(numberKey);
    if (canonical === undefined) return { code: 'number.erased' };
    const taken = this.take(`${e164Of(canonical)}${EXTENSION_MARK}${keyed}`);
    // The policy may have changed since the number was taken.
    return 'code' in taken ? { code: 'number.erased' } : taken;
  }

  /** Keeps a number in its canonical form, in memory, and gives its key. */
  remember(canonical: string): NumberKey {
    assert(canonicalForm.test(canonical), 'the vault keeps numbers in their canonical form only');
    const numberKey = this.#ring.numberKey(canonical);
    const held = this.#held.get(numberKey);
    if (held !== undefined) held.canonical = canonical;
    else this.#keepLoose(numberKey, canonical);
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
    this.#held.set(numberKey, { holds: 1, canonical: this.#loose.get(numberKey) });
    this.#loose.delete(numberKey);
  }

  release(numberKey: NumberKey): void {
    const held = this.#held.get(numberKey);
    assert(held !== undefined, 'a number is released as often as it was held');
    held.holds -= 1;
    if (held.holds > 0) return;
    this.#held.delete(numberKey);
    if (held.canonical !== undefined) this.#keepLoose(numberKey, held.canonical);
  }

  /** Whether its row could be written now, or none is needed. */
  isAtHand(numberKey: NumberKey): boolean {
    return this.#routes.has(numberKey) || this.#inMemory(numberKey) !== undefined;
  }

  /**
   * The row for the transaction of the facts that need it. Undefined when the number is not in memory: its row is
   * written already, or the person was erased in mid-call, which is no reason to stop the house.
   */
  enclosed(numberKey: NumberKey): EnclosedRow | undefined {
    const canonical = this.#inMemory(numberKey);
    if (canonical === undefined) return undefined;
    return enclosedNumber(seal(this.#ring, numberKey, canonical), this.#ring.numberKey(e164Of(canonical)));
  }

  /** As it is said back: E.164 without the extension, or a relay service's number as clients give it. */
  async numberOf(numberKey: NumberKey): Promise<string | undefined> {
    const route = this.#routes.get(numberKey);
    if (route !== undefined) return route.number;
    const canonical = await this.#canonicalOf(numberKey);
    return canonical === undefined ? undefined : e164Of(canonical);
  }

  /** The digits of its extension; undefined when it has none, was erased or never written. */
  async extensionOf(numberKey: NumberKey): Promise<string | undefined> {
    return (await this.#canonicalOf(numberKey))?.split(EXTENSION_MARK)[1];
  }

  /** From memory, else from its row; undefined when it was erased or never written. Rejects with SealBroken. */
  async #canonicalOf(numberKey: NumberKey): Promise<string | undefined> {
    const kept = this.#inMemory(numberKey);
    if (kept !== undefined) return kept;
    const erasures = this.#erasures;
    const row = await this.#store.read(numberKey);
    // Something was erased while we read, perhaps this: what was read may not come back into memory.
    if (erasures !== this.#erasures) return this.#canonicalOf(numberKey);
    if (row === undefined) return undefined;
    const canonical = unseal(this.#ring, row);
    assert(this.remember(canonical) === numberKey, 'a row holds the number that its key was made from');
    return canonical;
  }

  /** The same, judged again by the policy of now: what the dial fence asks. */
  async dialable(numberKey: NumberKey): Promise<Judged | undefined> {
    const route = this.#routes.get(numberKey);
    const canonical = route === undefined ? await this.#canonicalOf(numberKey) : route.number;
    if (canonical === undefined) return undefined;
    const found = classify(canonical, this.#policy);
    if (!found.ok) return { ok: false, code: found.code };
    const { e164, extension = null, route: relay } = found;
    const dialled: Dialled =
      relay === undefined ? { to: 'number', e164, extension } : { to: 'relay', digits: relay.dial };
    return { ok: true, dialled };
  }

  /** Forgets a person's number, in memory and in its row. True when there was a row. */
  async erase(numberKey: NumberKey): Promise<boolean> {
    this.forget(numberKey);
    const erased = await this.#store.erase(numberKey);
    this.#erasures += 1;
    this.forget(numberKey);
    return erased;
  }

  /** Apart from the keys of numbers: 711 is none. */
  #routeKey({ number }: RelayRoute): NumberKey {
    return this.#ring.numberKey(`relay ${number}`);
  }

  /** Out of memory; what its row says stays. */
  forget(numberKey: NumberKey): void {
    this.#loose.delete(numberKey);
    const held = this.#held.get(numberKey);
    if (held !== undefined) held.canonical = undefined;
  }

  #inMemory(numberKey: NumberKey): string | undefined {
    const held = this.#held.get(numberKey);
    if (held !== undefined) return held.canonical;
    const canonical = this.#loose.get(numberKey);
    if (canonical !== undefined) this.#keepLoose(numberKey, canonical);
    return canonical;
  }

  #keepLoose(numberKey: NumberKey, canonical: string): void {
    this.#loose.delete(numberKey);
    this.#loose.set(numberKey, canonical);
    if (this.#loose.size <= this.#looseMax) return;
    const [oldest] = this.#loose.keys();
    if (oldest !== undefined) this.#loose.delete(oldest);
  }
}

export function e164Of(canonical: string): string {
  return canonical.split(EXTENSION_MARK)[0] as string;
}
