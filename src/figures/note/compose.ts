// The briefing note, in the form ministries use: issue, key messages, facts and figures, context, and an annex in which each
// number has its formula, n, interval and period. Which sentences stand in it follows from the figures by rules; what owners
// entered stands apart, with source and date. Pure: the same ground gives the same note.

import { balanceOf, writeBalance } from '../conservation.ts';
import { askedSaying, longWaitsSaying, lostSayings, speedSaying } from './call-sayings.ts';
import {
  handleTimeSaying,
  incompleteSaying,
  keptSayings,
  personsSaying,
  quoteSaying,
  takenSaying,
} from './callback-sayings.ts';
import type { Scope } from './citing.ts';
import { changeSayings, languageSayings, phaseSayings, phaseTable } from './difference-sayings.ts';
import { fairnessSayings } from './fairness-sayings.ts';
import type { NoteGround, OwnerFact } from './ground.ts';
import { type Cited, keyOf, type Note, type Part, type Saying, type Section } from './note.ts';
import { surveySayings } from './survey-sayings.ts';
import { targetSayings } from './target-sayings.ts';
import { both, capital, NB, writeDate, writeOwnerValue, writeSpan, writeWhole } from './words.ts';

export function noteOf(ground: NoteGround): Note {
  const period = both((language) => writeSpan(ground.span, language));
  const scope: Scope = { of: { en: 'the whole centre', fr: 'tout le centre' }, period };
  const sections = sectionsOf(ground, scope);
  return {
    form: { en: 'Briefing note', fr: 'Note d’information' },
    title: ground.owner.title ?? {
      en: 'Callback in place of waiting on the line: results',
      fr: `Le rappel au lieu de l’attente en ligne${NB}: résultats`,
    },
    period: both((language) => capital(period[language])),
    sections,
    annex: annexOf(sections),
    conservation: balanceOf(ground.total)
      .filter(({ left, right }, i) => i === 0 || left !== 0 || right !== 0)
      .map((balance) => both((language) => writeBalance(balance, language))),
    closing: closingOf(ground),
  };
}

function sectionsOf(ground: NoteGround, scope: Scope): Section[] {
  const { total, owner } = ground;
  const isEmpty = (total.asked ?? 0) === 0;
  const languages = isEmpty ? [] : languageSayings(ground, scope);
  const targets = targetSayings(ground);
  const key = isEmpty
    ? [askedSaying(total, scope)]
    : [
        askedSaying(total, scope),
        ...takenSaying(total, scope),
        ...incompleteSaying(total, scope),
        ...longWaitsSaying(total, scope),
        ...handleTimeSaying(total, scope),
        ...languages.filter(({ id }) => id === 'gap_answer_rate'),
      ];
  const facts: Part[] = isEmpty
    ? []
    : [
        part({ en: 'Calls', fr: 'Appels' }, [...lostSayings(total, scope), ...speedSaying(total, scope)]),
        part({ en: 'Callbacks', fr: 'Rappels' }, [
          ...keptSayings(total, scope).filter(({ id }) => id !== 'callbacks_incomplete'),
          ...quoteSaying(total, scope),
          ...fairnessSayings(total, ground.fairness, scope),
        ]),
        part({ en: 'Survey', fr: 'Sondage' }, surveySayings(total, scope)),
        part({ en: 'Persons', fr: 'Personnes' }, personsSaying(total, scope)),
        part(
          { en: 'English and French', fr: 'Anglais et français' },
          languages.filter(({ id }) => id !== 'gap_answer_rate'),
        ),
        byLine(ground),
      ];
  return [
    { id: 'issue', heading: { en: 'Issue', fr: 'Enjeu' }, parts: [issueOf(ground, scope)] },
    {
      id: 'key_messages',
      heading: { en: 'Key messages', fr: 'Messages clés' },
      parts: [part(null, [...key, ...targets])],
    },
    {
      id: 'facts',
      heading: { en: 'Facts and figures', fr: 'Faits et chiffres' },
      parts: [...facts, entered(owner.facts, 'facts')].filter(isSaid),
    },
    {
      id: 'context',
      heading: { en: 'Context', fr: 'Contexte' },
      parts: [
        { ...part(null, phaseSayings(ground)), lead: HOW_IT_WORKS },
        entered(owner.facts, 'context'),
      ].filter(isSaid),
    },
  ];
}

