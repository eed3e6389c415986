// The chart of the dialogue: what the caller is asked, step by step, and what is said at each.
//
//   language   -- chosen -->         line         "for service in English, press 1"
//   language   -- straight -->       service      the number dialled already says which line
//   line       -- chosen -->         service      which line of business
//   service    -- back -->           line
//   service    -- asked_agent -->    offer        place and wait, the offer, music; again every minute
//   service    -- refused -->        closing      the line is full
//   service    -- has_callback -->   code         reference and code of an earlier callback
//   code       -- recognised -->     returning    keep, cancel, later, another number, language, hold again
//   code       -- refused -->        closing      three wrong pairs
//   code       -- gave_up -->        closing
//   returning  -- other_number -->   number
//   returning  -- done -->           returned     what was done, and good-bye
//   returning  -- hold_again -->     offer        at the same place
//   returning  -- gave_up -->        closing
//   number     -- done -->           returned     three times refused: nothing was changed
//   confirm    -- done -->           returned     the new number is taken
//   confirm    -- asks_extension --> extension    of a number that they keyed, or call from with many others
//   extension  -- extension_taken --> confirm     read back together with the number
//   extension  -- confirmed -->      registered   there is none
//   extension  -- number_lost -->    number       erased meanwhile, or in nobody's memory any more
//   extension  -- done -->           returned     there is none, and the new number is taken
//   extension  -- gave_up -->        offer
//   extension  -- refused -->        closing
//   extension  -- agent_reserved --> connecting
//   offer      -- refused -->        closing      the line is full, and a callback was not wanted
//   offer      -- this_number -->    confirm      the number they call from, read back
//   offer      -- other_number -->   number       keyed by the caller
//   offer      -- agent_reserved --> connecting
//   number     -- number_taken -->   confirm
//   number     -- gave_up -->        offer        three times refused: the place is kept
//   number     -- refused -->        closing      beyond the capacity, and no callback is offered any more
//   number     -- agent_reserved --> connecting   their turn came first
//   confirm    -- confirmed -->      registered   caller ID, reference and code are told
//   confirm    -- other_number -->   number
//   confirm    -- gave_up -->        offer        silence, or the key that says "keep holding"
//   confirm    -- refused -->        closing
//   confirm    -- agent_reserved --> connecting
//   connecting -- agent_returned --> offer
//   connecting -- agent_answered --> talking
//   talking    -- transferred -->    offer        waiting in a line again, at their own place
//   language   -- refused -->        closing      the whole house is full
//   language   -- gave_up -->        closing
//   line       -- gave_up -->        closing
//   service    -- gave_up -->        closing
//
// Every step but talking may be asked again (silence, a wrong key, a refused number), up to roundsMax. A confirmation
// counts only after its prompt has begun; any other key works while the announcement still plays.

import { assertNever } from './assert.ts';
import type { Chart } from './chart.ts';
import type { Configuration, LineConfiguration } from './configuration.ts';
import type { Say } from './effect.ts';
import type { ClosingNotice, FactOf, RefusalOfCall, Returned, Step } from './fact.ts';
import type { Language } from './id.ts';
import { isDialable, type NumberView } from './number.ts';
import { type PromptKey, refusalPrompt } from './prompt.ts';

export type DialogueEvent =
  | 'chosen'
  | 'straight'
  | 'back'
  | 'asked_agent'
  | 'refused'
  | 'this_number'
  | 'other_number'
  | 'number_taken'
  | 'asks_extension'
  | 'extension_taken'
  | 'number_lost'
  | 'confirmed'
  | 'gave_up'
  | 'has_callback'
  | 'recognised'
  | 'done'
  | 'hold_again'
  | 'agent_reserved'
  | 'agent_returned'
  | 'agent_answered'
  | 'transferred';

