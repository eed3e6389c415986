// Sentences on calls: how many asked, were answered, could not enter, gave up, and how long those who were served waited.
// Each is chosen by its counts; without cases there is none.

import type { Counts } from '../column.ts';
import type { Words } from '../figure.ts';
import { cite, type Scope, saying } from './citing.ts';
import type { Cited, Saying } from './note.ts';
import { capital, counted, writeShare, writeValue, writeWhole } from './words.ts';

const CALLS = { en: ['call', 'calls'], fr: ['appel', 'appels'] } as const;

export function askedSaying(counts: Readonly<Counts>, scope: Scope): Saying {
  const asked = cite('asked', counts, scope);
  const rate = cite('answer_rate', counts, scope);
  if (rate.value === null)
    return saying('asked', [asked], (language) =>
      language === 'en'
        ? `No call asked for an agent ${inPeriod(scope, 'en')} (n = 0).`
        : `Aucun appel n’a demandé un agent ${inPeriod(scope, 'fr')} (n = 0).`,
    );
  const cases = rate.cases ?? 0;
  return saying('asked', [asked, rate], (language) =>
    language === 'en'
      ? `${capital(inPeriod(scope, 'en'))}, ${counted(asked.n, CALLS, 'en')} asked for an agent. The answer rate, live and by callback together, was ${writeShare(rate.value ?? 0, 'en')} (${writeWhole(cases, 'en')} of ${writeWhole(rate.n, 'en')}; repeat calls merged with a callback apart).`
      : `${capital(inPeriod(scope, 'fr'))}, ${counted(asked.n, CALLS, 'fr')} ${asked.n < 2 ? 'a' : 'ont'} demandé un agent. Le taux de réponse aux appels, en direct et par rappel, a été de ${writeShare(rate.value ?? 0, 'fr')} (${writeWhole(cases, 'fr')} sur ${writeWhole(rate.n, 'fr')}; sans les appels répétés joints à un rappel).`,
  );
}

function inPeriod({ period }: Scope, language: 'en' | 'fr'): string {
  if (language === 'fr') return period.fr;
  return period.en.includes(' to ') ? `from ${period.en}` : `on ${period.en}`;
}

export function lostSayings(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const refused = cite('refused', counts, scope);
  const gone = cite('abandoned_calls', counts, scope);
  const abandoned = cite('abandoned', counts, scope);
  return [
    ...said(refused, (share, of) => refusedSaying(refused, share, of)),
    ...said(abandoned, (share, of) =>
      saying('abandoned', [gone, abandoned], (language) =>
        language === 'en'
          ? `${capital(counted(gone.n, CALLS, 'en'))} left the queue before an agent, by their own act; ${share.en} of those that entered left after 10 s (n = ${of.en}). Whoever took a callback did not abandon.`
          : `${capital(counted(gone.n, CALLS, 'fr'))} ${gone.n < 2 ? 'a' : 'ont'} quitté la file d’attente avant un agent; ${share.fr} de ceux qui y étaient entrés l’ont quittée après 10 s (n = ${of.fr}). Qui prend un rappel n’abandonne pas.`,
      ),
    ),
  ];
}

/** Of none it is said that none was refused: `0 appel n’a pu entrer` would say that none could enter. */
function refusedSaying(refused: Cited, share: Words, of: Words): Saying {
  const cases = refused.cases ?? 0;
  if (cases === 0)
    return saying('refused', [refused], (language) =>
      language === 'en'
        ? `Every call that asked could enter the queue (n = ${of.en}).`
        : `Tous les appels ayant demandé un agent ont pu entrer dans la file d’attente (n = ${of.fr}).`,
    );
  return saying('refused', [refused], (language) =>
    language === 'en'
      ? `${capital(counted(cases, CALLS, 'en'))} could not enter the queue: ${share.en} of those that asked (n = ${of.en}).`
      : `${capital(counted(cases, CALLS, 'fr'))} ${cases < 2 ? 'n’a' : 'n’ont'} pas pu entrer dans la file d’attente : ${share.fr} de ceux qui ont demandé un agent (n = ${of.fr}).`,
  );
}

