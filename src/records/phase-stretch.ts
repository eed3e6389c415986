// The life of callback on a line, cut into stretches: before it was offered, each phase, each pause. For figures before
// and after, per line, and for marks on every time line.

import type { KnownLine } from '../figures/ledger/open-things.ts';

export type PhaseStretch = {
  readonly line: string;
  /** `before`, `phase 1`, `pause 1`, `phase 2`, ...; a change of share or cap is a phase of its own. */
  readonly name: string;
  /** Cut to a period by whoever asks for one. */
  readonly fromAt: number;
  readonly toAt: number;
  /** Where it really began; 0: nobody knows of a beginning. */
  readonly beginsAt: number;
};

const FOR_EVER = Number.MAX_SAFE_INTEGER;

export function stretchesOf({ id: line, phases }: Pick<KnownLine, 'id' | 'phases'>): PhaseStretch[] {
  const stretches: PhaseStretch[] = [];
  let at = 0;
  let pauses = 0;
  phases.forEach((phase, index) => {
    if (phase.fromAt > at) {
      if (index > 0) pauses += 1;
      const name = index === 0 ? 'before' : `pause ${pauses}`;
      stretches.push({ line, name, fromAt: at, toAt: phase.fromAt, beginsAt: at });
    }
    const { fromAt, toAt } = phase;
    stretches.push({ line, name: `phase ${index + 1}`, fromAt, toAt, beginsAt: fromAt });
    at = phase.toAt;
  });
  if (at < FOR_EVER)
    stretches.push({
      line,
      name: phases.length === 0 ? 'before' : `pause ${pauses + 1}`,
      fromAt: at,
      toAt: FOR_EVER,
      beginsAt: at,
    });
  return stretches;
}
