// The facts of a centre as a test reads them: from the journal on disk, by another connection, as they are committed. A
// test waits for facts, never for time; a fact that came before it was waited for is found too.

import type { Fact, FactOf, FactType } from '../../src/core/fact.ts';
import { type Connection, openPool } from '../../src/database/pool.ts';
import type { Tail } from '../../src/journal/journal.ts';
import { PostgresStore } from '../../src/journal/postgres/postgres-store.ts';

type Waiter = { readonly look: () => boolean };

export class Story {
  readonly facts: { readonly seq: number; readonly at: number; readonly fact: Fact }[] = [];
  private readonly waiters = new Set<Waiter>();
  private tail: Tail | undefined;
  private pool: ReturnType<typeof openPool> | undefined;

  static follow(connection: Connection, shard: string): Story {
    const story = new Story();
    story.pool = openPool(connection, { sizeMax: 2 });
    story.tail = new PostgresStore(connection, story.pool)
      .reader<Fact>(shard)
      .tail(1, ({ seq, at, fact }) => story.hear(seq, at, fact));
    return story;
  }

  /** The first fact of this type, from position `from` on, for which `match` holds; waits for it where it has not come. */
  until<T extends FactType>(
    type: T,
    match: (fact: FactOf<T>) => boolean = () => true,
    from = 0,
  ): Promise<FactOf<T>> {
    return new Promise((resolve) => {
      let next = from;
      const look = (): boolean => {
        for (; next < this.facts.length; next += 1) {
          const fact = this.facts[next]?.fact;
          if (fact?.type === type && match(fact as FactOf<T>)) {
            resolve(fact as FactOf<T>);
            return true;
          }
        }
        return false;
      };
      if (!look()) this.waiters.add({ look });
    });
  }

  of<T extends FactType>(type: T): FactOf<T>[] {
    return this.facts.flatMap(({ fact }) => (fact.type === type ? [fact as FactOf<T>] : []));
  }

  /** Where in the story this very fact stands, for `from`. */
  positionOf(fact: Fact): number {
    return this.facts.findIndex((entry) => entry.fact === fact);
  }

  /** The last facts in short, for one who wonders why a test waits. */
  ending(count: number): string {
    return this.facts
      .slice(-count)
      .map(({ seq, at, fact }) => `${seq} ${at} ${JSON.stringify(fact)}`)
      .join('\n');
  }

  /** The end of the story so far, for `from`. */
  get length(): number {
    return this.facts.length;
  }

  async close(): Promise<void> {
    await this.tail?.stop();
    await this.pool?.end();
  }

  private hear(seq: number, at: number, fact: Fact): void {
    this.facts.push({ seq, at, fact });
    for (const waiter of this.waiters) {
      if (waiter.look()) this.waiters.delete(waiter);
    }
  }
}
