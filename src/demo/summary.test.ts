// The demonstration is a success only if callbacks were accepted, connected and heard, none lost, nobody overtaken.

import { expect, test } from 'vitest';
import { faultsOf, inWords, type Summary } from './summary.ts';

const GOOD: Summary = {
  calls: 38,
  callbacksRegistered: 11,
  callbacksConnected: 7,
  callbacksUnreachable: 1,
  callbacksCancelled: 0,
  acceptedLost: 0,
  overtakes: 0,
  abandoned: 3,
  conversations: 24,
  handoverMsP50: 6.5,
  handovers: 23,
  surveysByPhone: 6,
  surveysAnswered: 4,
  tonesAsked: 5,
  bridgedWithAudio: 23,
  callbacksHeard: 7,
  seconds: 90,
  seed: 1,
  asterisk: '22.10.1',
  postgres: '18.4',
};

test('all is well', () => {
  expect(faultsOf(GOOD)).toEqual([]);
  expect(inWords(GOOD)).toContain(
    '6 clients asked how it was, 4 answered; 5 times an agent was asked how it felt',
  );
  expect(inWords(GOOD)).toContain('24 conversations; in 23 each side heard the other, 7 of them callbacks');
});

test.each([
  [{ callbacksRegistered: 0, callbacksConnected: 0, callbacksHeard: 0 }, /^no callback was accepted/],
  [{ callbacksConnected: 0, callbacksHeard: 0 }, /^no callback was connected/],
  [{ callbacksHeard: 0 }, /^no callback was heard/],
  [{ acceptedLost: 2 }, /^2 accepted callbacks are lost/],
  [{ overtakes: 1 }, /^1 places were overtaken/],
])('%o is a fault, and one', (change, text) => {
  const faults = faultsOf({ ...GOOD, ...change });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatch(text);
});
