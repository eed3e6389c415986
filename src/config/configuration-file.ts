// Reads the YAML file of a centre. What is wrong in it is told with line and column, what, and how to mend it; nothing is
// guessed, unknown keys are errors. The hash names what the core was given: equal hash, equal configuration.

import { resolve as absolute, dirname } from 'node:path';
import type { Configuration } from '../core/configuration.ts';
import { meaningMistakes } from './meaning.ts';
import { shapeMistakes } from './mistake.ts';
import { recordingFolder, recordingMistakes } from './recording.ts';
import {
  CONFIGURATION_BYTES_MAX,
  type DialPolicy,
  dialPolicyOf,
  type Resolved,
  type ResolveOptions,
  resolve,
} from './resolve.ts';
import type { ConfigurationFile } from './schema.ts';
import { readDocument } from './stored-document.ts';
import { checkedYaml, mistakeLine, type PlacedMistake, readYaml } from './yaml-file.ts';

export class ConfigurationRefused extends Error {
  override name = 'ConfigurationRefused';
  readonly code = 'configuration.invalid';
  /** In the order of the text; never empty. */
  readonly mistakes: readonly PlacedMistake[];

  constructor(file: string, mistakes: readonly PlacedMistake[]) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
    super(`${mistakeLine(file, mistakes[0] as PlacedMistake)}${more}`);
    this.mistakes = mistakes;
  }
}

export type ReadConfiguration = Resolved & {
  /** The file itself, checked: what resolve() needs for another month, or with the vault's keys. */
  readonly file: ConfigurationFile;
  /** What the vault must judge numbers by. */
  readonly dialPolicy: DialPolicy;
  /** Of a file that was kept in the journal, where its shared numbers are keys. */
  readonly shared?: Configuration['numbers']['shared'];
  /** As it was written, comments and all. Left out: what the journal kept, which is the values alone. */
  readonly text?: string;
};

/** As it was put in force; null when a journal of an earlier release kept none. */
export function storedConfiguration(
  document: string,
  options: Partial<ResolveOptions> = {},
): ReadConfiguration | null {
  const stored = readDocument(document);
  if (stored === null) return null;
  const { file, shared } = stored;
  const missing = recordingMistakes(file, '/').map((m) => ({ ...m, line: 0, column: 0 }));
  if (missing.length > 0) refuseIn('the configuration of the journal')(missing);
  const resolved = resolve(file, { nowAt: Date.now(), shared, ...options });
  return { ...resolved, file, shared, dialPolicy: dialPolicyOf(file) };
}

/** Throws ConfigurationRefused. `options.nowAt` is now unless told otherwise. */
export function readConfiguration(file: string, options: Partial<ResolveOptions> = {}): ReadConfiguration {
  const beside = dirname(absolute(file));
  return parseConfiguration(readYaml(file, SAMPLE, refuseIn(file)), file, { beside, ...options });
}

export function parseConfiguration(
  text: string,
  file: string,
  options: Partial<ResolveOptions> = {},
): ReadConfiguration {
  const { beside = process.cwd() } = options;
  const written = checkedYaml(
    text,
    (value) => configurationMistakes(value, beside),
    refuseIn(file),
  ) as ConfigurationFile;
  const { recordings } = written;
  const document =
    recordings === undefined ? written : { ...written, recordings: recordingFolder(recordings, beside) };
  const resolved = resolve(document, { nowAt: Date.now(), ...options });
  const { bytesMax = CONFIGURATION_BYTES_MAX } = options;
  if (resolved.bytes > bytesMax) {
    const what = `works out to ${resolved.bytes} bytes, more than ${bytesMax}`;
    const mend = 'give fewer exceptions and hours by region, or divide the centre';
    throw new ConfigurationRefused(file, [{ line: 1, column: 1, where: 'the file', what, mend }]);
  }
  return { ...resolved, file: document, dialPolicy: dialPolicyOf(document), text };
}

const SAMPLE = 'config/demonstration.yaml';

function refuseIn(file: string) {
  return (mistakes: readonly PlacedMistake[]): never => {
    throw new ConfigurationRefused(file, mistakes);
  };
}

/** Of a document that stands by itself, or in a scenario. `beside`: the folder of its file. */
export function configurationMistakes(value: unknown, beside: string) {
  const shape = shapeMistakes(value);
  if (shape.length > 0) return shape;
  const file = value as ConfigurationFile;
  return [...meaningMistakes(file), ...recordingMistakes(file, beside)];
}
