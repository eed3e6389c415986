// The vault's keys, in a file outside the database: whoever has only one of the two has no numbers. Made at the first
// start; several encryption keys may stand in it, each with an id that its rows carry, so that a new one can be added
// and the old rows still be read. The secret behind numberKey is a different one, and stays: changing it would make
// equal numbers differ. It must not know numbers, and no secret ever appears in a message.
import { createHmac, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { assert } from '../core/assert.ts';
import type { NumberKey } from '../core/id.ts';

const secretBytes = 32;
const keysMax = 64;
const privateMode = 0o600;

export type EncryptionKey = { readonly id: string; readonly secret: Buffer };

/** Kept as Node's own key object: each use of a bare Buffer costs three to eight times as much. */
type HeldKey = { readonly id: string; readonly secret: KeyObject };

/** Known failures of the key file: one line that says what, where and how to mend it. */
export class KeyFileFailure extends Error {
  readonly code: 'vault.key_file_unreadable' | 'vault.key_file_open' | 'vault.key_missing';
  constructor(code: KeyFileFailure['code'], message: string) {
    super(message);
    this.name = 'KeyFileFailure';
    this.code = code;
  }
}

/** What the vault does with its keys; the secrets cannot be read from outside. */
export class KeyRing {
  readonly current: HeldKey;
  readonly #keys: ReadonlyMap<string, HeldKey>;
  readonly #numberSecret: KeyObject;

  constructor(keys: readonly EncryptionKey[], currentId: string, numberSecret: Buffer) {
    this.#keys = new Map(keys.map(({ id, secret }) => [id, { id, secret: createSecretKey(secret) }]));
    const current = this.#keys.get(currentId);
    assert(current !== undefined, 'the current key is one of the keys');
    this.current = current;
    this.#numberSecret = createSecretKey(numberSecret);
  }

  key(id: string): HeldKey | undefined {
    return this.#keys.get(id);
  }

  /**
   * HMAC-SHA-256 of the E.164 form, its first 128 bits in hex. Without the secret nobody can try the ten thousand
   * million numbers there are and find whose key it is; 128 bits are as hard to guess as anything here, and among
   * 10^8 numbers two share a key with a probability below 10^-22. Half the length is half the room in every fact.
   */
  numberKey(canonical: string): NumberKey {
    return createHmac('sha256', this.#numberSecret).update(canonical).digest('hex').slice(0, 32) as NumberKey;
  }
}

type KeyFile = {
  readonly format: 1;
  readonly numberSecret: string;
  readonly currentKey: string;
  readonly keys: readonly { readonly id: string; readonly secret: string }[];
};

function newKeyFile(): KeyFile {
  const id = `k${randomBytes(4).toString('hex')}`;
  const secret = () => randomBytes(secretBytes).toString('base64');
  return { format: 1, numberSecret: secret(), currentKey: id, keys: [{ id, secret: secret() }] };
}

/** Written beside, synced, then linked into place: of two that start at once one file wins and both read it. */
function createKeyFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const file = openSync(draft, 'wx', privateMode);
  try {
    writeSync(file, `${JSON.stringify(newKeyFile(), undefined, 2)}\n`);
    fsyncSync(file);
    closeSync(file);
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

function parseKeyFile(path: string, text: string): KeyRing {
  const wrong = () =>
    new KeyFileFailure(
      'vault.key_file_unreadable',
      `${path} is not a key file of this release. Put its copy back; without it no stored number can be read.`,
    );
  const secretOf = (value: unknown): Buffer => {
    const secret = typeof value === 'string' ? Buffer.from(value, 'base64') : Buffer.alloc(0);
    if (secret.length !== secretBytes) throw wrong();
    return secret;
  };
  let file: KeyFile;
  try {
    file = JSON.parse(text) as KeyFile;
  } catch {
    // The parser's message quotes what it read: it is not passed on.
    throw wrong();
  }
  const keysFit = Array.isArray(file?.keys) && file.keys.length > 0 && file.keys.length <= keysMax;
  if (file?.format !== 1 || !keysFit) throw wrong();
  const keys = file.keys.map((key) => {
    if (typeof key?.id !== 'string' || !/^[a-z0-9]{1,16}$/.test(key.id)) throw wrong();
    return { id: key.id, secret: secretOf(key.secret) };
  });
  if (!keys.some((key) => key.id === file.currentKey)) throw wrong();
  return new KeyRing(keys, file.currentKey, secretOf(file.numberSecret));
}

/** Reads the key file, making it (mode 0600, its folder 0700) when there is none. */
export function openKeyFile(path: string): KeyRing {
  let text: string;
  try {
    if (modeOf(path) === undefined) createKeyFile(path);
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new KeyFileFailure(
      'vault.key_file_unreadable',
      `${path} cannot be read or made (${code ?? 'unknown'}). Let this user own the file and its folder, on a disk with room.`,
    );
  }
  if (((modeOf(path) ?? 0) & 0o077) !== 0) {
    throw new KeyFileFailure(
      'vault.key_file_open',
      `${path} can be read by others. If only its owner ever has: chmod 600 ${path}; else replace its keys.`,
    );
  }
  return parseKeyFile(path, text);
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode;
}
