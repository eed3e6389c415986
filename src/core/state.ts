// The state of a centre: what the facts so far add up to. Read by `decide`, changed by `evolve` alone. Ended calls,
// places, callbacks and attempts leave it (the journal and the records keep them), so its size follows the work in hand.

import type { AgentState } from './agent.ts';
import { must } from './assert.ts';
import type { AttemptState } from './attempt.ts';
import type { CallState } from './call.ts';
import type { CallbackState } from './callback.ts';
import type { AgentConfiguration, Configuration, LineConfiguration } from './configuration.ts';
import type { ConsultState } from './consult.ts';
import { type Deadline, Deadlines } from './deadlines.ts';
import type { Experience } from './experience.ts';
import type { ClosingNotice, Outcome, RefusalOfCall, Step } from './fact.ts';
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
import { textId } from './id.ts';
import type { NumberView } from './number.ts';
import { NumberBook } from './number-book.ts';
import type { PlaceState } from './place.ts';
import type { Desk, Queue } from './queue.ts';
import type { Survey } from './survey.ts';
import type { Switches } from './switches.ts';
import type { ToneKind } from './tone.ts';

export type Call = {
  readonly id: CallId;
  readonly channel: Channel;
  readonly ani: NumberView | null;
  state: CallState;
  language: Language;
  line: LineId | null;
  place: PlaceId | null;
  refusal: RefusalOfCall | null;
  // What is being asked:
  step: Step;
  round: number;
  playback: PlaybackId;
  /** The question's prompt has begun: a confirmation before that does not count. */
  began: boolean;
  key: string;
  askedAt: number;
  /** The number to be confirmed, and how it was given: they call from it, they keyed it, or keyed its extension. */
  number: NumberView | null;
  given: 'calling' | 'keyed' | 'extended';
  /** A registration that was merged with an earlier callback: its reference is told, and a code of its own. */
  /** Uses a relay service or a TTY. */
  relay: boolean;
  /** Digits of reference and code, as far as they are keyed. */
  entered: string;
  /** The earlier callback, once reference and code were right. */
  client: CallbackId | null;
  merged: { readonly callback: CallbackId; readonly code: string } | null;
  deadline: Deadline | null;
};

export type Place = {
  readonly id: PlaceId;
  /** The key; the priority changes only for a reason that the owners recorded, the entry never. */
  priority: number;
  readonly entry: number;
  line: LineId;
  language: Language;
  /** Of those two. */
  queue: Queue;
  readonly takenAt: number;
  /** 0 to 999, drawn on entry: whom a ramp offers callback to. */
  readonly draw: number;
  state: PlaceState;
  /** The caller's call while it lasts. */
  call: CallId | null;
  callback: CallbackId | null;
  agent: AgentId | null;
  /** What the caller was last told: places ahead in the line, and the range in minutes (null: unknown). */
  ahead: number;
  told: { readonly minMinutes: number; readonly maxMinutes: number } | null;
  /** The mean behind it, in ms. */
  quotedMs: number | null;
  /** When, and with how many agents at work; 0: nothing was told yet. */
  toldAt: number;
  toldStaffed: number;
  /** Whether a callback is offered to this place now. */
  offered: boolean;
  relay: boolean;
  /** Beyond the capacity: to be called back, not to hold. */
  overflow: boolean;
  /** Why it has the priority it has; empty for an ordinary place. */
  reason: string;
  /** With an agent, and hearing music. Left out: no. */
  onHold?: true;
  /** Whom the agent consults; and until when somebody outside may ring. */
  consult?: Consult;
  deadline?: Deadline | null;
  /** Its client is, or was, asked how it was. Left out: no. */
  isAsked?: true;
  /** How often it was given on. Left out: never. */
  transfers?: number;
};

/** A third party, beside client and agent, or (`handed`) instead of the agent. */
export type Consult = {
  readonly leg: LegId;
  /** One of the two. */
  readonly agent: AgentId | null;
  readonly outside: string | null;
  state: ConsultState;
  /** UTC ms: rung since, and then talked to since. */
  since: number;
};

