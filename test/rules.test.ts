// docs/rules.md says where each rule and each complaint is tested: what it names is there, and nothing is left out.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { child, readSources, walk } from './support/source.ts';

const page = readFileSync(join(import.meta.dirname, '../docs/rules.md'), 'utf8');

/** Titles of the tests of a file, as they are written. */
const complaints = readSources('src')
  .filter(({ path }) => /\/complaints.*\.test\.ts$/.test(path))
  .flatMap((file) =>
    [...walk(file.tree)].flatMap(({ node }) => {
      if (node.type !== 'CallExpression' || child(node, 'callee')?.name !== 'test') return [];
      const [title] = node.arguments as readonly { readonly value?: unknown }[];
      return typeof title?.value === 'string' ? [title.value] : [];
    }),
  );

test('every complaint that has a test stands in docs/rules.md, and the other way round', () => {
  const listed = [...page.matchAll(/^- (.*)$/gm)].map(([, title]) => title);
  expect(listed.toSorted()).toEqual(complaints.toSorted());
  expect(complaints.length).toBeGreaterThan(40);
});

test('every safety rule of the owners stands in docs/rules.md', () => {
  const rules = [...page.matchAll(/^\| (S\d+) /gm)].map(([, name]) => name);
  expect(rules).toEqual([5, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 22, 23].map((n) => `S${n}`));
});
