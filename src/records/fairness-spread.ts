// How the delays of completed callbacks were spread, from the records of each callback: of those whose callers asked within
// the period, as the cells count them (by the half-hour of asking). The means are the registry's; only the spread is read here.

import type pg from 'pg';
import { type Fairness, PERCENTILES, spreadOf } from '../figures/fairness.ts';
import { HALF_HOUR_MS } from '../figures/ledger/sink.ts';

type Found = { readonly n: number; readonly slip: number[] | null; readonly beyond: number[] | null };

const ASKED_AT = 'coalesce(c.asked_at, b.registered_at)';

// A call ends, and its callback with it or later, after it asked: both tables are read from the period's beginning on. Who
// asked on their page had no call (0), and asked when the callback was registered.
const TEXT = `select count(*)::integer as n,
    percentile_disc($4::float8[]) within group (order by slip_ms::float8) as slip,
    percentile_disc($4::float8[]) within group
      (order by (slip_ms + own_delay_ms + owners_delay_ms)::float8) as beyond
  from record_callback b
    left join record_call c on c.shard = b.shard and c.call = b.call and c.ended_at >= $2
  where b.shard = $1 and b.ended_as = 'connected' and b.ended_at >= $2 and (c.call is not null or b.call = 0)
    and ${ASKED_AT} - ${ASKED_AT} % ${HALF_HOUR_MS} >= $2 and ${ASKED_AT} - ${ASKED_AT} % ${HALF_HOUR_MS} < $3`;

export async function readFairness(
  pool: pg.Pool,
  shard: string,
  fromAt: number,
  toAt: number,
): Promise<Fairness> {
  const values = [shard, fromAt, toAt, PERCENTILES.map((percentile) => percentile / 100)];
  const { rows } = await pool.query<Found>({ name: 'report-fairness', text: TEXT, values });
  const { n = 0, slip = null, beyond = null } = rows[0] ?? {};
  return { n, slip: spreadOf(n, slip ?? []), beyond: spreadOf(n, beyond ?? []) };
}
