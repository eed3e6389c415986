// What the owners wrote, as the journal keeps it beside what it means: so that a centre that is started without a file
// goes on with what was in force, and works its hours out for later months. Shared numbers belong to somebody and are
// not in it, only their keys. Small, since a file of many agents repeats itself; whoever reads it gets it whole again.

import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Configuration } from '../core/configuration.ts';
import type { ConfigurationFile } from './schema.ts';

type Shared = Configuration['numbers']['shared'];

export type StoredDocument = { readonly file: ConfigurationFile; readonly shared: Shared };

export function storedDocument(file: ConfigurationFile, shared: Shared): string {
  const { shared: _, ...numbers } = file.numbers ?? {};
  const document: StoredDocument = { file: file.numbers === undefined ? file : { ...file, numbers }, shared };
  return deflateRawSync(JSON.stringify(document)).toString('base64');
}

/** The text of it, the same wherever it was packed. */
export function openedDocument(document: string): string {
  return inflateRawSync(Buffer.from(document, 'base64')).toString();
}

/** Null: the journal is of an earlier release, which kept none. */
export function readDocument(document: string): StoredDocument | null {
  return document === '' ? null : (JSON.parse(openedDocument(document)) as StoredDocument);
}

/** Names what it says: equal name, equal document, in whichever month its hours were worked out. */
export function documentName(document: string): string {
  return createHash('sha256')
    .update(document === '' ? '' : openedDocument(document))
    .digest('hex');
}
