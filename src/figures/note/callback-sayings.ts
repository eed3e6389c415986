// Sentences on callbacks: offered, taken, connected, incomplete with causes; handle time live against callback; what callers
// were told of their wait, and whether it was so.

import { type Column, type Counts, INCOMPLETE_CAUSES } from '../column.ts';
import { cite, citeColumn, claimOf, type Scope, saying } from './citing.ts';
import type { Cited, Saying } from './note.ts';
import { counted, NB, writeCertainty, writeShare, writeSize, writeValue, writeWhole } from './words.ts';

type Writing = 'en' | 'fr';
const CALLERS = { en: ['caller', 'callers'], fr: ['appelant', 'appelants'] } as const;
const CALLBACKS = { en: ['callback', 'callbacks'], fr: ['rappel', 'rappels'] } as const;

export function takenSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const taken = cite('take_rate', counts, scope);
  if (taken.value === null)
    return [
      saying('callback_not_offered', [taken], (language) =>
        language === 'en' ? 'No callback was offered (n = 0).' : 'Aucun rappel n’a été offert (n = 0).',
      ),
    ];
  const share = taken.value;
  const cases = taken.cases ?? 0;
  return [
    saying('callback_taken', [taken], (language) =>
      language === 'en'
        ? `Of ${counted(taken.n, CALLERS, 'en')} who ${taken.n === 1 ? 'was' : 'were'} offered a callback, ${writeWhole(cases, 'en')} took it: ${writeShare(share, 'en')} of offers.`
        : `Sur ${counted(taken.n, CALLERS, 'fr')} à qui un rappel a été offert, ${writeWhole(cases, 'fr')} l’${cases < 2 ? 'a' : 'ont'} accepté : ${writeShare(share, 'fr')} des offres.`,
    ),
  ];
}

export function keptSayings(counts: Readonly<Counts>, scope: Scope): Saying[] {
  return [...incompleteSaying(counts, scope), ...endsSaying(counts, scope)];
}

/** With the cause of each, the most frequent first. */
export function incompleteSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const incomplete = cite('incomplete_callbacks', counts, scope);
  if (incomplete.value === null) return [];
  const share = incomplete.value;
  const causes = INCOMPLETE_CAUSES.map((cause) => citeColumn(`incomplete_${cause}` as Column, counts, scope))
    .filter(({ n }) => n > 0)
    .sort((a, b) => b.n - a.n);
  return [
    saying('callbacks_incomplete', [incomplete, ...causes], (language) => {
      const named = causes.map((one) => `${bare(one, language)} (${writeWhole(one.n, language)})`);
      const tail =
        named.length === 0
          ? ''
          : language === 'en'
            ? ` By cause: ${named.join('; ')}.`
            : ` Par cause : ${named.join('; ')}.`;
      return language === 'en'
        ? `Incomplete callbacks, where the client was not available at the last attempt: ${writeShare(share, 'en')} (${writeWhole(incomplete.cases ?? 0, 'en')} of ${writeWhole(incomplete.n, 'en')} attempted).${tail}`
        : `Rappels incomplets, où le client n’était pas disponible à la dernière tentative : ${writeShare(share, 'fr')} (${writeWhole(incomplete.cases ?? 0, 'fr')} sur ${writeWhole(incomplete.n, 'fr')} ${incomplete.n < 2 ? 'tenté' : 'tentés'}).${tail}`;
    }),
  ];
}

/** `no answer`, without what all causes begin with. */
function bare({ name }: Cited, language: Writing): string {
  return name[language].split(/:\s/).at(-1) as string;
}

function endsSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const connected = cite('callbacks_connected', counts, scope);
  if (connected.value === null) return [];
  const share = connected.value;
  const others = ['callbacks_cancelled', 'callbacks_expired'].map((id) => cite(id, counts, scope));
  const pending = citeColumn('pending', counts, scope);
  const done = connected.cases ?? 0;
  const [cancelled, expired] = others.map(({ cases }) => cases ?? 0) as [number, number];
  return [
    saying('callbacks_ended', [connected, ...others, pending], (language) =>
      language === 'en'
        ? `Of ${counted(connected.n, CALLBACKS, 'en')} that ended, ${writeWhole(done, 'en')} ${done === 1 ? 'was' : 'were'} connected (${writeShare(share, 'en')}); ${writeWhole(cancelled, 'en')} cancelled, ${writeWhole(expired, 'en')} expired. Not yet ended: ${writeWhole(pending.n, 'en')}.`
        : `Sur ${counted(connected.n, CALLBACKS, 'fr')} ${connected.n < 2 ? 'terminé' : 'terminés'}, ${writeWhole(done, 'fr')} ${done < 2 ? 'a été effectué' : 'ont été effectués'} (${writeShare(share, 'fr')}); annulés : ${writeWhole(cancelled, 'fr')}; expirés : ${writeWhole(expired, 'fr')}. Non terminés : ${writeWhole(pending.n, 'fr')}.`,
    ),
  ];
}

