// When a delivery that failed is tried again: delays that grow, each moved by chance, so that what failed together does not
// come back together. Pure.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** After the first, second, ... failure; after the last of them a delivery has failed for good. */
const WEBHOOK_DELAYS_MS = [
  5_000,
  30_000,
  2 * MINUTE_MS,
  10 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  5 * HOUR_MS,
  10 * HOUR_MS,
  14 * HOUR_MS,
  20 * HOUR_MS,
  24 * HOUR_MS,
];
/** A message to a client that comes hours late misleads. */
const MESSAGE_DELAYS_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS];
/** How far chance moves a delay, to both sides. */
const JITTER = 0.2;
/** An endpoint that fails is left alone for longer and longer, whatever waits for it. */
const PAUSE_FIRST_MS = 5_000;
const PAUSE_MAX_MS = 5 * MINUTE_MS;

/** Null: it is not tried again. `tries`: so many have failed; `chance` in [0, 1). */
export function retryDelayMs(kind: 'webhook' | 'message', tries: number, chance: number): number | null {
  const delays = kind === 'webhook' ? WEBHOOK_DELAYS_MS : MESSAGE_DELAYS_MS;
  const delayMs = delays[tries - 1];
  return delayMs === undefined ? null : moved(delayMs, chance);
}

/** After so many failures in a row. */
export function pauseMs(failures: number, chance: number): number {
  return moved(Math.min(PAUSE_MAX_MS, PAUSE_FIRST_MS * 2 ** Math.min(10, failures - 1)), chance);
}

function moved(delayMs: number, chance: number): number {
  return Math.round(delayMs * (1 - JITTER + 2 * JITTER * chance));
}
