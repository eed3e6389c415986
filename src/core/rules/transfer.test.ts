// A conversation that goes on elsewhere: on hold, with a colleague or somebody outside, in another line. Whatever does not
// come about leaves the client with the agent, or in line at their own key.

import { describe, expect, test } from 'vitest';
import { agentCalled, centreOf, lineCalled } from '../../../test/support/given.ts';
import { Scene, visas } from '../../../test/support/scene.ts';
import type { LineConfiguration } from '../configuration.ts';
import { type AgentId, type Channel, type LineId, textId } from '../id.ts';
import type { Party } from '../input.ts';

const PASSPORTS = { line: 'passports' as LineId };
const BOB = { agent: 'bob' as AgentId };
const OUTSIDE = { outside: 'interpreter' };

class TalkScene extends Scene {
  constructor(passports: Partial<LineConfiguration> = {}) {
    super({
      lines: [visas(), lineCalled('passports', '2', passports)],
      agents: [
        agentCalled('ada', ['visas']),
        agentCalled('bob', ['passports']),
        agentCalled('cy', ['visas']),
      ],
      agent: { ...centreOf().agent, wrapUpMs: 0 },
      directory: [
        { id: 'interpreter', name: { en: 'Interpreter', fr: 'Interprète' }, number: '+16135550142' },
      ],
    });
  }

  ask(type: 'agent.hold' | 'agent.retrieve' | 'agent.join' | 'agent.hand_over' | 'agent.end_consult') {
    return this.tell({ type, agent: 'ada' as AgentId });
  }

  towards(type: 'agent.consult' | 'agent.transfer', to: Party) {
    return this.tell({ type, agent: 'ada' as AgentId, to });
  }

  /** Somebody who held talks with ada. */
  talk(): Channel {
    this.ready('ada');
    const channel = this.caller(1);
    this.answer('ada');
    return channel;
  }

  /** A callback's client talks with ada. */
  talkByCallback(): Channel {
    this.callback(1);
    this.ready('ada');
    this.dial('ada');
    this.reach();
    return this.attempt();
  }

  third(): Channel {
    return textId('t', 'leg', this.state.last.leg) as Channel;
  }

  /** What the last turn asked of telephony. */
  asked(of: () => unknown): string[] {
    const before = this.effects.length;
    of();
    return this.effects
      .slice(before)
      .map((effect) => ('channel' in effect ? `${effect.do} ${effect.channel}` : effect.do));
  }
}

describe('hold', () => {
  test('the client hears music, and the agent again afterwards; asked twice is as once', () => {
    const scene = new TalkScene();
    const client = scene.talk();
    expect(scene.asked(() => scene.ask('agent.hold'))).toEqual(['unbridge', `music ${client}`]);
    expect(scene.ask('agent.hold')).toEqual([]);
    expect(scene.asked(() => scene.ask('agent.retrieve'))).toEqual(['bridge']);
    expect(scene.ask('agent.retrieve')).toEqual([]);
  });

  test('before there is a client there is nobody to hold', () => {
    const scene = new TalkScene();
    scene.callback(1);
    scene.ready('ada');
    scene.dial('ada');
    scene.ask('agent.hold');
    expect(scene.refused).toBe('agent.no_client');
  });
});

describe('consulted', () => {
  test('a colleague is given nobody else meanwhile, and takes over', () => {
    const scene = new TalkScene();
    scene.talk();
    scene.ready('bob');
    scene.towards('agent.consult', BOB);
    expect(scene.agent('bob')).toMatchObject({ state: 'consulted', place: null });
    scene.answer('bob');
    scene.ask('agent.hand_over');
    expect(scene.agent('bob')).toMatchObject({ state: 'on_call', place: 1 });
    expect(scene.agent('ada').state).toBe('clearing');
    scene.hangUp(scene.leg('ada'));
    expect(scene.agent('ada').state).toBe('ready');
    scene.hangUp(scene.leg('bob'));
    expect(scene.state.places.size).toBe(0);
    expect(scene.agent('bob').state).toBe('ready');
  });

  test('whoever does not answer is not ready, and the client is back with the agent', () => {
    const scene = new TalkScene();
    scene.talk();
    scene.ready('bob');
    scene.towards('agent.consult', BOB);
    const asked = scene.asked(() => scene.hangUp(scene.third(), 'no_answer'));
    expect(asked.slice(0, 2)).toEqual(['unbridge', 'bridge']);
    expect(scene.agent('bob')).toMatchObject({ state: 'not_ready', reason: 'no_answer' });
    expect(scene.latest('consult.ended')?.cause).toBe('unanswered');
  });

  test('the agent hangs up while they talk: the colleague goes on with the client', () => {
    const scene = new TalkScene();
    scene.talk();
    scene.ready('bob');
    scene.towards('agent.consult', BOB);
    scene.answer('bob');
    scene.hangUp(scene.leg('ada'));
    expect(scene.latest('place.handed_over')).toMatchObject({ from: 'ada', to: 'bob' });
  });

  test('the client hangs up: everybody is free', () => {
    const scene = new TalkScene();
    const client = scene.talk();
    scene.ready('bob');
    scene.towards('agent.consult', BOB);
    scene.answer('bob');
    scene.ask('agent.join');
    scene.hangUp(client);
    for (const name of ['ada', 'bob']) scene.hangUp(scene.leg(name));
    expect([scene.agent('ada').state, scene.agent('bob').state]).toEqual(['ready', 'ready']);
    expect(scene.latest('consult.ended')?.cause).toBe('client_left');
  });

  test('somebody outside is dialled once, and never with all dialling stopped', () => {
    const scene = new TalkScene();
    scene.talk();
    scene.towards('agent.consult', OUTSIDE);
    const ask = () => scene.tell({ type: 'dial.asked', attempt: scene.third(), number: null });
    expect(ask().map(({ type }) => type)).toEqual(['consult.permitted']);
    ask();
    expect(scene.refused).toBe('attempt.not_permitted');
    scene.ask('agent.end_consult');
    scene.turnSwitch('dialling', false);
    scene.towards('agent.consult', OUTSIDE);
    expect(scene.refused).toBe('transfer.dialling_off');
    scene.towards('agent.consult', { outside: 'nobody' });
    expect(scene.refused).toBe('transfer.outside_unknown');
  });

  test('nothing is heard of a phone outside: it is given up, and the client is back', () => {
    const scene = new TalkScene();
    scene.talk();
    scene.towards('agent.consult', OUTSIDE);
    scene.after(60_000);
    expect(scene.latest('consult.ended')?.cause).toBe('unanswered');
    expect(scene.state.places.get(scene.agent('ada').place ?? (0 as never))?.onHold).toBeUndefined();
  });
});

