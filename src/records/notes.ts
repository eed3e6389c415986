// Reads what a briefing note is made of: one statement adds up the period by line, phase and language, so that all of it
// is of the same moment; a second the months, where a target asks for a trend,
// a third how the delays of callbacks were spread. It chooses no sentence and computes no figure.

import { addCounts, type Counts } from '../figures/column.ts';
import { noteOf } from '../figures/note/compose.ts';
import type { GroundStretch, NoteGround, OwnerWords, Span } from '../figures/note/ground.ts';
import type { Note } from '../figures/note/note.ts';
import { localText } from './local-time.ts';
import type { ReportRefusal } from './report.ts';
import type { CountedGroup } from './report-differences.ts';
import type { ReportQuery } from './report-request.ts';
import type { Counted, Reports } from './reports.ts';
import { trendMonths } from './trend-months.ts';

export type NoteQuery = Pick<ReportQuery, 'from' | 'to'>;

/** What `Notes` does, for those who only ask. */
export interface NoteRoom {
  /** `more`: owners' words from elsewhere, beside those of the configuration. */
  run(query: NoteQuery, more?: OwnerWords): Promise<Note | ReportRefusal>;
}

export class Notes implements NoteRoom {
  readonly #reports: Reports;

  constructor(reports: Reports) {
    this.#reports = reports;
  }

  async run(query: NoteQuery, more?: OwnerWords): Promise<Note | ReportRefusal> {
    const ground = await this.ground(query, more);
    return 'code' in ground ? ground : noteOf(ground);
  }

  async ground(query: NoteQuery, more?: OwnerWords): Promise<NoteGround | ReportRefusal> {
    const counted = await this.#reports.counted({ ...query, by: ['phase', 'language'] });
    if ('code' in counted) return counted;
    const owner = joined(counted.owner, more);
    const { timeZone, fromAt, toAt } = counted.request;
    const months = owner.targets.length === 0 ? [] : await trendMonths(this.#reports, counted);
    if ('code' in months) return months;
    const fairness = await this.#reports.fairness(counted.request);
    return {
      span: spanOf(fromAt, toAt, timeZone),
      timeZone,
      total: counted.total,
      english: added(counted.groups, 'en'),
      french: added(counted.groups, 'fr'),
      lines: counted.lines.map(({ id, name }) => ({ id, name })),
      stretches: stretchesIn(counted),
      months,
      fairness,
      owner,
      seq: counted.position.seq,
    };
  }
}

function joined(one: OwnerWords, more: OwnerWords | undefined): OwnerWords {
  if (more === undefined) return one;
  return {
    title: more.title ?? one.title,
    issue: more.issue ?? one.issue,
    facts: [...one.facts, ...more.facts],
    targets: [...one.targets, ...more.targets],
  };
}

function added(groups: readonly CountedGroup[], language: string): Counts {
  const sum: Counts = {};
  for (const { group, counts } of groups) if (group.language === language) addCounts(sum, onlyCounts(counts));
  return sum;
}

/** A group as it comes from SQL has its keys beside its counts. */
function onlyCounts(counts: Readonly<Counts>): Counts {
  const { bucket: _, line: __, language: ___, ...only } = counts as Counts & Record<string, never>;
  return only;
}

function stretchesIn({ stretches, groups, request }: Counted): GroundStretch[] {
  return stretches.map(({ line, name, fromAt, toAt, beginsAt }) => {
    const counts: Counts = {};
    for (const { group, counts: more } of groups)
      if (group.line === line && group.phase === name) addCounts(counts, onlyCounts(more));
    return {
      line,
      name,
      span: spanOf(fromAt, toAt, request.timeZone),
      beginsWithin: beginsAt > 0 && beginsAt >= request.fromAt,
      counts,
    };
  });
}

function spanOf(fromAt: number, toAt: number, timeZone: string): Span {
  const to = localText(toAt, timeZone);
  const lastDay = to.endsWith('00:00') ? localText(toAt - 1, timeZone).slice(0, 10) : null;
  return { from: localText(fromAt, timeZone), to, lastDay };
}
