// Facts: what happened, in the past tense, as the journal keeps it for ever. Small, whole numbers only, a version
// (`v`) per type; a name never changes its meaning. Decision logic may change between releases, facts may not: a new
// shape is a new version with an upcaster.

import type { Configuration, SurveyQuestion } from './configuration.ts';
import type {
  AttemptCause,
  ClosingNotice,
  ExpiryCause,
  Outcome,
  QuoteCause,
  ReturnCause,
  Returned,
  SpokeWith,
  UnreachedCause,
} from './fact-words.ts';
import type {
  AgentId,
  AttemptId,
  CallbackId,
  CallId,
  Channel,
  Language,
  LegId,
  LineId,
  NumberKey,
  PlaceId,
  PlaybackId,
} from './id.ts';
import type { ExtensionCode, NumberCode, NumberView } from './number.ts';
import type { PackedConfiguration } from './packing.ts';
import type { SurveyOf } from './survey.ts';
import type { SwitchName } from './switches.ts';
import type { TalkFact } from './talk-fact.ts';
import type { Tone, ToneKind } from './tone.ts';

/** Where a place stands in its line: smaller is sooner. Given once, never changed by any system cause (law 3). */
export type PlaceKey = { readonly priority: number; readonly entry: number };

/** What the caller is asked. `none`: nothing is asked, music or a conversation. */
export type Step =
  | 'language'
  | 'line'
  | 'service'
  | 'offer'
  | 'number'
  | 'confirm'
  | 'extension'
  | 'registered'
  | 'code' // reference and code of an earlier callback
  | 'returning' // what to do with it
  | 'returned' // what was done, and good-bye
  | 'connecting'
  | 'talking'
  | 'closing';

export type RefusalOfCall = 'call.line_full' | 'call.line_closed' | 'call.no_choice' | 'call.house_full';

/** Why a callback is not offered, or an offer no longer stands when it is taken. Each is counted. */
export type OfferRefusal =
  | 'callback.not_begun' // the phase has not begun, or is paused
  | 'callback.not_in_share' // the ramp of the phase, by a draw on entry
  | 'callback.day_full' // as many accepted today as the phase allows
  | 'callback.offering_off' // the owners' switch
  | 'callback.wait_short'
  | 'callback.few_ahead'
  | 'callback.pending_full'
  | 'callback.too_late' // the chance to keep it before closing is too small
  | 'callback.never_call' // this number asked never to be called
  | 'callback.cooldown' // too soon after this number's last one
  | 'callback.number_full' // too many for this number in a day
  | 'callback.source_full'; // too many from this calling number in an hour

/** The account or token that asked; left out: nobody did, or in earlier releases. */
type Asked = { readonly by?: string };

export type * from './fact-words.ts';

type F<Type extends string, Body = unknown> = { readonly type: Type; readonly v: 1 } & Body;

