// What is wrong with the shape of a file, by its schema: each mistake says where, what, and how to mend it. What no
// schema can say of a configuration stands in meaning.ts.

import type { TSchema } from 'typebox';
import { Settings } from 'typebox/system';
import { Errors } from 'typebox/value';
import { CALLBACK_FORMS } from './callback-schema.ts';
import { TIME_FORMS } from './hours-schema.ts';
import { OUTGOING_FORMS } from './outgoing-schema.ts';
import { OWNER_FORMS } from './owner-words-schema.ts';
import type { Path } from './position.ts';
import { FORMS, fileSchema } from './schema.ts';

export type Mistake = {
  readonly path: Path;
  /** The key itself is wrong, not its value. */
  readonly ofKey: boolean;
  /** As people write it: lines[2].key */
  readonly where: string;
  readonly what: string;
  readonly mend: string;
};

/** One error of the schema, as typebox reports it. */
type SchemaError = {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: Record<string, unknown>;
  message: string;
};

/** How what a pattern asks for is said in words. */
export type Forms = Readonly<Record<string, string>>;

const configurationForms: Forms = {
  ...FORMS,
  ...CALLBACK_FORMS,
  ...TIME_FORMS,
  ...OUTGOING_FORMS,
  ...OWNER_FORMS,
};

/** By itself typebox stops at eight, which a single choice among thirteen provinces uses up. */
const SCHEMA_ERRORS_MAX = 5_000;

/** Of a centre's configuration, unless another schema is given. */
export function shapeMistakes(
  value: unknown,
  schema: TSchema = fileSchema,
  forms: Forms = configurationForms,
): Mistake[] {
  const errors = schemaErrors(value, schema);
  const mistakes = errors.flatMap((error) => ofShape(error, errors, value, forms));
  // Whatever the schema has against the file, it is never taken for right.
  const isUntold = errors.length > 0 && mistakes.length === 0;
  return isUntold ? [mistake([], 'does not have the right shape', 'compare it with the schema')] : mistakes;
}

function schemaErrors(value: unknown, schema: TSchema): SchemaError[] {
  const { maxErrors } = Settings.Get();
  Settings.Set({ maxErrors: SCHEMA_ERRORS_MAX });
  try {
    return Errors(schema, value) as SchemaError[];
  } finally {
    Settings.Set({ maxErrors });
  }
}

export function mistake(path: Path, what: string, mend: string, ofKey = false): Mistake {
  const where = path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
  return { path, ofKey, where: where === '' ? 'the file' : where, what, mend };
}

function ofShape(error: SchemaError, all: readonly SchemaError[], value: unknown, forms: Forms): Mistake[] {
  const path = pathOf(error.instancePath, value);
  if (value == null) return [mistake(path, 'is empty', 'write what it is to hold; a sample is in config/')];
  if (error.keyword === 'boolean' || isOfChoiceNotMeant(error, all)) return [];
  const shown = isPrivate(path) ? 'the value' : show(value, path);
  const { params } = error;
  switch (error.keyword) {
    case 'additionalProperties':
      return (params.additionalProperties as string[]).map((name) =>
        mistake([...path, name], 'is not a known key', 'remove it, or correct its spelling', true),
      );
    case 'required':
      return (params.requiredProperties as string[]).map((name) =>
        mistake(path, `the key "${name}" is missing`, 'add it'),
      );
    case 'anyOf':
      return all.some((e) => isSetOfKeysMeant(e, error))
        ? []
        : [mistake(path, `${shown} is not allowed`, `use one of ${allowed(error, all).join(', ')}`)];
    case 'const':
      return [mistake(path, `${shown} is not allowed`, `write ${params.allowedValue}, or remove the key`)];
    case 'type':
      return [mistake(path, `${shown} has the wrong type`, `give ${article(String(params.type))}`)];
    case 'pattern': {
      const form = forms[String(params.pattern)] ?? `something that matches ${params.pattern}`;
      return [mistake(path, `${shown} has the wrong form`, `write ${form}`)];
    }
    case 'uniqueItems':
      return [mistake(path, 'an item stands twice', 'remove one')];
    default:
      return [ofSize(error, path, shown)];
  }
}

