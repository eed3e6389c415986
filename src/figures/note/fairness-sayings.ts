// Whether clients were called in about the same delay as if they had held: which sentence may be said follows from the
// interval of the share that the system kept no longer than a second, and from nothing else. Beside it, how the delay
// beyond the turn was spread, where there are callbacks enough to tell.

import type { Counts } from '../column.ts';
import { type Fairness, PERCENTILES, SPREAD_WORDS } from '../fairness.ts';
import { cite, type Scope, saying } from './citing.ts';
import type { Cited, Saying } from './note.ts';
import { counted, list, NB, writeShare, writeSureness, writeTime } from './words.ts';

type Writing = 'en' | 'fr';
const CALLBACKS = {
  en: ['completed callback', 'completed callbacks'],
  fr: ['rappel effectué', 'rappels effectués'],
} as const;

export type FairnessRule = 'nearly_all' | 'most' | 'undecided' | 'few' | 'one_case';

const NEARLY_ALL = 0.95;
const HALF = 0.5;

/** The whole interval must lie on that side; one case has none, and says only what became of it. */
export function fairnessRule(low: number | null, high: number | null): FairnessRule {
  if (low === null || high === null) return 'one_case';
  if (low >= NEARLY_ALL) return 'nearly_all';
  if (low > HALF) return 'most';
  return high < HALF ? 'few' : 'undecided';
}

export function fairnessSayings(counts: Readonly<Counts>, fairness: Fairness, scope: Scope): Saying[] {
  const inTurn = cite('called_in_turn', counts, scope);
  if (inTurn.value === null) return [];
  const tell = (language: Writing): string => sentence(inTurn, language);
  return [saying('called_in_turn', [inTurn], tell), ...spreadSaying(fairness, scope)];
}

function sentence(inTurn: Cited, language: Writing): string {
  const rule = fairnessRule(inTurn.low, inTurn.high);
  if (rule === 'one_case') return ofOne(inTurn, language);
  const share = writeShare(inTurn.value ?? 0, language);
  const cases = counted(inTurn.n, CALLBACKS, language);
  const bounds = writeSureness(inTurn, language);
  const claim = {
    en: {
      nearly_all: 'Nearly all clients were called in about the same delay as if they had held',
      most: 'Most clients were called in about the same delay as if they had held',
      undecided:
        'It cannot be said whether most clients were called in about the same delay as if they had held',
      few: 'Most clients were not called in about the same delay as if they had held',
    },
    fr: {
      nearly_all:
        'Presque tous les clients ont été rappelés dans un délai semblable à celui de l’attente en ligne',
      most: 'La plupart des clients ont été rappelés dans un délai semblable à celui de l’attente en ligne',
      undecided:
        'On ne peut dire si la plupart des clients ont été rappelés dans un délai semblable à celui de l’attente en ligne',
      few: 'La plupart des clients n’ont pas été rappelés dans un délai semblable à celui de l’attente en ligne',
    },
  }[language][rule];
  return language === 'en'
    ? `${claim}: for ${share} of ${cases} (${bounds}), the system added 1${NB}s at most to their turn. Closing hours, callbacks held back, and clients who were not there or asked for later are apart.`
    : `${claim} : pour ${share} de ${cases} (${bounds}), le système a ajouté au plus 1${NB}s à leur tour. La fermeture, les rappels retenus et les clients absents ou qui ont demandé plus tard sont à part.`;
}

function ofOne({ value }: Cited, language: Writing): string {
  const isInTurn = value === 1;
  if (language === 'en')
    return `One callback was completed (n = 1); the system added ${isInTurn ? `1${NB}s at most` : `over 1${NB}s`} to its turn. One case says nothing of others.`;
  return `Un seul rappel a été effectué (n = 1); le système a ajouté ${isInTurn ? `au plus 1${NB}s` : `plus de 1${NB}s`} à son tour. Un seul cas ne dit rien des autres.`;
}

function spreadSaying(fairness: Fairness, scope: Scope): Saying[] {
  const slip = citeSpread('slip', fairness, scope);
  const beyond = citeSpread('beyond', fairness, scope);
  if (slip.length === 0) return [];
  return [
    saying('turn_delay_spread', [...slip, ...beyond], (language) => {
      const [ofSlip, ofAll] = [slip, beyond].map((cites) => percentiles(cites, language));
      const n = counted(fairness.n, CALLBACKS, language);
      return language === 'en'
        ? `The system’s slip, over ${n}: ${ofSlip}. The whole delay beyond the turn, whoever’s doing: ${ofAll}.`
        : `Retard dû au système, sur ${n} : ${ofSlip}. Retard total après le tour, quelle qu’en soit la cause : ${ofAll}.`;
    }),
  ];
}

function percentiles(cites: readonly Cited[], language: Writing): string {
  return list(
    cites.map(({ figure, value }) => {
      const share = figure.slice(-2);
      const time = writeTime(value ?? 0, language);
      return language === 'en' ? `${time} at most for ${share}%` : `au plus ${time} pour ${share}${NB}%`;
    }),
    language,
  );
}

/** A percentile each, as a number with its formula and n; those that too few callbacks carry are left out. */
export function citeSpread(
  of: 'slip' | 'beyond',
  fairness: Fairness,
  scope: Pick<Scope, 'of' | 'period'>,
): Cited[] {
  const { name, formula } = SPREAD_WORDS[of];
  return PERCENTILES.flatMap((percentile): Cited[] => {
    const value = fairness[of][`p${percentile}`];
    if (value === null) return [];
    return [
      {
        figure: `${of === 'slip' ? 'system_slip' : 'turn_delay'}_p${percentile}`,
        name: {
          en: `${name.en}, percentile ${percentile}`,
          fr: `${name.fr}, centile ${percentile}`,
        },
        formula,
        ...{ caveat: null, of: scope.of, period: scope.period, unit: 'ms', isDifference: false },
        ...{ value, n: fairness.n, cases: null, low: null, high: null, method: 'none' },
      },
    ];
  });
}