/** Live against callback: who chose it against who did not, and never more than its interval allows. */
export function handleTimeSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const live = cite('handle_time_live', counts, scope);
  const back = cite('handle_time_callback', counts, scope);
  const effect = cite('handle_time_effect', counts, scope);
  if (live.value === null || back.value === null) return [];
  const claim = claimOf(effect);
  const tell = (language: Writing): string => {
    const value = (one: Cited): string =>
      `${writeValue(one.value, 'ms', language)} (n = ${writeWhole(one.n, language)})`;
    const size = writeSize(effect.value ?? 0, 'ms', language);
    const interval = writeCertainty(effect, language);
    const verdict = {
      en: {
        more: `: ${size} longer by callback (${interval})`,
        less: `: ${size} shorter by callback (${interval})`,
        no_difference: `: no measurable difference (${interval})`,
        too_few: ': too few to compare',
      },
      fr: {
        more: ` : ${size} de plus par rappel (${interval})`,
        less: ` : ${size} de moins par rappel (${interval})`,
        no_difference: ` : aucun écart mesurable (${interval})`,
        too_few: ' : trop peu de cas pour comparer',
      },
    }[language][claim];
    return language === 'en'
      ? `Handle time, ringing apart, was ${value(live)} live and ${value(back)} by callback${verdict}.`
      : `La durée de traitement, sans la sonnerie, a été de ${value(live)} en direct et de ${value(back)} par rappel${verdict}.`;
  };
  return [saying('handle_time', [live, back, effect], tell, claim)];
}

export function quoteSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const inside = cite('quote_inside', counts, scope);
  const bias = cite('quote_bias', counts, scope);
  if (inside.value === null) return [];
  const share = inside.value;
  const claim = claimOf(bias);
  const tell = (language: Writing): string => {
    const size = writeSize(bias.value ?? 0, 'ms', language);
    const interval = writeCertainty(bias, language);
    const verdict = {
      en: {
        more: ` On average the real wait was ${size} longer than the mean told (${interval}).`,
        less: ` On average the real wait was ${size} shorter than the mean told (${interval}).`,
        no_difference: ` On average there was no measurable difference between the real wait and the mean told (${interval}).`,
        too_few: '',
      },
      fr: {
        more: ` En moyenne, l’attente réelle a duré ${size} de plus que la moyenne annoncée (${interval}).`,
        less: ` En moyenne, l’attente réelle a duré ${size} de moins que la moyenne annoncée (${interval}).`,
        no_difference: ` En moyenne, aucun écart mesurable entre l’attente réelle et la moyenne annoncée (${interval}).`,
        too_few: '',
      },
    }[language][claim];
    return language === 'en'
      ? `The wait that callers were told held in ${writeShare(share, 'en')} of cases: the real one lay inside the range (n = ${writeWhole(inside.n, 'en')}).${verdict}`
      : `L’attente annoncée s’est vérifiée dans ${writeShare(share, 'fr')} des cas : l’attente réelle était dans l’intervalle annoncé (n = ${writeWhole(inside.n, 'fr')}).${verdict}`;
  };
  return [
    saying(
      'quote_accuracy',
      claim === 'too_few' ? [inside] : [inside, bias],
      tell,
      claim === 'too_few' ? null : claim,
    ),
  ];
}

const PERSONS = { en: ['person', 'persons'], fr: ['personne', 'personnes'] } as const;
const TIMES = ['1_call', '2_calls', '3_calls', '4_calls', '5_to_10_calls', 'over_10_calls'] as const;

export function personsSaying(counts: Readonly<Counts>, scope: Scope): Saying[] {
  const reached = cite('reached_at_first_call', counts, scope);
  if (reached.value === null) return [];
  const share = reached.value;
  const cases = reached.cases ?? 0;
  const often = TIMES.map((times, i) => ({ i, cited: cite(`persons_${times}`, counts, scope) })).filter(
    ({ cited }) => (cited.cases ?? 0) > 0,
  );
  const words = {
    en: ['one', 'two', 'three', 'four', `5${NB}to${NB}10`, `over${NB}10`],
    fr: ['un', 'deux', 'trois', 'quatre', `de${NB}5 à${NB}10`, `plus de${NB}10`],
  };
  return [
    saying('persons', [reached, ...often.map(({ cited }) => cited)], (language) => {
      const parts = often.map(
        ({ i, cited }) => `${words[language][i]} (${writeShare(cited.value ?? 0, language)})`,
      );
      return language === 'en'
        ? `Of ${counted(reached.n, PERSONS, 'en')}, ${writeWhole(cases, 'en')} reached an agent at the first call within 7 days (${writeShare(share, 'en')}). Calls of a person: ${parts.join(', ')}. A person here is a number called from: shared and hidden numbers blur it.`
        : `Sur ${counted(reached.n, PERSONS, 'fr')}, ${writeWhole(cases, 'fr')} ${cases < 2 ? 'a' : 'ont'} joint un agent dès le premier appel en 7 jours (${writeShare(share, 'fr')}). Nombre d’appels d’une personne : ${parts.join(', ')}. Une personne est ici un numéro d’où vient l’appel : les numéros partagés ou masqués brouillent ce compte.`;
    }),
  ];
}
