// The centre of a world: four lines in two languages and some agents with skills drawn by the seed. Times are short, so
// that a few thousand calls meet every corner of the dialogue; the scenarios of planners bring their own.

import {
  AGENT_DEFAULTS,
  CALLBACK_DEFAULTS,
  type Configuration,
  LINE_DEFAULTS,
  type LineConfiguration,
  NUMBER_DEFAULTS,
  type Span,
  type SurveyRules,
} from '../../core/configuration.ts';
import { type AgentId, LANGUAGES, type LineId } from '../../core/id.ts';
import type { PromptKey } from '../../core/prompt.ts';
import type { Random } from '../random.ts';
import { OUTSIDE_ID, OUTSIDE_NUMBER } from './outside-party.ts';

const LINES = ['permanent_residence', 'family_sponsorship', 'temporary_residence', 'citizenship'] as const;
/** The centre's own number; its area code is nobody else's. */
export const CENTRE_NUMBER = '+18885550100';

const DIALOGUE: Configuration['dialogue'] = {
  roundsMax: 3,
  silenceMs: 5_000,
  keyRepeatMs: 500,
  offerEveryMs: 60_000,
  firstDigitMs: 6_000,
  nextDigitMs: 4_000,
};

/** Longer than the two seconds within which a client must hear somebody: nobody is asked who has heard nobody (S24). */
const TALK_MIN_MS = 5_000;

/** Half of the worlds ask about the service, by phone and some on a page as well; half of them the agents too. */
function asking(random: Random): { survey?: SurveyRules; tone?: NonNullable<Configuration['tone']> } {
  const sharePermille = random.pick([1000, 500]);
  const survey = {
    sharePermille,
    questions: random.pick([['satisfied', 'again'], ['satisfied', 'again', 'answered'], ['again']] as const),
    announces: random.chance(0.5),
    talkMinMs: TALK_MIN_MS,
    linkMs: random.pick([0, 600_000]),
  };
  return {
    ...(random.chance(0.5) ? { survey } : {}),
    ...(random.chance(0.5) ? { tone: { sharePermille, talkMinMs: TALK_MIN_MS, agentsMin: 2 } } : {}),
  };
}

/** In most worlds agents may agree to call again: once, or twice. */
function again(random: Random): { againMax?: number } {
  const againMax = random.pick([0, 1, 2, 2]);
  return againMax === 0 ? {} : { againMax };
}

export type WorldChance = { readonly shape: Random; readonly asking: Random };

export function worldConfiguration(
  { shape: random, asking: asks }: WorldChance,
  agentCount: number,
  open: readonly Span[],
): Configuration {
  const { survey, tone } = asking(asks);
  const closing = {
    ...LINE_DEFAULTS.closing,
    pending: random.pick(['finish', 'carry', 'expire'] as const),
    finishMs: random.pick([0, 300_000]),
  };
  const lines = LINES.map(
    (id, i): LineConfiguration => ({
      ...LINE_DEFAULTS,
      id: id as string as LineId,
      name: { en: id, fr: id },
      key: String(i + 1),
      prompt: `line.${id}` as PromptKey,
      dnis: [`188855501${i}1`],
      open,
      closing,
      capacity: random.chance(0.5) ? random.between(10, 40) : null,
      expectedHandleMs: 120_000,
      expectedPatienceMs: 600_000,
      callerId: CENTRE_NUMBER,
      ...(survey === undefined ? {} : { survey }),
    }),
  );
  const ids = lines.map((line) => line.id);
  const agents = Array.from({ length: agentCount }, (_, i) => {
    // The first two serve everything, so that no place waits for ever for want of skills.
    const some = ids.filter(() => random.chance(0.6));
    const languages = random.chance(0.5) ? LANGUAGES : [random.pick(LANGUAGES)];
    return {
      ...AGENT_DEFAULTS,
      id: `agent-${i + 1}` as AgentId,
      lines: i < 2 || some.length === 0 ? ids : some,
      languages: i < 2 ? LANGUAGES : languages,
    };
  });
  return {
    languages: random.chance(0.5) ? ['en', 'fr'] : ['fr', 'en'],
    directory: [{ id: OUTSIDE_ID, name: { en: 'Interpreter', fr: 'Interprète' }, number: OUTSIDE_NUMBER }],
    lines,
    agents,
    dialogue: DIALOGUE,
    numbers: {
      ...NUMBER_DEFAULTS,
      cooldownMs: random.pick([0, 0, 300_000]),
      dialsPerHourMax: random.pick([100_000, 100_000, 40]),
    },
    callback: {
      ...CALLBACK_DEFAULTS,
      attemptsMax: random.between(1, 3),
      ringMs: 30_000,
      retryDelayMs: random.between(60_000, 300_000),
      quarantineMs: 62_000,
      ...again(asks),
    },
    ...(tone === undefined ? {} : { tone }),
    ...(asks.chance(0.3) ? { clientPage: { asksAgain: true } } : {}),
    agent: {
      shiftEndMs: 0,
      ringMs: 15_000,
      wrapUpMs: random.chance(0.2) ? 0 : random.between(1_000, 30_000),
    },
  };
}
