// Inputs: what reached the house, not yet decided. Telephony's name channels and playbacks in text, as Asterisk does;
// those of people name agents. The engine stamps each with the time and, where a decision needs chance, with a random
// integer: both are recorded through the facts, so a replay needs neither clock nor dice.

import type { Configuration, SurveyQuestion } from './configuration.ts';
import type { Outcome, SpokeWith } from './fact.ts';
import type { AgentId, CallbackId, Channel, Language, LineId, NumberKey, PlaceId } from './id.ts';
import type { DialableNumber, ExtensionView, NumberAtFence, NumberView } from './number.ts';
import type { SwitchName } from './switches.ts';
import type { Tone, ToneKind } from './tone.ts';

/** How a channel ended, from Q.850 causes and SIP answers; `lost` when it was simply gone after a resync. */
export type EndCause =
  | 'normal'
  | 'busy'
  | 'no_answer'
  | 'unallocated'
  | 'rejected'
  | 'congestion'
  | 'fence_refused' // cause 52: nothing was dialled
  | 'unreachable' // the phone is not registered or does not reply
  | 'lost'
  | 'unknown';

export type Key = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9' | '*' | '#';

export type TelephonyInput =
  | {
      readonly type: 'call.arrives';
      readonly channel: Channel;
      readonly ani: NumberView | null;
      readonly dnis: string;
    }
  | { readonly type: 'key.pressed'; readonly channel: Channel; readonly key: Key }
  | { readonly type: 'prompt.began'; readonly channel: Channel; readonly playback: string }
  | { readonly type: 'prompt.ended'; readonly channel: Channel; readonly playback: string }
  | {
      readonly type: 'number.collected';
      readonly channel: Channel;
      readonly playback: string;
      readonly number: NumberView;
    }
  /** The number that this caller is about to confirm is not in the vault any more: it was erased meanwhile. */
  | { readonly type: 'caller.number_gone'; readonly channel: Channel }
  /** What was keyed as the extension of a number that is being given. */
  | {
      readonly type: 'extension.collected';
      readonly channel: Channel;
      readonly playback: string;
      readonly number: ExtensionView;
    }
  | { readonly type: 'channel.ringing'; readonly channel: Channel }
  | { readonly type: 'channel.answered'; readonly channel: Channel }
  | { readonly type: 'channel.ended'; readonly channel: Channel; readonly cause: EndCause }
  /** The socket to telephony is gone; what happens there is told by the next resync. */
  | { readonly type: 'telephony.lost' }
  /** The whole truth of what lives, after connecting or reconnecting; sent before any later event. */
  | { readonly type: 'telephony.resynced'; readonly channels: readonly LiveChannel[] };

export type LiveChannel = { readonly channel: Channel; readonly up: boolean };

/** Whom a client is given to, or who is asked for advice: of a line, whoever has been idle longest. */
export type Party =
  | { readonly line: LineId }
  | { readonly agent: AgentId }
  /** An id of the owners' directory. */
  | { readonly outside: string };

/** `by`: the account of whoever asked; left out: the agent's own phone or program. */
export type PeopleInput = AgentInput & { readonly by?: string };

