// The months before the end of a period, for the trend of a target. Which of them are whole is decided here: one that the
// centre may have begun within, one that is cut or not over yet, says less than its neighbours.

import type { Month } from '../figures/target.ts';
import { localText } from './local-time.ts';
import type { ReportRefusal } from './report.ts';
import type { Counted, Reports } from './reports.ts';

/** A year, and the month in which the period ends. */
const DAYS_BACK = 13 * 31;
const DAY_MS = 86_400_000;

export async function trendMonths(
  reports: Pick<Reports, 'counted'>,
  { request, position }: Counted,
): Promise<readonly Month[] | ReportRefusal> {
  const { toAt, timeZone } = request;
  const day = (at: number): string => localText(at, timeZone).slice(0, 10);
  const from = `${day(toAt - DAYS_BACK * DAY_MS).slice(0, 7)}-01`;
  const counted = await reports.counted({ from, to: day(toAt - 1), by: ['month'] });
  if ('code' in counted) return counted;
  const begun = counted.groups.findIndex(({ counts }) => (counts.asked ?? 0) > 0);
  return counted.groups.map(({ group, counts }, i) => ({
    month: (group.from ?? '').slice(0, 7),
    isWhole: begun >= 0 && i > begun && isOver(group.toAt ?? 0, toAt, position.at, timeZone),
    counts,
  }));
}

/** The last month of a report is cut at its end: whole only if that is where the month ends. */
function isOver(endsAt: number, toAt: number, knownAt: number, timeZone: string): boolean {
  return localText(endsAt, timeZone).slice(8) === '01 00:00' && endsAt <= toAt && endsAt <= knownAt;
}
