// What befalls the database, Asterisk, the clocks and the rules while people call: each fault is one function, see
// attack.ts. Who leads and who is killed stands in process-faults.ts.

import type { CallbackId, Channel, LineId, NumberKey } from '../../core/id.ts';
import type { SwitchName } from '../../core/switches.ts';
import { type Attacked, afterOutage, type Injections } from './attack.ts';
import type { FaultKind } from './kinds.ts';

const SECOND_MS = 1_000;
const HOUR_MS = 3_600_000;

export function worldFaults(on: Attacked): Injections {
  return {
    'database.slow': () => {
      on.database.slowUntil = on.timeline.now() + 60_000;
      on.database.slowMs = on.plan.random('database.slow').between(200, 5_000);
      on.plan.trouble(on.database.slowUntil);
      return true;
    },
    'database.away': () => {
      on.database.backAt = on.timeline.now() + on.plan.random('database.away').below(120_000);
      on.plan.trouble(on.database.backAt);
      afterOutage(on);
      return true;
    },
    'database.disk_full': () => {
      on.database.fullUntil = on.timeline.now() + on.plan.random('database.disk_full').between(2_000, 90_000);
      on.plan.trouble(on.database.fullUntil);
      return true;
    },
    'database.restored_older': () => restoreOlder(on),
    'asterisk.killed': () => killAsterisk(on),
    'socket.lost': () => loseSocket(on),
    'socket.half_open': () => freezeSocket(on, 'socket.half_open', 'both'),
    'socket.deaf': () => freezeSocket(on, 'socket.deaf', 'in'),
    'fence.asked_by_ghost': () => askAsGhost(on),
    'clock.back_seconds': () => stepClock(on, 'clock.back_seconds', -1, [SECOND_MS, 60 * SECOND_MS]),
    'clock.back_hour': () => stepClock(on, 'clock.back_hour', -1, [HOUR_MS / 6, HOUR_MS]),
    'clock.forward_seconds': () => stepClock(on, 'clock.forward_seconds', 1, [SECOND_MS, 60 * SECOND_MS]),
    'clock.forward_hour': () => stepClock(on, 'clock.forward_hour', 1, [HOUR_MS / 6, HOUR_MS]),
    'citizens.rush': () => {
      on.crowd(on.plan.random('citizens.rush').between(10, 30), 10_000);
      return true;
    },
    'owner.stops_dialling': () =>
      atNextDial(on, 'owner.stops_dialling', () => turnOff(on, 'owner.stops_dialling', 'dialling')),
    'owner.stops_processing': () => turnOff(on, 'owner.stops_processing', 'processing'),
    'owner.stops_offering': () => turnOff(on, 'owner.stops_offering', 'offering'),
    'owner.bars_number': () => atNextDial(on, 'owner.bars_number', (attempt) => barNumber(on, attempt)),
    'owner.erases_number': () => eraseNumber(on),
    'owner.cancels': () => cancel(on),
    'owner.reconfigures': () => reconfigure(on),
  };
}

/** What was written since is lost, and everybody who led dies with it. */
function restoreOlder(on: Attacked): boolean {
  const { commits } = on.database;
  const chance = on.plan.random('database.restored_older');
  const kept = commits.length - chance.between(1, 40);
  const rows = commits[kept];
  if (rows === undefined || kept < 20) return false;
  on.houses.killAll(chance.between(1_000, 10_000));
  commits.length = kept + 1;
  on.restore(rows);
  return true;
}

function killAsterisk(on: Attacked): boolean {
  if (on.exchange.isDown) return false;
  const downMs = on.plan.random('asterisk.killed').between(500, 20_000);
  on.exchange.die();
  on.houses.current?.telephony.loseSocket();
  const again = (): void => {
    on.exchange.restart();
    on.houses.current?.telephony.restoreSocket();
    on.phonesComeBack();
  };
  on.timeline.set(on.timeline.now() + downMs, { wake: again }, 'again');
  on.plan.trouble(on.timeline.now() + downMs + 30_000);
  afterOutage(on);
  return true;
}

function loseSocket(on: Attacked): boolean {
  const telephony = on.houses.current?.telephony;
  if (telephony?.isLive !== true) return false;
  telephony.loseSocket();
  const backAt = on.timeline.now() + on.plan.random('socket.lost').between(0, 20_000);
  on.timeline.set(backAt, { wake: () => telephony.restoreSocket() }, 'back');
  on.plan.trouble(backAt);
  return true;
}

/** Nobody notices until the pings stay away. */
function freezeSocket(on: Attacked, kind: FaultKind, ways: 'both' | 'in'): boolean {
  const telephony = on.houses.current?.telephony;
  if (telephony?.isLive !== true) return false;
  telephony.freezeSocket(ways);
  const noticedAt = on.timeline.now() + on.plan.random(kind).between(3_000, 25_000);
  const notice = (): void => {
    telephony.loseSocket();
    on.timeline.set(noticedAt + 50, { wake: () => telephony.restoreSocket() }, 'back');
  };
  on.timeline.set(noticedAt, { wake: notice }, 'notice');
  on.plan.trouble(noticedAt + 50);
  return true;
}

