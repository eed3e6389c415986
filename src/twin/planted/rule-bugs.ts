// Planted bugs of the rules: order, retries, hours, caps, cancelling, who is recognised, what is told.

import type { UnseededBug } from './bug.ts';

const AGAIN = 'src/core/call-again.ts';
const ASKED = 'src/core/ask-on-page.ts';
const CALLBACK = 'src/core/evolve-callback.ts';
const POLICY = 'src/core/policy.ts';
const FOLLOW = 'src/core/follow-up.ts';
const OFFER = 'src/core/offer.ts';
const RETURNING = 'src/core/returning.ts';

export const RULE_BUGS: readonly UnseededBug[] = [
  {
    name: 'retry-on-timeout',
    what: 'an attempt of which nobody knows whether it rang is followed by the next at once',
    edits: [
      {
        file: POLICY,
        from: "delayMs: cause === 'unknown' ? Math.max(retryDelayMs, quarantineMs) : retryDelayMs }",
        to: "delayMs: cause === 'unknown' ? 1_000 : retryDelayMs }",
      },
    ],
  },
  {
    name: 'one-attempt-too-many',
    what: "an attempt of unknown fate is not counted as the client's chance",
    edits: [
      {
        file: POLICY,
        from: "return cause !== 'agent_lost';",
        to: "return cause !== 'agent_lost' && cause !== 'unknown';",
      },
    ],
  },
  {
    name: 'called-again-while-it-rings',
    what: 'a second call is placed before the first is answered; FreePBX/issue-tracker#525',
    edits: [
      {
        file: 'src/core/decide-attempt.ts',
        from: "[{ type: 'attempt.ringing', v: 1, attempt: id }] : NOTHING;",
        to: "[{ type: 'attempt.ringing', v: 1, attempt: id }, intend(state, callback, attempt.agent)] : NOTHING;",
      },
      {
        file: CALLBACK,
        from: "callback.state === 'serving' && callback.attempt === null,",
        to: "callback.state === 'serving',",
      },
    ],
  },
  {
    name: 'retry-at-a-better-key',
    what: 'a callback that is tried again goes to the front of the queue',
    edits: [
      {
        file: CALLBACK,
        from: '      place.agent = null;\n      movePlace(state, place, fact.type);',
        to: '      place.agent = null;\n      place.priority = 0;\n      movePlace(state, place, fact.type);',
      },
    ],
  },
  {
    name: 'retry-at-the-end-of-the-line',
    what: 'a callback that is tried again loses its place',
    edits: [
      {
        file: CALLBACK,
        from: '      place.agent = null;\n      movePlace(state, place, fact.type);',
        to: '      place.agent = null;\n      place.priority = 9;\n      movePlace(state, place, fact.type);',
      },
    ],
  },
  {
    name: 'due-before-its-time',
    what: 'a callback comes back to the line before the delay that was written down',
    edits: [
      {
        file: CALLBACK,
        from: "callback.deadline = state.deadlines.set(callback.deadline, 'callback', callback.id, fact.untilAt);\n      callback.voids = 0;",
        to: "callback.deadline = state.deadlines.set(callback.deadline, 'callback', callback.id, at + 1_000);\n      callback.voids = 0;",
      },
    ],
  },
  {
    name: 'retry-forgotten',
    what: 'nothing brings a callback back from waiting for its next attempt',
    edits: [
      {
        file: CALLBACK,
        from: "callback.deadline = state.deadlines.set(callback.deadline, 'callback', callback.id, fact.untilAt);\n      callback.voids = 0;",
        to: 'callback.voids = 0;',
      },
    ],
  },
  {
    name: 'last-queue-first',
    what: 'an agent with several queues takes the first place of the one that was looked at last',
    edits: [
      {
        file: FOLLOW,
        from: '(best === null || isBefore(first, best))',
        to: '(best === null || first !== best)',
      },
    ],
  },
  {
    name: 'holders-first',
    what: 'who holds is served before callbacks that are ahead of them',
    edits: [
      {
        file: FOLLOW,
        from: 'const first = (both ? queue.order : queue.holding).first();',
        to: 'const first = queue.holding.first() ?? (both ? queue.order : queue.holding).first();',
      },
    ],
  },
  {
    name: 'offering-off-drops-accepted',
    what: 'turning offers off cancels what was accepted',
    edits: [
      {
        file: 'src/core/decide-owner.ts',
        from: "return standing === on ? NOTHING : [{ type: 'switch.turned', v: 1, name, line, on, reason, by }];",
        to: `if (standing === on) return NOTHING;
  const dropped = name === 'offering' && !on ? [...state.callbacks.values()].filter((c) => c.state === 'pending') : [];
  return [{ type: 'switch.turned', v: 1, name, line, on, reason, by }, ...dropped.flatMap((c) => [
    { type: 'place.left', v: 1, place: c.place, reason: 'ended' } as const,
    { type: 'callback.cancelled', v: 1, callback: c.id, by: 'owner' } as const])];`,
      },
    ],
  },
  {
    name: 'cancel-loses-in-silence',
    what: 'who cancels too late is told that it is cancelled, and is called',
    edits: [
      {
        file: RETURNING,
        from: "if (!CHANGEABLE.includes(callback.state)) return [ask(state, call.id, 'returned', key, 'being_served')];",
        to: "if (!CHANGEABLE.includes(callback.state)) return [ask(state, call.id, 'returned', key, key === '2' ? 'cancelled' : 'being_served')];",
      },
    ],
  },
  {
    name: 'any-code-will-do',
    what: "the reference alone opens somebody's callback",
    edits: [
      {
        file: RETURNING,
        from: 'return callback.code === digits.slice(REFERENCE_DIGITS) ? callback : null;',
        to: 'return callback;',
      },
    ],
  },
  {
    name: 'right-code-refused',
    what: 'a client with the right code is not recognised while their callback waits for its next attempt',
    edits: [
      {
        file: RETURNING,
        from: 'return callback.code === digits.slice(REFERENCE_DIGITS) ? callback : null;',
        to: "return callback.code === digits.slice(REFERENCE_DIGITS) && callback.state === 'pending' ? callback : null;",
      },
    ],
  },
  {
    name: 'doubled-not-merged',
    what: 'the same number is registered twice in one line',
    edits: [
      {
        file: OFFER,
        from: 'if (open.length < openMax) return null;',
        to: 'if (open.length < 99) return null;',
      },
    ],
  },
  {
    name: 'offered-with-offering-off',
    what: "the owners' switch is not asked when an offer is made",
    edits: [
      {
        file: OFFER,
        from: "if (!isOn(state.switches, 'offering', place.line)) return 'callback.offering_off';",
        to: '',
      },
    ],
  },
  {
    name: 'line-fuller-than-full',
    what: 'the capacity is one more than the owners said',
    edits: [
      {
        file: 'src/core/menus.ts',
        from: 'if (taken >= capacity + line.offer.overflowPlaces)',
        to: 'if (taken > capacity + line.offer.overflowPlaces)',
      },
      { file: 'src/core/menus.ts', from: '...(taken >= capacity ?', to: '...(taken > capacity ?' },
    ],
  },
  {
    name: 'one-dial-too-many-for-the-hour',
    what: 'the cap of an hour is not kept',
    edits: [
      {
        file: 'src/core/closing.ts',
        from: 'return dialsPerHourMax - state.numbers.dialledWithinHour(at) - state.toDial.size;',
        to: 'return dialsPerHourMax;',
      },
      {
        file: 'src/core/closing.ts',
        from: 'state.numbers.dialledWithinHour(at) < dialsPerHourMax',
        to: 'at > 0',
      },
    ],
  },
  {
    name: 'dst-forgotten',
    what: 'every day has 24 hours: in the night of the clocks the hours are an hour off',
    edits: [
      {
        file: 'src/config/local-time.ts',
        from: 'isPlain: startsAtMidnight && toAt - fromAt === DAY_MS',
        to: 'isPlain: startsAtMidnight',
      },
    ],
  },
  {
    name: 'closing-forgotten',
    what: 'whoever is being served when the line closes is dialled all the same',
    edits: [
      {
        file: 'src/core/closing.ts',
        from: "  if (span === null && state.lineStates.get(id) === 'closed') return false;\n",
        to: '',
      },
      {
        file: 'src/core/closing.ts',
        from: 'return closesAt === Number.MAX_SAFE_INTEGER || at < closesAt + finishMs - closing.cutOffMs;',
        to: 'return closesAt + finishMs > 0;',
      },
    ],
  },
  {
    name: 'worse-without-a-word',
    what: 'the place that a caller is told gets worse and no reason is written',
    edits: [
      {
        file: 'src/core/quoting.ts',
        from: "if (isFurther) return 'earlier_places_back';",
        to: "if (isFurther) return '';",
      },
    ],
  },
  {
    name: 'asked-and-left-on-the-line',
    what: 'a survey that the house ends leaves its client on the line',
    edits: [
      {
        file: 'src/core/effects.ts',
        from: "return fact.by === 'centre' && channel !== null && call === null ? [{ do: 'hang_up', channel }] : NONE;",
        to: 'return channel !== null && call !== null ? NONE : NONE;',
      },
      {
        file: 'src/core/effects.ts',
        from: "[{ prompt: 'survey.thanks' }], 'hang_up')",
        to: "[{ prompt: 'survey.thanks' }], 'nothing')",
      },
    ],
  },
  {
    name: 'answered-on-the-page-twice',
    what: 'an answer given on the page counts as often as it is sent',
    edits: [
      {
        file: 'src/core/decide-survey.ts',
        from: "    if (seen.has(question)) return { refused: 'survey.answered' };\n",
        to: '',
      },
    ],
  },
  {
    name: 'called-again-for-ever',
    what: 'another call may be agreed on as often as anybody likes',
    edits: [
      {
        file: AGAIN,
        from: "  if (againLeft(state, callback) === 0) return 'callback.again_full';\n",
        to: '',
      },
    ],
  },
  {
    name: 'called-again-at-night',
    what: 'another call is agreed on for a time at which the line is closed',
    edits: [
      {
        file: AGAIN,
        from: "  if (!mayBeCalledAt(state, callback, untilAt)) return 'callback.outside_hours';\n",
        to: '',
      },
    ],
  },
  {
    name: 'parted-and-forgotten',
    what: 'a callback of whose conversation nobody said what came of it never ends',
    edits: [
      {
        file: FOLLOW,
        from: 'return [...endParted(state, fact.agent), ...giveWork(state, fact.agent)];',
        to: 'return giveWork(state, fact.agent);',
      },
    ],
  },
  {
    name: 'asked-on-the-page-at-night',
    what: 'another callback is asked for on the page while the line is closed',
    edits: [
      {
        file: ASKED,
        from: "  if (!isOpenAt(hoursFor(line, number.region), at)) return 'call.line_closed';\n",
        to: '',
      },
      {
        file: OFFER,
        from: "  if (!isOpenAt(open, at)) return 'callback.too_late';\n",
        to: '',
      },
      {
        file: OFFER,
        from: "return permille < offer.keepPermille ? 'callback.too_late' : null;",
        to: 'return permille < 0 ? null : null;',
      },
    ],
  },
  {
    name: 'asked-on-the-page-and-served-first',
    what: 'who asks on the page is put before those who wait',
    edits: [
      {
        file: ASKED,
        from: 'return { place, call: null, line, language, priority: ORDINARY_PRIORITY, entry };',
        to: 'return { place, call: null, line, language, priority: 0, entry };',
      },
    ],
  },
];
