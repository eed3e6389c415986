// The differences of a report, each with its interval: English less French of each group, and each phase or pause of a line
// less the stretch before it. And the marks of phases along a time line. The registry says which figures have a difference.

import type { Counts } from '../figures/column.ts';
import { type Figure, gap } from '../figures/figure.ts';
import { localText } from './local-time.ts';
import type { PhaseStretch } from './phase-stretch.ts';
import type { Group, Mark, ReportRequest, ReportRow } from './report.ts';

export type CountedGroup = { readonly group: Group; readonly counts: Counts };

export function languageGaps(figures: readonly Figure[], groups: readonly CountedGroup[]): ReportRow[] {
  const pairs = new Map<string, { group: Group; en?: Counts; fr?: Counts }>();
  for (const { group, counts } of groups) {
    const key = JSON.stringify([group.fromAt, group.line, group.phase]);
    const pair = pairs.get(key) ?? { group: { ...group, language: 'en - fr' } };
    pairs.set(key, { ...pair, [group.language as 'en' | 'fr']: counts });
  }
  return [...pairs.values()].map(({ group, en = {}, fr = {} }) => ({
    group,
    values: figures.flatMap((figure) => gap(figure, en, fr) ?? []),
  }));
}

/** After less before, of stretches of the same line (and language) that follow one another. */
export function phaseChanges(figures: readonly Figure[], groups: readonly CountedGroup[]): ReportRow[] {
  const last = new Map<string, CountedGroup>();
  const inOrder = groups.toSorted((a, b) => (a.group.fromAt ?? 0) - (b.group.fromAt ?? 0));
  return inOrder.flatMap((after) => {
    const key = JSON.stringify([after.group.line, after.group.language]);
    const before = last.get(key);
    last.set(key, after);
    if (before === undefined) return [];
    const group = { ...after.group, phase: `${after.group.phase} - ${before.group.phase}` };
    return [{ group, values: figures.flatMap((figure) => gap(figure, after.counts, before.counts) ?? []) }];
  });
}

/** Beginnings within the period; that a stretch goes on from before it is no event of it. */
export function marksOf(stretches: readonly PhaseStretch[], { fromAt, timeZone }: ReportRequest): Mark[] {
  return stretches
    .filter((one) => one.beginsAt >= fromAt)
    .map(({ beginsAt: at, line, name }) => ({ at, from: localText(at, timeZone), line, name }))
    .sort((a, b) => a.at - b.at || (a.line < b.line ? -1 : 1));
}

/** The stretches of a line that touch this time: one, or more where it changed within. Null: of no line. */
export function phasesIn(
  stretches: readonly PhaseStretch[],
  line: string,
  fromAt: number,
  toAt: number,
): string | null {
  const names = stretches
    .filter((one) => one.line === line && one.fromAt < toAt && one.toAt > fromAt)
    .map(({ name }) => name);
  return names.length === 0 ? null : names.join(' / ');
}