/** Too small, too large, too short, too long. */
function ofSize({ keyword, params, message }: SchemaError, path: Path, shown: string): Mistake {
  const limit = String(params.limit);
  switch (keyword) {
    case 'minimum':
      return mistake(path, `${shown} is too small`, `give ${limit} or more`);
    case 'exclusiveMinimum':
      return mistake(path, `${shown} is too small`, `give more than ${limit}`);
    case 'maximum':
      return mistake(path, `${shown} is too large`, `give ${limit} or less`);
    case 'minProperties':
      return mistake(path, 'nothing is named here', `name at least ${limit}`);
    case 'minItems':
      return mistake(path, 'the list is too short', `give at least ${limit}, or remove the key if it may be`);
    case 'maxItems':
      return mistake(path, 'the list is too long', `give at most ${limit}`);
    case 'minLength':
      return mistake(path, 'the text is too short', `give at least ${limit} characters`);
    case 'maxLength':
      return mistake(path, 'the text is too long', `give at most ${limit} characters`);
    default:
      return mistake(path, `${shown} ${message}`, 'correct the value');
  }
}

/** Of a choice, what the other possibilities have against the value; what is wrong inside of a set of keys is told. */
function isOfChoiceNotMeant(error: SchemaError, all: readonly SchemaError[]): boolean {
  if (!/\/anyOf\/\d+$/.test(error.schemaPath)) return false;
  return !all.some((choice) => choice.keyword === 'anyOf' && isSetOfKeysMeant(error, choice));
}

/** Whether `error` is about the keys of a set that was given where a choice has one: the set itself has the right type. */
function isSetOfKeysMeant({ keyword, schemaPath, instancePath }: SchemaError, choice: SchemaError): boolean {
  if (!schemaPath.startsWith(`${choice.schemaPath}/anyOf/`)) return false;
  return instancePath === choice.instancePath
    ? keyword === 'required' || keyword === 'additionalProperties'
    : instancePath.startsWith(`${choice.instancePath}/`);
}

function allowed(error: SchemaError, all: readonly SchemaError[]): string[] {
  return all
    .filter((e) => e.keyword === 'const' && e.instancePath === error.instancePath)
    .map((e) => String(e.params.allowedValue));
}

function article(type: string): string {
  const articles: Readonly<Record<string, string>> = {
    integer: 'a whole number',
    array: 'a list',
    object: 'a set of keys',
    boolean: 'true or false',
    string: 'a text, in quotes',
  };
  return articles[type] ?? `a ${type}`;
}

/** A part is a position only inside a list; a key may look like a number. */
function pathOf(pointer: string, value: unknown): (string | number)[] {
  let inside: unknown = value;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(inside) ? Number(name) : name;
      inside = (inside as Record<string | number, unknown> | null | undefined)?.[step];
      return step;
    });
}

/** Shared numbers belong to somebody: no digit of theirs is repeated in what is printed. */
function isPrivate(path: Path): boolean {
  return path[0] === 'numbers' && path[1] === 'shared' && path[3] !== 'openMax';
}

const SHOWN_MAX = 60;
/** Of a file that is no text, so that no terminal takes it for orders. */
const UNPRINTABLE = /[^\P{C}\n]|\uFFFD/gu;

function show(value: unknown, path: Path): string {
  const at = path.reduce<unknown>(
    (v, part) => (v as Record<string | number, unknown> | null | undefined)?.[part],
    value,
  );
  const text = JSON.stringify(at)?.replace(UNPRINTABLE, '?') ?? 'nothing';
  return text.length <= SHOWN_MAX ? text : `${text.slice(0, SHOWN_MAX)}...`;
}