export const dialogueChart: Chart<Step, DialogueEvent> = {
  language: { chosen: 'line', straight: 'service', refused: 'closing', gave_up: 'closing' },
  line: { chosen: 'service', gave_up: 'closing' },
  service: {
    back: 'line',
    has_callback: 'code',
    asked_agent: 'offer',
    refused: 'closing',
    gave_up: 'closing',
  },
  code: { recognised: 'returning', refused: 'closing', gave_up: 'closing' },
  returning: { other_number: 'number', done: 'returned', hold_again: 'offer', gave_up: 'closing' },
  returned: {},
  offer: { refused: 'closing', this_number: 'confirm', other_number: 'number', agent_reserved: 'connecting' },
  number: {
    number_taken: 'confirm',
    done: 'returned',
    gave_up: 'offer',
    refused: 'closing',
    agent_reserved: 'connecting',
  },
  confirm: {
    asks_extension: 'extension',
    confirmed: 'registered',
    other_number: 'number',
    gave_up: 'offer',
    done: 'returned',
    refused: 'closing',
    agent_reserved: 'connecting',
  },
  extension: {
    extension_taken: 'confirm',
    confirmed: 'registered',
    number_lost: 'number',
    done: 'returned',
    gave_up: 'offer',
    refused: 'closing',
    agent_reserved: 'connecting',
  },
  connecting: { agent_returned: 'offer', agent_answered: 'talking' },
  registered: {},
  talking: { transferred: 'offer' },
  closing: {},
};

/** Whether a question may follow another: by an arrow, or the same one asked again. */
export function isReachable(from: Step, to: Step): boolean {
  return from === to || reachable.get(from)?.has(to) === true;
}

const reachable: ReadonlyMap<Step, ReadonlySet<Step>> = new Map(
  (Object.keys(dialogueChart) as Step[]).map((from) => [from, new Set(Object.values(dialogueChart[from]))]),
);

/** Keys are positions the caller can guess: the same in every call of every line. */
export const KEYS = {
  agent: '1',
  hasCallback: '2',
  relay: '7',
  back: '9',
  thisNumber: '1',
  otherNumber: '2',
  confirm: '1',
  hold: '*',
  keep: '1',
  cancel: '2',
  later: '3',
  changeNumber: '4',
  otherLanguage: '5',
  holdAgain: '6',
  /** On the agent's own phone, while a client's machine answers. */
  voicemail: '*',
  endOfNumber: '#',
} as const;

const WAIT_FOR_KEY: readonly Step[] = ['language', 'line', 'service', 'confirm', 'code', 'returning'];

/** Steps that end when nothing is keyed for a while after the prompt. */
export function waitsForKey(step: Step): boolean {
  return WAIT_FOR_KEY.includes(step);
}

/** Whether the step stands between the caller and their place: they hold a place and may be served at any time. */
export function isHolding(step: Step): boolean {
  return HOLDING.includes(step);
}

const HOLDING: readonly Step[] = ['offer', 'number', 'confirm', 'extension', 'connecting'];

/** The language that a client may change to; null in a centre of one language. */
export function otherLanguage({ languages }: Configuration, language: Language): Language | null {
  const other = languages[(languages.indexOf(language) + 1) % languages.length];
  return other === undefined || other === language ? null : other;
}

/** What a question needs to know to be put into words. */
export type Saying = {
  readonly configuration: Configuration;
  readonly line: LineConfiguration | null;
  readonly ani: NumberView | null;
  /** The number to be read back. */
  readonly number: NumberView | null;
  readonly quote: { readonly minMinutes: number; readonly maxMinutes: number } | null;
  readonly place: number;
  /** Whether a callback is offered. */
  readonly offered: boolean;
  /** The owners' emergency announcement is on for the line. */
  readonly emergency: boolean;
  /** The line is full but for callbacks. */
  readonly overflow: boolean;
  readonly otherLanguage: Language | null;
  /** What may become of the callback at closing; whether it was carried over one. */
  readonly closing: ClosingNotice | null;
  readonly carried: boolean;
  readonly reference: string;
  readonly code: string;
  readonly refusal: RefusalOfCall | null;
};

