// What the vault promises over every store, as tests: memory/ and postgres/ run the same ones.
// Tests only; nothing in production imports this.
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { must } from '../core/assert.ts';
import type { NumberKey } from '../core/id.ts';
import type { EnclosedRow } from '../database/enclosed-row.ts';
import { SealBroken } from './cipher.ts';
import type { TextRoom } from './configuration-texts.ts';
import { KeyFileFailure, KeyRing } from './key-file.ts';
import { defaultPolicy } from './number.ts';
import { Vault } from './vault.ts';
import type { VaultStore } from './vault-store.ts';

export type VaultGround = {
  readonly store: VaultStore;
  /** What the journal does with an enclosed row. */
  write(row: EnclosedRow): Promise<void>;
  close(): Promise<void>;
};

const numberSecret = randomBytes(32);
const oldKey = { id: 'k1', secret: randomBytes(32) };
const newKey = { id: 'k2', secret: randomBytes(32) };

let line = 1_000;
/** A number that no other test uses. */
function freshNumber(): string {
  line += 1;
  return `+1613234${line}`;
}

function rowOf(vault: Vault, key: NumberKey): EnclosedRow {
  return must(vault.enclosed(key), 'row of a number that was just remembered');
}

export function describeVault(name: string, open: () => Promise<VaultGround>): void {
  describe(`${name}: the vault's contract`, () => {
    let ground: VaultGround;
    const ring = new KeyRing([oldKey], 'k1', numberSecret);
    /** A vault with an empty memory, as after a restart. */
    const vault = (keys = ring, looseMax?: number) =>
      new Vault(keys, ground.store, looseMax === undefined ? {} : { looseMax });

    beforeAll(async () => {
      ground = await open();
    });
    afterAll(() => ground?.close());

    it('finds a number in memory, and after a restart in its row', async () => {
      const number = freshNumber();
      const before = vault();
      const key = before.remember(number);
      expect(key).toMatch(/^[0-9a-f]{32}$/);
      expect(await before.numberOf(key)).toBe(number);
      expect(await vault().numberOf(key)).toBeUndefined();
      await ground.write(rowOf(before, key));
      expect(await vault().numberOf(key)).toBe(number);
    });

    it('gives equal numbers equal keys, and others under another secret', () => {
      const number = freshNumber();
      expect(vault().remember(number)).toBe(vault().remember(number));
      const elsewhere = new KeyRing([oldKey], 'k1', randomBytes(32));
      expect(vault(elsewhere).remember(number)).not.toBe(vault().remember(number));
    });

    it('writes nothing that can be read', async () => {
      const number = freshNumber();
      const one = vault();
      const { row } = rowOf(one, one.remember(number));
      const written = Buffer.concat([row.nonce as Buffer, row.ciphertext as Buffer]).toString('latin1');
      expect(written).not.toContain(number.slice(2, 8));
      expect(JSON.stringify(row.number_key)).not.toContain(number.slice(2, 8));
      const again = rowOf(one, one.remember(number)).row;
      expect(Buffer.compare(again.nonce as Buffer, row.nonce as Buffer)).not.toBe(0);
    });

    it('erases a number in memory and in its row, also while it is being read', async () => {
      const number = freshNumber();
      const one = vault();
      const key = one.remember(number);
      one.hold(key);
      await ground.write(rowOf(one, key));
      expect(await one.erase(key)).toBe(true);
      expect(one.enclosed(key)).toBeUndefined();
      expect(await one.numberOf(key)).toBeUndefined();
      expect(await vault().numberOf(key)).toBeUndefined();
      expect(await one.erase(key)).toBe(false);
      // Given again by the same person, it is the same key, and can be written again.
      expect(one.remember(number)).toBe(key);
      await ground.write(rowOf(one, key));
      const other = vault();
      const [, erased] = await Promise.all([other.numberOf(key), other.erase(key)]);
      expect(erased).toBe(true);
      expect(await other.numberOf(key)).toBeUndefined();
    });

    it('reads rows of older keys, and says so when a key is missing', async () => {
      const number = freshNumber();
      const before = vault();
      const key = before.remember(number);
      await ground.write(rowOf(before, key));
      const rotated = vault(new KeyRing([oldKey, newKey], 'k2', numberSecret));
      await rotated.checkKeys();
      expect(await rotated.numberOf(key)).toBe(number);
      expect(rowOf(rotated, key).row.key_id).toBe('k2');
      const strange = vault(new KeyRing([newKey], 'k2', numberSecret));
      await expect(strange.checkKeys()).rejects.toThrow(KeyFileFailure);
      await expect(strange.numberOf(key)).rejects.toThrow(SealBroken);
    });

    it('refuses a row that was altered or put in the place of another', async () => {
      const one = vault();
      const rowFor = (number: string) => rowOf(one, one.remember(number));
      const mine = rowFor(freshNumber());
      const altered = Buffer.from(mine.row.ciphertext as Buffer);
      altered[0] = (altered[0] as number) ^ 1;
      await ground.write({ ...mine, row: { ...mine.row, ciphertext: altered } });
      const other = freshNumber();
      const { row } = rowFor(freshNumber());
      await ground.write({ ...mine, row: { ...row, number_key: one.remember(other) } });
      for (const key of [mine.row.number_key, one.remember(other)]) {
        await expect(vault().numberOf(key as never)).rejects.toThrow(SealBroken);
      }
    });

    it('keeps what is held and lets the longest unused of the rest go', async () => {
      const one = vault(ring, 2);
      const held = one.remember(freshNumber());
      one.hold(held);
      one.hold(held);
      const [first, second, third] = [freshNumber(), freshNumber(), freshNumber()].map((e164) =>
        one.remember(e164),
      );
      expect(await one.numberOf(held)).toBeDefined();
      expect(await one.numberOf(first as never)).toBeUndefined();
      expect(await one.numberOf(second as never)).toBeDefined();
      one.release(held);
      one.remember(freshNumber());
      expect(await one.numberOf(third as never)).toBeUndefined();
      expect(await one.numberOf(held)).toBeDefined();
      one.release(held);
      one.remember(freshNumber());
      one.remember(freshNumber());
      expect(await one.numberOf(held)).toBeUndefined();
      expect(() => one.release(held)).toThrow(/as often as it was held/);
    });

    it('can hold a key whose number it has not read yet', async () => {
      const number = freshNumber();
      const before = vault();
      const key = before.remember(number);
      await ground.write(rowOf(before, key));
      const after = vault(ring, 1);
      after.hold(key);
      expect(after.enclosed(key)).toBeUndefined();
      expect(await after.numberOf(key)).toBe(number);
      expect(rowOf(after, key).row.number_key).toBe(key);
    });

    it('tells the core a key, or why not; and the fence what the policy of now says', async () => {
      const one = vault();
      expect(one.take('911')).toEqual({ code: 'number.emergency' });
      const taken = one.take('(613) 234-5678');
      expect(taken).toMatchObject({ region: 'CA', type: 'fixed_or_mobile' });
      const key = 'numberKey' in taken ? taken.numberKey : one.remember('+16132345678');
      expect(await one.dialable(key)).toEqual({
        ok: true,
        dialled: { to: 'number', e164: '+16132345678', extension: null },
      });
      one.setPolicy({ ...defaultPolicy, regions: ['FR'], types: ['fixed'] });
      expect(await one.dialable(key)).toMatchObject({ ok: false, code: 'number.region' });
      await one.erase(key);
      expect(await one.dialable(key)).toBeUndefined();
    });

    it('keeps a number and its extension as one, under a key of their own, in one row', async () => {
      const number = freshNumber();
      const one = vault();
      const main = one.remember(number);
      const taken = one.takeExtension(main, '0042#');
      expect(taken).toMatchObject({ mainKey: main, region: 'CA' });
      const key = must(
        'numberKey' in must(taken, 'a number') ? (taken as { numberKey: NumberKey }).numberKey : undefined,
        'key',
      );
      expect(key).not.toBe(main);
      expect(one.take(`${number} x0042`)).toEqual(taken);
      await ground.write(rowOf(one, key));
      const again = vault();
      expect(await again.numberOf(key)).toBe(number);
      expect(await again.extensionOf(key)).toBe('0042');
      expect(await again.dialable(key)).toEqual({
        ok: true,
        dialled: { to: 'number', e164: number, extension: '0042' },
      });
      expect(await again.numberOf(main)).toBeUndefined(); // only what was registered is written
      expect(await again.erase(key)).toBe(true);
      expect(await again.extensionOf(key)).toBeUndefined();
    });

    it('tells an extension from none, from silence and from what is none', () => {
      const one = vault();
      const main = one.remember(freshNumber());
      expect(one.takeExtension(main, '#')).toBeNull();
      expect(one.takeExtension(main, '')).toEqual({ code: 'extension.empty' });
      expect(one.takeExtension(main, '4*2#')).toEqual({ code: 'extension.not_digits' });
      expect(one.takeExtension(main, '123456789')).toEqual({ code: 'extension.too_long' });
      expect(one.takeExtension('0'.repeat(32) as NumberKey, '42#')).toEqual({ code: 'number.erased' });
    });

    it('knows a relay service by its route, writes no row for it, and dials it only while it is one', async () => {
      const one = vault();
      const relayRoutes = [{ number: '711', dial: '711' }];
      expect(one.take('711')).toEqual({ code: 'number.service' });
      one.setPolicy({ ...defaultPolicy, relayRoutes });
      const taken = one.take('711');
      expect(taken).toMatchObject({ type: 'relay', region: '' });
      const key = 'numberKey' in taken ? taken.numberKey : ('' as NumberKey);
      expect(one.enclosed(key)).toBeUndefined();
      expect(one.isAtHand(key)).toBe(true);
      expect(await one.numberOf(key)).toBe('711');
      expect(await one.dialable(key)).toEqual({ ok: true, dialled: { to: 'relay', digits: '711' } });
      one.setPolicy(defaultPolicy);
      expect(await one.dialable(key)).toBeUndefined();
    });

    it('never says a number when it fails', () => {
      const one = vault();
      expect(() => one.remember('613 234 5678')).toThrow(/^(?!.*[0-9]{4})/);
    });
  });
}

/** Texts of configurations, over every store. */
export function describeTexts(
  name: string,
  open: () => Promise<{ readonly texts: TextRoom; close(): Promise<void> }>,
): void {
  describe(`${name}: texts of configurations`, () => {
    let ground: Awaited<ReturnType<typeof open>>;
    beforeAll(async () => {
      ground = await open();
    });
    afterAll(() => ground.close());

    it('is found by what it says, and by nothing else', async () => {
      const { texts } = ground;
      await texts.keep('one', '# hello\na: "+16135550101"\n');
      await texts.keep('two', 'b');
      expect(await texts.textOf('one')).toBe('# hello\na: "+16135550101"\n');
      expect(await texts.textOf('three')).toBeUndefined();
    });

    it('is written anew, and those of others are let go', async () => {
      const { texts } = ground;
      await texts.keep('one', 'other words');
      await texts.keepOnly('one');
      expect(await texts.textOf('one')).toBe('other words');
      expect(await texts.textOf('two')).toBeUndefined();
    });
  });
}
