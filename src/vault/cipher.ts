// One number, encrypted: AES-256-GCM under the current key, a random nonce (safe for 2^32 rows of one key), the tag
// behind the ciphertext. The row's own key and key id are authenticated with it, so that rows cannot change places.
// It must not know where rows are kept.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { NumberKey } from '../core/id.ts';
import type { KeyRing } from './key-file.ts';

export type SealedNumber = {
  readonly numberKey: NumberKey;
  readonly keyId: string;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
};

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** A row that cannot be opened: its key is not in the key file, or it was altered. */
export class SealBroken extends Error {
  readonly code = 'vault.seal_broken';
  constructor(keyId: string) {
    super(
      `A vault row under key ${keyId} cannot be opened. Put back the key file that belongs to this database.`,
    );
    this.name = 'SealBroken';
  }
}

function bound(numberKey: NumberKey, keyId: string): Buffer {
  return Buffer.from(`rappel vault 1|${numberKey}|${keyId}`);
}

export function seal(ring: KeyRing, numberKey: NumberKey, e164: string): SealedNumber {
  const { id: keyId, secret } = ring.current;
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv(algorithm, secret, nonce);
  cipher.setAAD(bound(numberKey, keyId));
  const ciphertext = Buffer.concat([cipher.update(e164, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { numberKey, keyId, nonce, ciphertext };
}

/** Gives the number, or throws SealBroken; what it throws holds nothing of the row. */
export function unseal(ring: KeyRing, sealed: SealedNumber): string {
  const key = ring.key(sealed.keyId);
  if (key === undefined || sealed.ciphertext.length < tagBytes) throw new SealBroken(sealed.keyId);
  const end = sealed.ciphertext.length - tagBytes;
  try {
    const decipher = createDecipheriv(algorithm, key.secret, sealed.nonce, { authTagLength: tagBytes });
    decipher.setAAD(bound(sealed.numberKey, sealed.keyId));
    decipher.setAuthTag(sealed.ciphertext.subarray(end));
    return Buffer.concat([decipher.update(sealed.ciphertext.subarray(0, end)), decipher.final()]).toString(
      'utf8',
    );
  } catch {
    throw new SealBroken(sealed.keyId);
  }
}
