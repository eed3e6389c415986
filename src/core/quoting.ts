// From the state to an estimate: who is ahead, and how many agents work for this place, now and as their shifts go on.
// Agents who serve several queues are shared: places ahead in another queue count by the share of this queue's agents
// who serve that one too. Of those ahead only the ones who hold can give up.

import { must } from './assert.ts';
import type { Quote, WaitModel } from './estimate.ts';
import type { QuoteCause } from './fact.ts';
import { nextAfter, spanAt } from './hours.ts';
import type { Queue } from './queue.ts';
import { lineOf, type Place, type State } from './state.ts';

/** Places before this one in its line, whatever their language: what the caller is told. */
export function placesAhead(state: State, place: Place): number {
  let ahead = 0;
  for (const queue of state.queues.values()) {
    if (queue.line === place.line) ahead += queue.order.rank(place);
  }
  return ahead;
}

/** What the wait of this place depends on; null when nobody is there to serve it. */
export function modelOf(
  state: State,
  place: Pick<Place, 'queue' | 'line' | 'priority' | 'entry'>,
  at: number,
): WaitModel | null {
  const mine = place.queue;
  if (mine.staffed === 0) return null;
  let weighted = 0;
  let holding = 0;
  for (const [key, both] of mine.shared) {
    const queue = state.queues.get(key);
    if (queue === undefined || both <= 0) continue;
    weighted += queue.order.rank(place) * both;
    holding += queue.holding.rank(place) * both;
  }
  const line = lineOf(state, place.line);
  const experience = must(state.experience.get(place.line), 'experience of', place.line);
  const handleMs = experience.handleMs(line.expectedHandleMs, at);
  const ahead = Math.round(weighted / mine.staffed);
  return {
    agents: mine.staffed,
    handleMs,
    patienceMs: experience.patienceMs(line.expectedPatienceMs),
    ahead,
    leavingPermille: weighted === 0 ? 1000 : Math.round((1000 * holding) / weighted),
    capacityLater: seatsAhead(state, mine, at),
  };
}

/** How the number of this queue's agents changes by their shifts: from when on, how many; the present first. */
function seatsAhead(
  state: State,
  queue: Queue,
  at: number,
): readonly { readonly fromAt: number; readonly agents: number }[] {
  if (state.shifted.length === 0) return NO_CHANGE;
  const changes: { at: number; by: number }[] = [];
  for (const known of state.shifted) {
    if (!known.lines.includes(queue.line) || !known.languages.includes(queue.language)) continue;
    const isHere = state.agents.has(known.id);
    const now = spanAt(known.shifts, at);
    if (isHere && now !== null) changes.push({ at: now.toAt, by: -1 });
    const next = nextAfter(known.shifts, at);
    if (next === undefined || next.fromAt > at + HORIZON_MS) continue;
    if (!isHere || now !== null) changes.push({ at: next.fromAt, by: 1 }, { at: next.toAt, by: -1 });
  }
  changes.sort((a, b) => a.at - b.at);
  let agents = queue.staffed;
  return changes.map(({ at: fromAt, by }) => {
    agents = Math.max(0, agents + by);
    return { fromAt: fromAt - at, agents };
  });
}

const HORIZON_MS = 12 * 3_600_000;
const NO_CHANGE: readonly never[] = [];

/** Why what is told now is worse than what was told before; empty when it is not. */
export function whyWorse(place: Place, ahead: number, quote: Quote | null): QuoteCause {
  if (place.toldAt === 0) return '';
  const isFurther = ahead > place.ahead;
  const { told } = place;
  const isLonger =
    told !== null &&
    (quote === null || quote.maxMinutes > told.maxMinutes || quote.minMinutes > told.minMinutes);
  if (isFurther) return 'earlier_places_back';
  if (!isLonger) return '';
  return place.queue.staffed < place.toldStaffed ? 'fewer_agents' : 'slower_service';
}
