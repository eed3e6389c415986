// What a centre keeps beside its database: ports and secrets that must be the same after a restart, because the
// Asterisk that holds the calls outlives the service and goes on using them. Readable by its owner only. Nothing in it is
// a person's.

import { createHmac, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CentreFailure } from './centre-failure.ts';

export type Kept = {
  readonly shard: string;
  readonly ariPassword: string;
  readonly fenceSecret: string;
  readonly apiToken: string;
  /** Passwords of phones come of it; see phoneSecret. */
  readonly phoneKey: string;
  readonly httpPort: number;
  readonly fencePort: number;
  readonly sipPort: number;
  readonly rtpFirst: number;
  readonly rtpLast: number;
  /** The journal beside it tells of a simulation's people; absent: of a centre's. */
  readonly isSimulated?: true;
};

export class DataFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(join(path, 'keys'), { recursive: true, mode: 0o700 });
  }

  get vaultKeyFile(): string {
    return join(this.path, 'keys', 'vault.key');
  }

  /** Phrases in the owners' own voice. */
  get prompts(): string {
    return join(resolve(this.path), 'prompts');
  }

  get postgres(): string {
    return join(this.path, 'postgres');
  }

  /** Where a client on this machine finds the API's address and token. */
  get apiFile(): string {
    return join(this.path, 'api.json');
  }

  get keptFile(): string {
    return join(this.path, 'centre.json');
  }

  read(): Kept | undefined {
    if (!existsSync(this.keptFile)) return undefined;
    try {
      return JSON.parse(readFileSync(this.keptFile, 'utf8')) as Kept;
    } catch {
      throw new CentreFailure(
        'centre.data_damaged',
        `${this.keptFile} cannot be read; put its copy back, or remove it when no Asterisk of this centre runs`,
      );
    }
  }

  /** Nobody is called back whom a simulation made up, nor do real calls follow such in one journal. */
  refuseSimulated(): void {
    if (this.read()?.isSimulated !== true) return;
    throw new CentreFailure(
      'centre.data_simulated',
      `the calls in ${this.path} are those of a simulation, and no centre opens on them; read them with "rappel report" and "rappel note", or name another folder with --data`,
    );
  }

  write(kept: Kept): void {
    writePrivate(this.keptFile, kept);
  }

  /** Where the API was last time: it is there again unless somebody else has taken the port. */
  lastApiUrl(): string | undefined {
    if (!existsSync(this.apiFile)) return undefined;
    try {
      return (JSON.parse(readFileSync(this.apiFile, 'utf8')) as { url?: string }).url;
    } catch {
      return undefined; // cut off: it is written anew
    }
  }

  tellApi(address: { readonly url: string; readonly token: string }): void {
    writePrivate(this.apiFile, address);
  }
}

/** Replaced in one step, so that a reader never sees half of it. */
function writePrivate(path: string, value: unknown): void {
  writeFileSync(`${path}.new`, `${JSON.stringify(value)}\n`, { mode: 0o600 });
  chmodSync(`${path}.new`, 0o600);
  renameSync(`${path}.new`, path);
}

export function newSecret(): string {
  return randomBytes(18).toString('hex');
}

/** The password of an agent's phone: the same after every restart, kept nowhere. */
export function phoneSecret(phoneKey: string, agent: string): string {
  return createHmac('sha256', phoneKey).update(agent).digest('hex').slice(0, 24);
}
