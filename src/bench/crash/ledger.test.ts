// The ledger sees what it is there to see: a callback that never ends, words without a commit, a second INVITE for one
// attempt, one before any was permitted, rows that are gone.

import { expect, test } from 'vitest';
import type { Fact } from '../../core/fact.ts';
import type { AgentId, AttemptId, CallbackId, CallId, Channel, NumberKey, PlaceId } from '../../core/id.ts';
import { Ledger } from './ledger.ts';

const numberKey = 'k1' as NumberKey;
const callback = 1 as CallbackId;
const call = 1 as CallId;
const channel = 'in-1' as Channel;

function ledgerOf(...facts: readonly (readonly [at: number, fact: Fact])[]): Ledger {
  const ledger = new Ledger();
  for (const [i, [at, fact]] of facts.entries()) ledger.note({ seq: i + 1, at, checksum: 100 + i, fact });
  return ledger;
}

const arrived: Fact = { type: 'call.arrived', v: 1, call, channel, ani: null, line: null };
const registered: Fact = {
  type: 'callback.registered',
  v: 1,
  callback,
  place: 1 as PlaceId,
  call,
  numberKey,
  code: '1234',
};
const completed: Fact = { type: 'callback.completed', v: 1, callback, talkMs: 1_000 };
const cancelled: Fact = { type: 'callback.cancelled', v: 1, callback };

function intended(attempt: number): Fact {
  return {
    type: 'attempt.intended',
    v: 1,
    attempt: attempt as AttemptId,
    callback,
    agent: 'amelie' as AgentId,
    n: attempt,
  };
}

function permitted(attempt: number): Fact {
  return { type: 'attempt.permitted', v: 1, attempt: attempt as AttemptId };
}

test('an accepted callback is lost until it has ended', () => {
  expect(ledgerOf([0, registered]).counts()).toMatchObject({ accepted: 1, acceptedLost: 1, ends: {} });
  expect(ledgerOf([0, registered], [9, completed]).counts()).toMatchObject({
    acceptedLost: 0,
    ends: { completed: 1 },
  });
});

test('words of acknowledgement without a commit are a loss', () => {
  const told = ledgerOf([0, arrived]);
  told.noteAcknowledged(channel);
  expect(told.counts()).toMatchObject({ acknowledged: 1, acceptedLost: 1 });
  const kept = ledgerOf([0, arrived], [1, registered], [2, completed]);
  kept.noteAcknowledged(channel);
  expect(kept.counts()).toMatchObject({ acknowledged: 1, acceptedLost: 0 });
});

test('each INVITE needs an attempt of its own, permitted before it', () => {
  const rows = [
    [0, registered],
    [5, intended(1)],
    [10, permitted(1)],
    [40, intended(2)],
    [50, permitted(2)],
  ] as const;
  const invited = (...ats: number[]) => {
    const ledger = ledgerOf(...rows);
    for (const at of ats) ledger.noteInvite(numberKey, at);
    return ledger.counts();
  };
  expect(invited(11, 51)).toMatchObject({ invites: 2, attemptsPermitted: 2, invitesTooMany: 0 });
  expect(invited(51)).toMatchObject({ invites: 1, invitesTooMany: 0 });
  expect(invited(11, 12)).toMatchObject({ invites: 2, invitesTooMany: 1 });
  expect(invited(9)).toMatchObject({ invitesTooMany: 1 });
});

test('an accepted callback that ended without an INVITE is told, unless it was cancelled', () => {
  expect(ledgerOf([0, registered], [9, completed]).counts().neverRung).toBe(1);
  expect(ledgerOf([0, registered], [9, cancelled]).counts().neverRung).toBe(0);
  const rung = ledgerOf([0, registered], [9, completed]);
  rung.noteInvite(numberKey, 5);
  expect(rung.counts().neverRung).toBe(0);
});

test('a journal that was opened anew must have our last row, the very same', () => {
  const ledger = ledgerOf([0, registered], [9, completed]);
  ledger.noteAgain({ seq: 2, checksum: 101 });
  expect(ledger.counts().rowsLost).toBe(0);
  ledger.noteAgain({ seq: 2, checksum: 7 });
  ledger.noteAgain(null);
  expect(ledger.counts().rowsLost).toBe(2);
});
