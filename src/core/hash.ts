// The hash of a state: equal after a replay and after the same facts live, or something in the core depends on more
// than the facts. Whole numbers and short texts only, in the order in which they came to be. FNV-1a, 64 bits, in two
// halves: not a seal against malice, a check of ourselves.

import type { Deadline } from './deadlines.ts';
import type { IdleAgent } from './queue.ts';
import type { State } from './state.ts';

export function stateHash(state: State): string {
  return fnv1a64(JSON.stringify(dump(state)));
}

/** The state as plain data, for the hash and for a person who looks for a difference. */
export function dump(state: State): unknown {
  const entities = (map: Map<unknown, object>): unknown[] => [...map.values()].map(plain);
  return {
    shard: state.shard,
    now: state.now,
    configurationHash: state.configurationHash,
    telephonyUp: state.telephonyUp,
    last: state.last,
    calls: entities(state.calls),
    places: entities(state.places),
    callbacks: entities(state.callbacks),
    attempts: entities(state.attempts),
    agents: entities(state.agents),
    channels: [...state.channels],
    queues: [...state.queues].map(([key, queue]) => [
      key,
      queue.order.size,
      queue.order.first(),
      idleOf(queue.idle.first()),
      queue.staffed,
    ]),
    occupied: [...state.occupied],
    prioritised: [...state.prioritised],
    experience: [...state.experience].map(([line, time]) => [line, time.dump()]),
    lineStates: [...state.lineStates],
    lineDeadlines: [...state.lineDeadlines].map(([line, deadline]) => [line, when(deadline)]),
    finished: [...state.finished],
    switches: [...state.switches],
    numbers: state.numbers.dump(),
    toDial: [...state.toDial],
    dialsHeld: when(state.dialsHeld),
    pending: [...state.pending],
    accepted: [...state.accepted],
    deadlines: state.deadlines.size,
    // A centre that asks nothing has the hash that it had before there was anything to ask.
    ...(state.surveys.size === 0 ? {} : { surveys: entities(state.surveys) }),
    ...(state.parted.size === 0 ? {} : { parted: [...state.parted] }),
    ...(state.asked.size === 0 ? {} : { asked: [...state.asked] }),
    ...(state.tones.size === 0 ? {} : { tones: [...state.tones] }),
  };
}

function idleOf(idle: IdleAgent | null): unknown {
  return idle === null ? null : { agent: idle.agent.id, readySeq: idle.readySeq };
}

function plain(entity: object): unknown {
  return Object.entries(entity)
    .filter(([name]) => name !== 'desks' && name !== 'queue') // they follow from lines and languages
    .map(([name, value]) => [name, name === 'deadline' ? when(value as Deadline | null) : value]);
}

function when(deadline: Deadline | null): readonly number[] | null {
  return deadline === null ? null : [deadline.at, deadline.seq];
}

function fnv1a64(text: string): string {
  let high = 0xcbf29ce4;
  let low = 0x84222325;
  for (let i = 0; i < text.length; i += 1) {
    low = (low ^ text.charCodeAt(i)) >>> 0;
    // Times the prime 2^40 + 0x1b3, modulo 2^64, in 32-bit halves.
    const carry = low * 0x1b3;
    high = (Math.imul(high, 0x1b3) + Math.floor(carry / 0x1_0000_0000) + (low << 8)) >>> 0;
    low = carry >>> 0;
  }
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}
