// Passwords: scrypt (RFC 7914) with a salt of its own for each, and its cost beside it so that it can be raised later. As
// few at a time as leave the machine to the callers: each costs tens of MB and some hundred ms of a processor.
// It must not know whose a password is.

import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** 2^logN blocks of 1 KiB, `p` times: OWASP's second choice (2^16, 8, 2) asks 64 MiB. */
export type ScryptCost = { readonly logN: number; readonly p: number };

export const COST: ScryptCost = { logN: 16, p: 2 };
const BLOCK = 8;
const KEY_BYTES = 32;
const SALT_BYTES = 16;
const AT_ONCE_MAX = 1;
const WAITING_MAX = 32;

/** Too many sign in at this moment: better refused than queued without an end. */
export class PasswordsBusy extends Error {
  readonly code = 'request.too_many';
  constructor() {
    super('too many people are signing in at this moment; try again in a few seconds');
    this.name = 'PasswordsBusy';
  }
}

export class Passwords {
  readonly #cost: ScryptCost;
  #running = 0;
  readonly #waiting: (() => void)[] = [];
  readonly #nobody: Promise<string>;

  constructor(cost: ScryptCost = COST) {
    this.#cost = cost;
    const salt = randomBytes(SALT_BYTES);
    this.#nobody = Promise.resolve(written(cost, salt, randomBytes(KEY_BYTES)));
  }

  /** What is stored: `scrypt$logN$p$salt$key`. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return written(this.#cost, salt, await this.#derive(password, salt, this.#cost));
  }

  /** Takes as long for an account that is not there, so that time does not tell which names exist. */
  async matches(password: string, stored: string | null): Promise<boolean> {
    const [, logN, p, salt, key] = (stored ?? (await this.#nobody)).split('$');
    const cost = { logN: Number(logN), p: Number(p) };
    const wanted = Buffer.from(key ?? '', 'base64url');
    const given = await this.#derive(password, Buffer.from(salt ?? '', 'base64url'), cost);
    return stored !== null && wanted.length === given.length && timingSafeEqual(wanted, given);
  }

  async #derive(password: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> {
    await this.#turn();
    try {
      const N = 2 ** cost.logN;
      const options = { N, r: BLOCK, p: cost.p, maxmem: 2 * 128 * N * BLOCK };
      return await derived(password.normalize('NFC'), salt, options);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async #turn(): Promise<void> {
    if (this.#running >= AT_ONCE_MAX) {
      if (this.#waiting.length >= WAITING_MAX) throw new PasswordsBusy();
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#running += 1;
  }
}

function written({ logN, p }: ScryptCost, salt: Buffer, key: Buffer): string {
  return `scrypt$${logN}$${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

function derived(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(password, salt, KEY_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    ),
  );
}