/** Where nothing changed within the period there is no before and after. */
function byLine(ground: NoteGround): Part {
  const changes = changeSayings(ground);
  const table = phaseTable(ground);
  if (changes.length === 0) return { ...part(BY_LINE, []), table };
  return { ...part(BEFORE_AFTER, changes), lead: NO_PROOF, table };
}

const BY_LINE = { en: 'Lines of business', fr: 'Secteurs d’activité' };
const BEFORE_AFTER = {
  en: 'Before and after, by line of business',
  fr: 'Avant et après, par secteur d’activité',
};
const NO_PROOF = {
  en: 'A difference between before and after is not proof that callback made it.',
  fr: 'Un écart entre avant et après ne prouve pas que le rappel en est la cause.',
};
const HOW_IT_WORKS = {
  en: 'A caller who asks for an agent and can enter the queue may be offered a callback: they hang up, keep their place in the queue, and an agent calls them when their turn comes. When the queue is full, nobody can ask for one.',
  fr: 'L’appelant qui demande un agent et peut entrer dans la file d’attente peut se voir offrir un rappel : il raccroche, conserve son rang dans la file, et un agent l’appelle lorsque son tour arrive. Quand la file est pleine, personne ne peut en demander un.',
};

function part(heading: Part['heading'], sayings: readonly Saying[]): Part {
  return { heading, lead: null, sayings, table: null };
}

function isSaid({ sayings, table, heading }: Part): boolean {
  return sayings.length > 0 || table !== null || heading === null;
}

function issueOf({ owner }: NoteGround, { period }: Scope): Part {
  const lead = owner.issue ?? {
    en: `What became of the calls that asked for an agent, and how callback was offered, taken and kept, ${period.en}.`,
    fr: `Ce que sont devenus les appels ayant demandé un agent, et comment le rappel a été offert, accepté et effectué, ${period.fr}.`,
  };
  return { heading: null, lead, sayings: [], table: null };
}

function entered(facts: readonly OwnerFact[], section: OwnerFact['section']): Part {
  const sayings = facts
    .filter((fact) => fact.section === section)
    .map((fact, i): Saying => {
      const text = both((language) =>
        fact.text[language].replace(/\{([a-z][a-z0-9_]*)\}/g, (all, name: string) => {
          const value = fact.values[name];
          return value === undefined ? all : writeOwnerValue(value, language);
        }),
      );
      const date = both((language) => writeDate(fact.date, language));
      return {
        id: `entered_${section}_${i + 1}`,
        text,
        cites: [],
        claim: null,
        entered: { source: fact.source, date },
      };
    });
  return {
    heading: {
      en: 'Entered by the owners, not measured here',
      fr: 'Inscrit par les responsables, non mesuré ici',
    },
    lead: null,
    sayings,
    table: null,
  };
}

function annexOf(sections: readonly Section[]): Cited[] {
  const annex = new Map<string, Cited>();
  for (const { parts } of sections)
    for (const { sayings } of parts)
      for (const { cites } of sayings)
        for (const cited of cites) if (!annex.has(keyOf(cited))) annex.set(keyOf(cited), cited);
  return [...annex.values()];
}

function closingOf({ seq, timeZone }: NoteGround): Note['closing'] {
  return {
    en: `Counted from the journal up to fact ${writeWhole(seq, 'en')}, by the half-hour in which callers asked (${timeZone}): what became of a call later is counted where it asked.`,
    fr: `Compté d’après le journal jusqu’au fait ${writeWhole(seq, 'fr')}, selon la demi-heure de la demande (${timeZone})${NB}: ce qu’un appel est devenu ensuite est compté où il a été demandé.`,
  };
}
