// Loaded before a process that runs seeds (--import): puts one planted bug into the program's text as its modules are
// loaded, before types are stripped. The file on disk stays as it is. Which bug: RAPPEL_PLANTED.

import { registerHooks } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { assert } from '../../core/assert.ts';
import { plant } from './bug.ts';
import { plantedBug } from './planted.ts';

const root = join(import.meta.dirname, '../../..');
const bug = plantedBug(process.env.RAPPEL_PLANTED ?? '');
const files = new Set(bug.edits.map((edit) => edit.file));

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.startsWith('file:')) return loaded;
    const file = relative(root, fileURLToPath(url));
    if (!files.has(file)) return loaded;
    assert(loaded.source != null, 'a module has a text');
    const text = typeof loaded.source === 'string' ? loaded.source : Buffer.from(loaded.source as Uint8Array);
    return { ...loaded, source: plant(bug, file, text.toString()) };
  },
});