/** Only where there are cases: the value and n as they are written. */
function said(cited: Cited, write: (share: Words, n: Words) => Saying): Saying[] {
  const { value, unit, n } = cited;
  if (value === null) return [];
  const share = { en: writeValue(value, unit, 'en'), fr: writeValue(value, unit, 'fr') };
  return [write(share, { en: writeWhole(n, 'en'), fr: writeWhole(n, 'fr') })];
}

export function speedSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const all = cite('speed_of_answer_all', counts, scope);
  const live = cite('speed_of_answer_live', counts, scope);
  if (all.value === null) return [];
  const write = (cited: Cited, language: 'en' | 'fr'): string =>
    writeValue(cited.value, cited.unit, language);
  const cites = live.value === null ? [all] : [all, live];
  return [
    saying('speed_of_answer', cites, (language) => {
      const isBoth = live.value !== null;
      return language === 'en'
        ? `From entry to agent, virtual wait included, those served waited ${write(all, 'en')} on average (n = ${writeWhole(all.n, 'en')})${isBoth ? `; those answered live held ${write(live, 'en')} (n = ${writeWhole(live.n, 'en')})` : ''}.`
        : `De l’entrée à l’agent, attente virtuelle comprise, les appelants servis ont attendu ${write(all, 'fr')} en moyenne (n = ${writeWhole(all.n, 'fr')})${isBoth ? `; ceux à qui on a répondu en direct ont attendu en ligne ${write(live, 'fr')} (n = ${writeWhole(live.n, 'fr')})` : ''}.`;
    }),
  ];
}

/**
 * The rule: waits over 30 minutes are the rule where more than half of those served had one, beyond doubt; at times where
 * some had, and half had not, beyond doubt. Between the two it cannot be said.
 */
export function longWaitsSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const over = cite('waits_over_30m', counts, scope);
  const { value, low, high, n } = over;
  if (value === null) return [];
  const share = (language: 'en' | 'fr'): string => writeShare(value, language);
  const of = (language: 'en' | 'fr'): string => `n = ${writeWhole(n, language)}`;
  const texts: Record<ReturnType<typeof longWaitsRule>, Words> = {
    none: {
      en: `Of those served, none waited more than 30 minutes (${of('en')}).`,
      fr: `Parmi les appelants servis, aucun n’a attendu plus de 30 minutes (${of('fr')}).`,
    },
    at_times: {
      en: `Waits passed 30 minutes at times, not as the rule: ${share('en')} of those served waited longer (${of('en')}).`,
      fr: `L’attente a parfois dépassé 30 minutes, sans que ce soit la règle : ${share('fr')} des appelants servis ont attendu plus longtemps (${of('fr')}).`,
    },
    as_the_rule: {
      en: `Waits of more than 30 minutes were the rule: ${share('en')} of those served had one (${of('en')}).`,
      fr: `Une attente de plus de 30 minutes était la règle : ${share('fr')} des appelants servis l’ont connue (${of('fr')}).`,
    },
    undecided: {
      en: `Of those served, ${share('en')} waited more than 30 minutes (${of('en')}); whether that was the rule cannot be said.`,
      fr: `Parmi les appelants servis, ${share('fr')} ont attendu plus de 30 minutes (${of('fr')}); on ne peut dire si c’était la règle.`,
    },
  };
  const rule = longWaitsRule(over.cases ?? 0, low, high);
  return [saying(`waits_over_30m_${rule}`, [over], (language) => texts[rule][language])];
}

export function longWaitsRule(
  cases: number,
  low: number | null,
  high: number | null,
): 'none' | 'at_times' | 'as_the_rule' | 'undecided' {
  if (cases === 0) return 'none';
  if (low === null || high === null) return 'undecided';
  if (low > 0.5) return 'as_the_rule';
  return high < 0.5 ? 'at_times' : 'undecided';
}
