// The configuration as the core sees it: whole, plain, already checked by src/config. It enters as one fact, so a
// replay decides by what was in force then. Durations in ms, as everywhere.

import type { AttemptCause } from './fact.ts';
import type { AgentId, Language, LineId, NumberKey } from './id.ts';
import type { PromptKey } from './prompt.ts';

/** Half-open, UTC ms. In a list: sorted and apart. Computed ahead from local times by src/config. */
export type Span = { readonly fromAt: number; readonly toAt: number };

/** When callback is offered at all; pauses are cut out, and a ramp is several phases one after the other. */
export type OfferPhase = Span & {
  /** Of 1000 callers who could be offered one, so many are. */
  readonly sharePermille: number;
  /** Callbacks accepted in a day of the line; null: no cap. */
  readonly perDayMax: number | null;
};

export type OfferRules = {
  readonly phases: readonly OfferPhase[];
  /** Offered only where the quoted mean wait is above this, or unknown. */
  readonly waitOverMs: number;
  /** Offered only where more than so many are ahead; -1: always. */
  readonly aheadOver: number;
  /** Callbacks of the line that have not ended, at most; null: no cap. */
  readonly pendingMax: number | null;
  /** The least chance, in 1000, that the turn comes before the line closes. */
  readonly keepPermille: number;
  /** Callback places beyond the capacity, for callers who find the line full; 0: none. */
  readonly overflowPlaces: number;
};

export type ClosingRules = {
  /** What becomes of callbacks pending when the line closes. */
  readonly pending: 'finish' | 'carry' | 'expire';
  /** `finish`: for so long after closing; then the rest is carried, or expires where carryMax is reached. */
  readonly finishMs: number;
  /** Carried to the next opening, at most; beyond it the latest entries expire. */
  readonly carryMax: number;
  /** No attempt is begun later than this before closing. */
  readonly cutOffMs: number;
  /** When carried-over and postponed clients may be called. */
  readonly callingHours: readonly Span[];
};

/** Why a place may be served before others, as the owners recorded it. */
export type PriorityReason = {
  readonly reason: string;
  /** Smaller is sooner; ordinary places have ORDINARY_PRIORITY. */
  readonly priority: number;
  /** Places of this reason in a line at once, at most. */
  readonly placesMax: number;
};

export const ORDINARY_PRIORITY = 4;

/** What clients are asked when the agent has left. */
export type SurveyQuestion = 'satisfied' | 'again' | 'answered';

export type SurveyRules = {
  /** Of 1000 conversations that the client does not end, so many are asked about. */
  readonly sharePermille: number;
  /** In the order in which they are asked. */
  readonly questions: readonly SurveyQuestion[];
  /** Callers are told beforehand that they may stay on the line for it. */
  readonly announces: boolean;
  /** After a shorter conversation nobody is asked. Left out: after every one. */
  readonly talkMinMs?: number;
  /** For so long it is open on the page of a client who was not asked by phone; 0: it is not. */
  readonly linkMs: number;
};

