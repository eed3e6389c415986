// Reads the YAML file of a centre. What is wrong in it is told with line and column, what, and how to mend it; nothing is
// guessed, unknown keys are errors. The hash names what the core was given: equal hash, equal configuration.

import { readFileSync } from 'node:fs';
import type { Document } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import { meaningMistakes } from './meaning.ts';
import { type Mistake, mistake, shapeMistakes } from './mistake.ts';
import { offsetOf } from './position.ts';
import {
  CONFIGURATION_BYTES_MAX,
  type DialPolicy,
  dialPolicyOf,
  type Resolved,
  type ResolveOptions,
  resolve,
} from './resolve.ts';
import type { ConfigurationFile } from './schema.ts';

/** A mistake at its place in the text, both counted from 1. */
export type PlacedMistake = {
  readonly line: number;
  readonly column: number;
  readonly where: string;
  readonly what: string;
  readonly mend: string;
};

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

/** One line: where, what, how to mend it. */
export function mistakeLine(file: string, { line, column, where, what, mend }: PlacedMistake): string {
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return `${place}: ${where === '' ? '' : `${where}: `}${what}; ${mend}`;
}

export type ReadConfiguration = Resolved & {
  /** The file itself, checked: what resolve() needs for another month, or with the vault's keys. */
  readonly file: ConfigurationFile;
  /** What the vault must judge numbers by. */
  readonly dialPolicy: DialPolicy;
};

const BYTES_MAX = 4_000_000;
const MISTAKES_MAX = 100;

/** Throws ConfigurationRefused. `options.nowAt` is now unless told otherwise. */
export function readConfiguration(file: string, options: Partial<ResolveOptions> = {}): ReadConfiguration {
  return parseConfiguration(readText(file), file, options);
}

export function parseConfiguration(
  text: string,
  file: string,
  options: Partial<ResolveOptions> = {},
): ReadConfiguration {
  const document = checkedDocument(text, file);
  const resolved = resolve(document, { nowAt: Date.now(), ...options });
  if (resolved.bytes > CONFIGURATION_BYTES_MAX) {
    const what = `works out to ${resolved.bytes} bytes, more than ${CONFIGURATION_BYTES_MAX}`;
    const mend = 'take the shifts of some agents out, or divide the centre';
    throw new ConfigurationRefused(file, [{ line: 1, column: 1, where: 'the file', what, mend }]);
  }
  return { ...resolved, file: document, dialPolicy: dialPolicyOf(document) };
}

function readText(file: string): string {
  const mend = 'give the path of a YAML file (config/demonstration.yaml is a sample)';
  const refuse = (what: string): never => {
    throw new ConfigurationRefused(file, [{ line: 0, column: 0, where: '', what, mend }]);
  };
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return refuse('there is no such file');
    if (code === 'EISDIR') return refuse('is a folder');
    return refuse(code === 'EACCES' ? 'may not be read by this user' : message);
  }
  return text.length > BYTES_MAX ? refuse(`has more than ${BYTES_MAX} characters`) : text;
}

function checkedDocument(text: string, file: string): ConfigurationFile {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const placed = (offset: number, { where, what, mend }: Omit<Mistake, 'path' | 'ofKey'>): PlacedMistake => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), where, what, mend };
  };
  const refuse = (mistakes: readonly PlacedMistake[]): never => {
    const sorted = [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
    throw new ConfigurationRefused(file, sorted.slice(0, MISTAKES_MAX));
  };
  if (document.errors.length > 0)
    return refuse(document.errors.map((error) => placed(error.pos[0], yamlMistake(error))));
  const value = plainValue(document);
  if ('mistake' in value) return refuse([placed(0, value.mistake)]);
  const shape = shapeMistakes(value.value);
  const mistakes = shape.length > 0 ? shape : meaningMistakes(value.value as ConfigurationFile);
  if (mistakes.length > 0) return refuse(mistakes.map((m) => placed(offsetOf(document, m.path, m.ofKey), m)));
  return value.value as ConfigurationFile;
}

function yamlMistake({ code, message }: { code: string; message: string }): Mistake {
  const say = (what: string, mend: string): Mistake => ({ ...mistake([], what, mend), where: '' });
  if (code === 'DUPLICATE_KEY') return say('this key stands twice', 'remove one of the two');
  return say(message.split('\n')[0]?.replace(/ at line.*$/, '') ?? 'this is no YAML', 'mend the YAML there');
}

/** An alias that leads nowhere, to a thousand others or back to itself is found only here. */
function plainValue(document: Document): { readonly value: unknown } | { readonly mistake: Mistake } {
  const refuse = (what: string) => ({
    mistake: mistake([], what, 'write the values out instead of the alias'),
  });
  let value: unknown;
  try {
    value = document.toJS();
  } catch (error) {
    return refuse((error as Error).message.split('\n')[0] ?? 'an alias cannot be followed');
  }
  try {
    JSON.stringify(value);
  } catch {
    return refuse('an alias stands inside of what it repeats');
  }
  return { value };
}