/** The words of a question, in order. */
export function sayingOf(asked: FactOf<'dialogue.asked'>, know: Saying): Say[] {
  const say = [...apology(asked)];
  switch (asked.step) {
    case 'language':
      return [
        ...(asked.round === 1 ? greeting(know.configuration) : []),
        ...say,
        ...languageMenu(know.configuration),
      ];
    case 'line':
      return [
        ...say,
        ...know.configuration.lines.flatMap((line): Say[] => [
          own(line, 'name') ?? { prompt: line.prompt },
          { digits: line.key },
        ]),
      ];
    case 'service':
      return [
        ...(know.emergency ? [own(know.line, 'emergency') ?? NOTICE] : []),
        ...say,
        { prompt: 'service.agent' },
        { digits: KEYS.agent },
        { prompt: 'service.has_callback' },
        { digits: KEYS.hasCallback },
        { prompt: 'service.relay' },
        { digits: KEYS.relay },
        { prompt: 'service.back' },
        { digits: KEYS.back },
      ];
    case 'offer':
      return [
        ...say,
        ...waitWords(know),
        ...(know.offered ? offerWords(know) : []),
        ...languageWords(know),
        ...(asked.because === '' && asked.key === KEYS.agent ? surveyNotice(know.line) : []),
      ];
    case 'code':
      return [...say, { prompt: 'returning.code' }];
    case 'returning':
      return [
        ...say,
        ...(know.carried && asked.round === 1 ? [{ prompt: 'returning.carried' } as const] : []),
        ...returningWords(know),
      ];
    case 'returned':
      return [{ prompt: `returned.${asked.because as Returned}` }];
    case 'number':
      return [...say, { prompt: 'number.ask' }];
    case 'confirm':
      return [...say, ...confirmWords(know)];
    case 'extension':
      return [...say, { prompt: 'extension.ask' }];
    case 'registered':
      return registeredWords(know);
    case 'closing':
      return closingWords(know);
    case 'connecting':
    case 'talking':
      return [];
    default:
      return assertNever(asked.step);
  }
}

const NOTICE: Say = { prompt: 'emergency.notice' };

/** The owners' own recording, where the line has one. */
function own(line: LineConfiguration | null, what: 'name' | 'alternatives' | 'emergency'): Say | null {
  const recording = line?.recorded[what] ?? null;
  return line === null || recording === null ? null : { recording, folder: line.recorded.folder };
}

/** Why not, and good-bye. A line that is full or closed gives its alternatives, in the owners' own words. */
function closingWords(know: Saying): Say[] {
  const isRefused = know.refusal === 'call.line_full' || know.refusal === 'call.line_closed';
  const alternatives = isRefused ? own(know.line, 'alternatives') : null;
  if (alternatives === null || know.refusal === null) return [{ prompt: goodbye(know.refusal) }];
  const why = know.refusal === 'call.line_full' ? 'call.is_full' : 'call.is_closed';
  return [{ prompt: why }, alternatives, { prompt: 'call.goodbye' }];
}

function goodbye(refusal: RefusalOfCall | null): PromptKey {
  switch (refusal) {
    case 'call.line_closed':
      return 'call.line_closed';
    case 'call.line_full':
    case 'call.house_full':
      return 'call.line_full';
    case 'call.no_choice':
    case null:
      return 'menu.goodbye';
    default:
      return assertNever(refusal);
  }
}

function apology(asked: FactOf<'dialogue.asked'>): Say[] {
  switch (asked.because) {
    case '':
    case 'resynced':
      return [];
    case 'silence':
      return [{ prompt: 'menu.silence' }];
    case 'wrong_key':
      return [{ prompt: 'menu.wrong_key' }];
    case 'not_recognised':
      return [{ prompt: 'returning.not_recognised' }];
    case 'postponed':
      return [{ prompt: 'returning.postponed' }];
    case 'kept':
    case 'cancelled':
    case 'number_changed':
    case 'being_served':
    case 'ended':
      return [];
    case 'withdrawn':
      return [{ prompt: 'offer.withdrawn' }];
    case 'given_up':
      return [{ prompt: 'number.given_up' }];
    case 'extension.empty':
    case 'extension.not_digits':
    case 'extension.too_long':
      return [{ prompt: 'extension.refused' }];
    default:
      return [{ prompt: refusalPrompt(asked.because) }];
  }
}

function greeting(configuration: Configuration): Say[] {
  return configuration.languages.map((language): Say => ({ prompt: 'greeting.welcome', language }));
}

