import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimFolder } from './folder-claim.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync('/tmp/rc-');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a claimed folder is refused to a second one, by any path, until it is released', async () => {
  const data = join(folder, 'data');
  const claim = await claimFolder(data);
  symlinkSync(data, join(folder, 'link'));
  await expect(claimFolder(join(folder, 'link'))).rejects.toMatchObject({ code: 'folder.in_use' });
  await claim.release();
  const again = await claimFolder(join(folder, 'link'));
  await again.release();
});

test('a folder that cannot be made is one line', async () => {
  for (const path of ['/etc/passwd/data', '/proc/nowhere/data']) {
    await expect(claimFolder(path)).rejects.toMatchObject({ code: 'folder.not_writable' });
  }
});
