// The process is killed at any moment, at the boundary of a record (just before its commit, just after it), while it
// recovers; or it does not run for a while. And somebody else leads: a second opener, a successor after a pause or a
// partition, an old node that comes back and takes the socket.

import type { Attacked, Injections } from './attack.ts';
import { afterOutage } from './attack.ts';
import type { FaultKind } from './kinds.ts';

const AWAY_MS = 30_000;
const STALL_MS = [1_000, 60_000] as const;
/** A dead peer is noticed by pings. */
const NOTICED_MS = [5_000, 20_000] as const;

export function processFaults(on: Attacked): Injections {
  return {
    'process.killed': () => kill(on, 'process.killed'),
    'process.killed_before_commit': () => doom(on, 'process.killed_before_commit', 'before_commit'),
    'process.killed_after_commit': () => doom(on, 'process.killed_after_commit', 'after_commit'),
    'process.stalled': () => stall(on),
    'cluster.second_opener': () => second(on),
    'cluster.lease_expired_in_pause': () => pause(on),
    'cluster.partition_both_ways': () => partition(on, 'cluster.partition_both_ways'),
    'cluster.partition_from_database': () => partition(on, 'cluster.partition_from_database'),
    'cluster.partition_from_asterisk': () => partition(on, 'cluster.partition_from_asterisk'),
  };
}

/** Often back at once, while what the dead one had under way may still arrive. */
function awayMs(on: Attacked, kind: FaultKind): number {
  const chance = on.plan.random(kind);
  return chance.chance(0.4) ? chance.below(100) : chance.below(AWAY_MS);
}

function kill(on: Attacked, kind: FaultKind): boolean {
  if (on.houses.current === null) return false;
  on.houses.kill(on.plan.random(kind).chance(0.5), awayMs(on, kind));
  startUnderFire(on);
  afterOutage(on);
  return true;
}

/** Counted when it strikes, which is at the next append. */
function doom(on: Attacked, kind: FaultKind, when: 'before_commit' | 'after_commit'): boolean {
  const process = on.houses.current;
  if (process === null) return false;
  process.doom(when, () => {
    if (on.houses.current !== process) return;
    on.plan.count(kind);
    on.houses.kill(false, awayMs(on, kind));
    startUnderFire(on);
  });
  return false;
}

/** The next one is killed in its turn, while it recovers or just after. */
function startUnderFire(on: Attacked): void {
  if (!on.plan.strikes('process.killed_in_recovery')) return;
  const inMs = on.plan.random('process.killed_in_recovery').below(60);
  const look = (): void => {
    const { current } = on.houses;
    if (on.plan.isOver) return;
    if (current === null) on.timeline.set(on.timeline.now() + 20, { wake: look }, 'look');
    else on.timeline.set(on.timeline.now() + inMs, { wake: () => on.houses.kill(true, inMs) }, 'kill');
  };
  look();
}

function stall(on: Attacked): boolean {
  const process = on.houses.current;
  if (process === null || process.isStalled) return false;
  const untilAt = on.timeline.now() + on.plan.random('process.stalled').between(...STALL_MS);
  process.stall(untilAt);
  on.plan.trouble(untilAt);
  return true;
}

/** The old one is well and does not know it: it learns from its next append, or from the socket that is taken. */
function second(on: Attacked): boolean {
  if (on.houses.current?.isOpen !== true) return false;
  on.houses.replace(0);
  return true;
}

function pause(on: Attacked): boolean {
  const process = on.houses.current;
  if (process === null || process.isStalled) return false;
  const chance = on.plan.random('cluster.lease_expired_in_pause');
  const stallMs = chance.between(2_500, STALL_MS[1]);
  process.stall(on.timeline.now() + stallMs);
  on.houses.replace(chance.between(2_000, stallMs));
  on.plan.trouble(on.timeline.now() + stallMs);
  return true;
}

/**
 * Cut off from the database, from the exchange (deaf and dumb, or one of the two), or from both; another takes over.
 * When the way is free again the old node may come back and take the socket from the one that leads.
 */
function partition(on: Attacked, kind: FaultKind): boolean {
  const process = on.houses.current;
  if (process?.isOpen !== true || process.isStalled) return false;
  const chance = on.plan.random(kind);
  const untilAt = on.timeline.now() + chance.between(3_000, 120_000);
  if (kind !== 'cluster.partition_from_asterisk') process.cutOff(untilAt);
  if (kind !== 'cluster.partition_from_database') {
    const oneWay = chance.pick(['both', 'in', 'out'] as const);
    process.telephony.freezeSocket(kind === 'cluster.partition_both_ways' ? 'both' : oneWay);
    const lose = (): void => process.telephony.loseSocket();
    on.timeline.set(on.timeline.now() + chance.between(...NOTICED_MS), { wake: lose }, 'lose');
    const back = (): void => {
      const isOld = on.houses.current !== process;
      if (!isOld || on.plan.strikes('cluster.old_node_back')) process.telephony.restoreSocket();
      else process.kill(true);
    };
    on.timeline.set(untilAt + NOTICED_MS[1] + 1_000, { wake: back }, 'back');
  }
  if (chance.chance(0.7)) on.houses.replace(chance.between(2_000, 10_000));
  on.plan.trouble(untilAt + NOTICED_MS[1] + 1_000);
  return true;
}
