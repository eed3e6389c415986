// Who waits for the same agents, and which of those agents are free: one queue per line and language. A free agent
// takes the first place among the queues they serve; a new place takes the agent who has been idle longest. At the end
// of a turn no free agent and waiting place that belong together are left (L3).

import type { Language, LineId } from './id.ts';
import { Line } from './line.ts';
import type { Agent } from './state.ts';

export type IdleAgent = { readonly agent: Agent; readonly readySeq: number };

/** Whether the agent is still idle, and has been ever since. One who signed out is another when they come back. */
export function isIdle({ agent, readySeq }: IdleAgent): boolean {
  return agent.state === 'ready' && agent.readySeq === readySeq;
}

/** A queue that an agent serves, and how early they are asked there. */
export type Desk = { readonly queue: Queue; readonly rank: number };

/**
 * Idle agents in the order in which they became ready. Leaving is lazy: the head is always kept valid, and the others
 * who left are dropped when they are half of all, so that a head who is never called does not make the list grow.
 */
export class IdleAgents {
  private entries: IdleAgent[] = [];
  private head = 0;
  private lengthMax = LENGTH_MIN;

  add(idle: IdleAgent): void {
    this.entries.push(idle);
  }

  /** The one who has been idle longest, of those for whom `suits` holds where it is given. */
  first(suits: ((idle: IdleAgent) => boolean) | null = null): IdleAgent | null {
    if (suits === null) return this.entries[this.head] ?? null;
    for (let i = this.head; i < this.entries.length; i += 1) {
      const idle = this.entries[i] as IdleAgent;
      if (suits(idle)) return idle;
    }
    return null;
  }

  /** Called whenever one of them leaves. */
  trim(): void {
    for (;;) {
      const first = this.entries[this.head];
      if (first === undefined || isIdle(first)) break;
      this.head += 1;
    }
    if (this.entries.length < this.lengthMax) return;
    this.entries = this.entries.slice(this.head).filter(isIdle);
    this.head = 0;
    this.lengthMax = Math.max(LENGTH_MIN, this.entries.length * 2);
  }

  clear(): void {
    this.entries = [];
    this.head = 0;
  }
}

const LENGTH_MIN = 128;

/** Idle agents of one queue, by rank: those who serve one language before those who serve both, then by level. */
export class IdlePool {
  private readonly lanes: { readonly rank: number; readonly agents: IdleAgents }[] = [];

  add(rank: number, idle: IdleAgent): void {
    let lane = this.lanes.find((l) => l.rank === rank);
    if (lane === undefined) {
      lane = { rank, agents: new IdleAgents() };
      this.lanes.push(lane);
      this.lanes.sort((a, b) => a.rank - b.rank);
    }
    lane.agents.add(idle);
  }

  first(suits: ((idle: IdleAgent) => boolean) | null = null): IdleAgent | null {
    for (const { agents } of this.lanes) {
      const first = agents.first(suits);
      if (first !== null) return first;
    }
    return null;
  }

  trim(): void {
    for (const { agents } of this.lanes) agents.trim();
  }

  clear(): void {
    this.lanes.length = 0;
  }
}

/** Levels are 1 to 9. */
export function rankOf(languages: number, level: number): number {
  return (languages - 1) * 10 + level;
}

export type Queue = {
  readonly line: LineId;
  readonly language: Language;
  /** Every place that waits. */
  readonly order: Line;
  /** Of those, the ones whose caller holds: all that is served while callbacks are not. */
  readonly holding: Line;
  readonly idle: IdlePool;
  /** Agents signed in who serve it, in whatever state; and how many of them also serve each other queue. */
  staffed: number;
  readonly shared: Map<string, number>;
};

const keys = new Map<LineId, Partial<Record<Language, string>>>();

/** Made once for a line and a language, as many as configurations name: a text that is new each time is hashed anew. */
export function queueKey(line: LineId, language: Language): string {
  let ofLine = keys.get(line);
  if (ofLine === undefined) {
    ofLine = {};
    keys.set(line, ofLine);
  }
  ofLine[language] ??= `${line}/${language}`;
  return ofLine[language];
}

export function newQueue(line: LineId, language: Language): Queue {
  return {
    line,
    language,
    order: new Line(),
    holding: new Line(),
    idle: new IdlePool(),
    staffed: 0,
    shared: new Map(),
  };
}

export function queueKeys(lines: readonly LineId[], languages: readonly Language[]): string[] {
  return lines.flatMap((line) => languages.map((language) => queueKey(line, language)));
}
