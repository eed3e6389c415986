// The configurations that a random centre goes through: three plain ones, and three under every rule that owners may
// set, with lines that open and close all the time. Hours are short, so that a run sees many of them.

import {
  type ClosingRules,
  type Configuration,
  type LineConfiguration,
  NUMBER_DEFAULTS,
  type Span,
} from '../../src/core/configuration.ts';
import type { LineId } from '../../src/core/id.ts';
import { agentCalled, centreOf, lineCalled, START_AT } from './given.ts';

const MINUTE_MS = 60_000;
export const AGENTS = [
  {
    ...agentCalled('ada', ['visas', 'citizenship']),
    skills: [{ line: 'visas' as LineId, language: 'en' as const, level: 3 }],
  },
  agentCalled('bo', ['visas'], ['en']),
  agentCalled('cy', ['citizenship', 'visas'], ['fr']),
  agentCalled('di', ['citizenship', 'passports']),
];
const VISAS = lineCalled('visas', '1', { dnis: ['5550101'], capacity: 5 });
const CITIZENSHIP = lineCalled('citizenship', '2', { expectedHandleMs: 60_000 });
/** Agents may agree on calls again. */
const CALLBACK = { ...centreOf().callback, againMax: 2 };
/** Clients may ask on their page for another callback. */
const CLIENT_PAGE = { asksAgain: true };
const QUICK = { roundsMax: 2, silenceMs: 5_000, keyRepeatMs: 500, firstDigitMs: 10_000, nextDigitMs: 5_000 };
/** So long open, so long closed, again and again; each opening is two spans that touch. */
function shiftsOf(openMs: number, closedMs: number, offsetMs = 0): Span[] {
  return Array.from({ length: 400 }, (_, i) => START_AT - offsetMs + i * (openMs + closedMs)).flatMap(
    (fromAt) => [
      { fromAt, toAt: fromAt + openMs / 2 },
      { fromAt: fromAt + openMs / 2, toAt: fromAt + openMs },
    ],
  );
}

/** A line that opens and closes all the time, under every rule that its owners may set. */
function ruled(line: LineConfiguration, pending: ClosingRules['pending']): LineConfiguration {
  const open = shiftsOf(20 * MINUTE_MS, 6 * MINUTE_MS, 10 * MINUTE_MS);
  return {
    ...line,
    open,
    openByRegion: [{ region: 'ON', open: shiftsOf(24 * MINUTE_MS, 2 * MINUTE_MS, 12 * MINUTE_MS) }],
    offer: {
      phases: [
        { fromAt: 0, toAt: START_AT + 60 * MINUTE_MS, sharePermille: 900, perDayMax: 4 },
        {
          fromAt: START_AT + 70 * MINUTE_MS,
          toAt: Number.MAX_SAFE_INTEGER,
          sharePermille: 1000,
          perDayMax: null,
        },
      ],
      waitOverMs: pending === 'expire' ? 20_000 : 1_000,
      aheadOver: pending === 'carry' ? 0 : -1,
      pendingMax: 4,
      keepPermille: 200,
      overflowPlaces: pending === 'finish' ? 2 : 0,
    },
    closing: {
      pending,
      finishMs: 3 * MINUTE_MS,
      carryMax: 2,
      cutOffMs: MINUTE_MS,
      callingHours: shiftsOf(30 * MINUTE_MS, 12 * MINUTE_MS),
    },
    priorities: [
      { reason: 'urgent', priority: 1, placesMax: 1 },
      { reason: 'again', priority: 3, placesMax: 2 },
    ],
    leavesMessage: pending === 'carry',
  };
}

const ON_SHIFT = AGENTS.map((agent) =>
  agent.id === 'bo' || agent.id === 'di'
    ? { ...agent, shifts: shiftsOf(16 * MINUTE_MS, 4 * MINUTE_MS) }
    : agent,
);

function ruledCentre(pending: ClosingRules['pending'], dialsPerHourMax: number): Configuration {
  const quick = { ...VISAS, expectedHandleMs: 5_000 };
  return centreOf({
    lines: [ruled(quick, pending), ruled({ ...CITIZENSHIP, expectedHandleMs: 5_000 }, 'finish')],
    agents: ON_SHIFT,
    callback: CALLBACK,
    clientPage: CLIENT_PAGE,
    dialogue: { ...QUICK, offerEveryMs: 30_000 },
    agent: { shiftEndMs: 2 * MINUTE_MS, ringMs: 20_000, wrapUpMs: 10_000, previewMs: 15_000 },
    numbers: {
      openMax: 1,
      cooldownMs: 5 * MINUTE_MS,
      perDayMax: 2,
      perSourcePerHourMax: 2,
      dialsPerHourMax,
      shared: [],
    },
  });
}

export const CONFIGURATIONS: readonly Configuration[] = [
  centreOf({
    lines: [VISAS, CITIZENSHIP],
    agents: AGENTS,
    callback: CALLBACK,
    clientPage: CLIENT_PAGE,
    dialogue: { ...QUICK, offerEveryMs: 60_000 },
  }),
  centreOf({
    lines: [CITIZENSHIP],
    agents: AGENTS,
    dialogue: { ...QUICK, offerEveryMs: 20_000 },
    agent: { shiftEndMs: 0, ringMs: 20_000, wrapUpMs: 0, previewMs: 15_000 },
  }),
  centreOf({
    languages: ['fr'],
    lines: [VISAS, CITIZENSHIP, lineCalled('passports', '3')],
    agents: AGENTS,
    numbers: { ...NUMBER_DEFAULTS, dialsPerHourMax: 1 },
    dialogue: { ...QUICK, offerEveryMs: 60_000 },
  }),
  ruledCentre('carry', 6),
  ruledCentre('expire', 100),
  ruledCentre('finish', 100),
];
