// Migration 0003: the records, read models that src/records projects from the journal. All of it can be dropped and made
// anew; record_position says how far it is. Rows come roughly in the order of their time, so BRIN finds a stretch of time
// in a few pages where a btree would be as large as the table. Counts that are nought are null, and take no room.
import { type Kysely, sql } from 'kysely';

/** Columns of a cell, as the ledger named them when this migration was released. */
const CASES = `
  not_asked asked refused_full refused_closed refused_other waiting abandoned abandoned_short answered_live
  registered merged gone_unseen entered rejoined rejoined_waiting rejoined_answered rejoined_abandoned
  rejoined_refused rejoined_registered rejoined_merged rejoined_unseen served_within_20s served_within_5m
  served_within_15m served_within_30m left_over_30m offered offer_withdrawn pending connected
  cancelled_by_client cancelled_to_hold cancelled_never_call cancelled_by_centre expired attempted
  first_attempts first_reached attempts_permitted attempts_voided postponed_by_client carried_over_closing
  not_offered_not_begun not_offered_not_in_share not_offered_day_full not_offered_offering_off
  not_offered_wait_short not_offered_few_ahead not_offered_pending_full not_offered_too_late
  not_offered_never_call not_offered_cooldown not_offered_number_full not_offered_source_full
  incomplete_busy incomplete_no_answer incomplete_voicemail incomplete_unallocated incomplete_rejected
  incomplete_congestion incomplete_unknown incomplete_agent_lost incomplete_number_refused failed_busy
  failed_no_answer failed_voicemail failed_unallocated failed_rejected failed_congestion failed_unknown
  failed_agent_lost quoted quote_inside quote_sooner quote_later wait_unknown slip_within_1s
  overtaken_goodbye overtaken_client_not_reached overtaken_postponed_by_client
  overtaken_carried_over_closing overtaken_held_back overtaken_system handled_live handled_callback persons
  persons_reached_first persons_1_call persons_2_calls persons_3_calls persons_4_calls
  persons_5_to_10_calls persons_over_10_calls
`;
const TIMES = `
  live_hold_ms live_hold_ds2 served_wait_ms served_wait_ds2 abandoned_hold_ms quote_error_ms
  quote_error_ds2 quote_abs_ms turn_wait_ms slip_ms slip_ds2 own_delay_ms owners_delay_ms handover_ms
  live_ring_ms live_talk_ms live_wrap_ms live_handle_ds2 callback_ring_ms callback_talk_ms callback_wrap_ms
  callback_handle_ds2 agent_lost_ms agent_ready_ms agent_not_ready_ms agent_reserved_ms agent_on_call_ms
  agent_clearing_ms agent_wrap_up_ms
`;

const words = (text: string): string[] => text.trim().split(/\s+/);

export async function up(database: Kysely<unknown>): Promise<void> {
  const columns = [
    ...words(CASES).map((name) => `${name} integer`),
    ...words(TIMES).map((name) => `${name} bigint`),
  ];
  const statements = [
    `create table record_position (shard text primary key, seq bigint not null, checksum bigint not null,
       at bigint not null, version integer not null)`,
    `create table record_open (shard text not null, kind text not null, id text not null, body text not null,
       primary key (shard, kind, id)) with (fillfactor = 50)`,
    `create table record_cell (shard text not null, half_hour bigint not null, line text not null,
       language text not null, ${columns.join(', ')}, primary key (shard, half_hour, line, language))
       with (fillfactor = 80)`,
    `create table record_call (shard text not null, call bigint not null, arrived_at bigint not null, asked_at bigint,
       ended_at bigint not null, line text not null, language text not null, person text not null, place bigint,
       outcome text not null, primary key (shard, call))`,
    `create table record_place (shard text not null, place bigint not null, call bigint not null, line text not null,
       language text not null, priority integer not null, entry bigint not null, taken_at bigint not null,
       left_at bigint not null, reason text not null, offer text not null, agent_at bigint, told_at bigint,
       ahead integer, quoted_ms bigint, quoted_min_minutes integer, quoted_max_minutes integer,
       overtaken integer not null, primary key (shard, place))`,
    `create table record_callback (shard text not null, callback bigint not null, place bigint not null,
       call bigint not null, person text not null, registered_at bigint not null, ended_at bigint not null,
       ended_as text not null, cause text not null, attempts integer not null, turn_at bigint, connected_at bigint,
       handover_ms bigint, slip_ms bigint not null, own_delay_ms bigint not null, owners_delay_ms bigint not null,
       overtaken integer not null, primary key (shard, callback))`,
    `create table record_attempt (shard text not null, attempt bigint not null, callback bigint not null,
       agent text not null, n integer not null, intended_at bigint not null, permitted_at bigint, ringing_at bigint,
       answered_at bigint, ended_at bigint not null, ended_as text not null, primary key (shard, attempt))`,
    `create table record_agent_state (shard text not null, agent text not null, from_at bigint not null,
       to_at bigint not null, state text not null, reason text not null, primary key (shard, agent, from_at))`,
    // No fact tells of answers yet; the table stands so that the ledger's sink has where to put them.
    `create table record_survey (shard text not null, survey bigint not null, call bigint, callback bigint,
       line text not null, language text not null, asked_at bigint not null, answered_at bigint,
       ended_as text not null, answers text not null, primary key (shard, survey))`,
    'create index record_call_time on record_call using brin (ended_at)',
    'create index record_place_time on record_place using brin (left_at)',
    'create index record_callback_time on record_callback using brin (ended_at)',
    'create index record_agent_state_time on record_agent_state using brin (to_at)',
    "create index record_call_person on record_call (person, arrived_at) where person <> ''",
  ];
  for (const statement of statements) await sql.raw(statement).execute(database);
}
