// Time as the engine is given it: the wall's, or virtual time that jumps from deadline to deadline (src/twin/world).
// The engine alone stamps inputs; the core never asks what time it is.

export interface Clock {
  /** UTC ms; may step back, the engine holds on to the latest it has seen. */
  now(): number;
  /** Calls once at or soon after `at` (UTC ms). Gives the way to call it off. */
  wake(at: number, call: () => void): () => void;
}

/**
 * A timer counts its own time, whatever the clock is set to meanwhile: one for a later deadline looks again after this,
 * so that a clock that is set forward does not leave everything due waiting for as long as it was ahead before.
 */
export const DELAY_MAX_MS = 10_000;

export const wallClock: Clock = {
  now: () => Date.now(),
  wake: (at, call) => {
    const timer = setTimeout(call, Math.min(Math.max(0, at - Date.now()), DELAY_MAX_MS));
    return () => clearTimeout(timer);
  },
};
