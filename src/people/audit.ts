// The audit: what people did that is no fact of the journal, and what they looked at. Each row is linked to the one before
// by a keyed hash, whose key is not in the database: a row that somebody changed, added or took out by hand is found, and
// named. Old rows go behind a sealed checkpoint, from which the chain goes on. It must not know who may read it.

import type { Audited } from './audited.ts';
import type { AuditCheckpoint, AuditRow, AuditWish, PeopleStore } from './people-store.ts';
import type { PeopleSeal } from './seal.ts';
import { storable } from './storable.ts';

export type Noted = Pick<AuditRow, 'by' | 'what' | 'about'> & { readonly why?: string };

export type Verified = {
  /** Rows that were looked at, and how many of them are of before rows were chained. */
  readonly rows: number;
  readonly unchained: number;
  /** Rows up to this one were let go after their time; 0: none. */
  readonly goneThrough: number;
  /** The last row and its link: who writes it down elsewhere can tell later that no row was cut off behind. */
  readonly head: { readonly id: number; readonly chain: string } | null;
  /** The first row that is not what it was written as, or whose neighbour before is gone; null: all is well. */
  readonly broken: { readonly id: number; readonly what: 'row' | 'checkpoint' } | null;
};

const PAGE_ROWS = 1_000;

export class Audit {
  readonly #store: PeopleStore;
  readonly #seal: PeopleSeal;
  readonly #now: () => number;

  constructor(parts: { readonly store: PeopleStore; readonly seal: PeopleSeal; readonly now: () => number }) {
    this.#store = parts.store;
    this.#seal = parts.seal;
    this.#now = parts.now;
  }

  note({ why = '', ...rest }: Noted): Promise<void> {
    const row = { at: this.#now(), ...rest, about: storable(rest.about), why: storable(why) };
    return this.#store.note(row, (before, of) => this.#link(before, of));
  }

  /** In the order in which they were written. */
  async rows(wish: AuditWish): Promise<readonly AuditRow[]> {
    return (await this.#store.audit(wish)).map(({ chain: _, ...row }) => row);
  }

  about(about: readonly string[], limit: number): Promise<readonly AuditRow[]> {
    return this.#store.auditAbout(about, limit);
  }

  last(what: Audited): Promise<AuditRow | undefined> {
    return this.#store.lastAudited(what);
  }

  /** The newest first. */
  recent(what: Audited, limit: number): Promise<readonly AuditRow[]> {
    return this.#store.recentAudit(what, limit);
  }

  async verify(): Promise<Verified> {
    const checkpoint = await this.#store.auditCheckpoint();
    const found = { rows: 0, unchained: 0, goneThrough: checkpoint?.throughId ?? 0 };
    if (checkpoint !== undefined && this.#sealOf(checkpoint) !== checkpoint.seal)
      return { ...found, head: null, broken: { id: checkpoint.throughId, what: 'checkpoint' } };
    let chain = checkpoint?.chain ?? '';
    let head: Verified['head'] = null;
    for (let after = 0; ; ) {
      const page = await this.#store.audit({ after, limit: PAGE_ROWS });
      for (const { chain: own, ...row } of page) {
        found.rows += 1;
        const isBefore = chain === '' && own === '';
        if (isBefore) found.unchained += 1;
        else if (own !== this.#link(chain, row))
          return { ...found, head, broken: { id: row.id, what: 'row' } };
        chain = own;
        head = { id: row.id, chain };
        after = row.id;
      }
      if (page.length < PAGE_ROWS) return { ...found, head, broken: null };
    }
  }

  /** Lets go of rows that are older, `limit` at most; how many went. */
  forget(before: number, limit: number): Promise<number> {
    return this.#store.forgetAudit(before, limit, (checkpoint) => this.#sealOf(checkpoint));
  }

  #link(before: string, { id, at, by, what, about, why }: AuditRow): string {
    return this.#seal.keyOf('audit', JSON.stringify([before, id, at, by, what, about, why]));
  }

  #sealOf({ throughId, at, chain }: Omit<AuditCheckpoint, 'seal'>): string {
    return this.#seal.keyOf('audit', JSON.stringify(['checkpoint', throughId, at, chain]));
  }
}
