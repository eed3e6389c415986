// The facts for integrators, as they are committed: from a seq on, in order, none left out, without personal data. Each
// reader is given the journal page by page, as fast as they read and no faster; at its end they wait for the next commit.
// So nothing is kept for anybody, and a reader may come back after any time with the last seq they saw.

import type { ServerResponse } from 'node:http';
import type { Fact } from '../core/fact.ts';
import type { Engine } from '../engine/engine.ts';
import type { Row } from '../journal/journal.ts';
import { publicFact } from './public-fact.ts';

/** The journal page by page, from a seq on; an empty page is its end. */
export interface FactPages {
  page(fromSeq: number): Promise<readonly Row<Fact>[]>;
}

/** Sends what follows `afterSeq`; settles when the reader has gone. */
export async function sendFacts(
  to: ServerResponse,
  engine: Engine,
  pages: FactPages,
  afterSeq: number,
  types: ReadonlySet<string> | null,
): Promise<void> {
  let hasGone = false;
  let wake = (): void => {};
  const stop = engine.onCommitted(() => wake());
  const gone = new Promise<void>((resolve) => {
    to.once('close', () => {
      hasGone = true;
      stop();
      wake();
      resolve();
    });
  });
  let seq = afterSeq;
  while (!hasGone) {
    const news = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const rows = await pages.page(seq + 1);
    let text = '';
    for (const row of rows) {
      seq = row.seq;
      if (types !== null && !types.has(row.fact.type)) continue;
      text += `event: fact\nid: ${row.seq}\ndata: ${JSON.stringify({ seq: row.seq, at: row.at, fact: publicFact(row.fact) })}\n\n`;
    }
    if (text !== '' && !hasGone && !to.write(text)) await Promise.race([drained(to), gone]);
    if (rows.length === 0) await news;
  }
}

function drained(to: ServerResponse): Promise<void> {
  return new Promise((resolve) => to.once('drain', resolve));
}
