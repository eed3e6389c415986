// Time as the simulated network is given it: what is to be done when, without a closure for each event. Whoever waits
// is told by a word of its own choosing. Implemented by the twin's virtual time; this room knows no clock of its own.

/** Someone whose time comes. */
export interface Wakeable {
  wake(what: string): void;
}

/** One appointment; opaque to whoever made it. */
export interface Timer {
  readonly at: number;
}

export interface Timeline {
  /** UTC ms. */
  now(): number;
  /** Wakes `whom` at `at`, or now if that has passed; never within this call. Ties go by the order of setting. */
  set(at: number, whom: Wakeable, what: string): Timer;
  /** Calls it off; harmless when it has come or there was none. */
  cancel(timer: Timer | null): null;
}
