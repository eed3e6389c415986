// The words that facts use for why and how: causes of attempts, outcomes, what a client was told. Kept in the journal as they
// stand, so a word never changes its meaning. It must not know what facts there are.

/** Why an attempt did not reach the client. */
export type AttemptCause =
  | 'busy'
  | 'no_answer'
  | 'voicemail'
  | 'unallocated'
  | 'rejected'
  | 'congestion'
  | 'unknown'
  | 'other_person' // somebody else answered, and said when the client is to be had
  | 'agent_lost'; // the agent's leg went while the client was being called: not the client's doing

/** Why a callback ended without its client: after `other_person` there is always a further call. */
export type UnreachedCause = Exclude<AttemptCause, 'other_person'> | 'number_refused';

/** What an agent says came of a callback. `again`: it goes on, at a time that was agreed. */
export type Outcome = 'reached' | 'voicemail' | 'wrong_person' | 'again';

/** Who named the time of a further call: the client, or somebody else who answered their phone. */
export type SpokeWith = 'client' | 'other';

/** Why a place went back to its line, at its own key. */
export type ReturnCause =
  | 'agent_no_answer'
  | 'agent_rejected'
  | 'agent_unreachable'
  | 'agent_lost'
  | 'attempt_lost';

/** What became of an earlier callback about which the client called. */
export type Returned = 'kept' | 'cancelled' | 'number_changed' | 'being_served' | 'ended';

/** What may become of a callback whose turn does not come before closing, as its client is told at registration. */
export type ClosingNotice = 'may_carry' | 'may_expire';

/** Why a callback ended unserved, each counted apart: by policy, beyond the cap of those carried, or never open again. */
export type ExpiryCause = 'closing' | 'carry_full' | 'no_opening';

/** Why a wait or place told is worse than the one told before (law 5: never without a recorded cause). */
export type QuoteCause = '' | 'earlier_places_back' | 'fewer_agents' | 'slower_service' | 'language_changed'; // by the caller: other agents, another wait

/** How a consultation ended, but for being handed over. */
export type ConsultEnd =
  | 'let_go'
  | 'left'
  | 'unanswered'
  | 'unreachable'
  | 'refused'
  | 'client_left'
  | 'agent_left';