export type LineConfiguration = {
  readonly id: LineId;
  readonly name: { readonly en: string; readonly fr: string };
  /** The key that chooses it in the menu, 1 to 9. */
  readonly key: string;
  readonly prompt: PromptKey;
  /** Dialled numbers (digits) that lead straight to this line, without the menu. */
  readonly dnis: readonly string[];
  /** Callers on its own numbers are in line at once, in this language: no menu is heard. Null: the menus. */
  readonly direct: Language | null;
  /** Places, holding and callback together; null: no limit but the house's own. */
  readonly capacity: number | null;
  /** Whether the capacity counts those with an agent too, or only those who wait (then 0: nobody waits). */
  readonly capacityCounts: 'places' | 'waiting';
  /** Until enough calls have been handled to know better. */
  readonly expectedHandleMs: number;
  readonly expectedPatienceMs: number;
  /** E.164 of the number that clients see and may call. */
  readonly callerId: string;
  /** When the line is open; a region named in openByRegion has its own hours. */
  readonly open: readonly Span[];
  readonly openByRegion: readonly { readonly region: string; readonly open: readonly Span[] }[];
  /** The line's days, for what is capped a day; empty where nothing is. */
  readonly days: readonly Span[];
  readonly offer: OfferRules;
  readonly closing: ClosingRules;
  readonly priorities: readonly PriorityReason[];
  /** The owners' own recordings, by name, instead of the built-in words: in the menu, when refused, in an emergency. */
  readonly recorded: Recorded;
  /** Whether an agent may leave the neutral message on a voicemail. */
  readonly leavesMessage: boolean;
  /** Instead of the centre's own; null: as in the whole centre. */
  readonly wrapUpMs: number | null;
  readonly attempts: LineAttempts | null;
  /** Left out: nobody is asked. */
  readonly survey?: SurveyRules;
  /** What the owners want reached of those who ask for an agent. No rule reads it. Left out: nothing. */
  readonly serviceLevel?: { readonly withinMs: number; readonly sharePermille: number };
};

export type Recorded = {
  /** One folder for each language is in it; empty: there are no recordings. */
  readonly folder: string;
  readonly name: string | null;
  readonly alternatives: string | null;
  readonly emergency: string | null;
};

export type LineAttempts = {
  readonly attemptsMax: number;
  readonly ringMs: number;
  readonly retryDelayMs: number;
};

/** Callers who use a relay service or a TTY, of whom no key is required. */
export type RelayRules = {
  /** Dialled numbers of their own: who calls one is marked at once. Null: the menu asks, and silence answers. */
  readonly entries: readonly {
    readonly dnis: string;
    readonly language: Language | null;
    readonly line: LineId | null;
  }[];
  /** Where silence in the menu of lines leads; null: to the first line. */
  readonly line: LineId | null;
};

/** A number of the owners' directory that agents may consult and hand clients on to: an interpreter, another office. */
export type OutsideParty = {
  readonly id: string;
  readonly name: { readonly en: string; readonly fr: string };
  /** E.164, checked by the number policy when it was configured. */
  readonly number: string;
};

export type AgentConfiguration = {
  readonly id: AgentId;
  readonly lines: readonly LineId[];
  readonly languages: readonly Language[];
  /** Where it is not the same for all of lines and languages: 1 is best. A line and language left out: level 1. */
  readonly skills: readonly { readonly line: LineId; readonly language: Language; readonly level: number }[];
  /** When the agent works; empty: whenever they are signed in. */
  readonly shifts: readonly Span[];
};

