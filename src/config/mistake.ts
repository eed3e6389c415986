// What is wrong with a configuration: first its shape, by the schema, then what no schema can say (a line named by an
// agent that does not exist, a key given twice). Each mistake says where, what, and how to mend it.

import { Errors } from 'typebox/value';
import { type ConfigurationFile, fileSchema } from './schema.ts';

export type Mistake = {
  readonly path: readonly (string | number)[];
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

export function findMistakes(value: unknown): Mistake[] {
  const errors = Errors(fileSchema, value) as SchemaError[];
  const shape = errors.flatMap((error) => ofShape(error, errors, value));
  return shape.length > 0 ? shape : ofMeaning(value as ConfigurationFile);
}

function mistake(path: readonly (string | number)[], what: string, mend: string): Mistake {
  const where = path
    .map((part, i) => (typeof part === 'number' ? `[${part}]` : i === 0 ? part : `.${part}`))
    .join('');
  return { path, where: where === '' ? 'the file' : where, what, mend };
}

function ofShape(error: SchemaError, all: readonly SchemaError[], value: unknown): Mistake[] {
  const path = pathOf(error.instancePath);
  const isPartOfUnion = /\/anyOf\/\d+$/.test(error.schemaPath);
  if (error.keyword === 'boolean' || isPartOfUnion) return [];
  switch (error.keyword) {
    case 'additionalProperties': {
      const names = error.params.additionalProperties as string[];
      return names.map((name) =>
        mistake([...path, name], 'is not a known key', 'remove it, or correct its spelling'),
      );
    }
    case 'required': {
      const names = error.params.requiredProperties as string[];
      return names.map((name) => mistake(path, `the key "${name}" is missing`, 'add it'));
    }
    case 'anyOf': {
      const allowed = all
        .filter((e) => e.keyword === 'const' && e.instancePath === error.instancePath)
        .map((e) => String(e.params.allowedValue));
      return [mistake(path, `${show(value, path)} is not allowed`, `use one of ${allowed.join(', ')}`)];
    }
    case 'type':
      return [
        mistake(
          path,
          `${show(value, path)} has the wrong type`,
          `give ${article(String(error.params.type))}`,
        ),
      ];
    case 'pattern':
      return [
        mistake(
          path,
          `${show(value, path)} has the wrong form`,
          `write ${FORMS[String(error.params.pattern)] ?? `something that matches ${error.params.pattern}`}`,
        ),
      ];
    case 'uniqueItems':
      return [mistake(path, 'an item stands twice', 'remove one')];
    default:
      return [mistake(path, `${show(value, path)} ${error.message}`, 'correct the value')];
  }
}

const FORMS: Readonly<Record<string, string>> = {
  '^[a-z][a-z0-9-]{0,31}$': 'lower case letters, digits and -, at most 32',
  '^[a-z][a-z0-9_-]{0,31}$': 'lower case letters, digits, _ and -, at most 32',
  '^\\+[1-9][0-9]{6,14}$': 'a number in E.164 form, such as "+16135550100", in quotes',
  '^[+0-9]{1,16}$': 'digits only, in quotes',
};

function article(type: string): string {
  return type === 'integer'
    ? 'a whole number'
    : type === 'array'
      ? 'a list'
      : type === 'object'
        ? 'a set of keys'
        : `a ${type}`;
}

function pathOf(pointer: string): (string | number)[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function show(value: unknown, path: readonly (string | number)[]): string {
  const at = path.reduce<unknown>(
    (v, part) => (v as Record<string | number, unknown> | undefined)?.[part],
    value,
  );
  return JSON.stringify(at)?.slice(0, 60) ?? 'nothing';
}

function ofMeaning(file: ConfigurationFile): Mistake[] {
  const lines = new Set(file.lines.map((line) => line.id));
  return [
    ...twice('lines', 'id', file.lines),
    ...twice('lines', 'key', file.lines),
    ...twice('agents', 'id', file.agents),
    ...file.agents.flatMap((agent, i) => [
      ...agent.lines.flatMap((line, j) =>
        lines.has(line)
          ? []
          : [
              mistake(
                ['agents', i, 'lines', j],
                `there is no line "${line}"`,
                `use one of ${[...lines].join(', ')}`,
              ),
            ],
      ),
      ...agent.languages.flatMap((language, j) =>
        file.languages.includes(language)
          ? []
          : [
              mistake(
                ['agents', i, 'languages', j],
                `"${language}" is not a language of the centre`,
                'add it under languages, or remove it here',
              ),
            ],
      ),
    ]),
  ];
}

/** What must be different in each item of a list, and is not. */
function twice<Item extends object>(
  list: string,
  key: keyof Item & string,
  items: readonly Item[],
): Mistake[] {
  const values = items.map((item) => item[key]);
  return values.flatMap((value, i) =>
    values.indexOf(value) < i
      ? [mistake([list, i, key], `this ${key} stands twice`, 'give each its own')]
      : [],
  );
}
