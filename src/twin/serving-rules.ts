// Whether callbacks of a line are served at a moment, worked out apart from the core, from the owners' facts alone: the
// switches, the spans of the configuration, a line's openings and closings. The core's own answer is what is checked by it.

import type { Configuration, LineConfiguration } from '../core/configuration.ts';
import type { Fact } from '../core/fact.ts';
import type { LineId } from '../core/id.ts';
import { configurationIn } from '../core/upcast.ts';

export class ServingRules {
  #configuration: Configuration | null = null;
  readonly #lines = new Map<LineId, LineConfiguration>();
  readonly #off = new Set<string>();
  readonly #closed = new Set<LineId>();
  readonly #finishing = new Set<LineId>();
  #isHeld = false;

  fact(fact: Fact, at: number): void {
    switch (fact.type) {
      case 'centre.configured':
        this.#configuration = configurationIn(fact);
        for (const line of this.#configuration.lines) {
          if (!this.#lines.has(line.id) && !isIn(line, at)) this.#closed.add(line.id);
          this.#lines.set(line.id, line);
        }
        return;
      case 'switch.turned': {
        const key = `${fact.name} ${fact.line ?? ''}`;
        if (fact.on) this.#off.delete(key);
        else this.#off.add(key);
        return;
      }
      case 'dials.held':
      case 'dials.freed':
        this.#isHeld = fact.type === 'dials.held';
        return;
      case 'line.opened':
        this.#closed.delete(fact.line);
        this.#finishing.delete(fact.line);
        return;
      case 'line.closed':
        this.#finishing.add(fact.line);
        return;
      case 'line.settled':
        this.#finishing.delete(fact.line);
        this.#closed.add(fact.line);
        return;
      default:
        return;
    }
  }

  get configuration(): Configuration | null {
    return this.#configuration;
  }

  isOff(name: string, line: LineId | null): boolean {
    return this.#off.has(`${name} `) || (line !== null && this.#off.has(`${name} ${line}`));
  }

  /** They may be: not when the line is closed, serving or dialling is stopped, or the hour has no room (told so). */
  isServed(line: LineId, at: number): boolean {
    const known = this.#lines.get(line);
    if (known === undefined || this.#isHeld) return false;
    if (this.isOff('processing', line) || this.isOff('dialling', null)) return false;
    return isIn(known, at) || (this.#finishing.has(line) && at < finishedAt(known, at));
  }

  /** They are: also not in the moment in which an opening is due and not yet written. */
  isSurelyServed(line: LineId, at: number): boolean {
    return this.isServed(line, at) && !this.#closed.has(line) && !this.#finishing.has(line);
  }

  /** Closed, and in the time that it gives itself to finish. */
  isFinishing(line: LineId, at: number): boolean {
    const known = this.#lines.get(line);
    return known !== undefined && at < finishedAt(known, at);
  }
}

function isIn({ open }: LineConfiguration, at: number): boolean {
  return open.some((span) => span.fromAt <= at && at < span.toAt);
}

/** The end of finishing after the last closing. */
function finishedAt({ open, closing }: LineConfiguration, at: number): number {
  if (closing.pending !== 'finish') return 0;
  let closedAt = 0;
  for (const span of open) if (span.toAt <= at) closedAt = span.toAt;
  return closedAt + closing.finishMs;
}
