// A YAML file that people write (JSON is YAML too), read whole and checked: every mistake at its place in the text. Nothing
// is guessed. It must not know what the file is about: that is told by whoever looks for mistakes in its value.

import { readFileSync } from 'node:fs';
import type { Document } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import { type Mistake, mistake } from './mistake.ts';
import { offsetOf } from './position.ts';

/** A mistake at its place in the text, both counted from 1; line 0: of the file as a whole. */
export type PlacedMistake = {
  readonly line: number;
  readonly column: number;
  readonly where: string;
  readonly what: string;
  readonly mend: string;
};

/** One line: where, what, how to mend it. */
export function mistakeLine(file: string, { line, column, where, what, mend }: PlacedMistake): string {
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return `${place}: ${where === '' ? '' : `${where}: `}${what}; ${mend}`;
}

type Refuse = (mistakes: readonly PlacedMistake[]) => never;

const BYTES_MAX = 4_000_000;
const MISTAKES_MAX = 100;

/** The text of a file. `sample`: a file of this kind, to be named to whoever gave a wrong path. */
export function readYaml(file: string, sample: string, refuse: Refuse): string {
  const mend = `give the path of a YAML file (${sample} is a sample)`;
  const refuseFile = (what: string): never => refuse([{ line: 0, column: 0, where: '', what, mend }]);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return refuseFile('there is no such file');
    if (code === 'EISDIR') return refuseFile('is a folder');
    return refuseFile(code === 'EACCES' ? 'may not be read by this user' : message);
  }
  return text.length > BYTES_MAX ? refuseFile(`has more than ${BYTES_MAX} characters`) : text;
}

/** The value, in which nobody found a mistake; else `refuse` is given them in the order of the text. */
export function checkedYaml(
  text: string,
  mistakesOf: (value: unknown) => Mistake[],
  refuse: Refuse,
): unknown {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const placed = (offset: number, { where, what, mend }: Omit<Mistake, 'path' | 'ofKey'>): PlacedMistake => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col), where, what, mend };
  };
  const refuseAll = (mistakes: readonly PlacedMistake[]): never => {
    const sorted = [...mistakes].sort((a, b) => a.line - b.line || a.column - b.column);
    return refuse(sorted.slice(0, MISTAKES_MAX));
  };
  if (document.errors.length > 0)
    return refuseAll(document.errors.map((error) => placed(error.pos[0], yamlMistake(error))));
  const value = plainValue(document);
  if ('mistake' in value) return refuseAll([placed(0, value.mistake)]);
  const mistakes = mistakesOf(value.value);
  if (mistakes.length > 0)
    return refuseAll(mistakes.map((m) => placed(offsetOf(document, m.path, m.ofKey), m)));
  return value.value;
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
