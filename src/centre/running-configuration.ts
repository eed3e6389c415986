// The configuration in force. A new document is read whole, worked out and checked first; only then it becomes one fact,
// and after its commit the vault judges numbers by it and the agents' phones are seated. What is refused has touched
// nothing. Local times are worked out some 400 days ahead, so the same document is given again as the months go by.

import { createHash } from 'node:crypto';
import { resolve as absolute, dirname } from 'node:path';
import { stringify } from 'yaml';
import type { Asked, ConfigurationRoom, Put } from '../api/configuration.ts';
import { ConfigurationOutdated } from '../api/configuration.ts';
import { documentChanges } from '../config/changes.ts';
import type { Checked, DocumentView } from '../config/checked.ts';
import {
  ConfigurationRefused,
  parseConfiguration,
  type ReadConfiguration,
  readConfiguration,
  storedConfiguration,
} from '../config/configuration-file.ts';
import { differenceOf } from '../config/difference.ts';
import { type Resolved, resolve } from '../config/resolve.ts';
import type { ConfigurationFile } from '../config/schema.ts';
import { documentName } from '../config/stored-document.ts';
import { summaryOf } from '../config/summary.ts';
import type { PlacedMistake } from '../config/yaml-file.ts';
import { assert } from '../core/assert.ts';
import type { Configuration } from '../core/configuration.ts';
import type { NumberKey } from '../core/id.ts';
import type { Engine } from '../engine/engine.ts';
import { factBytesMax } from '../journal/journal.ts';
import { OutboxFailure } from '../outbox/outbox-failure.ts';
import type { TextRoom } from '../vault/configuration-texts.ts';
import type { NumberPolicy } from '../vault/number.ts';
import { CentreFailure } from './centre-failure.ts';
import { untilAnswered } from './until-answered.ts';

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
  /** Throws when the document cannot be put in force here, such as for a secret that is not there. */
  readonly inspect?: (file: ConfigurationFile) => void;
  /** Where what the owners wrote is kept, word for word. Left out: for as long as this runs. */
  readonly texts?: TextRoom;
  readonly now: () => number;
  readonly log: (line: string) => void;
};

const DAY_MS = 86_400_000;
/** Of a fact, beside the configuration in it. */
const FRAME_BYTES = 1_024;

export class RunningConfiguration implements ConfigurationRoom {
  readonly #parts: RunningParts;
  readonly #given: { readonly read: ReadConfiguration; readonly name: string } | null;
  #engine: Engine | null = null;
  #inForce: InForce | null = null;
  /** One change after the other, in the order in which they were asked for. */
  #last: Promise<unknown> = Promise.resolve();

  /** `read`: the file given at the start; null: what the journal says was in force. */
  constructor(parts: RunningParts, read: ReadConfiguration | null, name = 'configuration') {
    this.#parts = parts;
    this.#given = read === null ? null : { read, name };
  }

  /** The document itself. */
  get file(): ConfigurationFile {
    return this.#now.read.file;
  }

  /** What numbers are judged by. */
  get policy(): NumberPolicy {
    return this.#policy(this.#now.read);
  }

  get hash(): string {
    return this.#now.resolved.hash;
  }

  get configuration(): Configuration {
    return this.#now.resolved.configuration;
  }

  /** The provider where people may sign in; null: none. */
  get openId(): NonNullable<ConfigurationFile['signIn']>['openId'] | null {
    return this.#now.read.file.signIn?.openId ?? null;
  }

  get clientLink(): string | null {
    return this.#now.read.file.agent?.clientLink ?? null;
  }

