// Random runs of the whole core: more than 100,000 inputs, sensible and not, with every rule checked after each turn; at
// the end faults stop, and everything must come to rest. A failure is shrunk to few steps, and prints its seed and the
// command that repeats it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BusyCentre } from '../../test/support/busy-centre.ts';
import { RandomCentre } from '../../test/support/random-centre.ts';
import { SurveyedCentre } from '../../test/support/surveyed-centre.ts';
import { TalkingCentre } from '../../test/support/talking-centre.ts';
import type { Fact, OfferRefusal } from './fact.ts';

const RUNS = Number(process.env.RAPPEL_RUNS ?? 300);
const STEPS_MAX = 1_000;
/** Each step is a whole deed, of a dozen inputs. */
const BUSY_RUNS = Number(process.env.RAPPEL_RUNS ?? 40);
const BUSY_STEPS_MAX = 400;
const INPUTS_MIN = 100_000;
/** A failure is told, however small it has become by then. */
const SHRINK_MS = 200_000;

const RARE: readonly Fact['type'][] = [
  'callback.completed',
  'callback.unreachable',
  'callback.retry_set',
  'attempt.voided',
  'attempt.failed',
  'place.returned',
  'call.connected',
  'agent.next_chosen',
  'callback.postponed',
  'callback.expired',
  'callback.cancelled',
  'callback.merged',
  'dials.held',
  'dials.freed',
  'agent.shift_neared',
  'callback.not_offered',
  'place.prioritised',
  'place.marked_relay',
  'place.rejoined',
  'line.settled',
  'callback.parted',
  'callback.again_agreed',
  'callback.asked_on_page',
];

const RARE_WHEN_BUSY: readonly Fact['type'][] = [
  'attempt.voided',
  'callback.merged',
  'callback.number_changed',
  'callback.postponed',
  'client.not_recognised',
  'client.recognised',
  'number.barred',
  'place.rejoined',
];

const RARE_WHEN_ASKING = [
  'survey.begun',
  'survey.asked',
  'survey.heard',
  'survey.answered',
  'survey.thanked',
  'survey.ended',
  'survey.not_open',
  'survey.not_asked',
  'survey.not_an_answer',
  'tone.asked',
  'telephony.lost',
] as const;

const RARE_WHEN_TALKING = [
  'client.held',
  'client.retrieved',
  'consult.begun',
  'consult.permitted',
  'consult.answered',
  'consult.joined',
  'consult.ended',
  'place.handed_over',
  'place.transferred',
  'call.adopted',
  'consult.not_begun',
  'consult.not_answered',
  'transfer.agent_busy',
  'transfer.dialling_off',
  'transfer.line_closed',
  'transfer.line_full',
  'transfer.nobody_ready',
  'transfer.outside_unknown',
  'transfer.same_line',
  'survey.begun',
  'telephony.lost',
] as const;

/** Every reason not to offer, or to withdraw what was offered. */
const OFFER_REFUSALS: readonly OfferRefusal[] = [
  'callback.not_begun',
  'callback.not_in_share',
  'callback.day_full',
  'callback.offering_off',
  'callback.wait_short',
  'callback.few_ahead',
  'callback.pending_full',
  'callback.too_late',
  'callback.never_call',
  'callback.cooldown',
  'callback.number_full',
  'callback.source_full',
];

/** The same runs for everybody, so that what must have been met was; RAPPEL_SEED=$RANDOM goes elsewhere. */
const seed = Number(process.env.RAPPEL_SEED ?? 20190417);
const REPEAT = `Repeat it: RAPPEL_SEED=${seed} npm run test:quick -- src/core/turn.property.test.ts`;

test(`random runs keep every rule, and come to rest (seed ${seed})`, () => {
  const { inputs, seen } = check((start) => new RandomCentre(start % 6), STEPS_MAX, RUNS);
  expect(inputs).toBeGreaterThan(INPUTS_MIN);
  // A run that never came here would prove nothing.
  for (const what of RARE) expect(seen).toContain(what);
}, 600_000);

test(`on a busy day under all of the owners' rules, too (seed ${seed})`, () => {
  const { seen } = check((start) => new BusyCentre(3 + (start % 3)), BUSY_STEPS_MAX, BUSY_RUNS);
  for (const what of [...RARE_WHEN_BUSY, ...OFFER_REFUSALS]) expect(seen).toContain(what);
}, 600_000);

test(`where owners ask how it was, too (seed ${seed})`, () => {
  const { seen } = check((start) => new SurveyedCentre(start % 6), BUSY_STEPS_MAX, 3 * BUSY_RUNS);
  for (const what of RARE_WHEN_ASKING) expect(seen).toContain(what);
}, 600_000);

test(`where agents consult, hand over and transfer, too (seed ${seed})`, () => {
  const { seen } = check((start) => new TalkingCentre(start % 6), BUSY_STEPS_MAX, 3 * BUSY_RUNS);
  for (const what of RARE_WHEN_TALKING) expect(seen).toContain(what);
}, 600_000);

function check(
  make: (start: number) => RandomCentre,
  stepsMax: number,
  runs: number,
): { inputs: number; seen: Set<string> } {
  const steps = fc.noBias(fc.array(fc.nat(), { maxLength: stepsMax, size: 'max' }));
  const seen = new Set<string>();
  let inputs = 0;
  const run = fc.check(
    fc.property(steps, (seeds) => {
      const centre = make(seeds[0] ?? 0);
      play(centre, seeds);
      inputs += centre.inputs;
      for (const what of centre.seen) seen.add(what);
    }),
    { seed, numRuns: runs, interruptAfterTimeLimit: SHRINK_MS },
  );
  if (run.failed) throw new Error(`${String(run.errorInstance)}\nafter ${run.numShrinks} shrinks. ${REPEAT}`);
  return { inputs, seen };
}

function play(centre: RandomCentre, seeds: readonly number[]): void {
  try {
    for (const one of seeds) centre.step(one);
    centre.settle();
  } catch (error) {
    throw new Error(`${String(error)}\n${centre.trail.join('\n')}`);
  }
}
