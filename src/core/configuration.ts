// The configuration as the core sees it: whole, plain, already checked by src/config. It enters as one fact, so a
// replay decides by what was in force then. Durations in ms, as everywhere.

import type { AgentId, Language, LineId } from './id.ts';
import type { PromptKey } from './prompt.ts';

export type LineConfiguration = {
  readonly id: LineId;
  readonly name: { readonly en: string; readonly fr: string };
  /** The key that chooses it in the menu, 1 to 9. */
  readonly key: string;
  readonly prompt: PromptKey;
  /** Dialled numbers (digits) that lead straight to this line, without the menu. */
  readonly dnis: readonly string[];
  /** Places, holding and callback together; null: no limit but the house's own. */
  readonly capacity: number | null;
  /** Until enough calls have been handled to know better. */
  readonly expectedHandleMs: number;
  readonly expectedPatienceMs: number;
  /** E.164 of the number that clients see and may call. */
  readonly callerId: string;
};

export type AgentConfiguration = {
  readonly id: AgentId;
  readonly lines: readonly LineId[];
  readonly languages: readonly Language[];
};

export type Configuration = {
  /** In the order in which they are greeted; the first is key 1. */
  readonly languages: readonly Language[];
  readonly lines: readonly LineConfiguration[];
  readonly agents: readonly AgentConfiguration[];
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
  };
  readonly agent: {
    readonly ringMs: number;
    readonly wrapUpMs: number;
  };
};

/** The house's own limits: a limit reached is a refusal, never a growing array. */
export const LIMITS = {
  callsMax: 20_000,
  placesPerLineMax: 1_000_000,
  agentsMax: 10_000,
  voidsMax: 3,
} as const;
