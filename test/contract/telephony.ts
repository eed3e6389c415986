// The contract of the telephony port, run on every implementation: what the far side does must be told, what is asked
// for must reach the far side, and every channel that was asked for ends exactly once. It speaks only of the port and of
// people with telephones; each world brings its own way to let time pass (`until`).

import type { AgentId } from '../../src/core/id.ts';
import type { FarSide } from '../../src/telephony/far-side.ts';
import type { Telephony } from '../../src/telephony/telephony.ts';
import type { RecordingHouse } from './house.ts';

export type ContractWorld = {
  /** Open, with the agents seated. */
  readonly telephony: Telephony;
  readonly house: RecordingHouse;
  readonly far: FarSide;
  /** A number that reaches the centre. */
  readonly dnis: string;
  readonly agents: readonly AgentId[];
  /** Waits for what will happen; in virtual time it lets that time pass. */
  until<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
};