export type Fact =
  /** Of earlier releases: written out in full. */
  | F<'centre.configured', { readonly hash: string; readonly configuration: Configuration }>
  | {
      readonly type: 'centre.configured';
      readonly v: 2;
      readonly hash: string;
      readonly packed: PackedConfiguration;
      /** What the owners wrote, for whoever works it out again; opaque here, and without anybody's number. */
      readonly document: string;
      /** The account that gave it. Left out: the start of the centre, hours worked out further ahead, earlier releases. */
      readonly by?: string;
      /** Why, in that person's words. Left out: as above, or nobody was asked. */
      readonly because?: string;
    }
  // ---- the caller's call
  | F<
      'call.arrived',
      {
        readonly call: CallId;
        readonly channel: Channel;
        readonly ani: NumberView | null;
        readonly line: LineId | null;
      }
    >
  | F<'call.language_chosen', { readonly call: CallId; readonly language: Language }>
  | F<'call.line_chosen', { readonly call: CallId; readonly line: LineId }>
  /** The caller uses a relay service or a TTY: longer ring, and no key is required of them. */
  | F<'call.marked_relay', { readonly call: CallId }>
  | F<'call.agent_asked', { readonly call: CallId }>
  | F<'call.refused', { readonly call: CallId; readonly code: RefusalOfCall }>
  | F<'call.connected', { readonly call: CallId; readonly place: PlaceId; readonly agent: AgentId }>
  | F<'call.ended', { readonly call: CallId; readonly by: 'caller' | 'centre' }>
  // ---- what the caller is told and asked
  | F<
      'dialogue.asked',
      {
        readonly call: CallId;
        readonly step: Step;
        /** 1 when first asked; more after silence, a wrong key or a refused number. */
        readonly round: number;
        readonly playback: PlaybackId;
        /** The key that led here, or an empty string. */
        readonly key: string;
        readonly because:
          | ''
          | 'silence'
          | 'wrong_key'
          | 'given_up'
          | 'resynced'
          | 'withdrawn'
          | 'not_recognised'
          | 'postponed'
          | Returned
          | NumberCode
          | ExtensionCode;
      }
    >
  | F<'dialogue.key_entered', { readonly call: CallId; readonly key: string }>
  /** Reference and code were right. */
  | F<'client.recognised', { readonly call: CallId; readonly callback: CallbackId }>
  | F<'client.not_recognised', { readonly call: CallId; readonly callback: CallbackId | null }>
  | F<'dialogue.began', { readonly call: CallId }>
  | F<'dialogue.heard', { readonly call: CallId }>
  | F<'dialogue.number_given', { readonly call: CallId; readonly number: NumberView }>
  // ---- the place in line
  | F<
      'place.taken',
      {
        readonly place: PlaceId;
        readonly call: CallId;
        readonly line: LineId;
        readonly language: Language;
        readonly priority: number;
        readonly entry: number;
        /** 0 to 999, by chance: which callers a ramp offers callback to. Absent in the first release: 0. */
        readonly draw?: number;
        /** Taken beyond the capacity: only for a callback, not for holding. */
        readonly overflow?: true;
      }
    >
  | F<
      'wait.quoted',
      {
        readonly place: PlaceId;
        readonly ahead: number;
        readonly meanMs: number;
        readonly minMinutes: number;
        readonly maxMinutes: number;
        readonly worseBecause?: QuoteCause;
      }
    >
  | F<'wait.unknown', { readonly place: PlaceId; readonly ahead: number; readonly worseBecause?: QuoteCause }>
  | F<'place.returned', { readonly place: PlaceId; readonly agent: AgentId; readonly cause: ReturnCause }>
  | F<'place.left', { readonly place: PlaceId; readonly reason: 'abandoned' | 'served' | 'ended' }>
  | F<
      'place.prioritised',
      { readonly place: PlaceId; readonly priority: number; readonly reason: string; readonly by: string }
    >
  /** The client uses a relay service or a TTY: said by an agent, or through the API; `by` says who. */
  | F<'place.marked_relay', { readonly place: PlaceId; readonly by: string }>
  | F<
      'place.language_changed',
      {
        readonly place: PlaceId;
        readonly language: Language;
        /** Left out: the client, on the phone. */
        readonly by?: string;
      }
    >
  | TalkFact
  /** The client holds again, at the place of their callback. */
  | F<'place.rejoined', { readonly place: PlaceId; readonly call: CallId }>
  // ---- the owners' switches and the line's hours
  | F<
      'switch.turned',
      {
        readonly name: SwitchName;
        readonly line: LineId | null;
        readonly on: boolean;
        readonly reason: string;
        readonly by: string;
      }
    >
  | F<'line.opened', { readonly line: LineId }>
  | F<'line.closed', { readonly line: LineId }>
  /** What was pending when it closed is finished, carried or expired: how many of each at this closing. */
  | F<
      'line.settled',
      {
        readonly line: LineId;
        /** Served after closing, up to now. */
        readonly finished?: number;
        readonly carried?: number;
        readonly expired?: number;
        /** Expired because as many were carried as may be. */
        readonly beyondCap?: number;
      }
    >
  /** The hour has as many diallings as it may: callbacks are passed over, at their own keys, until then or sooner. */
  | F<'dials.held', { readonly untilAt: number }>
  | F<'dials.freed'>
  | F<'number.barred', { readonly numberKey: NumberKey; readonly by: string }>
  | F<'number.unbarred', { readonly numberKey: NumberKey; readonly by: string }>
  /** Whose number this was is asked no more: the vault forgets it, and records say it of nothing. Never-call stands. */
  | F<'person.erased', { readonly numberKey: NumberKey; readonly by: string }>
  // ---- the callback
  | F<'callback.not_offered', { readonly place: PlaceId; readonly code: OfferRefusal }>
  | F<
      'callback.number_changed',
      {
        readonly callback: CallbackId;
        readonly numberKey: NumberKey;
        readonly mainKey?: NumberKey;
        readonly relay?: true;
        /** Left out: the client, on the phone. */
        readonly by?: string;
      }
    >
  /** A further registration for the same number and line: one callback, at the better key. The code is said too. */
  | F<
      'callback.merged',
      {
        readonly callback: CallbackId;
        readonly place: PlaceId;
        readonly call: CallId;
        readonly code: string;
        /** The place of this call was ahead of the callback's own, and is the callback's from now on. */
        readonly moved?: true;
      }
    >
  /**
   * Not called before then; the key is kept. By the client's wish, carried over a closing (the client is to be told), or
   * because their turn came outside of their calling hours.
   */
  | F<
      'callback.postponed',
      {
        readonly callback: CallbackId;
        readonly untilAt: number;
        readonly cause: 'client' | 'closing' | 'calling_hours';
        /** Who asked for it in the client's name; left out: the client, on the phone. */
        readonly by?: string;
      }
    >
  | F<'callback.offered', { readonly place: PlaceId }>
  | F<
      'callback.registered',
      {
        readonly callback: CallbackId;
        readonly place: PlaceId;
        readonly call: CallId;
        readonly numberKey: NumberKey;
        /** Of a number with an extension: the number's own. Numbers of the first releases have none. */
        readonly mainKey?: NumberKey;
        /** The number is a relay service's, which many clients have in common. */
        readonly relay?: true;
        /** Four digits that the agent will say. */
        readonly code: string;
        /** What the client is told, where the turn may not come before the line closes. */
        readonly closing?: ClosingNotice;
      }
    >
  /** Its client asked for it on their own page, after another that had ended: a place at the end of the line, and no call. */
  | F<
      'callback.asked_on_page',
      {
        readonly callback: CallbackId;
        readonly place: PlaceId;
        readonly after: CallbackId;
        readonly line: LineId;
        readonly language: Language;
        readonly priority: number;
        readonly entry: number;
        readonly draw: number;
        readonly numberKey: NumberKey;
        readonly mainKey?: NumberKey;
        readonly relay?: true;
        readonly code: string;
        readonly closing?: ClosingNotice;
      }
    >
  | F<'callback.pending', { readonly callback: CallbackId }>
  | F<'callback.due', { readonly callback: CallbackId }>
  | F<'callback.retry_set', { readonly callback: CallbackId; readonly untilAt: number }>
  | F<
      'callback.connected',
      { readonly callback: CallbackId; readonly attempt: AttemptId; readonly agent: AgentId }
    >
  /** Client and agent have hung up, and the agent's page may still say that they are to be called again. */
  | F<
      'callback.parted',
      {
        readonly callback: CallbackId;
        readonly agent: AgentId;
        readonly talkMs: number;
        /** The line had closed. */
        readonly afterClosing?: true;
      }
    >
  /** The callback goes on at its own key, not before then. Of somebody else who answered, the attempt failed before. */
  | F<
      'callback.again_agreed',
      {
        readonly callback: CallbackId;
        readonly agent: AgentId;
        readonly untilAt: number;
        readonly with: SpokeWith;
      } & Asked
    >
  | F<
      'callback.completed',
      {
        readonly callback: CallbackId;
        readonly talkMs: number;
        /** The line had closed: one of those that were finished. */
        readonly afterClosing?: true;
      }
    >
  | F<'callback.unreachable', { readonly callback: CallbackId; readonly cause: UnreachedCause }>
  | F<'callback.cancelled', { readonly callback: CallbackId; readonly by?: string }>
  /** The client is to be told. No cause in journals of earlier releases. */
  | F<'callback.expired', { readonly callback: CallbackId; readonly cause?: ExpiryCause }>
  // ---- the attempt to reach the client
  | F<
      'attempt.intended',
      {
        readonly attempt: AttemptId;
        readonly callback: CallbackId;
        readonly agent: AgentId;
        /** Counted from 1; an attempt that was voided is not counted. */
        readonly n: number;
      }
    >
  | F<'attempt.permitted', { readonly attempt: AttemptId }>
  | F<
      'attempt.voided',
      {
        readonly attempt: AttemptId /** number_refused: the number was erased, or may be dialled no more. */;
        readonly cause: 'fence_refused' | 'lost' | 'agent_lost' | 'number_refused';
      }
    >
  | F<'attempt.ringing', { readonly attempt: AttemptId }>
  | F<'attempt.answered', { readonly attempt: AttemptId }>
  | F<'attempt.failed', { readonly attempt: AttemptId; readonly cause: AttemptCause }>
  // ---- the agent
  | F<
      'agent.signed_in',
      {
        readonly agent: AgentId;
        readonly lines: readonly LineId[];
        readonly languages: readonly Language[];
      } & Asked
    >
  | F<'agent.signed_out', { readonly agent: AgentId } & Asked>
  | F<'agent.ready', { readonly agent: AgentId } & Asked>
  | F<'agent.not_ready', { readonly agent: AgentId; readonly reason: string } & Asked>
  /** Idle between two shifts, and from now on nearer to the one that begins: callbacks may be begun again. */
  | F<'agent.shift_neared', { readonly agent: AgentId }>
  /** Chosen while on a call; takes effect after wrap-up. An empty reason: ready after all. */
  | F<
      'agent.next_chosen',
      {
        readonly agent: AgentId;
        readonly next: 'ready' | 'not_ready' | 'signed_out';
        readonly reason: string;
      } & Asked
    >
  | F<
      'agent.reserved',
      {
        readonly agent: AgentId;
        readonly place: PlaceId;
        readonly leg: LegId;
        /** The agent's page shows whom it is for, and the phone rings then, or sooner. Left out: it rings at once. */
        readonly previewUntilAt?: number;
        /** A colleague has sent the client to this agent, who was free: whose turn it is has no part in it. */
        readonly sentBy?: AgentId;
      }
    >
  /** After the preview: accepted (`by`), or the time was over. */
  | F<'agent.rung', { readonly agent: AgentId } & Asked>
  /** From now on the agent works by their page: without it they are not ready. */
  | F<'agent.page_opened', { readonly agent: AgentId }>
  /** Closed, cut off from the network, or gone with its machine. */
  | F<'agent.page_lost', { readonly agent: AgentId }>
  /** What the agent says came of a callback, while they wrap up; or whom they turned out to speak with. */
  | F<
      'callback.outcome_told',
      {
        readonly callback: CallbackId;
        readonly agent: AgentId;
        readonly outcome: Outcome;
        /** A note was written about it; what it says is in the vault. */
        readonly noted?: true;
      } & Asked
    >
  | F<'agent.answered', { readonly agent: AgentId; readonly playback: PlaybackId | null }>
  /** The announcement is made once more: its end may have gone unheard while nobody listened. */
  | F<'agent.announced', { readonly agent: AgentId; readonly playback: PlaybackId }>
  | F<
      'agent.released',
      {
        readonly agent: AgentId;
        /** Who ended it: `agent`, the leg is gone; else it is still to be freed. */
        readonly by: 'agent' | 'client' | 'centre';
        /** Who reported a voicemail, where it was not by a key of the phone. */
        readonly toldBy?: string;
        readonly talked: boolean;
        /** What the agent is told before the phone is freed, if anything. */
        readonly playback: PlaybackId | null;
      }
    >
  | F<'agent.wrap_up_started', { readonly agent: AgentId; readonly untilAt: number } & Asked>
  // ---- the survey, and the agents' tone
  /** By phone, at the end of this call or callback; with `untilAt` on the client's page, until then. */
  | F<
      'survey.begun',
      {
        readonly place: PlaceId;
        readonly of: SurveyOf;
        readonly call?: CallId;
        readonly callback?: CallbackId;
        readonly language: Language;
        readonly questions: readonly SurveyQuestion[];
        readonly untilAt?: number;
      }
    >
  | F<
      'survey.asked',
      {
        readonly place: PlaceId;
        readonly question: SurveyQuestion;
        readonly round: number;
        readonly playback: PlaybackId;
        /** The key that led here, or an empty string. */
        readonly key: string;
        readonly because: 'first' | 'next' | 'silence' | 'wrong_key' | 'resynced';
      }
    >
  /** The question was said to its end. */
  | F<'survey.heard', { readonly place: PlaceId }>
  /** `satisfied`: 1 (very dissatisfied) to 5 (very satisfied); the others: 1 yes, 2 no. */
  | F<
      'survey.answered',
      { readonly place: PlaceId; readonly question: SurveyQuestion; readonly answer: number }
    >
  | F<'survey.thanked', { readonly place: PlaceId; readonly playback: PlaybackId }>
  | F<'survey.ended', { readonly place: PlaceId; readonly by: 'client' | 'centre' }>
  /** An agent is asked how the conversation felt. What they say is never a fact of theirs: see `tone.felt`. */
  | F<
      'tone.asked',
      {
        readonly agent: AgentId;
        readonly line: LineId;
        readonly language: Language;
        readonly kind: ToneKind;
      }
    >
  /** One of several agents' values, let go together some time after the conversations: no call, agent or place. */
  | F<
      'tone.felt',
      {
        readonly line: LineId;
        readonly language: Language;
        readonly kind: ToneKind;
        readonly value: Tone;
      }
    >
  /** The socket to telephony is gone: nobody is matched or dialled until it is back. */
  | F<'telephony.lost'>
  | F<'telephony.resynced', { readonly alive: number }>;

export type FactType = Fact['type'];
export type FactOf<T extends FactType> = Extract<Fact, { type: T }>;
