// Reports from the records: one statement adds up the cells of a stretch of time by group, the registry makes figures of
// them. Only columns that are needed are read. It computes no figure itself.

import type pg from 'pg';
import { assert } from '../core/assert.ts';
import { addCounts, COLUMNS, type Column, type Counts, columnOf } from '../figures/column.ts';
import { balanceOf, EQUATIONS } from '../figures/conservation.ts';
import { type Fairness, NO_FAIRNESS } from '../figures/fairness.ts';
import {
  columnsOf,
  type Estimate,
  estimate,
  type Figure,
  methodOf,
  unitOfFigure,
} from '../figures/figure.ts';
import type { CentreThings, KnownDocument, KnownLine } from '../figures/ledger/open-things.ts';
import { HALF_HOUR_MS } from '../figures/ledger/sink.ts';
import { NO_OWNER_WORDS, type OwnerWords } from '../figures/note/ground.ts';
import { FIGURES } from '../figures/registry.ts';
import { type Progress, progressOf } from '../figures/target.ts';
import { readFairness } from './fairness-spread.ts';
import { dayOf, dayStarts, localText, monthStarts } from './local-time.ts';
import { type PhaseStretch, stretchesOf } from './phase-stretch.ts';
import {
  type Group,
  headOf,
  isReportRefusal,
  type Report,
  type ReportRefusal,
  type ReportRequest,
} from './report.ts';
import { type CountedGroup, languageGaps, marksOf, phaseChanges, phasesIn } from './report-differences.ts';
import { type ReportQuery, readRequest, TIMES } from './report-request.ts';
import { trendMonths } from './trend-months.ts';

/** More rows than this are nobody's reading: a shorter period, or fewer groups. */
export const REPORT_ROWS_MAX = 50_000;
const PERIOD_MAX_MS = 100 * 366 * 86_400_000;

type CentreRow = {
  readonly seq: number;
  readonly at: number;
  readonly body: string | null;
  readonly document: string | null;
};

type CentreStand = {
  readonly timeZone: string;
  readonly position: Report['position'];
  readonly document: string;
};

/** Counts of a stretch of time by group, before figures are made of them. */
export type Counted = {
  readonly request: ReportRequest;
  readonly lines: readonly KnownLine[];
  /** Of every line, cut to the period; none where nothing is asked along time. */
  readonly stretches: readonly PhaseStretch[];
  readonly groups: readonly CountedGroup[];
  readonly total: Counts;
  readonly position: Report['position'];
  readonly owner: OwnerWords;
};

/** Owners' words out of a configuration as the journal keeps it: the records cannot read it. */
export type OwnersOf = (document: string) => OwnerWords;

type Found = Counts & {
  readonly bucket: number;
  readonly line: string;
  readonly language: string;
};

export class Reports {
  readonly #pool: pg.Pool;
  readonly #shard: string;
  readonly #now: () => number;

  readonly #ownersOf: OwnersOf;

  constructor(pool: pg.Pool, shard: string, now: () => number, ownersOf: OwnersOf = () => NO_OWNER_WORDS) {
    this.#pool = pool;
    this.#shard = shard;
    this.#now = now;
    this.#ownersOf = ownersOf;
  }

  async run(query: ReportQuery): Promise<Report | ReportRefusal> {
    const counted = await this.counted(query);
    if ('code' in counted) return counted;
    const targets = counted.owner.targets.filter(({ figure }) =>
      counted.request.figures.some(({ id }) => id === figure),
    );
    const months = targets.length === 0 ? [] : await trendMonths(this, counted);
    if ('code' in months) return months;
    const { by, figures } = counted.request;
    const isTold = by.length === 0 && figures.some(({ id }) => id === 'called_in_turn');
    const fairness = isTold ? await this.fairness(counted.request) : NO_FAIRNESS;
    return made(
      counted,
      fairness,
      targets.map((target) => progressOf(target, months)),
    );
  }