  /** A folder that a document names is looked for beside the file of the start. */
  #beside(): { readonly beside?: string } {
    return this.#given === null ? {} : { beside: dirname(absolute(this.#given.name)) };
  }

  get #now(): InForce {
    assert(this.#inForce !== null, 'the configuration is asked for after it was opened');
    return this.#inForce;
  }

  /** The first one: numbers are judged by it before telephony tells of any. A file that is given counts. */
  async open(engine: Engine): Promise<void> {
    this.#engine = engine;
    const before = storedConfiguration(engine.state.configurationDocument, { nowAt: this.#parts.now() });
    const read = this.#given?.read ?? before;
    if (read === null) {
      const message = 'nothing is known of how this centre was configured; give its file with --config FILE';
      throw new CentreFailure('centre.not_configured', message);
    }
    const resolved = this.#resolve(read, this.#given?.name ?? 'the configuration of the journal');
    this.#tellDifference(engine.state.configuration, before, { read, resolved });
    this.#parts.vault.setPolicy(this.#policy(read));
    const { configuration, hash, document } = resolved;
    const { texts, log } = this.#parts;
    const text = await untilAnswered(() => this.#keepText(read, document), log);
    this.#inForce = { read: { ...read, ...(text === undefined ? {} : { text }) }, resolved };
    await engine.open(configuration, hash, document);
    await untilAnswered(async () => texts?.keepOnly(documentName(document)), log);
    await this.#parts.seat(configuration);
  }

  /** What was put in force while it ran and is not in the file would otherwise be gone in silence. */
  #tellDifference(journal: Configuration | null, before: ReadConfiguration | null, now: InForce): void {
    if (this.#given === null || journal === null) return;
    const was = before?.configuration ?? journal;
    const policies = before === null ? '' : policyDifference(before, now.read);
    const differs = joined(differenceOf(was, now.resolved.configuration), policies);
    if (differs !== '')
      this.#parts.log(
        `${this.#given.name} is not what was in force before, and counts from now on (${differs})`,
      );
  }

  /** The text as it is about to count, before it does: whoever reads it later finds it by what it says. */
  async #keepText({ text }: ReadConfiguration, document: string): Promise<string | undefined> {
    const { texts } = this.#parts;
    if (text === undefined) return texts?.textOf(documentName(document));
    await texts?.keep(documentName(document), text);
    return text;
  }

  document(): DocumentView {
    const { read, resolved } = this.#now;
    const { shared } = resolved.configuration.numbers;
    const yaml = read.text ?? stringify(read.file);
    return {
      hash: resolved.hash,
      version: versionOf(yaml, resolved),
      yaml,
      numbersUnsaid: read.text === undefined ? shared.length : 0,
      startedWith: this.#given?.name ?? null,
    };
  }

  check(text: string): Checked {
    const before = this.#now;
    const { version } = this.document();
    try {
      const read = parseConfiguration(text, 'configuration', {
        ...this.#beside(),
        ...{ nowAt: this.#parts.now(), numberKeyOf: (e164: string) => this.#parts.vault.remember(e164) },
      });
      this.#refuseUnfit(read, 'configuration', read.bytes);
      return {
        ...{ mistakes: [], version, lines: summaryOf(read, this.#parts.now()) },
        changes: documentChanges(comparable(before), comparable({ read, resolved: read })),
      };
    } catch (error) {
      return { mistakes: mistakesIn(error), version, changes: [], lines: [] };
    }
  }

  put(text: string, name: string, asked: Asked = {}): Promise<Put> {
    return this.#next(() => {
      if (asked.version !== undefined && asked.version !== this.document().version)
        throw new ConfigurationOutdated();
      return this.#take(parseConfiguration(text, name, this.#beside()), name, asked);
    });
  }

  putFile(file: string): Promise<Put> {
    return this.#next(() => this.#take(readConfiguration(file), file));
  }

  /** The same document at another time: nothing comes of it until its month is over. */
  refresh(): Promise<Put> {
    return this.#next(() => this.#take(this.#now.read, 'configuration'));
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

  async #take(read: ReadConfiguration, name: string, { by, because }: Asked = {}): Promise<Put> {
    const before = this.#now;
    const resolved = this.#resolve(read, name);
    const { configuration, document, hash } = resolved;
    const isNew = hash !== before.resolved.hash;
    const who = { ...(by === undefined ? {} : { by }), ...(because === undefined ? {} : { because }) };
    await this.#keepText(read, document);
    if (isNew)
      await this.#engine?.submit({ type: 'centre.configure', configuration, document, hash, ...who });
    await this.#parts.texts?.keepOnly(documentName(document));
    this.#parts.vault.setPolicy(this.#policy(read));
    this.#inForce = { read, resolved };
    const was = before.resolved.configuration;
    if (isNew && !sameAgents(was, configuration)) await this.#parts.seat(configuration);
    const changed = isNew ? differenceOf(was, configuration) : '';
    return { hash, changed: joined(changed, policyDifference(before.read, read)) };
  }

  /** A document that would not fit into a fact is refused here: in the journal it would be a bug. */
  #resolve(read: ReadConfiguration, name: string): Resolved {
    const force = resolve(read.file, {
      nowAt: this.#parts.now(),
      numberKeyOf: (e164) => this.#parts.vault.remember(e164),
      ...(read.shared && { shared: read.shared }),
    });
    this.#refuseUnfit(read, name, force.bytes);
    return force;
  }

  #refuseUnfit({ file }: ReadConfiguration, name: string, ofFact: number): void {
    this.#parts.inspect?.(file);
    const bytes = ofFact + FRAME_BYTES;
    if (bytes <= factBytesMax) return;
    throw new ConfigurationRefused(name, [
      {
        ...{ line: 0, column: 0, where: '' },
        what: `it comes to ${bytes} bytes with all hours worked out, and ${factBytesMax} are the most`,
        mend: 'give fewer lines, exceptions or shifts',
      },
    ]);
  }

  #policy(read: ReadConfiguration): NumberPolicy {
    return { ...read.dialPolicy, allowFictional: this.#parts.allowFictional };
  }
}

type InForce = { readonly read: ReadConfiguration; readonly resolved: Resolved };

/** With the keys of shared numbers instead of the numbers, which one of the two may not have. */
function comparable({ read, resolved }: InForce): ConfigurationFile {
  const { shared } = resolved.configuration.numbers;
  const { numbers, ...rest } = read.file;
  if (numbers === undefined && shared.length === 0) return rest;
  const { shared: _, ...others } = numbers ?? {};
  const keyed = shared.map(({ numberKey, openMax }) => ({ number: String(numberKey), openMax }));
  return { ...rest, numbers: { ...others, ...(keyed.length === 0 ? {} : { shared: keyed }) } };
}

function versionOf(yaml: string, { document }: Resolved): string {
  return createHash('sha256').update(documentName(document)).update(yaml).digest('hex');
}

/** What is not wrong in the text itself, such as a secret that is not there, has no place in it. */
function mistakesIn(error: unknown): readonly PlacedMistake[] {
  if (error instanceof ConfigurationRefused) return error.mistakes;
  if (!(error instanceof OutboxFailure)) throw error;
  const [what = '', ...mend] = error.message.split('; ');
  return [{ line: 0, column: 0, where: '', what, mend: mend.join('; ') }];
}

function policyDifference(one: ReadConfiguration, other: ReadConfiguration): string {
  const isSame = JSON.stringify(one.dialPolicy) === JSON.stringify(other.dialPolicy);
  return isSame ? '' : 'numbers that are called';
}

function joined(...differences: readonly string[]): string {
  return differences.filter(Boolean).join(', ');
}

function sameAgents(one: Configuration, other: Configuration): boolean {
  const names = ({ agents }: Configuration) => agents.map(({ id }) => id).join(' ');
  return names(one) === names(other);
}
