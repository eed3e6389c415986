// Assertions stay on, in production too: a broken invariant must stop the house before it can promise, dial or forget.

export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant';
}

/** `which` is put into words only when it does not hold: this is asked many times for every fact. */
export function assert(holds: unknown, what: string, which: number | string = ''): asserts holds {
  if (!holds)
    throw new BrokenInvariant(
      `${`${what} ${which}`.trimEnd()} (a bug: please report it with the journal's last rows)`,
    );
}

/** `which` is put into words only when it is missing. */
export function must<T>(value: T | undefined | null, what: string, which: number | string = ''): T {
  if (value === undefined || value === null)
    throw new BrokenInvariant(
      `no ${`${what} ${which}`.trimEnd()} (a bug: please report it with the journal's last rows)`,
    );
  return value;
}

export function assertNever(value: never): never {
  throw new BrokenInvariant(`unexpected ${JSON.stringify(value)} (a bug: please report it)`);
}
