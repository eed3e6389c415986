// Effects: what telephony is asked to do. They follow from facts and leave the process only after those facts are
// committed (law 2). Everything is named by ids given here, so that doing a thing twice is the same as once, but for
// `dial`, which the fence guards (law 4).

import type { AgentId, Channel, Language, NumberKey } from './id.ts';
import type { PromptKey } from './prompt.ts';

/** One thing said to a caller or an agent, in the language of the play unless it names its own. */
export type Say =
  | { readonly prompt: PromptKey; readonly language?: Language }
  /** The owners' own: the file of that name in the folder of the language, in this folder. */
  | { readonly recording: string; readonly folder: string; readonly language?: Language }
  | { readonly digits: string; readonly language?: Language } // one by one; also * and #
  | { readonly count: number; readonly language?: Language } // as a number, by the grammar of the language
  | { readonly numberKey: NumberKey } // the vault's number, digit by digit, without its extension
  | { readonly extensionOf: NumberKey }; // its extension, digit by digit

export type Effect =
  | { readonly do: 'answer'; readonly channel: Channel }
  /** Stops whatever the channel hears, then plays. Reported as prompt.began and prompt.ended with this playback id. */
  | {
      readonly do: 'play';
      readonly channel: Channel;
      readonly playback: string;
      readonly say: readonly Say[];
      readonly language: Language;
      readonly after: 'nothing' | 'music' | 'hang_up';
    }
  /**
   * Plays as above and gathers keys for a number, which go to the vault; reported as number.collected. With
   * `extensionOf` they are the extension of that number, and reported as extension.collected.
   */
  | {
      readonly do: 'collect_number';
      readonly channel: Channel;
      readonly playback: string;
      readonly say: readonly Say[];
      readonly language: Language;
      /** Silence allowed after the prompt, and between two keys, in ms. */
      readonly firstKeyMs: number;
      readonly nextKeyMs: number;
      /** The key that led here (or ended the number before), pressed again within this time, is a bounce: no digit. */
      readonly keyRepeatMs: number;
      readonly extensionOf?: NumberKey;
    }
  /** Stops prompts and the gathering of keys, and plays music. */
  | { readonly do: 'music'; readonly channel: Channel; readonly language: Language }
  | { readonly do: 'hang_up'; readonly channel: Channel }
  /** Rings an agent's phone. */
  | {
      readonly do: 'ring';
      readonly channel: Channel;
      readonly agent: AgentId;
      readonly language: Language;
      readonly ringMs: number;
    }
  /** Dials a client, or whom an agent consults outside, through the fence: Local/<attempt>@fence/n. Carries no number. */
  | {
      readonly do: 'dial';
      readonly channel: Channel;
      readonly attempt: string;
      readonly callerId: string;
      readonly language: Language;
      readonly ringMs: number;
    }
  /** The agent hears that the client's phone rings. */
  | { readonly do: 'ringback'; readonly channel: Channel }
  /**
   * These channels, two or three, hear each other; what they heard before stops, and a bridge they were in is left. Asked
   * again after a resync: harmless.
   */
  | { readonly do: 'bridge'; readonly bridge: string; readonly channels: readonly Channel[] }
  | { readonly do: 'unbridge'; readonly bridge: string }
  /** After a resync: everything of ours that is not kept is hung up, and bridges not kept are removed. */
  | { readonly do: 'sweep'; readonly channels: readonly Channel[]; readonly bridges: readonly string[] };
