// What the owners decided: how many places, how many attempts, how long between them. Pure questions about a
// configuration; the answers are facts' business.

import { LIMITS } from './configuration.ts';
import type { AttemptCause } from './fact.ts';
import type { LineId } from './id.ts';
import { type Callback, configurationOf, lineOf, type Place, placeOf, type State } from './state.ts';

export type AfterFailure = { readonly retry: true; readonly delayMs: number } | { readonly retry: false };

/**
 * What follows an attempt that did not reach the client. An attempt that failed for no fault of theirs (agent_lost) uses
 * up none of their chances and is followed by another, but not for ever: their phone has rung each time. A number that
 * does not exist is not dialled again; after `unknown` the far phone may still ring, so the delay is at least the
 * quarantine.
 */
export function afterFailure(state: State, callback: Callback, cause: AttemptCause): AfterFailure {
  const centre = configurationOf(state).callback;
  const { attemptsMax, retryDelayMs: usualMs } = lineOf(state, callback.line).attempts ?? centre;
  const retryDelayMs = centre.retryDelayByCauseMs[cause] ?? usualMs;
  const quarantineMs = quarantineMsOf(state, placeOf(state, callback.place));
  if (cause === 'unallocated') return { retry: false };
  if (cause === 'agent_lost') {
    if (callback.losses >= LIMITS.lossesMax) return { retry: false };
    return { retry: true, delayMs: Math.min(retryDelayMs, quarantineMs) };
  }
  if (callback.chances + 1 >= attemptsMax) return { retry: false };
  return { retry: true, delayMs: cause === 'unknown' ? Math.max(retryDelayMs, quarantineMs) : retryDelayMs };
}

/** A phone of unknown fate may ring for its own ring time, and an answer may come for 32 s more (RFC 3261 timer B). */
function quarantineMsOf(state: State, place: Place): number {
  const { quarantineMs, ringMs } = configurationOf(state).callback;
  return quarantineMs + Math.max(0, ringMsOf(state, place) - ringMs);
}

/** How long the client's phone rings: longer for who uses a relay service or a TTY. */
export function ringMsOf(state: State, place: Place): number {
  const { ringMs, relayRingMs } = configurationOf(state).callback;
  return place.relay ? relayRingMs : (lineOf(state, place.line).attempts?.ringMs ?? ringMs);
}

/** Time to finish the work of a call of this line; an agent who served none has none. */
export function wrapUpMsOf(state: State, line: LineId | null): number {
  const own = line === null ? null : (state.lines.get(line)?.wrapUpMs ?? null);
  return own ?? configurationOf(state).agent.wrapUpMs;
}

/** Whether an attempt with this end uses up one of the client's chances. */
export function isCounted(cause: AttemptCause): boolean {
  return cause !== 'agent_lost';
}
