// The documents stay true where a machine can tell: every code of the source is explained and no other, links lead to
// something, a file named in a page exists, and what is written in English has its French twin.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

function filesUnder(folder: string, end: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${String(name)}`)
    .filter((name) => name.endsWith(end));
}

const pages = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...filesUnder('docs', '.md'),
  ...filesUnder('prompts', '.md'),
  'web/README.md',
];

/** `'noun.reason'` as it is written in source. */
function dotted(text: string): string[] {
  return [...text.matchAll(/'([a-z]+\.[a-z]+(?:_[a-z]+)*)'/g)].map((match) => match[1]!);
}

/** Dotted names that are no codes: facts, inputs, what is audited, prompts and their parts, files. */
function otherNames(): Set<string> {
  const vocabulary = [
    'src/core/fact.ts',
    'src/core/talk-fact.ts',
    'src/core/input.ts',
    'src/core/prompt.ts',
    'src/twin/faults/kinds.ts',
    'src/people/audited.ts',
  ].flatMap((path) => dotted(read(path)));
  return new Set([...vocabulary, 'step.taken', 'sounds.star', 'sounds.pound', 'sounds.une']);
}

const FILE_NAME = /\.(conf|json|ts|js|log|list|pid|key|yaml|md|wav|sql|html|css)$/;
/** Codes that a fact carries stand in the vocabulary too. */
const CARRIED = new RegExp(
  '^(number\\.|consult\\.begun$|call\\.(line_full|line_closed|no_choice|house_full)$|callback\\.(not_begun|not_in_share|day_full|' +
    'offering_off|wait_short|few_ahead|pending_full|too_late|never_call|cooldown|number_full|source_full)$)',
);
const SPOKEN = /^number\.(ask|given_up|collected|gone|bar|barred|unbarred)$/;

function codesInSource(): Set<string> {
  const others = otherNames();
  const sources = filesUnder('src', '.ts').filter(
    (name) => !name.endsWith('.test.ts') && !name.endsWith('ari-types.ts'),
  );
  const found = sources.flatMap((path) => dotted(read(path)));
  const isCode = (name: string) =>
    !FILE_NAME.test(name) && !SPOKEN.test(name) && (CARRIED.test(name) || !others.has(name));
  return new Set(found.filter(isCode));
}

function codesExplained(): string[] {
  return [...read('docs/errors.md').matchAll(/^\| `([a-z]+\.[a-z_]+)` \|/gm)].map((match) => match[1]!);
}

test('every code is explained in docs/errors.md, in order', () => {
  const explained = codesExplained();
  expect(explained, 'sort the table of docs/errors.md').toEqual([...new Set(explained)].sort());
  const missing = [...codesInSource()].filter((code) => !explained.includes(code));
  expect(missing, 'add these codes to docs/errors.md').toEqual([]);
});

test('docs/errors.md explains no code that is gone', () => {
  const alive = new Set(filesUnder('src', '.ts').flatMap((path) => dotted(read(path))));
  const gone = codesExplained().filter((code) => !alive.has(code));
  expect(gone, 'take these codes out of docs/errors.md').toEqual([]);
});

test('links between pages lead to something', () => {
  for (const page of pages) {
    for (const [, target] of read(page).matchAll(/\]\(([^)#\s]+)[^)]*\)/g)) {
      if (/^[a-z]+:/.test(target!)) continue;
      const path = join(root, dirname(page), target!);
      expect(existsSync(path), `${page} links to ${target}, which is not there; mend the link`).toBe(true);
    }
  }
});

test('files that a page names exist', () => {
  for (const page of pages) {
    for (const [, path] of read(page).matchAll(/`((?:src|test|docs|scripts|config|prompts)\/[\w./-]+)`/g)) {
      expect(existsSync(join(root, path!)), `${page} names ${path}, which is not there; mend the page`).toBe(
        true,
      );
    }
  }
});

test('the two front pages have the same parts, and point to each other', () => {
  const parts = (path: string) => read(path).match(/^#{1,3} /gm);
  expect(parts('LISEZMOI.md')).toEqual(parts('README.md'));
  expect(read('README.md')).toContain('(LISEZMOI.md)');
  expect(read('LISEZMOI.md')).toContain('(README.md)');
});

test('French is written with no-break spaces before a colon and inside quotation marks', () => {
  const french = read('LISEZMOI.md').replace(/```[\s\S]*?```|`[^`\n]*`|\]\([^)]*\)|https?:\S+/g, '');
  for (const line of french.split('\n')) {
    expect(line, 'put U+00A0 before the colon').not.toMatch(/[^\u00a0|:-]:( |$)/);
    expect(line, 'put U+00A0 inside « »').not.toMatch(/«[^\u00a0]|[^\u00a0]»/);
  }
});
