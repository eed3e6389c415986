// The draft of a configuration is its YAML text, and a form changes one value of it: what else stands in it, comments and
// the way values are written included, stays as it is wherever that is possible. So the page and the file are one thing.

import { applyPatch, structuredPatch } from 'diff';
import { type Document, isMap, isSeq, parseDocument, Scalar, visit, YAMLMap, YAMLSeq } from 'yaml';

export type Path = readonly (string | number)[];

export function parsed(text: string): Document {
  return parseDocument(text, { uniqueKeys: true });
}

/** What the text says, or undefined where it is no YAML. */
export function documentOf(text: string): unknown {
  const document = parsed(text);
  if (document.errors.length > 0) return undefined;
  try {
    return document.toJS();
  } catch {
    return undefined; // an alias that leads nowhere: the check says which
  }
}

/** `undefined` takes it away, and what is empty after that. A text that is no YAML stays as it is. */
export function withValue(text: string, path: Path, value: unknown): string {
  const document = parsed(text);
  if (document.errors.length > 0) return text;
  const before = withCommentsBehind(written(document), text);
  if (value === undefined) remove(document, path);
  else put(document, path, value);
  const after = withCommentsBehind(written(document), text);
  return before === text ? after : carriedOver(text, before, after);
}

/** Where people write otherwise than this does: what is different of it is put into their own text, if that says the same. */
function carriedOver(text: string, before: string, after: string): string {
  const meant = JSON.stringify(documentOf(after));
  for (const context of [2, 0]) {
    const carried = applyPatch(text, structuredPatch('', '', before, after, '', '', { context }));
    if (carried !== false && JSON.stringify(documentOf(carried)) === meant) return carried;
  }
  return after;
}

function put(document: Document, path: Path, value: unknown): void {
  const before = document.getIn(path, true);
  // A scalar keeps its comment and its quotes.
  const isPlain = typeof value !== 'object' || value === null;
  if (isPlain && before !== undefined && !isMap(before) && !isSeq(before)) {
    document.setIn(path, value);
    return;
  }
  const node = quoted(document.createNode(value));
  if (isMap(before) || isSeq(before)) {
    const old = before as YAMLMap | YAMLSeq;
    Object.assign(node, { flow: old.flow ?? false, commentBefore: old.commentBefore, comment: old.comment });
  } else if (isSeq(node) && node.items.every((item) => !isMap(item))) node.flow = true;
  ensureParents(document, path);
  document.setIn(path, node);
}

/** Texts with a colon or a plus in them, such as hours and numbers, are written in quotes here. */
function quoted<Of extends ReturnType<Document['createNode']>>(node: Of): Of {
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string' && /[:+]/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return node;
}

/** A list that is not there yet is made as one: setIn would make a map of numbered keys. */
function ensureParents(document: Document, path: Path): void {
  for (let depth = 1; depth < path.length; depth += 1) {
    const parent = path.slice(0, depth);
    if (document.getIn(parent) !== undefined) continue;
    document.setIn(parent, typeof path[depth] === 'number' ? new YAMLSeq() : new YAMLMap());
  }
}

/** What may not be missing, be it empty. */
const KEPT = ['lines', 'agents', 'languages'];

function remove(document: Document, path: Path): void {
  if (!document.hasIn(path)) return;
  document.deleteIn(path);
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    const parent = document.getIn(path.slice(0, depth));
    const isEmpty = (isMap(parent) || isSeq(parent)) && parent.items.length === 0;
    if (!isEmpty || KEPT.includes(String(path[depth - 1]))) return;
    document.deleteIn(path.slice(0, depth));
  }
}

type Stringify = (context: { flowCollectionPadding: string }, ...more: unknown[]) => string;

/** Lists in one line are written [a, b] and maps { a: 1 }, as people write them here; lines are not folded. */
function written(document: Document): string {
  visit(document, {
    Collection: (_key, node) => {
      const padding = isSeq(node) ? '' : ' ';
      const plain = Object.getPrototypeOf(node).toString as Stringify;
      node.toString = ((context?: { flowCollectionPadding: string }, ...more: unknown[]) =>
        plain.call(node, { ...context, flowCollectionPadding: padding }, ...more)) as typeof node.toString;
    },
  });
  return document.toString({ lineWidth: 0 });
}

/** A comment behind a key, over what the key holds, is written beneath it; it goes back to where it stood. */
function withCommentsBehind(text: string, before: string): string {
  const behind = new Set(before.split('\n').filter((line) => /^\s*(?:- )?[\w-]+: +#/.test(line)));
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const joined = `${lines.at(-1)} ${line.trimStart()}`;
    if (line.trimStart().startsWith('#') && behind.has(joined)) lines[lines.length - 1] = joined;
    else lines.push(line);
  }
  return lines.join('\n');
}
