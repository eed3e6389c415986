// Ids: `<shard>-<kind>-<seq>`, deterministic, made by the core and GIVEN to Asterisk as channel, bridge and
// playback ids, so that after any crash both sides still speak of the same thing. Inside the core an entity is its
// bare sequence number (small facts, quick maps); the text form exists only where it leaves the house.

export type Brand<T, Name extends string> = T & { readonly __brand: Name };

export type CallId = Brand<number, 'call'>;
export type PlaceId = Brand<number, 'place'>;
export type CallbackId = Brand<number, 'callback'>;
export type AttemptId = Brand<number, 'attempt'>;
/** A leg to an agent's phone. The leg to a client is named by its attempt, the caller's own by Asterisk. */
export type LegId = Brand<number, 'leg'>;
export type PlaybackId = Brand<number, 'playback'>;
/** As in the configuration, for example `amelie`. */
export type AgentId = Brand<string, 'agent'>;
/** As in the configuration, for example `citizenship`. */
export type LineId = Brand<string, 'line'>;
/** The channel's id in Asterisk, in text. */
export type Channel = Brand<string, 'channel'>;
/** HMAC of the E.164 form under the vault's key, in hex: equal numbers are equal, and nothing leads back. */
export type NumberKey = Brand<string, 'number'>;

export type Language = 'en' | 'fr';
export const LANGUAGES: readonly Language[] = ['en', 'fr'];

export type TextKind = 'call' | 'place' | 'callback' | 'attempt' | 'leg' | 'playback' | 'bridge';

/**
 * `c1-attempt-00000012`: letters, digits and dashes only, at most 64 characters (what the dial fence lets through). Of
 * one width, since Asterisk 22 refuses a new channel whose id is the beginning of a living one's: 409 for
 * "c1-attempt-1" while "c1-attempt-10" lives.
 */
export function textId(shard: string, kind: TextKind, seq: number): string {
  const kept = recent[kind];
  const at = seq & (KEPT - 1);
  const known = kept[at];
  if (known !== undefined && known.seq === seq && known.shard === shard) return known.text;
  const text = `${shard}-${kind}-${String(seq).padStart(8, '0')}`;
  kept[at] = { seq, shard, text };
  return text;
}

/** The same text is asked for several times while what it names lives: kept for the last so many of each kind. */
const KEPT = 128;
type KeptText = { readonly seq: number; readonly shard: string; readonly text: string };
const kept = (): (KeptText | undefined)[] => new Array<KeptText | undefined>(KEPT).fill(undefined);
const recent: Readonly<Record<TextKind, (KeptText | undefined)[]>> = {
  call: kept(),
  place: kept(),
  callback: kept(),
  attempt: kept(),
  leg: kept(),
  playback: kept(),
  bridge: kept(),
};
