// decide(state, input, stamp) -> facts, or a refusal with its code. Reads the state, changes nothing, and knows neither
// clock nor dice: the time and the random number come with the input. What follows from the facts themselves (a free
// agent meets a waiting place, a new place is quoted a wait) is in follow-up.ts; turn.ts puts both together.

import { decideAgent, voicemail } from './decide-agent.ts';
import { decideAttemptEvent, decideDial } from './decide-attempt.ts';
import { decideCall } from './decide-call.ts';
import { decideOutside } from './decide-consult.ts';
import { decideDeadline } from './decide-deadline.ts';
import { decideLeg } from './decide-leg.ts';
import { decideOwner } from './decide-owner.ts';
import { answerSurvey, decideSurvey, isOfSurvey, type SurveyInput } from './decide-survey.ts';
import { type Decision, NOTHING } from './decision.ts';
import { KEYS } from './dialogue.ts';
import type { Input, Stamp } from './input.ts';
import { packed } from './packing.ts';
import { agentOf, placeOf, type State, surveyOf } from './state.ts';
import type { Survey } from './survey.ts';
import { releaseTones } from './tone.ts';

export function decide(state: State, input: Input, stamp: Stamp): Decision {
  if (input.type === 'centre.configure') return configure(state, input);
  if (state.configuration === null) return { refused: 'centre.not_configured' };
  const surveyed = surveyAt(state, input);
  if (surveyed !== null) return decideSurvey(state, surveyed.survey, surveyed.input, stamp);
  switch (input.type) {
    case 'call.arrives':
    case 'number.collected':
    case 'caller.number_gone':
    case 'extension.collected':
      return decideCall(state, input, stamp);
    case 'key.pressed': {
      const owner = state.channels.get(input.channel);
      if (owner?.kind !== 'agent')
        return isCallers(state, input.channel) ? decideCall(state, input, stamp) : NOTHING;
      return input.key === KEYS.voicemail ? voicemail(state, agentOf(state, owner.agent), stamp) : NOTHING;
    }
    case 'prompt.began':
      return isCallers(state, input.channel) ? decideCall(state, input, stamp) : NOTHING;
    case 'prompt.ended':
      return isCallers(state, input.channel)
        ? decideCall(state, input, stamp)
        : decideLeg(state, input, stamp);
    case 'channel.ringing':
    case 'channel.answered':
    case 'channel.ended': {
      const owner = state.channels.get(input.channel);
      if (owner?.kind === 'call') return decideCall(state, input, stamp);
      if (owner?.kind === 'agent') return decideLeg(state, input, stamp);
      if (owner?.kind === 'consult') return decideOutside(state, placeOf(state, owner.place), input, stamp);
      return owner?.kind === 'attempt' ? decideAttemptEvent(state, owner.attempt, input, stamp) : NOTHING;
    }
    case 'telephony.lost':
      return state.telephonyUp ? [{ type: 'telephony.lost', v: 1 }] : NOTHING;
    case 'telephony.resynced': // many decisions, each on what the one before it left: turn.ts
      return NOTHING;
    case 'dial.asked':
      return decideDial(state, input.attempt, input.number, stamp.at);
    case 'deadline.reached':
      return decideDeadline(state, stamp);
    case 'switch.turn':
    case 'number.bar':
    case 'person.erase':
    case 'place.prioritise':
    case 'callback.ask_on_page':
    case 'callback.cancel':
    case 'callback.postpone':
    case 'callback.change_number':
    case 'callback.change_language':
    case 'callback.mark_relay':
      return decideOwner(state, input, stamp);
    case 'survey.answer':
      return answerSurvey(state, input);
    case 'tone.release':
      return releaseTones(state, input);
    default: // whatever else there is agents ask for, as the compiler sees
      return decideAgent(state, input, stamp);
  }
}

function configure(state: State, input: Extract<Input, { type: 'centre.configure' }>): Decision {
  const { hash, configuration, document = '', by, because } = input;
  const who = { ...(by === undefined ? {} : { by }), ...(because === undefined ? {} : { because }) };
  return hash === state.configurationHash
    ? NOTHING
    : [{ type: 'centre.configured', v: 2, hash, packed: packed(configuration), document, ...who }];
}

/** What comes from a client whose agent has left. */
function surveyAt(
  state: State,
  input: Input,
): { readonly survey: Survey; readonly input: SurveyInput } | null {
  if (state.surveys.size === 0 || !isOfSurvey(input)) return null;
  const owner = state.channels.get(input.channel);
  return owner?.kind === 'survey' ? { survey: surveyOf(state, owner.place), input } : null;
}

function isCallers(state: State, channel: Parameters<State['channels']['get']>[0]): boolean {
  return state.channels.get(channel)?.kind === 'call';
}
