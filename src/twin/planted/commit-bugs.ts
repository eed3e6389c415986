// Planted bugs of the engine, the journal and the fence: what leaves before it is written, who writes without leading, what
// is dialled without a permission.

import type { UnseededBug } from './bug.ts';

const ENGINE = 'src/engine/engine.ts';
const ATTEMPT = 'src/core/decide-attempt.ts';

export const COMMIT_BUGS: readonly UnseededBug[] = [
  {
    name: 'effects-before-commit',
    what: 'effects leave when they are decided, not when their facts are written',
    edits: [
      {
        file: ENGINE,
        from: '      this.pendingFacts += facts.length;\n      this.held.decided(facts);',
        to: '      this.pendingFacts += facts.length;\n      this.parts.telephony.perform(effects);\n      this.held.decided(facts);',
      },
    ],
  },
  {
    name: 'effects-after-a-failed-commit',
    what: 'an append that fails is taken for done',
    edits: [
      {
        file: ENGINE,
        from: '          await appended;\n',
        to: '          await appended.catch(() => undefined);\n',
      },
    ],
  },
  {
    name: 'fence-answers-before-commit',
    what: 'the number is given out when the permission is decided, before it is written',
    edits: [
      {
        file: ENGINE,
        from: "const { facts } = await this.submit({ type: 'dial.asked', attempt, number: judged });\n    const isPermitted = facts.some((fact) => fact.type === 'attempt.permitted');",
        to: "this.tell({ type: 'dial.asked', attempt, number: judged });\n    const isPermitted = this.state.attempts.get(Number(attempt.slice(attempt.lastIndexOf('-') + 1)) as never)?.state === 'permitted';",
      },
    ],
  },
  {
    name: 'fence-allows-on-error',
    what: 'the fence fails open: whatever is refused is dialled all the same',
    edits: [{ file: ENGINE, from: 'return isPermitted && isLive && number?.ok', to: 'return number?.ok' }],
  },
  {
    name: 'fence-permits-twice',
    what: 'a permission is good for a second asking; clairvoyance#668, 51 calls to one customer',
    edits: [
      {
        file: ENGINE,
        from: 'return isPermitted && isLive && number?.ok',
        to: 'return isLive && number?.ok',
      },
    ],
  },
  {
    name: 'advisory-lock-as-fence',
    what: 'a deposed leader writes on: whoever once had the lock is believed',
    edits: [
      {
        file: 'src/journal/memory/memory-journal.ts',
        from: "if (this.#state === 'fenced') throw new Fenced(this.#shard.name, this.epoch);",
        to: '',
      },
    ],
  },
  {
    name: 'stale-snapshot',
    what: 'recovery misses the last rows, as from a stale snapshot; clairvoyance#668',
    edits: [
      {
        file: ENGINE,
        from: 'await journal.replay(seq + 1, (row) => {\n      evolve(state, row.fact, row.at);',
        to: 'const upTo = (await journal.newestSeq()) - 5;\n    await journal.replay(seq + 1, (row) => {\n      if (row.seq <= upTo) evolve(state, row.fact, row.at);',
      },
    ],
  },
  {
    name: 'number-not-kept',
    what: 'a callback is registered and the row of its number is not written with it',
    edits: [{ file: ENGINE, from: 'if (row !== undefined) enclosed.push(row);', to: '' }],
  },
  {
    name: 'time-goes-back',
    what: 'an input is stamped by the clock on the wall, whatever was before',
    edits: [
      {
        file: 'src/engine/loop.ts',
        from: 'return Math.max(this.state.now, this.clock.now());',
        to: 'return this.clock.now();',
      },
      {
        file: 'src/core/turn.ts',
        from: "  assert(stamp.at >= state.now, 'time does not go back');\n",
        to: '',
      },
    ],
  },
  {
    name: 'deadline-fires-early',
    what: 'a wake-up that comes before its time is believed; with a clock that went back it fires again',
    edits: [
      {
        file: 'src/engine/loop.ts',
        from: 'if (this.isDue(this.now())) this.onDeadline();',
        to: 'this.onDeadline();',
      },
      {
        file: 'src/core/decide-deadline.ts',
        from: 'if (due === null || due.at > stamp.at) return NOTHING;',
        to: 'if (due === null) return NOTHING;',
      },
    ],
  },
  {
    name: 'clock-set-forward-unnoticed',
    what: 'a timer sleeps on for as long as it was set, whatever the clock is set to meanwhile',
    edits: [
      {
        file: 'src/engine/clock.ts',
        from: 'export const DELAY_MAX_MS = 10_000;',
        to: 'export const DELAY_MAX_MS = 2_147_000_000;',
      },
    ],
  },
  {
    name: 'state-by-chance',
    what: 'the state depends on more than the facts',
    edits: [
      {
        file: 'src/core/evolve-callback.ts',
        from: 'const count = before?.dayFromAt === dayFromAt ? before.count + 1 : 1;',
        to: 'const count = Math.floor(Math.random() * 1000);',
      },
    ],
  },
  {
    name: 'number-in-a-fact',
    what: 'the key of a number is the number',
    edits: [
      {
        file: 'src/vault/vault.ts',
        from: 'const numberKey = this.#ring.numberKey(canonical);',
        to: 'const numberKey = canonical as never as NumberKey;',
      },
    ],
  },
  {
    name: 'erased-and-still-known',
    what: 'a number that was erased stays in memory and is dialled',
    edits: [
      {
        file: 'src/vault/vault.ts',
        from: '    this.#loose.delete(numberKey);\n    const held = this.#held.get(numberKey);\n    if (held !== undefined) held.canonical = undefined;',
        to: '    if (numberKey === null) this.#loose.delete(numberKey);',
      },
    ],
  },
  {
    name: 'erased-while-being-written',
    what: 'a number is erased while its row is on the way to the disk, and is there again afterwards',
    edits: [{ file: 'src/engine/engine.ts', from: '    await this.appending;\n', to: '' }],
  },
  {
    name: 'permitted-without-its-agent',
    what: 'the fence does not look whether the agent is still held',
    edits: [
      {
        file: ATTEMPT,
        from: 'if (!isHeld || !mayDial(state, callback, at))',
        to: 'if (isHeld === null || !mayDial(state, callback, at))',
      },
      {
        file: 'src/core/decide-leg.ts',
        from: "  return [{ type: 'attempt.voided', v: 1, attempt: attempt.id, cause: 'agent_lost' }, returned, ...gone];",
        to: '  return [returned, ...gone];',
      },
    ],
  },
  {
    name: 'fence-forgets-the-switches-and-hours',
    what: 'the fence does not ask again whether dialling is on and the line is open',
    edits: [{ file: ATTEMPT, from: 'if (!isHeld || !mayDial(state, callback, at))', to: 'if (!isHeld)' }],
  },
  {
    name: 'fence-forgets-barred-numbers',
    what: 'a number that asked never to be called is dialled when its attempt is under way already',
    edits: [
      {
        file: ATTEMPT,
        from: 'if (number !== null || state.numbers.isBarred(callback.numberKey, callback.mainKey))',
        to: 'if (number !== null)',
      },
    ],
  },
  {
    name: 'void-after-permission',
    what: 'an attempt that was permitted is called void when its end is not told',
    edits: [
      {
        file: ATTEMPT,
        from: "    case 'permitted':\n    case 'ringing':\n      return [\n        ...afterAttempt",
        to: "    case 'permitted':\n      return voidAttempt(state, attempt, callback, cause, stamp);\n    case 'ringing':\n      return [\n        ...afterAttempt",
      },
      {
        file: 'src/core/attempt.ts',
        from: "  permitted: { 'attempt.ringing': 'ringing', 'attempt.answered': 'answered', 'attempt.failed': 'failed' },",
        to: "  permitted: { 'attempt.ringing': 'ringing', 'attempt.answered': 'answered', 'attempt.failed': 'failed', 'attempt.voided': 'voided' },",
      },
    ],
  },
];
