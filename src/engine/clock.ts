// Time as the engine is given it: the wall's, or virtual time that jumps from deadline to deadline (src/twin/world).
// The engine alone stamps inputs; the core never asks what time it is.

export interface Clock {
  /** UTC ms; may step back, the engine holds on to the latest it has seen. */
  now(): number;
  /** Calls once at or soon after `at` (UTC ms). Gives the way to call it off. */
  wake(at: number, call: () => void): () => void;
}

/** setTimeout's longest delay; a later deadline is looked at again then. */
const DELAY_MAX_MS = 2_147_000_000;

export const wallClock: Clock = {
  now: () => Date.now(),
  wake: (at, call) => {
    const timer = setTimeout(call, Math.min(Math.max(0, at - Date.now()), DELAY_MAX_MS));
    return () => clearTimeout(timer);
  },
};
