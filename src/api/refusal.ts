// What the core refuses, as an answer: the status of each code and what the asker can do about it. One table for all
// routes, complete by its type: a new code without a line here does not compile.

import type { FastifyReply } from 'fastify';
import type { RefusalCode } from '../core/decision.ts';
import type { NumberCode } from '../core/number.ts';
import { problem } from './problem.ts';

export function refuse(reply: FastifyReply, code: RefusalCode) {
  const { status, mend } = ANSWERS[code];
  return problem(reply, status, code, mend);
}

/** A number that may not be dialled, whoever asks for it. */
export function refuseNumber(reply: FastifyReply, code: NumberCode) {
  return problem(
    reply,
    422,
    code,
    'this number is never dialled anyway; correct it if it was meant otherwise',
  );
}

type Answer = { readonly status: number; readonly mend: string };

const ANSWERS: Readonly<Record<RefusalCode, Answer>> = {
  'agent.unknown': {
    status: 404,
    mend: 'there is no such agent in the configuration; add it there or correct the name',
  },
  'agent.signed_out': { status: 409, mend: 'this agent is not signed in; sign in first' },
  'agent.no_wrap_up': {
    status: 409,
    mend: 'there is no wrap-up to lengthen; it begins by itself after a conversation',
  },
  'agent.line_unknown': {
    status: 400,
    mend: 'the configuration does not give this agent that line; leave lines out for all of them',
  },
  'agent.language_unknown': {
    status: 400,
    mend: 'the configuration does not give this agent that language; leave languages out for all of them',
  },
  'agent.no_client': { status: 409, mend: 'this agent is not connected to such a client' },
  'agent.no_page': {
    status: 409,
    mend: 'this agent works by their page, and it is not open; open it, or sign out and in again to work by the phone alone',
  },
  'agent.no_preview': {
    status: 409,
    mend: 'nobody is shown to this agent now: the phone rings already, or the place went back to the line',
  },
  'agent.outcome_told': { status: 409, mend: 'what came of this callback was said already' },
  'attempt.not_permitted': { status: 409, mend: 'this attempt may not be dialled; nothing was dialled' },
  'consult.begun': {
    status: 409,
    mend: 'this agent consults somebody already; end that, or hand the client over',
  },
  'consult.not_begun': {
    status: 409,
    mend: 'nobody is consulted now; ask a colleague or somebody of the directory first',
  },
  'consult.not_answered': {
    status: 409,
    mend: 'whoever is asked has not answered yet; wait for it, or end it and ask another',
  },
  'transfer.agent_busy': {
    status: 409,
    mend: 'that agent is not ready now, and nobody is sent to a phone that is not answered; choose another, or the line',
  },
  'transfer.dialling_off': {
    status: 409,
    mend: 'nobody is dialled now: dialling is switched off, or telephony is away',
  },
  'transfer.line_closed': {
    status: 409,
    mend: 'that line is closed now, and the client would be refused there; offer another way',
  },
  'transfer.line_full': {
    status: 409,
    mend: 'that line is full, and the client would be refused there; offer another way',
  },
  'transfer.nobody_ready': {
    status: 409,
    mend: 'nobody is ready in that line for the language of the client; transfer the client to the line, where they wait',
  },
  'transfer.outside_unknown': {
    status: 404,
    mend: 'the directory of the configuration has no such entry; add it there or correct the name',
  },
  'transfer.same_line': {
    status: 409,
    mend: 'the client is in that line already; consult or choose a colleague there',
  },
  'callback.unknown': {
    status: 404,
    mend: 'there is no such callback, or it has ended; "GET /api/v1/callbacks" lists those that have not',
  },
  'call.line_closed': { status: 409, mend: 'the line is closed now; ask again when it is open' },
  'call.line_full': { status: 409, mend: 'all places of the line are taken; ask again later' },
  'callback.ask_off': {
    status: 409,
    mend: 'callbacks are not asked for on the client page; "clientPage: { askAgain: true }" in the configuration allows it',
  },
  'callback.not_ended': {
    status: 409,
    mend: 'this callback has not ended, or its client was reached; nothing is to be asked for anew',
  },
  'callback.not_begun': { status: 409, mend: 'callback has not begun for this line, or is paused' },
  'callback.not_in_share': { status: 409, mend: 'callback is being opened by shares; ask again later' },
  'callback.day_full': { status: 409, mend: 'as many callbacks as allowed were accepted today' },
  'callback.offering_off': { status: 409, mend: 'the switch "offering" is off' },
  'callback.wait_short': { status: 409, mend: 'the wait is short: calling is as quick' },
  'callback.few_ahead': { status: 409, mend: 'few are ahead: calling is as quick' },
  'callback.pending_full': { status: 409, mend: 'the line has as many callbacks pending as allowed' },
  'callback.too_late': { status: 409, mend: 'it could probably not be kept before closing' },
  'callback.source_full': {
    status: 409,
    mend: 'as many callbacks as allowed were asked for by this number within an hour',
  },
  'callback.again_full': {
    status: 409,
    mend: 'it was agreed as often as allowed to call this client again; say what came of it otherwise, or raise "callAgain" under "callback"',
  },
  'callback.attempts_spent': {
    status: 409,
    mend: 'no attempt is left for this callback; say what came of it otherwise',
  },
  'callback.not_parted': {
    status: 409,
    mend: 'another call is agreed on after the conversation and before the end of the wrap-up; hang up first',
  },
  'callback.outside_hours': {
    status: 409,
    mend: 'the client may not be called at this time: outside the hours of the line or the client calling hours; name another',
  },
  'callback.time_past': { status: 409, mend: 'this time is past; name one to come' },
  'callback.too_far': { status: 409, mend: 'this time is more than seven days ahead; name an earlier one' },
  'callback.being_served': {
    status: 409,
    mend: 'an agent is being held for this callback or talks to its client; ask again when that is over',
  },
  'callback.no_opening': {
    status: 409,
    mend: 'the line does not open any more within the client calling hours; extend its hours in the configuration',
  },
  'callback.language_unknown': {
    status: 409,
    mend: 'the centre does not have this language; ask for one of the languages of its configuration',
  },
  'callback.never_call': {
    status: 409,
    mend: 'the owner of this number asked never to be called; give another',
  },
  'callback.cooldown': {
    status: 409,
    mend: 'the last callback to this number and extension ended too short a time ago; give another',
  },
  'callback.number_full': {
    status: 409,
    mend: 'as many callbacks as allowed were registered for this number today; give another, or list it as shared',
  },
  'callback.number_taken': {
    status: 409,
    mend: 'this number and extension have a callback of their own in this line; cancel one of the two',
  },
  'line.unknown': {
    status: 404,
    mend: 'there is no such line in the configuration; correct its id, or give null for the whole centre',
  },
  'place.unknown': { status: 404, mend: 'there is no such place in line, or it has been served or given up' },
  'place.reason_unknown': {
    status: 422,
    mend: 'the line has no priority for this reason; use one of its "priorities" in the configuration',
  },
  'place.reason_full': {
    status: 409,
    mend: 'as many places as allowed have this priority already; wait, or raise its cap in the configuration',
  },
  'survey.answered': { status: 409, mend: 'this question was answered already; an answer is given once' },
  'survey.not_an_answer': {
    status: 422,
    mend: 'satisfied is answered by 1 to 5, the other questions by 1 (yes) or 2 (no)',
  },
  'survey.not_asked': { status: 422, mend: 'this question is not one of the survey; leave it out' },
  'survey.not_open': {
    status: 409,
    mend: 'there is no survey open for this callback: it was answered, its time is over, or there was none',
  },
  'tone.given': {
    status: 409,
    mend: 'it was given for this conversation already; the next one may be asked',
  },
  'tone.not_asked': {
    status: 409,
    mend: 'this agent is not asked now: only after some conversations, and within the wrap-up',
  },
  'switch.centre_only': { status: 422, mend: 'this switch is for the whole centre; give null as its line' },
  'centre.not_configured': {
    status: 503,
    mend: 'the centre has no configuration yet; ask again in a moment',
  },
};
