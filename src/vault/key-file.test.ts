// The key file: made once, private, read again as it was; and what is said when it is not usable.
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seal, unseal } from './cipher.ts';
import { openKeyFile } from './key-file.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rk-'));
  path = join(folder, 'keys', 'vault.key');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the key file', () => {
  it('is made for its owner alone, and nothing else is left beside it', () => {
    openKeyFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'keys'))).toEqual(['vault.key']);
  });

  it('is the same at the next start', () => {
    const first = openKeyFile(path);
    const second = openKeyFile(path);
    const key = first.numberKey('+16132345678');
    expect(second.numberKey('+16132345678')).toBe(key);
    expect(unseal(second, seal(first, key, '+16132345678'))).toBe('+16132345678');
  });

  it('is another one elsewhere', () => {
    const other = openKeyFile(join(folder, 'other', 'vault.key'));
    expect(other.numberKey('+16132345678')).not.toBe(openKeyFile(path).numberKey('+16132345678'));
  });

  it('is refused when others can read it', () => {
    openKeyFile(path);
    chmodSync(path, 0o640);
    expect(() => openKeyFile(path)).toThrow(/chmod 600/);
  });

  it.each(['', 'not json', 'null', '{}', '{"format":2}', '{"format":1,"keys":[]}'])(
    'is refused when it holds %j',
    (text) => {
      openKeyFile(path);
      writeFileSync(path, text);
      expect(() => openKeyFile(path)).toThrow(/not a key file of this release/);
    },
  );

  it('is refused without its current key, or with a short secret, and no secret is said', () => {
    openKeyFile(path);
    const whole = JSON.parse(readFileSync(path, 'utf8'));
    const secret = whole.keys[0].secret;
    for (const broken of [
      { ...whole, currentKey: 'k0' },
      { ...whole, keys: [{ ...whole.keys[0], secret: secret.slice(0, 8) }] },
      { ...whole, numberSecret: 7 },
    ]) {
      writeFileSync(path, JSON.stringify(broken));
      expect(() => openKeyFile(path)).toThrow(/not a key file/);
      expect(() => openKeyFile(path)).not.toThrow(secret.slice(0, 8));
    }
  });

  it('says what to mend when its place is unusable', () => {
    writeFileSync(join(folder, 'keys'), 'a file where the folder should be');
    expect(() => openKeyFile(path)).toThrow(/Let this user own/);
  });
});
