// The tones of conversations come out only in groups of enough agents, whole and in no order, and no fact or state says
// whose they were. A failure of the random runs prints its seed.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { agentCalled } from '../../test/support/given.ts';
import { MINUTE, Scene } from '../../test/support/scene.ts';
import { LIMITS } from '../core/configuration.ts';
import type { AgentId } from '../core/id.ts';
import type { Tone } from '../core/tone.ts';
import { ToneBox } from './tone-box.ts';

const AGENTS_MIN = 3;
const NAMES = ['ada', 'bo', 'cy', 'dee'];

function asking(): Scene {
  return new Scene({
    agents: NAMES.map((name) => agentCalled(name, ['visas'])),
    tone: { sharePermille: 1000, agentsMin: AGENTS_MIN },
  });
}

/** The agent speaks with a caller, and wraps up. */
function talk(scene: Scene, name: string, caller: number): void {
  scene.caller(caller);
  scene.ready(name);
  scene.answer(name);
  scene.after(MINUTE);
  scene.hangUp(scene.leg(name));
}

/** The wrap-up is over, and the next caller is for somebody else. */
function rest(scene: Scene, name: string): void {
  scene.tell({ type: 'agent.go_not_ready', agent: name as AgentId, reason: 'break' });
}

const noDraw = () => 0;

test('values stay in the box until enough agents have given one; then all of them are let go', () => {
  const scene = asking();
  const box = new ToneBox(noDraw);
  NAMES.slice(0, 3).forEach((name, i) => {
    talk(scene, name, i + 1);
    expect(box.asks(scene.state, name as AgentId)).toBe(true);
    const out = box.give(scene.state, name as AgentId, (i - 1) as Tone);
    expect(typeof out === 'string' ? out : out.length).toBe(i === 2 ? 3 : 0);
    rest(scene, name);
    if (typeof out !== 'string' && out.length > 0) scene.tell({ type: 'tone.release', values: out });
  });
  const felt = scene.all('tone.felt');
  expect(felt.map(({ value }) => value).sort()).toEqual([-1, 0, 1]);
  for (const fact of felt)
    expect(Object.keys(fact).sort()).toEqual(['kind', 'language', 'line', 'type', 'v', 'value']);
});

test('one value for a conversation, within its wrap-up, of those who are asked', () => {
  const scene = asking();
  const box = new ToneBox(noDraw);
  expect(box.give(scene.state, 'ada' as AgentId, 0)).toBe('tone.not_asked');
  talk(scene, 'ada', 1);
  expect(box.give(scene.state, 'ada' as AgentId, 0)).toEqual([]);
  expect(box.asks(scene.state, 'ada' as AgentId)).toBe(false);
  expect(box.give(scene.state, 'ada' as AgentId, 1)).toBe('tone.given');
  rest(scene, 'ada');
  expect(box.give(scene.state, 'ada' as AgentId, 1)).toBe('tone.not_asked');
});

test('so many of too few agents: the box is full and stays so, and the core takes no more at once', () => {
  const scene = asking();
  const box = new ToneBox(noDraw);
  const give = (name: string, n: number) => {
    talk(scene, name, n);
    const out = box.give(scene.state, name as AgentId, 1);
    rest(scene, name);
    return out;
  };
  const { tonesMax } = LIMITS;
  for (let n = 1; n <= tonesMax + 2; n += 1) expect(give(n % 2 === 0 ? 'ada' : 'bo', n)).toEqual([]);
  const out = give('cy', tonesMax + 3);
  expect(out).toHaveLength(tonesMax);
  if (typeof out === 'string') return;
  expect(scene.tell({ type: 'tone.release', values: [...out, ...out.slice(0, 1)] })).toEqual([]);
  expect(scene.tell({ type: 'tone.release', values: out })).toHaveLength(tonesMax);
}, 60_000);

test('whatever agents give in whatever order, a group has enough agents and nothing comes out twice', () => {
  const one = fc.record({ agent: fc.nat({ max: NAMES.length - 1 }), value: fc.constantFrom<Tone>(-1, 0, 1) });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 25 }), fc.nat(), (given, seed) => {
      const scene = asking();
      const box = new ToneBox((below) => seed % below);
      let waiting: { agent: string; value: Tone }[] = [];
      given.forEach(({ agent, value }, i) => {
        const name = NAMES[agent] as string;
        talk(scene, name, i + 1);
        waiting.push({ agent: name, value });
        const out = box.give(scene.state, name as AgentId, value);
        rest(scene, name);
        if (typeof out === 'string') throw new Error(out);
        const agents = new Set(waiting.map((one) => one.agent)).size;
        expect(out.length).toBe(agents >= AGENTS_MIN ? waiting.length : 0);
        expect(out.map((felt) => felt.value).sort()).toEqual(
          out.length === 0 ? [] : waiting.map((one) => one.value).sort(),
        );
        if (out.length > 0) waiting = [];
      });
      // Neither the facts nor the state have a place for a value with an agent.
      expect(JSON.stringify(scene.all('tone.asked'))).not.toContain('value');
    }),
    { numRuns: 60 },
  );
});
