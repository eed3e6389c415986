// The walls and manners of the house, as ordinary tests. Each message says where and what to do. The rules stand in
// tables below; a new rule is a new table or a new test. Reading the source is the work of test/support/source.ts.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  child,
  exportsOf,
  functionsOf,
  importsOf,
  isReference,
  lineOf,
  readSources,
  root,
  type SourceFile,
  walk,
} from './support/source.ts';

const everything = readSources('src', 'test', 'web');
const sources = everything.filter(({ path }) => path.startsWith('src/'));
const shipped = sources.filter(({ isTest }) => !isTest);
/** With the pages, which know the house by its types only. */
const own = everything.filter(({ path, isTest }) => !isTest && !path.startsWith('test/'));

/** Fails with one line for each fault found. */
function expectNone(faults: readonly string[]): void {
  expect(faults.join('\n')).toBe('');
}

// ------------------------------------------------------------------------------------------- who imports whom

const rules = ['core', 'figures'];
const storage = [...rules, 'database'];
const rooms = [...storage, 'telephony', 'config', 'journal', 'vault', 'records'];
const house = [...rooms, 'engine'];
const outside = [...house, 'twin', 'people', 'outbox', 'rights', 'api'];

/** A room may import itself and these. `local` knows nothing of us, and only those who start servers know it. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  core: [],
  figures: ['core'],
  local: [],
  database: rules,
  telephony: rules,
  config: rules,
  journal: storage,
  vault: storage,
  records: storage,
  engine: rooms,
  twin: house,
  people: [...house, 'twin'],
  outbox: [...house, 'twin'],
  rights: [...house, 'twin', 'people', 'outbox'],
  api: [...house, 'twin', 'people', 'outbox', 'rights'],
  centre: [...outside, 'local'],
  demo: [...outside, 'local', 'centre'],
  bench: [...outside, 'local', 'centre', 'demo'],
  cli: [...outside, 'local', 'centre', 'demo', 'bench'],
};

test('a room imports only the rooms below it', () => {
  const faults = shipped.flatMap((file) =>
    importsOf(file).flatMap(({ from, path }) => {
      const room = path && /^src\/([^/]+)\//.exec(path)?.[1];
      if (!room || room === file.room) return [];
      const allowed = mayImport[file.room];
      if (!allowed)
        return [`${file.path}: src/${file.room} is a new room; add it to mayImport in test/tidy.test.ts`];
      if (allowed.includes(room)) return [];
      return [
        `${file.path} imports ${from}: ${file.room} may not know ${room}; ask through a port, or move the code`,
      ];
    }),
  );
  expectNone(faults);
});

test('nothing that is shipped imports a test', () => {
  const faults = shipped.flatMap((file) =>
    importsOf(file)
      .filter(({ path }) => path && (/\.test\.ts$/.test(path) || path.startsWith('test/')))
      .map(({ from }) => `${file.path} imports ${from}: move what it needs out of the tests`),
  );
  expectNone(faults);
});

test('imports of our own files carry the suffix .ts', () => {
  const faults = everything.flatMap((file) =>
    importsOf(file)
      .filter(({ path }) => path && !/\.(tsx?|json|css)$/.test(path))
      .map(({ from }) => `${file.path} imports ${from}: write the suffix .ts, Node looks for nothing else`),
  );
  expectNone(faults);
});

// ------------------------------------------------------------------------------------------- the core does nothing

const impure = new Set([
  ...[
    'Date',
    'Intl',
    'Temporal',
    'performance',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'queueMicrotask',
  ],
  ...[
    'Promise',
    'fetch',
    'process',
    'console',
    'crypto',
    'globalThis',
    'require',
    'Atomics',
    'SharedArrayBuffer',
  ],
  ...['WeakRef', 'FinalizationRegistry'],
]);
const impureMembers = new Set(['localeCompare', 'toLocaleString', 'toLocaleUpperCase', 'toLocaleLowerCase']);

function impurities(file: SourceFile): string[] {
  const say = (what: string, line: number) =>
    `${file.path}:${line} uses ${what}: the core does nothing; let it arrive as an input, or leave as an effect`;
  return [...walk(file.tree)].flatMap(({ node, parent }) => {
    const line = () => lineOf(file, node);
    if (isReference(node, parent) && impure.has(String(node.name))) return [say(String(node.name), line())];
    if (node.async === true || node.type === 'AwaitExpression') return [say('async', line())];
    if (file.text.slice(node.start, node.end) === 'Math.random') return [say('Math.random', line())];
    const member = node.type === 'MemberExpression' ? child(node, 'property')?.name : undefined;
    return impureMembers.has(String(member)) ? [say(String(member), line())] : [];
  });
}

test('the core is pure: no clock, no chance, no promises, no input or output', () => {
  const core = shipped.filter(({ room }) => room === 'core' || room === 'figures');
  const imported = core.flatMap((file) =>
    importsOf(file)
      .filter(({ path }) => path === undefined)
      .map(
        ({ from }) => `${file.path} imports ${from}: the core imports nothing but itself; do this outside`,
      ),
  );
  expectNone([...core.flatMap(impurities), ...imported]);
});

// ------------------------------------------------------------------------------------------- sizes and heads

const fileLinesMax = 500;
const functionLinesMax = 70;
// A test is a list of cases, and a callback of describe() holds many of them.
const testFunctionLinesMax = 400;

test(`a file has at most ${fileLinesMax} lines (aim at 400)`, () => {
  const faults = everything
    .filter(({ lineCount }) => lineCount > fileLinesMax)
    .map(({ path, lineCount }) => `${path} has ${lineCount} lines: divide it by what it knows`);
  expectNone(faults);
});

test(`a function has at most ${functionLinesMax} lines`, () => {
  const faults = everything.flatMap((file) =>
    functionsOf(file)
      .filter(({ lineCount }) => lineCount > (file.isTest ? testFunctionLinesMax : functionLinesMax))
      .map(({ line, lineCount }) => `${file.path}:${line} is a function of ${lineCount} lines: divide it`),
  );
  expectNone(faults);
});

test('a file opens with what it is, why, and what it must not know', () => {
  const faults = own
    .filter(({ text }) => !/^(#![^\n]*\n)?\/\/ \S[^\n]{20,}/.test(text))
    .map(
      ({ path }) =>
        `${path}: open it with a comment of three to eight lines (what, why, what it must not know)`,
    );
  expectNone(faults);
});

test('a comment ends with a full stop, as a sentence does', () => {
  const faults = own.flatMap(({ path, text }) => {
    const head = /^(?:\/\/[^\n]*\n)+/.exec(text)?.[0].trimEnd() ?? '';
    return /[.:)!?]$|\s{3}/.test(head.split('\n').at(-1) ?? '') || head === ''
      ? []
      : [`${path}: the comment at its head does not end as a sentence; finish it`];
  });
  expectNone(faults);
});

// ------------------------------------------------------------------------------------------- names

const mushyWords = ['session', 'task', 'contact', 'manager', 'service', 'handler', 'helper', 'util', 'utils'];

/** Where such a word is the right one: a figure of the field, and PostgreSQL's own word for a connection's life. */
const rightWords: readonly (readonly [RegExp, RegExp])[] = [
  [/^src\//, /service-?level/i],
  [/^src\/journal\/postgres\//, /session/i],
];

function mushyWord(path: string, name: string): string | undefined {
  if (rightWords.some(([where, word]) => where.test(path) && word.test(name))) return undefined;
  const words = name.split(/[-_.]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
  return mushyWords.find((word) => words.includes(word) || words.includes(`${word}s`));
}

test('files and folders are named in kebab-case', () => {
  const faults = everything
    .filter(({ path }) => !/^([a-z0-9]+(-[a-z0-9]+)*\/)*[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.tsx?$/.test(path))
    .map(({ path }) => `${path}: rename it to small letters with dashes`);
  expectNone(faults);
});

test('names are the words of the field, not of programming', () => {
  const faults = own.flatMap((file) =>
    [file.path.split('/').at(-1) ?? '', ...exportsOf(file)].flatMap((name) => {
      const word = mushyWord(file.path, name);
      return word ? [`${file.path}: "${name}" says ${word}; name it for what it is in a contact centre`] : [];
    }),
  );
  expectNone(faults);
});

test('a quantity of time carries its unit last', () => {
  const faults = own.flatMap((file) =>
    exportsOf(file)
      .filter((name) => /(Timeout|Delay|Duration|Interval|TimeoutMax)$/.test(name))
      .map((name) => `${file.path}: "${name}" does not say its unit; let it end in Ms or Seconds`),
  );
  expectNone(faults);
});

// ------------------------------------------------------------------------------------------- messages

test('a known failure says what is wrong and then how to mend it', () => {
  const faults = shipped.flatMap((file) =>
    [...walk(file.tree)].flatMap(({ node }) => {
      if (node.type !== 'NewExpression' || !/Failure$/.test(String(child(node, 'callee')?.name))) return [];
      const words = file.text.slice(node.start, node.end);
      // A message that comes from elsewhere is looked at where it is written.
      if (!/['"`][^'"`]* [^'"`]* /.test(words) || /[;.] |remedy|mend|see "/i.test(words)) return [];
      return [`${file.path}:${lineOf(file, node)}: write "what is wrong; how to mend it"`];
    }),
  );
  expectNone(faults);
});

// ------------------------------------------------------------------------------------------- what must not be in here

/** Every text file that git would take, read line by line. */
function ownTexts(): { readonly path: string; readonly text: string }[] {
  const skipped = new Set(['node_modules', '.git', '.rappel', 'coverage', 'package-lock.json']);
  const visit = (folder: string): string[] =>
    readdirSync(join(root, folder)).flatMap((name) => {
      if (skipped.has(name)) return [];
      const path = folder === '' ? name : `${folder}/${name}`;
      return statSync(join(root, path)).isDirectory() ? visit(path) : [path];
    });
  return visit('')
    .filter((path) =>
      /\.(ts|json|md|sh|ya?ml|sql|css|html|js|mjs|cfg|conf)$|^rappel$|^\.ci\/|^\.npmrc$/.test(path),
    )
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));
}

const strangers: readonly (readonly [RegExp, string])[] = [
  [
    /\b(registry\.npmjs\.org|deb\.debian\.org|ftp\.[a-z]+\.debian\.org|pypi\.org|archive\.ubuntu\.com)\b/,
    'a registry or mirror',
  ],
  [/(?<![\w.])\/(work|home\/[a-z]+)\//, 'a path of one machine'],
  [/(?<![\w/.-])\/root\/(?!rappel)\S/, 'a path of one machine'],
];

test('no registry, mirror or path of one machine is named', () => {
  const itself = 'test/tidy.test.ts';
  const faults = ownTexts().flatMap(({ path, text }) =>
    strangers
      .filter(([pattern]) => path !== itself && pattern.test(text))
      .map(
        ([pattern, what]) =>
          `${path} names ${what} (${pattern.exec(text)?.[0]}): take it from the machine's own settings`,
      ),
  );
  expectNone(faults);
});

test('tests neither sleep nor retry, and none is left alone or left out', () => {
  const forbidden: readonly (readonly [RegExp, string])[] = [
    [/\b(?:test|it|describe)\.(?:only|skip|todo)\b/, 'runs alone or is left out; remove that'],
    [/\bretry\s*:\s*[1-9]/, 'is retried; mend what makes it flaky'],
    [/\bvi\.(?:mock|doMock)\(/, 'mocks a module; write a fake that implements the port'],
  ];
  const faults = everything
    .filter(({ path }) => path.endsWith('.test.ts') && path !== 'test/tidy.test.ts')
    .flatMap(({ path, text }) =>
      forbidden.filter(([pattern]) => pattern.test(text)).map(([, what]) => `${path}: a test ${what}`),
    );
  expectNone(faults);
});
