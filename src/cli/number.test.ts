// What `rappel number TEXT --json` says: six fields, always there.

import { expect, test } from 'vitest';
import { defaultPolicy } from '../vault/number.ts';
import { describeNumber } from './number.ts';

const none = { dialable: false, e164: null, region: null, type: null, extension: null };

test.each([
  ['613-234-0188 x42', { dialable: true, code: null, e164: '+16132340188', region: 'CA', extension: '42' }],
  ['613-234-0188', { dialable: true, code: null, e164: '+16132340188', region: 'CA', extension: null }],
  ['613-555-0188 x42', { dialable: false, code: 'number.invalid', e164: null, extension: '42' }],
  ['911', { ...none, code: 'number.emergency' }],
  ['711', { ...none, code: 'number.service' }],
])('%j', (text, said) => {
  expect(describeNumber(text)).toMatchObject(said);
  expect(Object.keys(describeNumber(text))).toEqual([
    'dialable',
    'code',
    'e164',
    'region',
    'type',
    'extension',
  ]);
});

test('a relay service is dialable where it is a configured route, in any spelling', () => {
  const relayRoutes = [
    { number: '711', dial: '711' },
    { number: '+18005550111', dial: '18005550111' },
  ];
  const policy = { ...defaultPolicy, relayRoutes };
  const relay = { dialable: true, code: null, region: null, type: 'relay', extension: null };
  for (const text of ['711', '7-1-1', '711#', '\uff17\uff11\uff11'])
    expect(describeNumber(text, policy)).toEqual({ ...relay, e164: null });
  for (const text of ['1-800-555-0111', '8005550111', '+18005550111'])
    expect(describeNumber(text, policy)).toEqual({ ...relay, e164: '+18005550111' });
  for (const text of ['+711', '1711', '9711', '411', '911', '613-711-2345', '1-800-555-0112'])
    expect(describeNumber(text, policy).dialable, text).toBe(false);
});

test('a route that leads to an emergency number is none, whoever made the policy', () => {
  const relayRoutes = [{ number: '711', dial: '911' }];
  expect(describeNumber('711', { ...defaultPolicy, relayRoutes })).toMatchObject({ code: 'number.service' });
});
