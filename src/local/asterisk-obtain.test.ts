import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findLacks, parseVersion, requiredModules } from './asterisk-binary.ts';
import { findAsteriskOnPath, obtainAsterisk } from './asterisk-obtain.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync('/tmp/ra-');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** A folder that looks like an installed Asterisk; `res_ari.so` is said to answer on the WebSocket or not. */
function install(version: string, websocket: boolean, without: readonly string[] = []): string {
  const bin = join(root, 'sbin');
  const modules = join(root, 'lib/asterisk/modules');
  const data = join(root, 'share/asterisk');
  for (const folder of [bin, modules, join(data, 'rest-api'), join(data, 'moh')])
    mkdirSync(folder, { recursive: true });
  for (const language of ['en', 'fr'])
    mkdirSync(join(data, 'sounds', language, 'digits'), { recursive: true });
  writeFileSync(join(data, 'rest-api/channels.json'), '{}');
  for (const name of requiredModules) {
    if (!without.includes(name))
      writeFileSync(join(modules, name), name === 'res_ari.so' && websocket ? 'RESTResponse' : '');
  }
  writeFileSync(join(bin, 'asterisk'), `#!/bin/sh\necho "Asterisk ${version}"\n`);
  chmodSync(join(bin, 'asterisk'), 0o755);
  return bin;
}

test('versions as different builders write them', () => {
  expect(parseVersion('Asterisk 22.10.1+dfsg+~cs6-1')).toBe('22.10.1');
  expect(parseVersion('Asterisk certified-22.8-cert1')).toBe('22.8');
  expect(parseVersion('Asterisk certified/20.7-cert2')).toBe('20.7');
  expect(parseVersion('Asterisk 23.0.0-rc1')).toBe('23.0.0');
  expect(parseVersion('command not found')).toBeUndefined();
});

test('a whole Asterisk on PATH is used', async () => {
  const PATH = install('22.4.0', true);
  const binary = await obtainAsterisk({ environment: { PATH } });
  expect(binary).toMatchObject({ source: 'path', version: '22.4.0', command: [join(PATH, 'asterisk')] });
  expect(findLacks(binary)).toEqual([]);
});

test.each([
  ['too old', () => install('20.9.0', true), /version 22 or newer \(it is 20\.9\.0\)/],
  ['no requests over the WebSocket', () => install('22.1.0', false), /ARI requests over the WebSocket/],
  ['a module is absent', () => install('22.4.0', true, ['func_curl.so']), /func_curl\.so/],
])('refused, with what it lacks and the remedy: %s', async (_, make, words) => {
  const PATH = make();
  expect((await findAsteriskOnPath(PATH))?.lacks).toHaveLength(1);
  const refused = obtainAsterisk({ environment: { PATH, RAPPEL_ASTERISK: 'path' } });
  await expect(refused).rejects.toMatchObject({
    code: 'asterisk.unfit',
    message: expect.stringMatching(words),
  });
});

test('nothing on PATH, or a word that is no choice: one line each', async () => {
  await expect(
    obtainAsterisk({ environment: { PATH: root, RAPPEL_ASTERISK: 'path' } }),
  ).rejects.toMatchObject({
    code: 'asterisk.missing',
  });
  await expect(obtainAsterisk({ environment: { RAPPEL_ASTERISK: 'docker' } })).rejects.toMatchObject({
    code: 'asterisk.unknown_choice',
  });
});
