// The facts of a conversation that goes on elsewhere: hold, consultation, handing over, transfer (docs/adr/0024). As all
// facts: see fact.ts.

import type { ConsultEnd } from './fact-words.ts';
import type { AgentId, CallbackId, CallId, Channel, LegId, LineId, PlaceId } from './id.ts';

type F<Type extends string, Body = unknown> = { readonly type: Type; readonly v: 1 } & Body;

export type TalkFact =
  /** With the client, to another line or to somebody who is asked to take over; or back, when nobody did. The key stays. */
  | F<'place.transferred', { readonly place: PlaceId; readonly agent: AgentId | null; readonly line: LineId }>
  /** Whoever was consulted goes on with the client: a colleague, or (null) somebody outside. */
  | F<
      'place.handed_over',
      { readonly place: PlaceId; readonly from: AgentId | null; readonly to: AgentId | null }
    >
  /** The client of a callback that took place is handed on: they are a caller from now on, on the channel they are on. */
  | F<
      'call.adopted',
      {
        readonly call: CallId;
        readonly place: PlaceId;
        readonly callback: CallbackId;
        readonly channel: Channel;
      }
    >
  // ---- while client and agent talk
  /** The client hears music. */
  | F<'client.held', { readonly place: PlaceId; readonly agent: AgentId }>
  | F<'client.retrieved', { readonly place: PlaceId; readonly agent: AgentId }>
  /** A colleague is rung, or somebody outside is to be; the client holds. */
  | F<
      'consult.begun',
      {
        readonly place: PlaceId;
        readonly by: AgentId;
        readonly leg: LegId;
        readonly agent?: AgentId;
        readonly outside?: string;
        /** The agent does not wait for the answer. */
        readonly isBlind?: true;
      }
    >
  | F<'consult.permitted', { readonly place: PlaceId }>
  | F<'consult.answered', { readonly place: PlaceId }>
  | F<'consult.joined', { readonly place: PlaceId }>
  /** The client is back with the agent, where both are still there. */
  | F<'consult.ended', { readonly place: PlaceId; readonly cause: ConsultEnd }>;
