// What may be given to the trunk: exactly three written forms, and no route that could be an emergency call.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Dialled, fenceText, readFenceText, whyNoRoute } from './dialled.ts';

test.each(['711', '+18005550111', '18005550111', '8005550111', '5550111', '+33800123456'])(
  'the route %s may be dialled',
  (digits) => expect(whyNoRoute(digits)).toBeNull(),
);

test.each([
  ['911', 'emergency'],
  ['112', 'emergency'],
  ['999', 'emergency'],
  ['+911', 'emergency'],
  ['9911', 'emergency'],
  ['1911', 'emergency'],
  ['0111911', 'emergency'],
  ['911711', 'emergency'],
  ['9115550111', 'emergency'],
  ['99115550111', 'emergency'],
  ['+16139115550', 'emergency'],
  ['411', 'service'],
  ['1711', 'service'],
  ['+711', 'service'],
  ['+16134115550', 'service'],
  ['+19005550111', 'premium'],
  ['6139765550', 'premium'],
  ['7', 'form'],
  ['12345', 'form'],
  ['7-1-1', 'form'],
  ['711#', 'form'],
  ['7 11', 'form'],
  ['', 'form'],
  ['1234567890123456', 'form'],
])('the route %s may not: %s', (digits, why) => expect(whyNoRoute(digits)).toBe(why));

test('no route begins with an emergency number, behind whatever prefix of a switchboard', () => {
  const prefix = fc.string({ unit: fc.constantFrom('0', '1', '9'), maxLength: 4 });
  const rest = fc.string({ unit: fc.constantFrom(...'0123456789'), maxLength: 8 });
  const emergency = fc.constantFrom('911', '112', '999');
  fc.assert(
    fc.property(fc.constantFrom('', '+'), prefix, emergency, rest, (plus, before, code, after) => {
      expect(whyNoRoute(`${plus}${before}${code}${after}`)).not.toBeNull();
    }),
  );
});

test('what is written is read as what it was; what is not written so is read as nothing', () => {
  const digits = (minLength: number, maxLength: number) =>
    fc.string({ unit: fc.constantFrom(...'0123456789'), minLength, maxLength });
  const number = fc.record({
    to: fc.constant('number' as const),
    e164: digits(6, 14).map((rest) => `+1${rest}`),
    extension: fc.option(digits(1, 8)),
  });
  const relay = fc.record({ to: fc.constant('relay' as const), digits: digits(0, 16) });
  fc.assert(
    fc.property(fc.oneof(number, relay), (dialled: Dialled) => {
      const text = fenceText(dialled);
      if (text !== null) expect(readFenceText(text)).toEqual(dialled);
    }),
  );
  const likely = fc.string({ unit: fc.constantFrom(...'OKRELAY +x0123456789'.split('')), maxLength: 24 });
  fc.assert(
    fc.property(fc.oneof(likely, fc.string()), (text) => {
      const dialled = readFenceText(text);
      if (dialled !== null) expect(fenceText(dialled)).toBe(text);
    }),
  );
});
