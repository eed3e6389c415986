// What was promised is kept, on the real Asterisk and in both languages: processing off holds callbacks back and drops
// none, on again they are called in their order; a machine that answers is no success, hears a neutral message in both
// languages, and is called again. The agent hears of each client in the client's language.

import { describe, expect, test } from 'vitest';
import { type Language, textId } from '../../src/core/id.ts';
import { soundsOf } from './exchange.ts';
import { calledBack, dialled, ready, servedLive } from './serving.ts';
import { type LineKey, lineName } from './stage.ts';
import { withStage } from './with-stage.ts';

const leavesMessage = 'callback: { leavesMessage: true }';

const at = withStage({
  agents: ['amelie', 'benoit', 'chantal', 'david'],
  // Not before the message on a machine is over.
  callback: '{ attempts: 2, ringS: 10, retryAfterS: 1, retryAfterByCauseS: { voicemail: 20 } }',
  rules: { temporary_residence: leavesMessage, citizenship: leavesMessage },
});

describe.concurrent('what was promised', () => {
  test.each<[first: Language, second: Language, line: LineKey, agent: string]>([
    ['en', 'fr', 1, 'amelie'],
    ['fr', 'en', 2, 'benoit'],
  ])(
    'processing off: it waits, and those who hold are served; on again, called in its order (%s, then %s)',
    async (one, two, line, agent) => {
      const stage = at();
      const number = (n: number) => `+161355503${line}${n}`;
      await stage.turn('processing', line, false);
      const clients = [];
      for (const [i, language] of [one, two, one].entries()) {
        const caller = await stage.callIn(number(i), language, line);
        clients.push({ number: number(i), language, caller, promised: await caller.leaveForCallback() });
      }
      // The agent is free and nobody is called: one who came later and holds is served before them.
      await stage.agentReady(agent, { lines: [lineName(line)] });
      const holder = await stage.callIn(number(9), two, line);
      await servedLive(stage, agent, holder);
      expect(clients.map((client) => stage.network.invites(client.number))).toEqual([0, 0, 0]);

      await stage.turn('processing', line, true);
      for (const client of clients) await calledBack(stage, agent, client);
      const served = stage.story.of('agent.reserved').filter((f) => f.agent === agent);
      const places = clients.map(({ caller }) => caller.place);
      expect(served.map((f) => f.place)).toEqual([holder.place, ...places]);
      expect(clients.map((client) => stage.network.invites(client.number))).toEqual([1, 1, 1]);
      for (const { caller, language } of clients) expect(caller.languagesHeard()).toEqual([language]);
    },
  );

  test.each<[Language, line: LineKey, agent: string]>([
    ['en', 3, 'chantal'],
    ['fr', 4, 'david'],
  ])(
    'a voicemail is no success: one key, the neutral message, a retry (%s)',
    async (language, line, agent) => {
      const stage = at();
      const { story } = stage;
      const number = `+161355503${line}0`;
      const caller = await stage.callIn(number, language, line);
      const client = { number, language, promised: await caller.leaveForCallback() };
      const isTheirs = (f: { callback: number }) => f.callback === client.promised.callback;
      await ready(stage, agent, line, language);
      const { toAgent, toClient: machine } = await dialled(stage, agent, client);
      await machine.answer();
      const { attempt } = await story.until('callback.connected', isTheirs);
      await toAgent.call.press('*');
      await toAgent.call.ended; // is freed while the message is left
      const failed = await story.until('attempt.failed', (f) => f.attempt === attempt);
      expect(failed.cause).toBe('voicemail');
      expect(await machine.call.ended).toEqual({ by: 'the_other', cause: 'normal' });
      // No programme, no reason, no code: the same words in both languages, the centre's first one first.
      const message = (['en', 'fr'] as const).map(
        (l) => ({ prompt: 'voicemail.message', language: l }) as const,
      );
      expect(stage.exchange.played(textId('c1', 'attempt', attempt))).toEqual(soundsOf(message, language));
      expect(story.of('callback.completed').filter(isTheirs)).toEqual([]);

      await calledBack(stage, agent, client);
      expect(stage.network.invites(number)).toBe(2);
    },
  );
});