export type Callback = {
  readonly id: CallbackId;
  place: PlaceId;
  readonly line: LineId;
  numberKey: NumberKey;
  /** The same but for a number with an extension: the number's own. */
  mainKey: NumberKey;
  /** The number is a relay service's, in common to many clients: it counts for none of them. */
  byRelay: boolean;
  readonly code: string;
  /** Wrong codes keyed for it. */
  tries: number;
  /** Codes of later registrations that were merged with this one: said by the agent, no key to anything. */
  readonly otherCodes: string[];
  readonly registeredAt: number;
  state: CallbackState;
  /** The client's chances used: attempts that failed for a cause that counts. */
  chances: number;
  /** Attempts in which the agent was lost: the client's phone may have rung, and no chance of theirs is used. */
  losses: number;
  /** What its client was told of the closing, at registration. */
  readonly closing: ClosingNotice | null;
  /** How often it was carried over a closing. */
  carries: number;
  /** Carried over a closing or postponed: the client's own calling hours count from now on. */
  later: boolean;
  notBeforeAt: number;
  readonly source: NumberKey | null;
  voids: number;
  attempt: AttemptId | null;
  connectedAt: number;
  deadline: Deadline | null;
  /** The conversation that is over, while its agent may still say what came of it. Left out: there is none. */
  talk?: Talk | undefined;
  /** The one that had ended, after which its client asked for this one on their page. Left out: on the telephone. */
  after?: CallbackId;
  /** Calls again that were agreed, and those of them agreed with the client. Left out: none. */
  again?: { readonly agreed: number; readonly withClient: number };
};

export type Talk = { readonly agent: AgentId; readonly talkMs: number; readonly afterClosing?: true };

export type Attempt = {
  readonly id: AttemptId;
  readonly callback: CallbackId;
  readonly agent: AgentId;
  readonly n: number;
  state: AttemptState;
  deadline: Deadline | null;
};

export type Agent = {
  readonly id: AgentId;
  state: AgentState;
  lines: readonly LineId[];
  languages: readonly Language[];
  /** The queues that those two make, and the rank in each. */
  desks: readonly Desk[];
  /** Ranks idle agents: the one who became ready first is served first. */
  readySeq: number;
  reason: string;
  since: number;
  place: PlaceId | null;
  /** The line of the place last reserved, for the handle time learnt. */
  line: LineId | null;
  leg: LegId | null;
  /** The announcement before a callback's client is dialled. */
  playback: PlaybackId | null;
  talked: boolean;
  /** The phone was answered: the time until free again is the line's experience. */
  worked: boolean;
  reservedAt: number;
  next: 'ready' | 'not_ready' | 'signed_out';
  nextReason: string;
  deadline: Deadline | null;
  /** The place about which a colleague consults them; left out: none. */
  helps?: PlaceId;
  /** Of an agent who works by a page; left out: by the phone alone. */
  page?: AgentPage;
};

export type AgentPage = {
  isOpen: boolean;
  /** It shows whom the agent is reserved for, and the phone does not ring yet. */
  isPreview: boolean;
  /** The callback whose client it shows, from the reservation to the end of the wrap-up. */
  client: ShownClient | null;
  /** With whom they talked last and of whom nothing was told in the wrap-up: a page that was cut off says it when it is back. */
  untold?: ShownClient;
};

export type ShownClient = {
  readonly callback: CallbackId;
  readonly place: PlaceId;
  readonly line: LineId;
  readonly numberKey: NumberKey;
  readonly byRelay: boolean;
  outcome: Outcome | null;
};

/** Which of ours a channel is. */
export type ChannelOwner =
  | { readonly kind: 'call'; readonly call: CallId }
  | { readonly kind: 'agent'; readonly agent: AgentId; readonly leg: LegId }
  | { readonly kind: 'attempt'; readonly attempt: AttemptId }
  | { readonly kind: 'survey'; readonly place: PlaceId }
  /** Somebody outside who is consulted. */
  | { readonly kind: 'consult'; readonly place: PlaceId };

export type Sequences = {
  call: number;
  place: number;
  callback: number;
  attempt: number;
  leg: number;
  playback: number;
  entry: number;
  ready: number;
};

