// What a browser must load before it shows a page, compressed, measured on what was built: all that the page's own chunk
// imports, the shell, its styles and the typeface. A page that grows beyond its budget fails here and not on a slow line.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const dist = join(import.meta.dirname, 'dist');

type Chunk = {
  readonly file: string;
  readonly imports?: readonly string[];
  readonly css?: readonly string[];
};

/** Bytes, compressed by brotli where that was done. */
function sizeOf(file: string): number {
  const path = join(dist, file);
  return statSync(existsSync(`${path}.br`) ? `${path}.br` : path).size;
}

function firstLoad(page: string): { readonly bytes: number; readonly files: readonly string[] } {
  const manifest = JSON.parse(readFileSync(join(dist, 'manifest.json'), 'utf8')) as Record<string, Chunk>;
  const files = new Set<string>(['index.html']);
  const visit = (key: string): void => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`${key} is not in the manifest of what was built`);
    if (files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const style of chunk.css ?? []) files.add(style);
    for (const next of chunk.imports ?? []) visit(next);
  };
  visit('index.html');
  visit(page);
  const typeface = Object.values(manifest).find(({ file }) => /noto-sans-latin-wght/.test(file));
  if (typeface !== undefined) files.add(typeface.file);
  return { bytes: [...files].reduce((sum, file) => sum + sizeOf(file), 0), files: [...files] };
}

const KB = 1_000;

test.each([
  ['pages/agent/agent-page.tsx', 250 * KB],
  ['pages/supervisor/supervisor-page.tsx', 250 * KB],
  ['pages/wall/wall-page.tsx', 250 * KB],
  ['pages/reports/reports-page.tsx', 250 * KB],
  ['pages/sign-in/sign-in-page.tsx', 220 * KB],
  ['pages/phone/phone-page.tsx', 220 * KB],
])('%s is loaded within %i bytes', (page, budget) => {
  const { bytes, files } = firstLoad(page);
  expect(bytes, files.join(' ')).toBeLessThan(budget);
  // What speaks SIP comes when a phone is turned on.
  expect(files.filter((file) => /jssip/.test(file))).toEqual([]);
  console.info(`${page}: ${bytes} bytes in ${files.length} files`);
});