export type Configuration = {
  /** Of reports by day: a name of the IANA database. No rule reads it. Absent in the first releases: UTC. */
  readonly timeZone?: string;
  /** In the order in which they are greeted; the first is key 1. */
  readonly languages: readonly Language[];
  readonly lines: readonly LineConfiguration[];
  readonly agents: readonly AgentConfiguration[];
  /** Left out, and in the first releases: no numbers of their own. */
  readonly relay?: RelayRules;
  /** Left out: agents consult and hand on to colleagues and lines alone. */
  readonly directory?: readonly OutsideParty[];
  readonly dialogue: {
    /** How often a menu is repeated for silence or a wrong key before giving up. */
    readonly roundsMax: number;
    readonly silenceMs: number;
    /** The same key again within this time is a bounce. */
    readonly keyRepeatMs: number;
    readonly offerEveryMs: number;
    readonly firstDigitMs: number;
    readonly nextDigitMs: number;
  };
  readonly callback: {
    readonly attemptsMax: number;
    readonly ringMs: number;
    readonly retryDelayMs: number;
    /** After an attempt of which nobody knows whether it rang: at least ringMs + 32 s (RFC 3261 timer B). */
    readonly quarantineMs: number;
    /** Instead of ringMs for a client who uses a relay service or a TTY. */
    readonly relayRingMs: number;
    /** Instead of retryDelayMs. */
    readonly retryDelayByCauseMs: Readonly<Partial<Record<AttemptCause, number>>>;
    /** How often an agent may agree with a client to call again, for one callback. Left out: never. */
    readonly againMax?: number;
  };
  readonly numbers: {
    /** Callbacks that have not ended for one number and line. */
    readonly openMax: number;
    /** After one has ended, before the next for the same number; 0: none. */
    readonly cooldownMs: number;
    /** Registered for one number within 24 hours. */
    readonly perDayMax: number;
    /** Registered by one calling number within an hour. */
    readonly perSourcePerHourMax: number;
    /** Clients dialled within an hour, the whole centre. */
    readonly dialsPerHourMax: number;
    /** Numbers that many people share, by their key. */
    readonly shared: readonly { readonly numberKey: NumberKey; readonly openMax: number }[];
  };
  readonly agent: {
    readonly ringMs: number;
    readonly wrapUpMs: number;
    /** No callback is begun so near to the end of an agent's shift. */
    readonly shiftEndMs: number;
    /** For so long a callback is shown on the agent's page before their phone rings. Left out: it rings at once. */
    readonly previewMs?: number;
  };
  /** Left out: on their page clients ask for nothing new. */
  readonly clientPage?: { readonly asksAgain: boolean };
  /** Of how many conversations, in 1000, the agent is asked how it felt. Left out: of none. */
  readonly tone?: {
    readonly sharePermille: number;
    /** No agent is asked after a shorter conversation. Left out: after every one. */
    readonly talkMinMs?: number;
    /** Values of one line, language and kind are let go when so many agents have given one. */
    readonly agentsMin: number;
  };
};

/** The house's own limits: a limit reached is a refusal, never a growing array. */
export const LIMITS = {
  callsMax: 20_000,
  placesPerLineMax: 1_000_000,
  agentsMax: 10_000,
  voidsMax: 3,
  /** Attempts to one client that the agent was lost in, before the next such loss is the last. */
  lossesMax: 3,
  /** A callback is put off by so much at once, at most. */
  laterMaxMs: 7 * 24 * 3_600_000,
  /** Surveys that have not ended; beyond it nobody more is asked. */
  surveysMax: 100_000,
  /** Values of the agents' tone let go at once. */
  tonesMax: 1_000,
} as const;

/** For ever: what a configuration means that says nothing of hours. */
export const ALWAYS: readonly Span[] = [{ fromAt: 0, toAt: Number.MAX_SAFE_INTEGER }];

/** What a line means that says nothing of these: open, offered to everyone who waits, nothing carried. */
export const LINE_DEFAULTS = {
  open: ALWAYS,
  openByRegion: [],
  days: [],
  offer: {
    phases: [{ fromAt: 0, toAt: Number.MAX_SAFE_INTEGER, sharePermille: 1000, perDayMax: null }],
    waitOverMs: 0,
    aheadOver: -1,
    pendingMax: null,
    keepPermille: 900,
    overflowPlaces: 0,
  },
  closing: { pending: 'carry', finishMs: 0, carryMax: 1_000_000, cutOffMs: 0, callingHours: ALWAYS },
  priorities: [],
  recorded: { folder: '', name: null, alternatives: null, emergency: null },
  leavesMessage: false,
  direct: null,
  capacityCounts: 'places',
  wrapUpMs: null,
  attempts: null,
} as const satisfies Partial<LineConfiguration>;

export const AGENT_DEFAULTS = { skills: [], shifts: [] } as const satisfies Partial<AgentConfiguration>;

export const NUMBER_DEFAULTS: Configuration['numbers'] = {
  openMax: 1,
  cooldownMs: 0,
  perDayMax: 5,
  perSourcePerHourMax: 20,
  dialsPerHourMax: 100_000,
  shared: [],
};

export const CALLBACK_DEFAULTS = { relayRingMs: 60_000, retryDelayByCauseMs: {} } as const;
export const SHIFT_END_MS = 0;