export type State = {
  readonly shard: string;
  now: number;
  configuration: Configuration | null;
  configurationHash: string;
  /** What the owners wrote, as the fact has it; empty in journals of earlier releases. */
  configurationDocument: string;
  /** Every line that was ever configured, as it was last: one that is gone may still have places in it. */
  readonly lines: Map<LineId, LineConfiguration>;
  /** Agents of the configuration in force, by id. */
  readonly known: Map<AgentId, AgentConfiguration>;
  /** Of those, the ones whose shifts are known. */
  shifted: readonly AgentConfiguration[];
  /** False until the first resync, and while the socket is away: nobody is matched, nobody is dialled. */
  telephonyUp: boolean;
  readonly last: Sequences;
  readonly calls: Map<CallId, Call>;
  readonly places: Map<PlaceId, Place>;
  readonly callbacks: Map<CallbackId, Callback>;
  readonly attempts: Map<AttemptId, Attempt>;
  readonly agents: Map<AgentId, Agent>;
  readonly channels: Map<Channel, ChannelOwner>;
  /** By line and language. */
  readonly queues: Map<string, Queue>;
  /** Places a line has in all, waiting or not, for its capacity. */
  readonly occupied: Map<LineId, number>;
  /** Of those, the ones that an agent is held for or speaks with. Follows from the places: not in the hash. */
  readonly served: Map<LineId, number>;
  /** Of those, by line and reason, the ones that are served before others. */
  readonly prioritised: Map<string, number>;
  /** By line: open, closed with work still to be finished, closed. */
  readonly lineStates: Map<LineId, 'open' | 'finishing' | 'closed'>;
  readonly lineDeadlines: Map<LineId, Deadline | null>;
  /** Callbacks served since the line closed, until it is settled. */
  readonly finished: Map<LineId, number>;
  readonly switches: Switches;
  readonly numbers: NumberBook;
  /** Callbacks with an agent held for them whose client was not dialled yet: each will be one dialling of the hour. */
  readonly toDial: Set<CallbackId>;
  /** Callbacks whose conversation is over, by the agent who is still to say what came of it. */
  readonly parted: Map<AgentId, CallbackId>;
  /** Callbacks that clients asked for on their page, by the one that had ended. */
  readonly asked: Map<CallbackId, CallbackId>;
  /** Callbacks were passed over since as many are dialled in an hour as may be: until when. */
  dialsHeld: Deadline | null;
  /** Callbacks of a line that have not ended; and those accepted in the line's day. */
  readonly pending: Map<LineId, number>;
  readonly accepted: Map<LineId, { readonly dayFromAt: number; readonly count: number }>;
  readonly experience: Map<LineId, Experience>;
  /** What clients are being asked, by the place that they had; and whose callback it was about. */
  readonly surveys: Map<PlaceId, Survey>;
  readonly surveysByCallback: Map<CallbackId, PlaceId>;
  /** About which conversation an agent may say how it felt, until the wrap-up is over. What they say is not here. */
  readonly tones: Map<
    AgentId,
    { readonly line: LineId; readonly language: Language; readonly kind: ToneKind }
  >;
  readonly deadlines: Deadlines;
};

export function emptyState(shard: string): State {
  return {
    shard,
    now: 0,
    configuration: null,
    configurationHash: '',
    configurationDocument: '',
    lines: new Map(),
    known: new Map(),
    shifted: [],
    telephonyUp: false,
    last: { call: 0, place: 0, callback: 0, attempt: 0, leg: 0, playback: 0, entry: 0, ready: 0 },
    calls: new Map(),
    places: new Map(),
    callbacks: new Map(),
    attempts: new Map(),
    agents: new Map(),
    channels: new Map(),
    queues: new Map(),
    occupied: new Map(),
    served: new Map(),
    prioritised: new Map(),
    lineStates: new Map(),
    lineDeadlines: new Map(),
    finished: new Map(),
    switches: new Map(),
    numbers: new NumberBook(),
    toDial: new Set(),
    parted: new Map(),
    asked: new Map(),
    dialsHeld: null,
    pending: new Map(),
    accepted: new Map(),
    experience: new Map(),
    surveys: new Map(),
    surveysByCallback: new Map(),
    tones: new Map(),
    deadlines: new Deadlines(),
  };
}

export function configurationOf(state: State): Configuration {
  return must(state.configuration, 'configuration');
}

export function lineOf(state: State, line: LineId): LineConfiguration {
  return must(state.lines.get(line), 'line', line);
}

export function callOf(state: State, id: CallId): Call {
  return must(state.calls.get(id), 'call', id);
}

export function placeOf(state: State, id: PlaceId): Place {
  return must(state.places.get(id), 'place', id);
}

export function callbackOf(state: State, id: CallbackId): Callback {
  return must(state.callbacks.get(id), 'callback', id);
}

export function attemptOf(state: State, id: AttemptId): Attempt {
  return must(state.attempts.get(id), 'attempt', id);
}

export function agentOf(state: State, id: AgentId): Agent {
  return must(state.agents.get(id), 'agent', id);
}

export function surveyOf(state: State, place: PlaceId): Survey {
  return must(state.surveys.get(place), 'survey of place', place);
}

/** The client of this place is asked on the line, and stays for it. One who was asked on a page is let go like everybody. */
export function staysForSurvey(state: State, place: PlaceId): boolean {
  return (state.surveys.get(place)?.channel ?? null) !== null;
}

export function legChannel(state: State, leg: LegId): Channel {
  return textId(state.shard, 'leg', leg) as Channel;
}

export function attemptChannel(state: State, attempt: AttemptId): Channel {
  return textId(state.shard, 'attempt', attempt) as Channel;
}

/** A conversation's bridge is named after the agent's leg: one leg, one conversation. */
export function bridgeId(state: State, leg: LegId): string {
  return textId(state.shard, 'bridge', leg);
}
