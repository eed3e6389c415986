// Every kind of mistake that the reader of configurations is held to is said in French as well; what comes from the YAML
// library in its own words alone is left in English.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type ConfigurationRefused, parseConfiguration } from '../../../../src/config/configuration-file.ts';
import type { OutboxFailure } from '../../../../src/outbox/outbox-failure.ts';
import { checkSecrets } from '../../../../src/outbox/secrets.ts';
import { MISTAKES } from '../../../../test/support/mistakes.ts';
import { inFrench } from './mistakes-in-french.ts';

test.each(MISTAKES)('$kind', ({ text }) => {
  let refused: ConfigurationRefused | undefined;
  try {
    parseConfiguration(text, 'x.yaml', { nowAt: Date.UTC(2019, 3, 17) });
  } catch (error) {
    refused = error as ConfigurationRefused;
  }
  for (const { what, mend } of refused?.mistakes ?? []) {
    if (/alias|Unresolved|flow|Implicit|indent|block|Nested|token/i.test(what)) continue;
    for (const half of [what, mend]) {
      const french = inFrench(half);
      expect(french, half).toBeDefined();
      expect(french).not.toMatch(/ [:»]|'|« /);
    }
  }
});

const folder = mkdtempSync(join(tmpdir(), 'rp-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, text: string, mode = 0o600): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  chmodSync(file, mode);
  return file;
}

const webhook = (secret: { secretEnv: string } | { secretFile: string }) => ({
  webhooks: [{ id: 'crm', url: 'https://example.ca/', events: ['callback.completed' as const], ...secret }],
});

test.each([
  ['a variable that is not set', webhook({ secretEnv: 'NOT_SET' })],
  ['a file that is not there', webhook({ secretFile: join(folder, 'none') })],
  ['a file that others read', webhook({ secretFile: fileOf('open', 'x', 0o644) })],
  ['an empty file', webhook({ secretFile: fileOf('empty', '') })],
  ['no secret', webhook({ secretFile: fileOf('other', 'password') })],
  ['a mail server', { messages: { email: { host: 'h', port: 25, from: 'a@b.ca', passwordEnv: 'NOT_SET' } } }],
])('what is wrong with a secret is said in French: %s', (_kind, file) => {
  let said = '';
  try {
    checkSecrets(file as Parameters<typeof checkSecrets>[0], {});
  } catch (error) {
    said = (error as OutboxFailure).message;
  }
  expect(said).not.toBe('');
  const french = inFrench(said);
  expect(french, said).toBeDefined();
  expect(french).not.toMatch(/ [:»]|'|« /);
});
