// One call on the wire between the centre's exchange and somebody's telephone, as both ends see it. The far end rings,
// answers, refuses, presses and hangs up; the near end accepts, lets hear and drops. SIP itself is taken to work: what
// one end does the other learns in the same turn, unless a carrier in trouble loses a BYE or lets a 200 cross a CANCEL.
//
//   calling --rings--> ringing --answered--> up --> ended
//      \---------------------------^              (refused, given up, cancelled: straight to ended)

import { assert } from '../../core/assert.ts';
import type { Say } from '../../core/effect.ts';
import type { Language } from '../../core/id.ts';
import type { EndCause, Key } from '../../core/input.ts';
import type { FarEnd, Refusal } from '../far-side.ts';
import type { CarrierTrouble } from './trouble.ts';

export type LegState = 'calling' | 'ringing' | 'up' | 'ended';

/** What one end hears from the other. */
export type Heard =
  | { readonly kind: 'silence' | 'music' | 'ringback' }
  | { readonly kind: 'prompt'; readonly say: readonly Say[]; readonly language: Language }
  /** A person: the far end of that leg; and of the others, where more than two are together. */
  | { readonly kind: 'voice'; readonly leg: LineLeg; readonly others?: readonly LineLeg[] };

export const SILENCE: Heard = { kind: 'silence' };
export const MUSIC: Heard = { kind: 'music' };
export const RINGBACK: Heard = { kind: 'ringback' };

/** The exchange's end. */
export interface NearEnd {
  farRang(): void;
  farAnswered(): void;
  /** Null: hung up, or given up before the answer. */
  farEnded(refusal: Refusal | null): void;
  /** The far end is gone without a word. */
  farVanished(): void;
  farPressed(key: Key): void;
}

/** The telephone's end. */
export interface FarParty {
  legAnswered(leg: LineLeg): void;
  legEnded(leg: LineLeg, end: FarEnd): void;
  legHears(leg: LineLeg, heard: Heard): void;
  /** A key was pressed at the other end. Who takes no keys leaves it out. */
  legKeyed?(leg: LineLeg, key: Key): void;
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
  trouble: CarrierTrouble | null = null;
  /** The far end is gone and the exchange does not know. */
  isByeLost = false;
  /** A machine has answered. */
  isMachine = false;

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
    if (this.state === 'up' && this.trouble?.losesBye() === true) this.loseBye();
    else this.end({ by: 'this_end', cause: 'normal' }, null);
  }

  /** Gone without a word: a lost BYE, a phone without power. */
  loseBye(): void {
    if (this.state === 'ended') return;
    this.isByeLost = true;
    this.state = 'ended';
    this.over = { by: 'this_end', cause: 'normal' };
    this.near?.farVanished();
    this.far?.legEnded(this, this.over);
  }

  press(key: Key): void {
    if (this.state === 'up') this.near?.farPressed(key);
  }

  // ---- what the near end does

  accept(): void {
    assert(this.direction === 'out', 'only a call that came in is accepted');
    assert(this.state !== 'ended' || this.isByeLost, 'a call that is over is not accepted');
    if (this.state === 'up' || this.isByeLost) return;
    this.state = 'up';
    this.far?.legAnswered(this);
  }

  /** BYE, CANCEL, or a refusal of a call that came in. */
  drop(cause: EndCause): void {
    if (this.state === 'ended') return;
    const isCancel = this.direction === 'in' && this.state === 'ringing';
    if (isCancel && this.trouble?.crossesCancel() === true) {
      this.state = 'up';
      this.far?.legAnswered(this);
    }
    this.state = 'ended';
    this.over = { by: 'the_other', cause };
    this.far?.legEnded(this, this.over);
  }

  letHear(heard: Heard): void {
    if (this.state === 'up') this.far?.legHears(this, heard);
  }

  letHearKey(key: Key): void {
    if (this.state === 'up') this.far?.legKeyed?.(this, key);
  }

  private end(end: FarEnd, refusal: Refusal | null): void {
    this.state = 'ended';
    this.over = end;
    this.near?.farEnded(refusal);
    this.far?.legEnded(this, end);
  }
}