type AgentInput =
  | {
      readonly type: 'agent.sign_in';
      readonly agent: AgentId;
      /** Left out: all that the configuration gives this agent. */
      readonly lines?: readonly LineId[];
      readonly languages?: readonly Language[];
    }
  | { readonly type: 'agent.go_ready'; readonly agent: AgentId }
  | { readonly type: 'agent.go_not_ready'; readonly agent: AgentId; readonly reason: string }
  | { readonly type: 'agent.wrap_up'; readonly agent: AgentId }
  /** A machine answered: the client was not reached. */
  | { readonly type: 'agent.voicemail'; readonly agent: AgentId }
  /** The client with whom the agent is uses a relay service or a TTY. */
  | { readonly type: 'agent.mark_relay'; readonly agent: AgentId }
  | { readonly type: 'agent.sign_out'; readonly agent: AgentId }
  /** Their page lives, as it says itself every few seconds; or nothing was heard of it for too long. */
  | { readonly type: 'agent.page_opens'; readonly agent: AgentId }
  | { readonly type: 'agent.page_ends'; readonly agent: AgentId }
  /** Whom the page shows: now, and not before the time is over; or not, for a reason. */
  | { readonly type: 'agent.accept'; readonly agent: AgentId }
  | { readonly type: 'agent.reject'; readonly agent: AgentId; readonly reason: string }
  | { readonly type: 'agent.hang_up'; readonly agent: AgentId }
  /** The client hears music, and the agent is alone; and back again, which ends a consultation that is under way. */
  | { readonly type: 'agent.hold'; readonly agent: AgentId }
  | { readonly type: 'agent.retrieve'; readonly agent: AgentId }
  /** The client goes on there at once; who is asked may not answer, and then the client waits at their own key. */
  | { readonly type: 'agent.transfer'; readonly agent: AgentId; readonly to: Party }
  /** Rung while the client holds: then joined, given the client, or let go of. */
  | { readonly type: 'agent.consult'; readonly agent: AgentId; readonly to: Party }
  | { readonly type: 'agent.join'; readonly agent: AgentId }
  | { readonly type: 'agent.hand_over'; readonly agent: AgentId }
  | { readonly type: 'agent.end_consult'; readonly agent: AgentId }
  /** About the callback that the page shows, or `callback` if it can still be told of; `noted`: with a note, which is in the vault. */
  | {
      readonly type: 'agent.tell_outcome';
      readonly agent: AgentId;
      readonly callback?: CallbackId;
      readonly outcome: Exclude<Outcome, 'again'>;
      readonly noted: boolean;
    }
  /** The same, and the client is to be called again: not before `untilAt`, UTC ms. */
  | {
      readonly type: 'agent.call_again';
      readonly agent: AgentId;
      readonly callback?: CallbackId;
      readonly untilAt: number;
      readonly spokeWith: SpokeWith;
      readonly noted: boolean;
    };

/** Of owners and supervisors; `by`: the id of the account or token that asked. */
export type OwnerInput =
  | {
      readonly type: 'switch.turn';
      readonly name: SwitchName;
      /** Null: the whole centre. */
      readonly line: LineId | null;
      readonly on: boolean;
      readonly reason: string;
      readonly by: string;
    }
  | {
      readonly type: 'number.bar';
      readonly numberKey: NumberKey;
      readonly barred: boolean;
      readonly by: string;
    }
  /** The keys of one person: a number's own, and those of it with an extension. */
  | {
      readonly type: 'person.erase';
      readonly numberKeys: readonly NumberKey[];
      readonly by: string;
    }
  | {
      readonly type: 'place.prioritise';
      readonly place: PlaceId;
      readonly reason: string;
      readonly by: string;
    }
  /** On the page of the link of `after`, which has ended; how, and of what line, is told by the records. */
  | {
      readonly type: 'callback.ask_on_page';
      readonly after: CallbackId;
      readonly endedAs: string;
      readonly line: LineId;
      readonly language: Language;
      readonly number: DialableNumber;
    }
  | { readonly type: 'callback.cancel'; readonly callback: CallbackId; readonly by: string }
  | {
      readonly type: 'callback.change_number';
      readonly callback: CallbackId;
      readonly number: DialableNumber;
      readonly by: string;
    }
  | {
      readonly type: 'callback.change_language';
      readonly callback: CallbackId;
      readonly language: Language;
      readonly by: string;
    }
  | { readonly type: 'callback.mark_relay'; readonly callback: CallbackId; readonly by: string }
  /** On the page of the client's own link, which was judged before. */
  | {
      readonly type: 'survey.answer';
      readonly callback: CallbackId;
      readonly answers: readonly { readonly question: SurveyQuestion; readonly answer: number }[];
    }
  /** Values that agents gave, gathered until nobody can tell whose is which. */
  | {
      readonly type: 'tone.release';
      readonly values: readonly {
        readonly line: LineId;
        readonly language: Language;
        readonly kind: ToneKind;
        readonly value: Tone;
      }[];
    }
  | {
      readonly type: 'callback.postpone';
      readonly callback: CallbackId;
      readonly minutes: number;
      readonly by: string;
    };

export type HouseInput =
  /** Asterisk's dialplan asks at the fence whether this attempt may be dialled; its number is judged once more. */
  | { readonly type: 'dial.asked'; readonly attempt: string; readonly number: NumberAtFence }
  /** The earliest deadline has come. */
  | { readonly type: 'deadline.reached' }
  | {
      readonly type: 'centre.configure';
      readonly configuration: Configuration;
      readonly hash: string;
      /** What it was worked out from; kept with the fact. */
      readonly document?: string;
      /** Left out: the start of the centre, or the hours worked out further ahead. */
      readonly by?: string;
      readonly because?: string;
    };

export type Input = TelephonyInput | PeopleInput | OwnerInput | HouseInput;

/** Stamped by the engine: `at` in UTC ms, never less than the one before; `random` a uint32. */
export type Stamp = { readonly at: number; readonly random: number };
