// Every kind of fault that the twin injects, by what it befalls. A kind with `everyMinutes` comes by itself, on average
// so often; one with `chance` befalls a message, a call or a person when it could, with that probability. A world has
// some of the kinds, drawn by its seed, at a third to three times these rates. What a kind does stands in the file that
// injects it; here only names, so that a run, its count and its shrinking speak of the same things.

export type FaultKind = keyof typeof FAULTS;

export type Rate = { readonly everyMinutes: number } | { readonly chance: number };

export const FAULTS = {
  // ---- the process (process-faults.ts)
  'process.killed': { everyMinutes: 12 },
  'process.killed_before_commit': { everyMinutes: 12 },
  'process.killed_after_commit': { everyMinutes: 12 },
  'process.killed_in_recovery': { chance: 0.3 },
  'process.stalled': { everyMinutes: 15 },
  // ---- the database (database-faults.ts)
  'database.slow': { everyMinutes: 15 },
  'database.away': { everyMinutes: 15 },
  'database.commit_lost': { chance: 0.02 },
  'database.reply_lost': { chance: 0.02 },
  'database.disk_full': { everyMinutes: 30 },
  'database.restored_older': { everyMinutes: 60 },
  // ---- who leads (cluster-faults.ts)
  'cluster.second_opener': { everyMinutes: 25 },
  'cluster.lease_expired_in_pause': { everyMinutes: 25 },
  'cluster.partition_both_ways': { everyMinutes: 25 },
  'cluster.partition_from_database': { everyMinutes: 25 },
  'cluster.partition_from_asterisk': { everyMinutes: 25 },
  'cluster.old_node_back': { chance: 0.5 },
  // ---- Asterisk and its socket (asterisk-faults.ts, socket-faults.ts)
  'asterisk.killed': { everyMinutes: 30 },
  'asterisk.listing_stalled': { chance: 0.4 },
  'asterisk.dial_hangs': { chance: 0.1 },
  'socket.lost': { everyMinutes: 12 },
  'socket.half_open': { everyMinutes: 20 },
  'socket.deaf': { everyMinutes: 25 },
  'event.duplicated': { chance: 0.02 },
  'event.late': { chance: 0.003 },
  'event.reordered': { chance: 0.02 },
  'request.reply_lost': { chance: 0.01 },
  'request.not_found': { chance: 0.003 },
  'request.conflict': { chance: 0.003 },
  'request.failed': { chance: 0.003 },
  'request.stalled': { chance: 0.03 },
  // ---- the fence
  'fence.slow': { chance: 0.08 },
  'fence.down': { chance: 0.08 },
  'fence.lying': { chance: 0.08 },
  'fence.malformed': { chance: 0.08 },
  'fence.asked_twice': { chance: 0.08 },
  'fence.asked_by_ghost': { everyMinutes: 3 },
  // ---- the carrier (carrier-faults.ts)
  'carrier.busy_486': { chance: 0.08 },
  'carrier.unavailable_480': { chance: 0.08 },
  'carrier.unallocated_404': { chance: 0.04 },
  'carrier.incomplete_484': { chance: 0.04 },
  'carrier.declined_603': { chance: 0.08 },
  'carrier.unavailable_503': { chance: 0.08 },
  'carrier.rings_then_nothing': { chance: 0.08 },
  'carrier.no_reply': { chance: 0.08 },
  'carrier.answers_at_once': { chance: 0.1 },
  'carrier.answer_races_cancel': { chance: 0.3 },
  'carrier.machine': { chance: 0.1 },
  'carrier.bye_lost': { chance: 0.03 },
  // ---- the clock (clock-faults.ts)
  'clock.back_seconds': { everyMinutes: 20 },
  'clock.back_hour': { everyMinutes: 60 },
  'clock.forward_seconds': { everyMinutes: 20 },
  'clock.forward_hour': { everyMinutes: 60 },
  'calendar.spring_forward': { chance: 0.25 },
  'calendar.fall_back': { chance: 0.25 },
  'calendar.newfoundland': { chance: 0.25 },
  'calendar.midnight': { chance: 0.25 },
  'calendar.leap_day': { chance: 0.25 },
  // ---- agents (person-at-desk.ts)
  'agent.phone_dies_offered': { chance: 0.04 },
  'agent.phone_dies_talking': { chance: 0.03 },
  'agent.phone_dies_wrap_up': { chance: 0.03 },
  'agent.page_dies': { chance: 0.02 },
  'agent.never_answers': { chance: 0.06 },
  'agent.two_pages': { chance: 0.05 },
  // ---- citizens (citizen.ts, crowd-faults.ts)
  'citizen.requests_again': { chance: 0.1 },
  'citizen.cancels': { chance: 0.1 },
  'citizen.calls_in': { chance: 0.15 },
  'citizen.guesses_code': { chance: 0.05 },
  'citizens.all_retry': { chance: 0.5 },
  'citizens.rush': { everyMinutes: 30 },
  // ---- owners in mid-course (owner-faults.ts)
  'owner.stops_dialling': { everyMinutes: 20 },
  'owner.stops_processing': { everyMinutes: 20 },
  'owner.stops_offering': { everyMinutes: 20 },
  'owner.bars_number': { everyMinutes: 8 },
  'owner.erases_number': { everyMinutes: 15 },
  'owner.cancels': { everyMinutes: 6 },
  'owner.reconfigures': { everyMinutes: 15 },
} as const satisfies Record<string, Rate>;

export const FAULT_KINDS = Object.keys(FAULTS) as readonly FaultKind[];

export function isFaultKind(text: string): text is FaultKind {
  return Object.hasOwn(FAULTS, text);
}
