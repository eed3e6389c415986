// Things of a list that must be different, and are not.

/** Where something stands that stood before. */
export function repeated(values: readonly unknown[]): number[] {
  const seen = new Set<unknown>();
  return values.flatMap((value, i) => {
    const isAgain = seen.has(value);
    seen.add(value);
    return isAgain ? [i] : [];
  });
}