function languageMenu(configuration: Configuration): Say[] {
  return configuration.languages.flatMap((language, i): Say[] => [
    { prompt: 'language.choose', language },
    { digits: String(i + 1), language },
  ]);
}

function waitWords(know: Saying): Say[] {
  const place: Say[] = [{ prompt: 'wait.place' }, { count: know.place }];
  const { quote } = know;
  if (quote === null) return [...place, { prompt: 'wait.unknown' }];
  const range: Say[] =
    quote.minMinutes < 1
      ? [{ prompt: 'wait.under' }, { count: quote.maxMinutes }]
      : [
          { prompt: 'wait.between' },
          { count: quote.minMinutes },
          { prompt: 'wait.and' },
          { count: quote.maxMinutes },
        ];
  return [...place, ...range, { prompt: 'wait.minutes' }];
}

function offerWords(know: Saying): Say[] {
  const thisNumber: Say[] = isDialable(know.ani)
    ? [{ prompt: 'offer.this_number' }, { digits: KEYS.thisNumber }]
    : [];
  return [
    { prompt: 'offer.keep_place' },
    ...thisNumber,
    { prompt: 'offer.other_number' },
    { digits: KEYS.otherNumber },
    ...(know.overflow ? [] : [{ prompt: 'offer.hold' } as const]),
  ];
}

/** The other language is offered in its own words: whoever wants it may not understand the one that is spoken. */
function languageWords({ otherLanguage: other }: Pick<Saying, 'otherLanguage'>): Say[] {
  if (other === null) return [];
  return [
    { prompt: 'language.other', language: other },
    { digits: KEYS.otherLanguage, language: other },
  ];
}

function returningWords(know: Saying): Say[] {
  return [
    { prompt: 'returning.keep' },
    { digits: KEYS.keep },
    { prompt: 'returning.cancel' },
    { digits: KEYS.cancel },
    { prompt: 'returning.later' },
    { digits: KEYS.later },
    { prompt: 'returning.change_number' },
    { digits: KEYS.changeNumber },
    ...languageWords(know),
    { prompt: 'returning.hold_again' },
    { digits: KEYS.holdAgain },
  ];
}

function confirmWords(know: Saying): Say[] {
  return [
    { prompt: 'confirm.number' },
    ...numberWords(know.number),
    { prompt: 'confirm.yes' },
    { digits: KEYS.confirm },
    { prompt: 'confirm.other' },
    { digits: KEYS.otherNumber },
    { prompt: 'confirm.hold' },
    { digits: KEYS.hold },
  ];
}

function numberWords(number: NumberView | null): Say[] {
  if (!isDialable(number)) return [];
  const { numberKey, mainKey } = number;
  const extension: Say[] =
    mainKey === undefined ? [] : [{ prompt: 'confirm.extension' }, { extensionOf: numberKey }];
  return [{ numberKey }, ...extension];
}

function registeredWords(know: Saying): Say[] {
  // It has ended meanwhile, or goes on at the place of a later call, which told what there is to tell.
  if (know.reference === '') return [{ prompt: 'registered.goodbye' }];
  const callerId =
    know.line === null
      ? []
      : [{ prompt: 'registered.caller_id' } as const, { digits: nationalDigits(know.line.callerId) }];
  return [
    { prompt: 'registered.done' },
    ...callerId,
    { prompt: 'registered.reference' },
    { digits: know.reference },
    { prompt: 'registered.code' },
    { digits: know.code },
    ...(know.closing === null ? [] : [{ prompt: `registered.${know.closing}` } as const]),
    ...surveyNotice(know.line),
    { prompt: 'registered.goodbye' },
  ];
}

/** Who holds, or hangs up to be called, is told once that they may be asked. */
function surveyNotice(line: LineConfiguration | null): Say[] {
  return line?.survey?.announces === true ? [{ prompt: 'survey.notice' }] : [];
}

/** As people say a number of the North American plan: ten digits, without the leading 1. */
function nationalDigits(e164: string): string {
  const digits = e164.replace(/\D/g, '');
  return digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
}
