// A question to the database while a centre opens: a PostgreSQL that ends at this moment is started again, so it is asked
// until it answers. What is asked must bear to be asked twice.

import { setTimeout as delay } from 'node:timers/promises';

/** Longer than PostgreSQL needs to come back. */
const ASKED_MAX = 60;
const PAUSE_MS = 500;

export async function untilAnswered<T>(
  ask: () => Promise<T>,
  log: (line: string) => void,
  pauseMs = PAUSE_MS,
): Promise<T> {
  for (let asked = 1; ; asked += 1) {
    try {
      return await ask();
    } catch (error) {
      if (asked === ASKED_MAX) throw error;
      log(
        `the database does not answer (${error instanceof Error ? error.message : String(error)}); asked again`,
      );
      await delay(pauseMs);
    }
  }
}
