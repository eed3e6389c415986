// Retention: once a day what is older than the owners want is let go, kind by kind and page by page. What is due is read
// from the rows themselves, so that a sweep that was killed goes on where it was, and one that is asked twice does nothing
// twice. Each sweep is one line of the audit with what went. Facts stay for ever: they carry keys (ADR 0019).

import type { NumberKey } from '../core/id.ts';
import type { Engine } from '../engine/engine.ts';
import type { Audit } from '../people/audit.ts';

/** Days, as the configuration has them. */
export type RetentionRules = {
  readonly numbersDays: number;
  readonly deliveriesDays: number;
  readonly auditDays: number;
};

export type RetentionParts = {
  readonly engine: Engine;
  readonly audit: Audit;
  readonly rules: () => RetentionRules;
  readonly now: () => number;
  readonly vault: {
    writtenBefore(before: number, after: string, limit: number): Promise<readonly NumberKey[]>;
  };
  readonly emails: { erase(key: NumberKey): Promise<boolean> };
  /** Of agents, beside the number. */
  readonly notes: { removeLoose(before: number, limit: number): Promise<number> };
  readonly links: { removeExpired(): Promise<number> };
  readonly deliveries: {
    removeEnded(before: number, limit: number): Promise<number>;
    removeCallbacks(before: number, limit: number): Promise<number>;
  };
  readonly records: {
    usedSince(keys: readonly NumberKey[], since: number): Promise<ReadonlySet<NumberKey>>;
  };
  /** Resolves when the records have taken in the facts up to this one. */
  readonly reached: (seq: number) => Promise<void>;
};

/** How many of each kind went. */
export type Swept = Readonly<
  Record<'numbers' | 'emails' | 'notes' | 'links' | 'deliveries' | 'outboxCallbacks' | 'audit', number>
>;

const DAY_MS = 86_400_000;
const LOOK_EVERY_MS = 3_600_000;
const PAGE_ROWS = 1_000;

export class Retention {
  readonly #parts: RetentionParts;
  #sweeping: Promise<Swept | null> | null = null;
  readonly #stopping = Promise.withResolvers<void>();
  #isStopped = false;

  constructor(parts: RetentionParts) {
    this.#parts = parts;
  }

  /** Looks now and every hour whether a day is over since the last sweep. Gives the way to stop it, when it is at rest. */
  keep(log: (line: string) => void): () => Promise<void> {
    const look = () =>
      this.sweepIfDue().catch((error: Error) =>
        log(`retention: not swept, tried again later: ${error.message}`),
      );
    void look();
    const timer = setInterval(look, LOOK_EVERY_MS);
    timer.unref();
    return async () => {
      clearInterval(timer);
      this.#isStopped = true;
      this.#stopping.resolve();
      await this.#sweeping?.catch(() => undefined);
    };
  }

  /** Null: less than a day since the last one. The audit says when that was, also across restarts. */
  async sweepIfDue(): Promise<Swept | null> {
    this.#sweeping ??= this.#sweepIfDue().finally(() => {
      this.#sweeping = null;
    });
    return this.#sweeping;
  }

  async #sweepIfDue(): Promise<Swept | null> {
    const last = await this.#parts.audit.last('retention.swept');
    return last !== undefined && last.at > this.#parts.now() - DAY_MS ? null : this.#sweep();
  }

  async #sweep(): Promise<Swept | null> {
    const { audit, notes, links, deliveries, rules, now } = this.#parts;
    const at = now();
    const { numbersDays, deliveriesDays, auditDays } = rules();
    const endedBefore = at - deliveriesDays * DAY_MS;
    const numbersBefore = at - numbersDays * DAY_MS;
    const swept: Swept = {
      ...(await this.#numbers(numbersBefore)),
      // Those of the numbers that have just gone, and of relay services' numbers, which have no row.
      notes: await this.#pages((limit) => notes.removeLoose(numbersBefore, limit)),
      links: await links.removeExpired(),
      deliveries: await this.#pages((limit) => deliveries.removeEnded(endedBefore, limit)),
      outboxCallbacks: await this.#pages((limit) => deliveries.removeCallbacks(endedBefore, limit)),
      audit: await this.#pages((limit) => audit.forget(at - auditDays * DAY_MS, limit)),
    };
    // Stopped in the middle: the next start goes on, and says it then.
    if (this.#isStopped) return null;
    const about = Object.entries(swept).map(([kind, count]) => `${kind} ${count}`);
    await audit.note({ by: 'retention', what: 'retention.swept', about: about.join(', ') });
    return swept;
  }

  /** Those of which no callback is open, and whose last one ended before then. */
  async #numbers(before: number): Promise<{ readonly numbers: number; readonly emails: number }> {
    const { vault, engine, emails, records, reached } = this.#parts;
    const { seq } = await engine.written();
    await Promise.race([reached(seq), this.#stopping.promise]);
    let [numbers, erasedEmails] = [0, 0];
    for (let after = ''; !this.#isStopped; ) {
      const keys = await vault.writtenBefore(before, after, PAGE_ROWS);
      const used = await records.usedSince(keys, before);
      for (const key of keys) {
        if (used.has(key) || this.#isOpen(key)) continue;
        // The address first: a number that is gone leads nobody to it.
        if (await emails.erase(key)) erasedEmails += 1;
        if (await engine.eraseNumber(key)) numbers += 1;
      }
      const last = keys.at(-1);
      if (last === undefined || keys.length < PAGE_ROWS) break;
      after = last;
    }
    return { numbers, emails: erasedEmails };
  }

  #isOpen(key: NumberKey): boolean {
    return this.#parts.engine.state.numbers.openOf(key).length > 0;
  }

  async #pages(remove: (limit: number) => Promise<number>): Promise<number> {
    let removed = 0;
    while (!this.#isStopped) {
      const count = await remove(PAGE_ROWS);
      removed += count;
      if (count < PAGE_ROWS) break;
    }
    return removed;
  }
}
