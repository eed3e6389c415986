// Planted bugs of agents, legs and the resync: who is held twice or for ever, what is left over, what is never joined.

import type { UnseededBug } from './bug.ts';

const AGENT = 'src/core/evolve-agent.ts';
const CALLBACK = 'src/core/evolve-callback.ts';
const EFFECTS = 'src/core/effects.ts';
const FOLLOW = 'src/core/follow-up.ts';
const LEG = 'src/core/decide-leg.ts';

export const AGENT_BUGS: readonly UnseededBug[] = [
  {
    name: 'two-agents-for-one-call',
    what: 'a place that an agent is held for stays in the line; asterisk#176',
    edits: [
      {
        file: AGENT,
        from: '  movePlace(state, place, fact.type);\n}\n\n/** From now on the leg',
        to: '}\n\n/** From now on the leg',
      },
    ],
  },
  {
    name: 'agent-not-freed',
    what: 'an agent whose client was not reached waits for ever; signalwire/freeswitch#1973',
    edits: [
      {
        file: 'src/core/decide-attempt.ts',
        from: '        ...afterAttempt(state, callback, attempt, attemptCause(cause), stamp),\n        unreached(state, attempt.agent),',
        to: '        ...afterAttempt(state, callback, attempt, attemptCause(cause), stamp),',
      },
    ],
  },
  {
    name: 'agent-stuck-reserved',
    what: 'a phone of which nothing more is heard keeps its agent; freeswitch#2540, opensips#3123',
    edits: [
      {
        file: AGENT,
        from: "  agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, untilAt);\n",
        to: '',
      },
    ],
  },
  {
    name: 'agent-stuck-clearing',
    what: 'a phone whose end is not told keeps its agent after the call; opensips#3123',
    edits: [
      {
        file: AGENT,
        from: "agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, at + CLEARING_MAX_MS);",
        to: 'agent.deadline = state.deadlines.clear(agent.deadline);',
      },
    ],
  },
  {
    name: 'slot-leaked',
    what: 'an attempt that is never heard of again lives for ever; an unanswered ARI call held its slot for 20 minutes',
    edits: [
      {
        file: CALLBACK,
        from: "const deadline = state.deadlines.set(null, 'attempt', fact.attempt, at + ATTEMPT_GRACE_MS);",
        to: 'const deadline = null;',
      },
    ],
  },
  {
    name: 'unknown-for-ever',
    what: 'an attempt that was permitted has no end of its own',
    edits: [
      {
        file: CALLBACK,
        from: "      attempt.deadline = state.deadlines.set(\n        attempt.deadline,\n        'attempt',",
        to: "      attempt.deadline = state.deadlines.clear(attempt.deadline);\n      if (at < 0) state.deadlines.set(\n        attempt.deadline,\n        'attempt',",
      },
    ],
  },
  {
    name: 'wrap-up-ends-early',
    what: 'wrap-up is over a third of the way; asterisk#1006',
    edits: [
      {
        file: AGENT,
        from: "agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, fact.untilAt);",
        to: "agent.deadline = state.deadlines.set(agent.deadline, 'agent', agent.id, at + (fact.untilAt - at) / 3);",
      },
    ],
  },
  {
    name: 'dialled-before-the-agent-answers',
    what: "the client is called while the agent's phone still rings",
    edits: [
      {
        file: LEG,
        from: "    case 'channel.ringing':\n      return NOTHING;",
        to: "    case 'channel.ringing': {\n      const early = agent.place === null ? undefined : state.places.get(agent.place);\n      return early?.callback == null || agent.state !== 'reserved' ? NOTHING : intendFor(state, agent, stamp.at);\n    }",
      },
    ],
  },
  {
    name: 'not-joined',
    what: 'client and agent are connected in the books and hear nothing',
    edits: [
      {
        file: EFFECTS,
        from: "  'callback.connected': (state, fact) => join(state, fact.agent, attemptChannel(state, fact.attempt)),",
        to: "  'callback.connected': (state, fact) =>\n    fact.attempt % 3 === 0 ? NONE : join(state, fact.agent, attemptChannel(state, fact.attempt)),",
      },
    ],
  },
  {
    name: 'joined-late',
    what: 'the client is announced to the agent, and hears nobody meanwhile',
    edits: [
      {
        file: EFFECTS,
        from: "  'callback.connected': (state, fact) => join(state, fact.agent, attemptChannel(state, fact.attempt)),",
        to: "  'callback.connected': (state, fact) => [{ do: 'music', channel: attemptChannel(state, fact.attempt), language: 'en' }],",
      },
    ],
  },
  {
    name: 'nothing-swept',
    what: 'after a resync channels that belong to nobody are left',
    edits: [{ file: 'src/core/turn.ts', from: '  made.effects.unshift(sweep);\n', to: '  void sweep;\n' }],
  },
  {
    name: 'client-left-on-the-line',
    what: 'when an agent hangs up, the client stays connected to nobody',
    edits: [
      {
        file: EFFECTS,
        from: "    return attempt === null || of === 'parted'\n      ? NONE\n      : [{ do: 'hang_up', channel: attemptChannel(state, attempt) }];",
        to: '    return NONE;',
      },
      {
        file: EFFECTS,
        from: "  if (attempt === null || staysForSurvey(state, place)) return NONE;\n  return [{ do: 'hang_up', channel: attemptChannel(state, attempt) }];",
        to: '  return attempt === null ? NONE : staysForSurvey(state, place) ? NONE : NONE;',
      },
    ],
  },
  {
    name: 'hang-up-asked-once',
    what: 'a hang-up that fails on the other side is not asked for again',
    edits: [
      {
        file: 'src/telephony/simulated/simulated-telephony.ts',
        from: 'if (letsGo && event.status === 500) {',
        to: 'if (letsGo) {\n      if (event.status === 500) return;',
      },
    ],
  },
  {
    name: 'listing-stalled-is-empty',
    what: 'a list of channels that stalls is taken for one without channels; asterisk#2078',
    edits: [
      {
        file: 'src/telephony/simulated/simulated-telephony.ts',
        from: '      this.#agree(found, bridges);\n      for (const event',
        to: '      this.#agree([], []);\n      for (const event',
      },
    ],
  },
  {
    name: 'no-work-after-a-resync',
    what: 'agents who were free before the socket was lost are not looked at again',
    edits: [
      {
        file: 'src/core/turn.ts',
        from: '  for (const agent of longestIdleFirst(state)) {',
        to: '  for (const agent of longestIdleFirst(state).slice(1)) {',
      },
    ],
  },
  {
    name: 'no-work-for-a-returned-place',
    what: 'a place that goes back to the line is not offered to who is free',
    edits: [
      {
        file: FOLLOW,
        from: '      if (callback === null) return placeWaits(state, fact.place);\n',
        to: '      if (callback === null) return [];\n',
      },
      {
        file: FOLLOW,
        from: 'return firstOf(callbackWaits(state, callback), () => dialsFreed(state));',
        to: 'return [];',
      },
    ],
  },
  {
    name: 'lost-agent-keeps-the-place',
    what: 'an agent whose phone dies before the client is dialled takes the place along',
    edits: [
      {
        file: LEG,
        from: '  if (callback.attempt === null) return [returned, ...gone];',
        to: '  if (callback.attempt === null) return gone;',
      },
    ],
  },
  {
    name: 'arrived-twice',
    what: 'a caller who is told of twice is two callers',
    edits: [
      {
        file: 'src/core/decide-call.ts',
        from: 'if (state.channels.has(input.channel)) return NOTHING; // told again after a resync',
        to: '',
      },
    ],
  },
  {
    name: 'answered-twice',
    what: 'an answer that is told twice is taken twice',
    edits: [
      {
        file: 'src/core/decide-attempt.ts',
        from: "if (attempt.state !== 'permitted' && attempt.state !== 'ringing') return NOTHING;",
        to: '',
      },
    ],
  },
  {
    name: 'colleague-never-released',
    what: 'who was consulted and is let go of stays in the call for ever',
    edits: [
      {
        file: 'src/core/decide-consult.ts',
        from: 'return consult.agent === null ? [ended] : [ended, letGo(agentOf(state, consult.agent).id)];',
        to: 'return [ended];',
      },
    ],
  },
  {
    name: 'transferred-into-a-full-line',
    what: 'a client is transferred into a line that has no place left; streams#371',
    edits: [
      {
        file: 'src/core/menus.ts',
        from: 'return takenOf(state, line, language) >= capacityOf(line);',
        to: 'return takenOf(state, line, language) < 0;',
      },
    ],
  },
  {
    name: 'outside-dialled-twice',
    what: 'the fence permits somebody of the directory as often as it is asked',
    edits: [
      {
        file: 'src/core/decide-consult.ts',
        from: "if (consult?.state !== 'intended' || consult.outside === null) return false;",
        to: 'if (consult === undefined || consult.outside === null) return false;',
      },
    ],
  },
];
