// The owners' switches: offering and processing, for the centre and for each line, the kill switch of all dialling, and a
// line's emergency announcement. Turning one off drops nothing that was accepted. Each turn is a fact with a reason.
//
//   offering    off: no callback is offered; callers hold, and what was accepted is called in its turn
//   processing  off: no callback is served; its place and key wait, live callers are served as ever
//   dialling    off: no client is dialled at all, not even by an attempt that is intended already
//   emergency   on: the line's emergency announcement is heard before its place is taken

import type { LineId } from './id.ts';

export type SwitchName = 'offering' | 'processing' | 'dialling' | 'emergency';
export const SWITCHES: readonly SwitchName[] = ['offering', 'processing', 'dialling', 'emergency'];

export type SwitchTurned = {
  readonly on: boolean;
  readonly reason: string;
  readonly by: string;
  readonly at: number;
};

/** As they stand. A switch that was never turned: on, but `emergency`, which is off. */
export type Switches = Map<string, SwitchTurned>;

export function switchKey(name: SwitchName, line: LineId | null): string {
  return line === null ? name : `${name}/${line}`;
}

/** For a line both its own and the centre's count. Dialling has one switch, the centre's. */
export function isOn(switches: Switches, name: SwitchName, line: LineId | null): boolean {
  const standing = name !== 'emergency';
  if (switches.size === 0) return standing;
  const centre = switches.get(switchKey(name, null))?.on ?? standing;
  if (line === null) return centre;
  const own = switches.get(switchKey(name, line))?.on ?? standing;
  return name === 'emergency' ? centre || own : centre && own;
}