/** An attempt is asked for at the fence once more, by whoever still has the connection: an old process, a replay. */
function askAsGhost(on: Attacked): boolean {
  const { newestDial } = on.exchange;
  if (newestDial === '') return false;
  const chance = on.plan.random('fence.asked_by_ghost');
  const last = Number(newestDial.slice(newestDial.lastIndexOf('-') + 1));
  const back = Math.min(last - 1, chance.below(4));
  const attempt = `${newestDial.slice(0, newestDial.lastIndexOf('-'))}-${String(last - back).padStart(8, '0')}`;
  const channel = `ghost-${attempt}-${on.timeline.now()}` as Channel;
  on.exchange.request({ do: 'dial', channel, attempt, callerId: '', language: 'en', ringMs: 30_000 });
  return true;
}

function stepClock(
  on: Attacked,
  kind: FaultKind,
  sign: 1 | -1,
  [least, most]: readonly [number, number],
): boolean {
  const stepMs = on.plan.random(kind).between(least, most);
  on.wall.offsetMs += sign * stepMs;
  // A house whose clock went back waits until its own time has come again.
  if (sign < 0) on.plan.trouble(on.timeline.now() + stepMs);
  return true;
}

/** Off for a while, for the centre or for one line; then on again. */
function turnOff(on: Attacked, kind: FaultKind, name: SwitchName): boolean {
  const chance = on.plan.random(kind);
  const line = name === 'dialling' || chance.chance(0.5) ? null : chance.pick(on.configuration.lines).id;
  if (!turn(on, name, line, false)) return false;
  const again = (): void => {
    if (!turn(on, name, line, true)) on.timeline.set(on.timeline.now() + 10_000, { wake: again }, 'again');
  };
  on.timeline.set(on.timeline.now() + chance.between(10_000, 240_000), { wake: again }, 'again');
  return true;
}

function turn(on: Attacked, name: SwitchName, line: LineId | null, isOn: boolean): boolean {
  return on.tellOwner({ type: 'switch.turn', name, line, on: isOn, reason: 'test', by: 'owner' });
}

function numberOf(on: Attacked, attempt: string): NumberKey | null {
  const state = on.houses.current?.engine?.state;
  const owner = state?.channels.get(attempt as Channel);
  const live = owner?.kind === 'attempt' ? state?.attempts.get(owner.attempt) : undefined;
  return live === undefined ? null : (state?.callbacks.get(live.callback)?.numberKey ?? null);
}

function aNumber(on: Attacked, kind: FaultKind): NumberKey | null {
  const callbacks = [...(on.houses.current?.engine?.state.callbacks.values() ?? [])];
  return callbacks.length === 0 ? null : on.plan.random(kind).pick(callbacks).numberKey;
}

/** Half of them at once; the others in the very moment in which a client is about to be dialled. */
function atNextDial(on: Attacked, kind: FaultKind, act: (attempt: string | null) => boolean): boolean {
  if (on.plan.random(kind).chance(0.5)) return act(null);
  const then = on.exchange.onDial;
  on.exchange.onDial = (attempt) => {
    on.exchange.onDial = then;
    then?.(attempt);
    if (!on.plan.isOver && act(attempt)) on.plan.count(kind);
  };
  return false;
}

function barNumber(on: Attacked, attempt: string | null): boolean {
  const numberKey = attempt === null ? aNumber(on, 'owner.bars_number') : numberOf(on, attempt);
  return numberKey !== null && on.tellOwner({ type: 'number.bar', numberKey, barred: true, by: 'owner' });
}

/** Half of them at once; the others in the very moment in which a number is being written down. */
function eraseNumber(on: Attacked): boolean {
  if (on.plan.random('owner.erases_number').chance(0.5)) {
    eraseNewest(on, on.houses.current?.engine?.state.last.callback ?? 0, WRITTEN_LOOKS_MAX);
    return false;
  }
  const numberKey = aNumber(on, 'owner.erases_number');
  return numberKey !== null && on.eraseNumber(numberKey);
}

const WRITTEN_LOOK_MS = 10;
const WRITTEN_LOOKS_MAX = 12_000;

function eraseNewest(on: Attacked, before: number, looks: number): void {
  const state = on.houses.current?.engine?.state;
  const newest = state?.callbacks.get(state.last.callback as CallbackId);
  if (newest !== undefined && newest.id > before) {
    if (!on.plan.isOver && on.eraseNumber(newest.numberKey)) on.plan.count('owner.erases_number');
    return;
  }
  if (looks === 0 || on.plan.isOver) return;
  const wake = (): void => eraseNewest(on, before, looks - 1);
  on.timeline.set(on.timeline.now() + WRITTEN_LOOK_MS, { wake }, 'look');
}

function cancel(on: Attacked): boolean {
  const callbacks = [...(on.houses.current?.engine?.state.callbacks.values() ?? [])];
  if (callbacks.length === 0) return false;
  const { id } = on.plan.random('owner.cancels').pick(callbacks);
  return on.tellOwner({ type: 'callback.cancel', callback: id, by: 'owner' });
}

function reconfigure(on: Attacked): boolean {
  const chance = on.plan.random('owner.reconfigures');
  const { configuration } = on;
  on.configuration = {
    ...configuration,
    lines: configuration.lines.map((line) => ({
      ...line,
      capacity: chance.chance(0.5) ? chance.between(5, 40) : null,
    })),
    agent: { ...configuration.agent, wrapUpMs: chance.between(0, 30_000) },
    dialogue: { ...configuration.dialogue, offerEveryMs: chance.between(20_000, 90_000) },
  };
  on.reload();
  return true;
}
