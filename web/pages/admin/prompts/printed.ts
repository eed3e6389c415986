// Words as they are printed. The list of phrases has them as they are given to whoever speaks, with a typewriter's apostrophe.

export function printed(words: string): string {
  return words.replace(/(\p{L})'(\p{L})/gu, '$1’$2');
}
