// What people write, as a database can keep it.

/** PostgreSQL's text has no NUL, and no half of a surrogate pair: each becomes the mark for what cannot be shown. */
export function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\uFFFD');
}
