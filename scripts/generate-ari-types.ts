// Writes src/telephony/asterisk/ari-types.ts from the JSON that Asterisk ships (Swagger 1.x: models and operations),
// so that what we ask of ARI and what it tells us is checked by the compiler against Asterisk's own description.
// Run again after a new Asterisk version:
//   node scripts/generate-ari-types.ts PREFIX/usr/share/asterisk/rest-api
// It knows nothing of how the types are used.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

type Property = {
  readonly type: string;
  readonly required?: boolean;
  readonly allowableValues?: { readonly values?: readonly string[] };
};
type Model = {
  readonly properties: Record<string, Property>;
  readonly subTypes?: readonly string[];
};
type Parameter = {
  readonly name: string;
  readonly paramType: 'path' | 'query' | 'body';
  readonly dataType: string;
  readonly required?: boolean;
  readonly allowMultiple?: boolean;
  readonly allowableValues?: { readonly values?: readonly string[] };
};
type Operation = {
  readonly httpMethod: string;
  readonly responseClass?: string;
  readonly parameters?: readonly Parameter[];
};
type Document = {
  readonly apis: readonly { readonly path: string; readonly operations?: readonly Operation[] }[];
  readonly models?: Record<string, Model>;
};

const primitives: Readonly<Record<string, string>> = {
  string: 'string',
  Date: 'string',
  binary: 'string',
  int: 'number',
  long: 'number',
  double: 'number',
  boolean: 'boolean',
  void: 'undefined',
  object: 'Record<string, unknown>',
  containers: 'Record<string, unknown>',
};

function typeName(name: string, models: Readonly<Record<string, Model>>): string {
  const element = /^List\[(.+)\]$/.exec(name)?.[1];
  if (element) return `ReadonlyArray<${typeName(element, models)}>`;
  // The files name a few types that they never define.
  return primitives[name] ?? (models[name] ? name : 'unknown');
}

function withValues(type: string, values: readonly string[] | undefined): string {
  return values && values.length > 0 ? values.map((value) => `'${value}'`).join(' | ') : type;
}

function renderModel(name: string, models: Readonly<Record<string, Model>>): string {
  const chain: Model[] = [];
  let current: string | undefined = name;
  let child = false;
  while (current) {
    const above: string | undefined = current;
    const model = models[above];
    if (model) chain.unshift(model);
    current = Object.keys(models).find((parent) => models[parent]?.subTypes?.includes(above));
    if (current) child = true;
  }
  const properties: Record<string, Property> = Object.assign({}, ...chain.map((model) => model.properties));
  const lines = Object.entries(properties).map(([key, property]) => {
    const type =
      child && key === 'type'
        ? `'${name}'`
        : withValues(typeName(property.type, models), property.allowableValues?.values);
    return `  readonly ${key}${property.required ? '' : '?'}: ${type};`;
  });
  return `export type ${name} = {\n${lines.join('\n')}\n};`;
}

/** All events that are not themselves the parents of others. */
function eventNames(models: Readonly<Record<string, Model>>): string[] {
  const leaves = (name: string): string[] => {
    const children = (models[name]?.subTypes ?? []).filter((child) => models[child]);
    return children.length > 0 ? children.flatMap(leaves) : [name];
  };
  return leaves('Event').filter((name) => name !== 'RESTResponse');
}

function renderOperation(
  path: string,
  operation: Operation,
  models: Readonly<Record<string, Model>>,
): string {
  const parameters = operation.parameters ?? [];
  const fields = parameters
    .filter((parameter) => parameter.paramType !== 'body')
    .map((parameter) => {
      const required = parameter.paramType === 'path' || parameter.required;
      const one = withValues(typeName(parameter.dataType, models), parameter.allowableValues?.values);
      const type = parameter.allowMultiple ? `ReadonlyArray<${one}>` : one;
      return `readonly ${parameter.name}${required ? '' : '?'}: ${type}`;
    });
  const body = parameters.some((parameter) => parameter.paramType === 'body');
  const answer = typeName(operation.responseClass ?? 'void', models);
  return [
    `  '${operation.httpMethod} ${path}': {`,
    `    readonly parameters: { ${fields.join('; ')} };`,
    `    readonly body: ${body ? 'Record<string, unknown> | undefined' : 'undefined'};`,
    `    readonly answer: ${answer};`,
    '  };',
  ].join('\n');
}

function generate(folder: string): string {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json') && file !== 'resources.json');
  const documents = files
    .sort()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Document);
  const models: Record<string, Model> = Object.assign(
    {},
    ...documents.map((document) => document.models ?? {}),
  );
  const operations = documents.flatMap((document) =>
    document.apis.flatMap((api) =>
      (api.operations ?? []).map((operation) => renderOperation(api.path, operation, models)),
    ),
  );
  return [
    '// GENERATED by scripts/generate-ari-types.ts from the ARI description that Asterisk ships. Do not edit.',
    '// Every operation by its method and path, every model, and a union of all events told apart by `type`.',
    '// Names and types only: the words of the description stay with Asterisk.',
    '',
    ...Object.keys(models).map((name) => `${renderModel(name, models)}\n`),
    `export type AriEvent =\n${eventNames(models)
      .map((name) => `  | ${name}`)
      .join('\n')};\n`,
    `export type AriOperations = {\n${operations.join('\n')}\n};\n`,
  ].join('\n');
}

const folder = process.argv[2];
if (!folder || !existsSync(join(folder, 'channels.json'))) {
  console.error(
    'usage: node scripts/generate-ari-types.ts DIR; DIR is the rest-api folder that Asterisk ships (it has channels.json)',
  );
  process.exit(2);
}
const output = join(import.meta.dirname, '../src/telephony/asterisk/ari-types.ts');
writeFileSync(output, generate(folder));
