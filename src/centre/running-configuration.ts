// The configuration in force. A new document is read whole, worked out and checked first; only then it becomes one fact,
// and after its commit the vault judges numbers by it and the agents' phones are seated. What is refused has touched
// nothing. Local times are worked out some 400 days ahead, so the same document is given again as the months go by.

import type { ConfigurationRoom, Put } from '../api/configuration.ts';
import {
  ConfigurationRefused,
  parseConfiguration,
  type ReadConfiguration,
  readConfiguration,
} from '../config/configuration-file.ts';
import { differenceOf } from '../config/difference.ts';
import { type Resolved, resolve } from '../config/resolve.ts';
import type { Configuration } from '../core/configuration.ts';
import type { NumberKey } from '../core/id.ts';
import type { Engine } from '../engine/engine.ts';
import { factBytesMax } from '../journal/journal.ts';
import type { NumberPolicy } from '../vault/number.ts';

/** What it needs of the vault. */
export interface PolicyRoom {
  setPolicy(policy: NumberPolicy): void;
  remember(e164: string): NumberKey;
}

export type RunningParts = {
  readonly vault: PolicyRoom;
  readonly allowFictional: boolean;
  /** The agents of the configuration get their phones, others lose theirs. */
  readonly seat: (configuration: Configuration) => Promise<void>;
  readonly now: () => number;
  readonly log: (line: string) => void;
};

const DAY_MS = 86_400_000;
/** Of a fact, beside the configuration in it. */
const FRAME_BYTES = 1_024;

export class RunningConfiguration implements ConfigurationRoom {
  readonly #parts: RunningParts;
  #engine: Engine | null = null;
  #read: ReadConfiguration;
  #force: Resolved;
  /** One change after the other, in the order in which they were asked for. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: RunningParts, read: ReadConfiguration) {
    this.#parts = parts;
    this.#read = read;
    this.#force = this.#resolve(read, 'configuration');
  }

  get hash(): string {
    return this.#force.hash;
  }

  get configuration(): Configuration {
    return this.#force.configuration;
  }

  /** The first one: numbers are judged by it before telephony tells of any. */
  async open(engine: Engine): Promise<void> {
    this.#engine = engine;
    this.#parts.vault.setPolicy(this.#policy(this.#read));
    await engine.open(this.configuration, this.hash);
    await this.#parts.seat(this.configuration);
  }

  put(text: string, name: string): Promise<Put> {
    return this.#next(() => this.#take(parseConfiguration(text, name), name));
  }

  putFile(file: string): Promise<Put> {
    return this.#next(() => this.#take(readConfiguration(file), file));
  }

  /** The same document at another time: nothing comes of it until its month is over. */
  refresh(): Promise<Put> {
    return this.#next(() => this.#take(this.#read, 'configuration'));
  }

  /** Once a day. Gives the way to stop it. */
  keepFresh(): () => void {
    const timer = setInterval(() => {
      this.refresh().then(
        ({ changed }) => {
          if (changed !== '') this.#parts.log(`configuration: hours worked out further ahead (${changed})`);
        },
        (error: Error) => this.#parts.log(`configuration: not worked out further ahead: ${error.message}`),
      );
    }, DAY_MS);
    timer.unref();
    return () => clearInterval(timer);
  }

  #next(change: () => Promise<Put>): Promise<Put> {
    const put = this.#last.then(change);
    this.#last = put.catch(() => undefined);
    return put;
  }

  async #take(read: ReadConfiguration, name: string): Promise<Put> {
    const before = this.#force;
    const force = this.#resolve(read, name);
    const { configuration, hash } = force;
    const isNew = hash !== before.hash;
    if (isNew) await this.#engine?.submit({ type: 'centre.configure', configuration, hash });
    this.#parts.vault.setPolicy(this.#policy(read));
    const policyChanged = JSON.stringify(read.dialPolicy) !== JSON.stringify(this.#read.dialPolicy);
    this.#read = read;
    this.#force = force;
    if (isNew && !sameAgents(before.configuration, configuration)) await this.#parts.seat(configuration);
    const changed = isNew ? differenceOf(before.configuration, configuration) : '';
    return {
      hash,
      changed: [changed, policyChanged ? 'numbers that are called' : ''].filter(Boolean).join(', '),
    };
  }

  /** A document that would not fit into a fact is refused here: in the journal it would be a bug. */
  #resolve(read: ReadConfiguration, name: string): Resolved {
    const force = resolve(read.file, {
      nowAt: this.#parts.now(),
      numberKeyOf: (e164) => this.#parts.vault.remember(e164),
    });
    const bytes = Buffer.byteLength(JSON.stringify(force.configuration)) + FRAME_BYTES;
    if (bytes > factBytesMax) {
      throw new ConfigurationRefused(name, [
        {
          line: 0,
          column: 0,
          where: '',
          what: `it comes to ${bytes} bytes with all hours worked out, and ${factBytesMax} are the most`,
          mend: 'give fewer lines, exceptions or shifts',
        },
      ]);
    }
    return force;
  }

  #policy(read: ReadConfiguration): NumberPolicy {
    return { ...read.dialPolicy, allowFictional: this.#parts.allowFictional };
  }
}

function sameAgents(one: Configuration, other: Configuration): boolean {
  const names = ({ agents }: Configuration) => agents.map(({ id }) => id).join(' ');
  return names(one) === names(other);
}