describe('transferred', () => {
  test('to another line, at their own key: before those who came later', () => {
    const scene = new TalkScene();
    scene.talk();
    const later = scene.latest('place.taken')?.entry;
    scene.towards('agent.transfer', PASSPORTS);
    const place = [...scene.state.places.values()][0];
    expect(place).toMatchObject({ line: 'passports', state: 'waiting', entry: later, transfers: 1 });
    expect(scene.latest('dialogue.asked')?.step).toBe('offer');
    scene.ready('bob');
    scene.answer('bob');
    expect(scene.latest('call.connected')?.agent).toBe('bob');
  });

  test.each([
    ['transfer.line_closed', { open: [] }, PASSPORTS],
    ['transfer.line_full', { capacity: 0 }, PASSPORTS],
    ['transfer.same_line', {}, { line: 'visas' as LineId }],
    ['line.unknown', {}, { line: 'none' as LineId }],
    ['transfer.agent_busy', {}, BOB],
    ['agent.unknown', {}, { agent: 'zoe' as AgentId }],
  ] as const)('streams#371: not into silence: %s, and the agent keeps the client', (code, passports, to) => {
    const scene = new TalkScene(passports);
    scene.talk();
    expect(scene.towards('agent.transfer', to)).toEqual([]);
    expect(scene.refused).toBe(code);
    expect(scene.agent('ada').state).toBe('on_call');
  });

  test('to a colleague who does not answer: in line where they were, first in turn', () => {
    const scene = new TalkScene();
    scene.talk();
    scene.ready('bob');
    scene.towards('agent.transfer', BOB);
    expect(scene.agent('bob').state).toBe('reserved');
    scene.hangUp(scene.leg('bob'), 'no_answer');
    expect([...scene.state.places.values()][0]).toMatchObject({ line: 'visas', state: 'waiting', entry: 1 });
    scene.ready('cy');
    expect(scene.agent('cy')).toMatchObject({ state: 'reserved', place: 1 });
  });

  test('to somebody outside who answers they are with them; who does not, leaves them in line', () => {
    for (const answers of [true, false]) {
      const scene = new TalkScene();
      const client = scene.talk();
      scene.towards('agent.transfer', OUTSIDE);
      const third = scene.third();
      scene.tell({ type: 'dial.asked', attempt: third, number: null });
      if (!answers) {
        scene.hangUp(third, 'busy');
        expect([...scene.state.places.values()][0]).toMatchObject({ state: 'waiting', entry: 1 });
        continue;
      }
      scene.tell({ type: 'channel.answered', channel: third });
      expect(scene.latest('place.handed_over')).toMatchObject({ from: null, to: null });
      scene.hangUp(third);
      scene.hangUp(client);
      expect(scene.state.places.size + scene.state.calls.size).toBe(0);
    }
  });

  test('the client of a callback is a caller from then on, and the callback is kept', () => {
    const scene = new TalkScene();
    const client = scene.talkByCallback();
    scene.towards('agent.transfer', PASSPORTS);
    expect(scene.all('callback.completed')).toHaveLength(1);
    expect(scene.state.channels.get(client)).toMatchObject({ kind: 'call' });
    scene.hangUp(client);
    expect(scene.latest('place.left')?.reason).toBe('abandoned');
    expect(scene.state.callbacks.size).toBe(0);
  });
});
