// What is kept of a person is kept under the vault's keys, and found by keyed hashes: names of accounts, who signed in from
// where, answers that hold a secret. Whoever has the database alone has none of it.

import type { NumberKey } from '../core/id.ts';
import { seal, unseal } from '../vault/cipher.ts';
import type { KeyRing } from '../vault/key-file.ts';
import type { Sealed } from './people-store.ts';

type Kind = 'name' | 'subject' | 'account-tries' | 'source-tries' | 'answer' | 'audit' | 'request';

export class PeopleSeal {
  readonly #ring: KeyRing;

  constructor(ring: KeyRing) {
    this.#ring = ring;
  }

  /** Equal texts of one kind are equal, and equal to nothing of another kind; a number's key never is one of these. */
  keyOf(kind: Kind, text: string): string {
    return this.#ring.numberKey(`people ${kind} ${text}`);
  }

  /** Bound to the row it belongs to: sealed texts cannot change places. */
  close(row: string, text: string): Sealed {
    const { keyId, nonce, ciphertext } = seal(this.#ring, row as NumberKey, text);
    return { keyId, nonce, ciphertext };
  }

  /** Throws SealBroken when the key file is another one. */
  open(row: string, sealed: Sealed): string {
    return unseal(this.#ring, { numberKey: row as NumberKey, ...sealed });
  }
}
