// How legs end, as measured on Asterisk 22: what the far end answered, the cause that reached us, and what it means.

import { describe, expect, test } from 'vitest';
import type { EndCause } from '../../core/input.ts';
import { classifyEnd } from './causes.ts';

type Row = readonly [what: string, cause: number, sipStatus: number, rang: boolean, means: EndCause];

const dialled: readonly Row[] = [
  ['404', 1, 404, false, 'unallocated'],
  ['404, and the SIP answer is not known (after a restart)', 1, 0, false, 'unallocated'],
  ['410 gone', 22, 410, false, 'unallocated'],
  ['484 address incomplete', 28, 484, false, 'unallocated'],
  ['604 does not exist anywhere', 1, 604, false, 'unallocated'],
  ['480 after ringing', 19, 480, true, 'no_answer'],
  ['480 without ringing', 19, 480, false, 'no_answer'],
  ['486', 17, 486, false, 'busy'],
  ['486 after ringing', 17, 486, true, 'busy'],
  ['486, and the SIP answer is not known', 17, 0, true, 'busy'],
  ['600 busy everywhere', 17, 600, false, 'busy'],
  ['603', 21, 603, true, 'rejected'],
  ['603, and the SIP answer is not known', 21, 0, true, 'rejected'],
  ['403 forbidden', 21, 403, false, 'rejected'],
  ['503', 34, 503, false, 'congestion'],
  ['503, and the SIP answer is not known', 34, 0, false, 'congestion'],
  ['500', 41, 500, false, 'congestion'],
  ['rings, we give up', 19, 0, true, 'no_answer'],
  ['408 after ringing', 18, 408, true, 'no_answer'],
  ['408 without ringing', 18, 408, false, 'congestion'],
  ['the trunk does not reply at all', 19, 0, false, 'congestion'],
  ['no route', 3, 0, false, 'congestion'],
  ['network out of order', 38, 0, false, 'congestion'],
  ['switching congestion', 42, 0, false, 'congestion'],
  ['the fence refused', 52, 0, false, 'fence_refused'],
  ['something that nobody has seen', 111, 0, true, 'unknown'],
];

const rung: readonly Row[] = [
  ['rings, we give up', 19, 0, true, 'no_answer'],
  ['480', 19, 480, true, 'no_answer'],
  ['486', 17, 486, true, 'busy'],
  ['603', 21, 603, true, 'rejected'],
  ['404', 1, 404, false, 'unreachable'],
  ['503', 34, 503, false, 'unreachable'],
  ['not registered', 20, 0, false, 'unreachable'],
  ['does not reply', 19, 0, false, 'unreachable'],
  ['does not reply, as no route', 3, 0, false, 'unreachable'],
  ['52 is the fence only where there is one', 52, 0, false, 'unknown'],
];

describe('a client behind the fence', () => {
  test.each(dialled)('%s', (_what, cause, sipStatus, rang, means) => {
    expect(classifyEnd({ leg: 'dial', answered: false, cause, sipStatus, rang })).toBe(means);
  });
});

describe('a phone of an agent', () => {
  test.each(rung)('%s', (_what, cause, sipStatus, rang, means) => {
    expect(classifyEnd({ leg: 'ring', answered: false, cause, sipStatus, rang })).toBe(means);
  });
});

test('a leg that was answered, and a caller, end normally whatever the cause', () => {
  for (const cause of [0, 16, 17, 31, 52, 127]) {
    expect(classifyEnd({ leg: 'dial', answered: true, cause, sipStatus: 0, rang: true })).toBe('normal');
    expect(classifyEnd({ leg: 'call', answered: false, cause, sipStatus: 0, rang: false })).toBe('normal');
  }
});
