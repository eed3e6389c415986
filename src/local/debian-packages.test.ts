import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fetchPackages, parsePrintedUris } from './debian-packages.ts';

let cache: string;
beforeEach(() => {
  cache = mkdtempSync('/tmp/rp-');
});
afterEach(() => rmSync(cache, { recursive: true, force: true }));

const emptySha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

test('only whole lines with a SHA-256 are taken from what apt-get prints', () => {
  const sum = 'a'.repeat(64);
  const output = [
    'Reading package lists...',
    `'http://mirror.test/pool/a/asterisk.deb' asterisk_22_amd64.deb 1234 SHA256:${sum}`,
    "'http://mirror.test/pool/b/old.deb' old.deb 99 MD5Sum:0123",
    `'http://mirror.test/pool/c/evil.deb' ../evil.deb 1 SHA256:${sum}`,
  ].join('\n');
  expect(parsePrintedUris(output)).toEqual([{ file: 'asterisk_22_amd64.deb', bytes: 1234, sha256: sum }]);
});

test('packages that are already here and whole need neither apt-get nor a network', async () => {
  const list = [{ file: 'a.deb', bytes: 0, sha256: emptySha256 }];
  mkdirSync(join(cache, 'archives'));
  writeFileSync(join(cache, 'archives', 'a.deb'), '');
  writeFileSync(join(cache, 'packages-sid.json'), JSON.stringify(list));
  const said: string[] = [];
  const request = { suite: 'sid', packages: ['a'], cache, progress: (text: string) => said.push(text) };
  expect(await fetchPackages(request)).toEqual(list);
  expect(said).toEqual([]);
});
