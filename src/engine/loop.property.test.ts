// S18: a clock that steps back, by a second or by an hour, forwards again, with wake-ups that come late or too early. The
// house must write what it would have written had the clock stood still meanwhile: two loops hear the same, one by a
// stepping clock, one by a clock that never goes back.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { centreOf, START_AT } from '../../test/support/given.ts';
import { checkState } from '../../test/support/invariants.ts';
import { numbered } from '../../test/support/scene.ts';
import type { Fact } from '../core/fact.ts';
import { stateHash } from '../core/hash.ts';
import { type AgentId, type Channel, textId } from '../core/id.ts';
import type { Input, Key } from '../core/input.ts';
import { emptyState } from '../core/state.ts';
import type { Clock } from './clock.ts';
import { Loop } from './loop.ts';

const seed = Number(process.env.RAPPEL_SEED ?? Date.now() % 2 ** 31);
const REPEAT = `Repeat it: RAPPEL_SEED=${seed} npm run test:quick -- src/engine/loop.property.test.ts`;
const HOUR_MS = 3_600_000;
const CALLERS = 4;

class House {
  readonly written: { readonly at: number; readonly fact: Fact }[] = [];
  readonly loop: Loop;
  private due: { readonly at: number; readonly call: () => void } | null = null;

  constructor(now: () => number) {
    const clock: Clock = {
      now,
      wake: (at, call) => {
        const due = { at, call };
        this.due = due;
        return () => {
          if (this.due === due) this.due = null;
        };
      },
    };
    this.loop = new Loop(
      emptyState('t'),
      clock,
      () => 7,
      () => this.tell({ type: 'deadline.reached' }),
    );
    this.tell({ type: 'centre.configure', configuration: centreOf(), hash: 'h' });
    this.tell({ type: 'telephony.resynced', channels: [] });
  }

  tell(input: Input): void {
    for (const fact of this.loop.turn(input).facts) this.written.push({ at: this.loop.state.now, fact });
    this.loop.arm();
    checkState(this.loop.state);
  }

  /** Its one wake-up comes, whether or not it is time. */
  ring(): void {
    const { due } = this;
    this.due = null;
    due?.call();
  }

  playbackOf(channel: Channel): string {
    const owner = this.loop.state.channels.get(channel);
    const call = owner?.kind === 'call' ? this.loop.state.calls.get(owner.call) : undefined;
    return textId('t', 'playback', call?.playback ?? 0);
  }
}

type Act =
  | { readonly do: 'pass' | 'step'; readonly ms: number }
  | { readonly do: 'ring' }
  | { readonly do: 'caller' | 'key' | 'began' | 'hang_up' | 'agent'; readonly n: number; readonly key: Key };

const n = fc.nat(CALLERS - 1);
const key = fc.constantFrom<Key>('1', '1', '1', '2', '9', '#');
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(90_000) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('step' as const),
      ms: fc.integer({ min: -HOUR_MS, max: HOUR_MS }),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('ring' as const) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constantFrom(
        'caller' as const,
        'key' as const,
        'key' as const,
        'began' as const,
        'hang_up' as const,
        'agent' as const,
      ),
      n,
      key,
    }),
  },
);

function inputOf(one: Act, house: House): Input | null {
  if (!('n' in one)) return null;
  const channel = `in-${one.n}` as Channel;
  switch (one.do) {
    case 'caller':
      return { type: 'call.arrives', channel, ani: numbered(one.n), dnis: '5550101' };
    case 'key':
      return { type: 'key.pressed', channel, key: one.key };
    case 'began':
      return { type: 'prompt.began', channel, playback: house.playbackOf(channel) };
    case 'hang_up':
      return { type: 'channel.ended', channel, cause: 'normal' };
    case 'agent':
      return one.key === '1'
        ? { type: 'agent.sign_in', agent: 'ada' as AgentId }
        : { type: 'agent.go_ready', agent: 'ada' as AgentId };
  }
}

test(`a clock that steps back fires nothing twice, and nothing is dated back (seed ${seed})`, () => {
  let deadlines = 0;
  const property = fc.property(fc.array(act, { maxLength: 200, size: 'max' }), (acts) => {
    let wall = START_AT;
    const stepping = new House(() => wall);
    // Stands still from what was written last until the wall has caught up.
    let latest = START_AT;
    const steady = new House(() => Math.max(latest, wall));
    for (const one of acts) {
      if ('ms' in one) wall += one.ms;
      latest = Math.max(latest, steady.written.at(-1)?.at ?? 0);
      for (const house of [stepping, steady]) {
        const input = inputOf(one, house);
        if (input !== null) house.tell(input);
        if (one.do === 'ring') house.ring();
      }
    }
    expect(stepping.written).toEqual(steady.written);
    expect(stateHash(stepping.loop.state)).toBe(stateHash(steady.loop.state));
    const ats = stepping.written.map(({ at }) => at);
    expect(ats).toEqual(ats.toSorted((a, b) => a - b));
    deadlines += stepping.written.filter(
      ({ fact }) => fact.type === 'dialogue.asked' && fact.because === 'silence',
    ).length;
  });
  const run = fc.check(property, { seed, numRuns: 300 });
  if (run.failed)
    throw new Error(`${String(run.errorInstance)}\n${JSON.stringify(run.counterexample)}\n${REPEAT}`);
  expect(deadlines).toBeGreaterThan(50);
});
