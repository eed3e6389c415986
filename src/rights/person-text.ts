// Everything that is held on one person, for people to read, in English or French: a heading for each kind, a line for each
// row, times in UTC. Whoever wants to compute takes the JSON. It must not know where anything was kept.

import type { Language } from '../core/id.ts';
import type { Held } from './persons.ts';

type Words = Readonly<Record<Language, string>>;

const w = (en: string, fr: string): Words => ({ en, fr });

const HEADINGS = {
  numbers: w('Numbers', 'Numéros'),
  emails: w('E-mail addresses', 'Adresses électroniques'),
  openCallbacks: w('Callbacks that have not ended', 'Rappels en cours'),
  openCalls: w('Calls on the line now', 'Appels en ligne en ce moment'),
  calls: w('Calls', 'Appels'),
  places: w('Places in line', 'Rangs dans la file d’attente'),
  callbacks: w('Callbacks', 'Rappels'),
  attempts: w('Attempts to reach the person', 'Tentatives de joindre la personne'),
  surveys: w('Surveys', 'Sondages'),
  notes: w('Notes of agents', 'Notes des agents'),
  links: w('Links that were sent', 'Liens envoyés'),
  deliveries: w('Messages that were sent', 'Messages envoyés'),
  searches: w('When somebody looked for this number', 'Consultations de ce numéro'),
} as const;

const NONE = w('nothing', 'rien');
const NEVER_CALL = w(
  'The number asked never to be called. This is kept when the rest is erased.',
  'Le numéro a demandé de ne jamais être appelé. Cette demande est conservée quand le reste est effacé.',
);
const NOT_NEVER_CALL = w(
  'The number did not ask never to be called.',
  'Le numéro n’a pas demandé de ne jamais être appelé.',
);

export function personText(held: Held, language: Language): string {
  const { numbers, emails, openCallbacks, openCalls, records, notes, links, deliveries, searches } = held;
  const kinds: Readonly<Record<keyof typeof HEADINGS, readonly unknown[]>> = {
    numbers: numbers.map(({ number, createdAt }) => ({ number, createdAt })),
    emails,
    openCallbacks,
    openCalls,
    ...records,
    notes,
    links,
    deliveries,
    searches,
  };
  const parts = (Object.keys(HEADINGS) as (keyof typeof HEADINGS)[]).map((kind) =>
    [HEADINGS[kind][language], ...linesOf(kinds[kind], language)].join('\n'),
  );
  return `${[...parts, (held.neverCall ? NEVER_CALL : NOT_NEVER_CALL)[language]].join('\n\n')}\n`;
}

function linesOf(rows: readonly unknown[], language: Language): string[] {
  return rows.length === 0 ? [`  ${NONE[language]}`] : rows.map((row) => `  ${lineOf(row)}`);
}

function lineOf(row: unknown): string {
  if (typeof row !== 'object' || row === null) return shown(row);
  return Object.entries(row)
    .filter(([, value]) => value !== null && value !== '')
    .map(
      ([name, value]) =>
        `${name} ${name.endsWith('At') ? new Date(Number(value)).toISOString() : shown(value)}`,
    )
    .join(', ');
}

/** On one line, whatever is in it: words of people may hold anything. */
function shown(value: unknown): string {
  return String(value).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}
