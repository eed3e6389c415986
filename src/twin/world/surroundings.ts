// What people in the twin have around them: time, the telephone network, chance, what may befall them, and a way to say
// to the house what agents say at their desks.

import type { PeopleInput } from '../../core/input.ts';
import type { State } from '../../core/state.ts';
import type { LineLeg } from '../../telephony/simulated/line-leg.ts';
import type { SimulatedNetwork } from '../../telephony/simulated/network.ts';
import type { Timeline } from '../../telephony/simulated/timeline.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { Random } from '../random.ts';
import type { Citizen } from './citizen.ts';

/** What a citizen was told of their callback, in so many words. */
export type Told = {
  readonly is: 'registered' | 'cancelled';
  readonly reference: string;
  readonly code: string;
  /** When the call began in which it was told. */
  readonly callAt: number;
};

export interface Surroundings {
  readonly timeline: Timeline;
  readonly network: SimulatedNetwork;
  readonly chance: Random;
  readonly talkMs: number;
  readonly faults: FaultPlan;
  /** No more breaks, no more going home: the day is to come to its end. */
  readonly isClosing: boolean;
  /** What the desk shows; null while the house is away. */
  desk(): State | null;
  /** Lost while the house is away. */
  say(input: PeopleInput): void;
  /** The citizen's call is over. */
  over(citizen: Citizen): void;
  told(told: Told): void;
  /** The client has answered the house's call, or their switchboard has heard one more key of the extension. */
  answered(leg: LineLeg): void;
  /** The two hear each other. */
  joined(client: LineLeg): void;
}
