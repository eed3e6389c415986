// What the owners decided: how many places, how many attempts, how long between them. Pure questions about a
// configuration; the answers are facts' business.

import type { Configuration, LineAttempts } from './configuration.ts';
import type { AttemptCause } from './fact.ts';
import type { LineId } from './id.ts';
import { configurationOf, lineOf, type Place, type State } from './state.ts';

export type AfterFailure = { readonly retry: true; readonly delayMs: number } | { readonly retry: false };

/**
 * What follows an attempt that did not reach the client. `n` counts the client's own chances so far. An attempt that
 * failed for no fault of theirs (agent_lost) is followed by another, whatever n; a number that does not exist is not
 * dialled again; after `unknown` the far phone may still ring, so the delay is at least the quarantine.
 */
export function afterFailure(
  configuration: Configuration,
  cause: AttemptCause,
  n: number,
  own: LineAttempts | null = null,
): AfterFailure {
  const { retryDelayByCauseMs, ringMs } = configuration.callback;
  // A line whose clients are rung longer leaves a phone of unknown fate alone for longer.
  const quarantineMs = configuration.callback.quarantineMs + Math.max(0, (own?.ringMs ?? 0) - ringMs);
  const { attemptsMax, retryDelayMs: usualMs } = own ?? configuration.callback;
  const retryDelayMs = retryDelayByCauseMs[cause] ?? usualMs;
  if (cause === 'unallocated') return { retry: false };
  if (cause === 'agent_lost') return { retry: true, delayMs: Math.min(retryDelayMs, quarantineMs) };
  if (n >= attemptsMax) return { retry: false };
  return { retry: true, delayMs: cause === 'unknown' ? Math.max(retryDelayMs, quarantineMs) : retryDelayMs };
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
