// The source as test/tidy.test.ts looks at it: every TypeScript file with its syntax tree, and small questions about
// it. It must not know the rules, only how to find what they speak of.

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseAst } from 'vitest/node';

export const root = join(import.meta.dirname, '../..');

/** A node of the ESTree syntax tree, with TypeScript's own kinds among them. */
export type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<
  Record<string, unknown>
>;

export type SourceFile = {
  /** From the root, with slashes: `src/core/line.ts`. */
  readonly path: string;
  /** `core`, the folder under src; empty elsewhere. */
  readonly room: string;
  /** Tests, and the contract suites that tests of several rooms run. */
  readonly isTest: boolean;
  readonly text: string;
  readonly lineCount: number;
  readonly tree: Node;
};

// Made from Asterisk's own description: our rules of style are not for it.
const generated = new Set(['src/telephony/asterisk/ari-types.ts']);

/** What `npm run build` made, and is making. */
const BUILT = /^web\/(?:dist|\.building[^/]*)\//;

/** Every TypeScript file of these folders, except generated ones. */
export function readSources(...folders: string[]): readonly SourceFile[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => posix.join(folder, name))
      .filter((path) => /\.tsx?$/.test(path) && !generated.has(path) && !BUILT.test(path))
      .sort()
      .map(readSource),
  );
}

function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  return {
    path,
    room: /^src\/([^/]+)\//.exec(path)?.[1] ?? '',
    isTest: /\.test\.ts$|\/contract\.ts$|^test\//.test(path),
    text,
    lineCount: text.split('\n').length - 1,
    tree: parseAst(text, {
      lang: path.endsWith('x') ? 'tsx' : 'ts',
      sourceType: 'module',
    }) as unknown as Node,
  };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The node in this place of another one, if there is one. */
export function child(node: Node, name: string): Node | undefined {
  const value = node[name];
  return isNode(value) ? value : undefined;
}

/** Every node below this one, with its parent, in the order of the text. */
export function* walk(
  node: Node,
  parent?: Node,
): Generator<{ readonly node: Node; readonly parent: Node | undefined }> {
  yield { node, parent };
  for (const value of Object.values(node)) {
    for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) yield* walk(each, node);
  }
}

/** The line on which a node begins, counted from 1. */
export function lineOf({ text }: SourceFile, node: Node): number {
  return text.slice(0, node.start).split('\n').length;
}

/** What a file imports or exports from elsewhere, as written and, when it is ours, as a path from the root. */
export function importsOf(file: SourceFile): { readonly from: string; readonly path: string | undefined }[] {
  const kinds = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration', 'ImportExpression'];
  return [...walk(file.tree)].flatMap(({ node }) => {
    const from = kinds.includes(node.type) ? child(node, 'source')?.value : undefined;
    if (typeof from !== 'string') return [];
    return [{ from, path: from.startsWith('.') ? posix.join(dirname(file.path), from) : undefined }];
  });
}

/** Names that a file exports by a declaration. */
export function exportsOf(file: SourceFile): string[] {
  return [...walk(file.tree)].flatMap(({ node }) => {
    const declaration = node.type === 'ExportNamedDeclaration' ? child(node, 'declaration') : undefined;
    if (!declaration) return [];
    const declared = Array.isArray(declaration.declarations) ? declaration.declarations : [declaration];
    return declared.filter(isNode).flatMap((each) => {
      const name = child(each, 'id')?.name;
      return typeof name === 'string' ? [name] : [];
    });
  });
}

/** Functions of every form with the number of lines they take. */
export function functionsOf(file: SourceFile): { readonly line: number; readonly lineCount: number }[] {
  const kinds = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
  return [...walk(file.tree)]
    .filter(({ node }) => kinds.includes(node.type))
    .map(({ node }) => ({
      line: lineOf(file, node),
      lineCount: file.text.slice(node.start, node.end).split('\n').length,
    }));
}

/** True when an identifier stands for a value of that name, not for a property, a parameter's label or a type's member. */
export function isReference(node: Node, parent: Node | undefined): boolean {
  if (node.type !== 'Identifier') return false;
  if (!parent) return true;
  if (parent.type === 'MemberExpression') return parent.object === node || parent.computed === true;
  const named = [
    'Property',
    'PropertyDefinition',
    'MethodDefinition',
    'TSPropertySignature',
    'TSMethodSignature',
  ];
  return !(named.includes(parent.type) && parent.key === node && parent.shorthand !== true);
}