  /** What a report is made of: for those who make sentences of it, such as the briefing note. */
  async counted(query: ReportQuery): Promise<Counted | ReportRefusal> {
    const { timeZone, position, document } = await this.#centre();
    const request = readRequest(query, timeZone, this.#now());
    if (isReportRefusal(request)) return request;
    if (request.toAt - request.fromAt > PERIOD_MAX_MS) return tooLong('the period is longer than 100 years');
    const isTimeLine = request.by.length === 0 || request.by.some((one) => TIMES.includes(one));
    const lines = isTimeLine ? await this.#lines() : [];
    const stretches = lines.flatMap((line) => within(stretchesOf(line), request));
    const starts = startsOf(request);
    const found = await this.#cells(request, starts, request.by.includes('phase') ? stretches : []);
    if (found.length > REPORT_ROWS_MAX) return tooLong(`the report has more than ${REPORT_ROWS_MAX} rows`);
    const total: Counts = {};
    for (const { bucket: _, line: __, language: ___, ...counts } of found) addCounts(total, counts);
    const groups = filled(request, found, starts)
      .filter((one) => isAsked(request.by, one))
      .map((one) => ({ group: groupOf(request, one, starts, stretches), counts: one as Counts }));
    return { request, lines, stretches, groups, total, position, owner: this.#ownersOf(document) };
  }

  async #cells(
    request: ReportRequest,
    starts: readonly number[],
    stretches: readonly PhaseStretch[],
  ): Promise<Found[]> {
    const { figures, by, fromAt, toAt } = request;
    const [table, time] = isOfDays(request, stretches) ? ['record_day', 'day'] : ['record_cell', 'half_hour'];
    const { bucket, join, parameters } = bucketsOf(by, time, starts, stretches);
    const line = by.includes('line') || by.includes('phase') ? 'line' : `''`;
    const language = by.includes('language') ? 'language' : `''`;
    const sums = columnsFor(figures).map((column) => `coalesce(sum(${column}), 0)::float8 as ${column}`);
    const text = `select ${bucket} as bucket, ${line} as line, ${language} as language, ${sums.join(', ')}
      from ${table} ${join}
      where shard = $1 and ${time} >= $2 and ${time} < $3
      group by 1, 2, 3 order by 1, 2, 3 limit ${REPORT_ROWS_MAX + 1}`;
    // Planning a hundred sums takes longer than adding up a day. Only what is asked by default is kept as a plan: there are
    // few groupings, and no end of lists of figures.
    const name = figures.length === FIGURES.length ? `report-${table}-${by.join('-')}` : undefined;
    const values = [this.#shard, fromAt, toAt, ...parameters];
    return (await this.#pool.query<Found>({ ...(name && { name }), text, values })).rows;
  }

  /** How delays beyond the turn were spread, of the callbacks whose callers asked within the period. */
  async fairness({ fromAt, toAt }: Pick<ReportRequest, 'fromAt' | 'toAt'>): Promise<Fairness> {
    return readFairness(this.#pool, this.#shard, fromAt, toAt);
  }

  async #lines(): Promise<KnownLine[]> {
    const found = await this.#pool.query<{ body: string }>(
      `select body from record_open where shard = $1 and kind = 'line' order by id`,
      [this.#shard],
    );
    return found.rows.map(({ body }) => JSON.parse(body) as KnownLine);
  }

  /** The zone in which its days are counted, and how far the records are. */
  async #centre(): Promise<CentreStand> {
    const found = await this.#pool.query<CentreRow>({
      name: 'report-centre',
      text: `select seq, at, o.body, d.body as document from record_position p
        left join record_open o on o.shard = p.shard and o.kind = 'centre'
        left join record_open d on d.shard = p.shard and d.kind = 'document' where p.shard = $1`,
      values: [this.#shard],
    });
    const { seq = 0, at = 0, body = null, document = null } = found.rows[0] ?? {};
    const timeZone = body === null ? 'UTC' : (JSON.parse(body) as CentreThings).timeZone;
    const written = document === null ? '' : (JSON.parse(document) as KnownDocument).text;
    return { timeZone, position: { seq, at }, document: written };
  }
}

/** Days are enough where nothing is asked that begins or ends within one. */
function isOfDays(
  { by, fromAt, toAt, timeZone }: ReportRequest,
  stretches: readonly PhaseStretch[],
): boolean {
  if (by.includes('half-hour')) return false;
  const edges = new Set([fromAt, toAt, ...stretches.flatMap((one) => [one.fromAt, one.toAt])]);
  return [...edges].every((at) => dayOf(at, timeZone) === at);
}

function tooLong(what: string): ReportRefusal {
  return { code: 'report.too_long', message: `${what}; take a shorter period, or group by less` };
}

function within(stretches: readonly PhaseStretch[], { fromAt, toAt }: ReportRequest): PhaseStretch[] {
  return stretches
    .filter((one) => one.fromAt < toAt && one.toAt > fromAt)
    .map((one) => ({ ...one, fromAt: Math.max(one.fromAt, fromAt), toAt: Math.min(one.toAt, toAt) }));
}

function made(
  { request, stretches, groups, total, position }: Counted,
  fairness: Fairness,
  targets: readonly Progress[],
): Report {
  const { figures, by, fromAt, toAt, timeZone } = request;
  return {
    fromAt,
    toAt,
    from: localText(fromAt, timeZone),
    to: localText(toAt, timeZone),
    timeZone,
    by,
    figures: figures.map((figure) => headOf(figure, unitOfFigure(figure), methodOf(figure))),
    rows:
      by.length === 0
        ? []
        : groups.map(({ group, counts }) => ({ group, values: estimates(figures, counts) })),
    gaps: by.includes('language') ? languageGaps(figures, groups) : [],
    changes: by.includes('phase') ? phaseChanges(figures, groups) : [],
    marks: marksOf(stretches, request),
    targets,
    fairness,
    total: estimates(figures, total),
    balances: balanceOf(total),
    position,
  };
}

type Buckets = { readonly bucket: string; readonly join: string; readonly parameters: readonly unknown[] };

/** How cells are put together by time: the half-hour itself, the number of a day or month, the number of a stretch. */
function bucketsOf(
  by: ReportRequest['by'],
  time: string,
  starts: readonly number[],
  stretches: readonly PhaseStretch[],
): Buckets {
  if (by.includes('half-hour')) return { bucket: time, join: '', parameters: [] };
  if (starts.length > 0)
    return { bucket: `width_bucket(${time}, $4::bigint[])`, join: '', parameters: [starts] };
  if (!by.includes('phase')) return { bucket: '0::bigint', join: '', parameters: [] };
  return {
    bucket: 'coalesce(stretch, 0)',
    join: `left join unnest($4::text[], $5::bigint[], $6::bigint[])
        with ordinality as s (of_line, from_at, to_at, stretch)
      on of_line = line and ${time} >= from_at and ${time} < to_at`,
    parameters: [
      stretches.map((one) => one.line),
      stretches.map((one) => one.fromAt),
      stretches.map((one) => one.toAt),
    ],
  };
}

const ALWAYS_READ: readonly Column[] = EQUATIONS.flatMap(({ left, right }) => [...left, ...right]);

function columnsFor(figures: readonly Figure[]): Column[] {
  const needed = new Set<Column>([...ALWAYS_READ, ...figures.flatMap(columnsOf).map(columnOf)]);
  const columns = COLUMNS.filter((column) => needed.has(column));
  // Names become part of a statement: they are those of the registry, and no others.
  assert(columns.length === needed.size, 'every column of a figure is a column of the ledger');
  return columns;
}

function startsOf({ by, fromAt, toAt, timeZone }: ReportRequest): readonly number[] {
  if (by.includes('day')) return dayStarts(fromAt, toAt, timeZone);
  return by.includes('month') ? monthStarts(fromAt, toAt, timeZone) : [];
}

/** By day or month alone every one is listed, also the empty ones: nothing is not the same as nothing asked. */
function filled({ by }: ReportRequest, found: readonly Found[], starts: readonly number[]): readonly Found[] {
  if (by.length !== 1 || starts.length === 0) return found;
  const known = new Map(found.map((one) => [one.bucket, one]));
  return starts.map((_, i) => known.get(i + 1) ?? { bucket: i + 1, line: '', language: '' });
}

/** What belongs to no line (agents' time) stands in the total, not among the lines. */
function isAsked(by: ReportRequest['by'], { line, language, bucket }: Found): boolean {
  if ((by.includes('line') || by.includes('phase')) && line === '') return false;
  if (by.includes('language') && language === '') return false;
  return !by.includes('phase') || bucket !== 0;
}

function groupOf(
  { by, toAt, timeZone }: ReportRequest,
  { bucket, line, language }: Found,
  starts: readonly number[],
  stretches: readonly PhaseStretch[],
): Group {
  const stretch = by.includes('phase') ? stretches[bucket - 1] : undefined;
  const isHalfHour = by.includes('half-hour');
  const fromAt = isHalfHour ? bucket : (starts[bucket - 1] ?? stretch?.fromAt ?? null);
  const nextAt = isHalfHour ? bucket + HALF_HOUR_MS : (starts[bucket] ?? stretch?.toAt ?? toAt);
  const length = by.includes('day') ? 10 : by.includes('month') ? 7 : 16;
  return {
    fromAt,
    toAt: fromAt === null ? null : nextAt,
    from: fromAt === null ? null : localText(fromAt, timeZone).slice(0, length),
    line: by.includes('line') || by.includes('phase') ? line : null,
    language: by.includes('language') ? language : null,
    phase: stretch?.name ?? (fromAt === null ? null : phasesIn(stretches, line, fromAt, nextAt)),
  };
}

function estimates(figures: readonly Figure[], counts: Readonly<Counts>): Estimate[] {
  return figures.map((figure) => estimate(figure, counts));
}
