// What the ledger and the figures tell of a scene: its facts folded, every cell in balance.

import { expect } from 'vitest';
import type { Counts } from '../../src/figures/column.ts';
import { balanceOf } from '../../src/figures/conservation.ts';
import { type Estimate, estimate, type Figure } from '../../src/figures/figure.ts';
import { Ledger } from '../../src/figures/ledger/ledger.ts';
import { figureCalled } from '../../src/figures/registry.ts';
import { CellBook } from './cell-book.ts';
import type { Scene } from './scene.ts';

export class Told {
  readonly book = new CellBook();
  readonly counts: Counts;

  constructor(scene: Scene) {
    const ledger = new Ledger(this.book, false);
    for (const { fact, at } of scene.stamped) ledger.fact(fact, at);
    this.counts = this.book.total();
    expect(balanceOf(this.counts).filter(({ holds }) => !holds)).toEqual([]);
  }

  figure(id: string): Estimate {
    return estimate(figureCalled(id) as Figure, this.counts);
  }
}
