// One call on the wire between the centre's exchange and somebody's telephone, as both ends see it. The far end rings,
// answers, refuses, presses and hangs up; the near end accepts, lets hear and drops. SIP itself is taken to work: what
// one end does the other learns in the same turn, so a 200 and a CANCEL never cross here; the races that the house must
// bear happen on the way between it and the exchange.
//
//   calling --rings--> ringing --answered--> up --> ended
//      \---------------------------^              (refused, given up, cancelled: straight to ended)

import { assert } from '../../core/assert.ts';
import type { Say } from '../../core/effect.ts';
import type { Language } from '../../core/id.ts';
import type { EndCause, Key } from '../../core/input.ts';
import type { FarEnd, Refusal } from '../far-side.ts';

export type LegState = 'calling' | 'ringing' | 'up' | 'ended';

/** What one end hears from the other. */
export type Heard =
  | { readonly kind: 'silence' | 'music' | 'ringback' }
  | { readonly kind: 'prompt'; readonly say: readonly Say[]; readonly language: Language }
  /** A person: the far end of that leg. */
  | { readonly kind: 'voice'; readonly leg: LineLeg };

export const SILENCE: Heard = { kind: 'silence' };
export const MUSIC: Heard = { kind: 'music' };
export const RINGBACK: Heard = { kind: 'ringback' };

/** The exchange's end. */
export interface NearEnd {
  farRang(): void;
  farAnswered(): void;
  /** Null: hung up, or given up before the answer. */
  farEnded(refusal: Refusal | null): void;
  farPressed(key: Key): void;
}

/** The telephone's end. */
export interface FarParty {
  legAnswered(leg: LineLeg): void;
  legEnded(leg: LineLeg, end: FarEnd): void;
  legHears(leg: LineLeg, heard: Heard): void;
}

export class LineLeg {
  readonly id: number;
  /** As the far end sees it: `out` was placed by it. */
  readonly direction: 'in' | 'out';
  state: LegState = 'calling';
  rang = false;
  near: NearEnd | null = null;
  far: FarParty | null = null;
  /** As the far end learns it; null while the call lasts. */
  over: FarEnd | null = null;

  constructor(id: number, direction: 'in' | 'out') {
    this.id = id;
    this.direction = direction;
  }

  // ---- what the far end does

  ring(): void {
    if (this.state !== 'calling' || this.direction === 'out') return;
    this.state = 'ringing';
    this.rang = true;
    this.near?.farRang();
  }

  answer(): void {
    if ((this.state !== 'calling' && this.state !== 'ringing') || this.direction === 'out') return;
    this.state = 'up';
    this.near?.farAnswered();
    this.far?.legAnswered(this);
  }

  refuse(how: Refusal): void {
    if ((this.state !== 'calling' && this.state !== 'ringing') || this.direction === 'out') return;
    this.end({ by: 'this_end', cause: how }, how);
  }

  hangUp(): void {
    if (this.state === 'ended') return;
    this.end({ by: 'this_end', cause: 'normal' }, null);
  }

  press(key: Key): void {
    if (this.state === 'up') this.near?.farPressed(key);
  }

  // ---- what the near end does

  accept(): void {
    assert(this.direction === 'out' && this.state !== 'ended', 'only a call that came in is accepted');
    if (this.state === 'up') return;
    this.state = 'up';
    this.far?.legAnswered(this);
  }

  /** BYE, CANCEL, or a refusal of a call that came in. */
  drop(cause: EndCause): void {
    if (this.state === 'ended') return;
    this.state = 'ended';
    this.over = { by: 'the_other', cause };
    this.far?.legEnded(this, this.over);
  }

  letHear(heard: Heard): void {
    if (this.state === 'up') this.far?.legHears(this, heard);
  }

  private end(end: FarEnd, refusal: Refusal | null): void {
    this.state = 'ended';
    this.over = end;
    this.near?.farEnded(refusal);
    this.far?.legEnded(this, end);
  }
}
