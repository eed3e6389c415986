// The numbers that must never be dialled, and the spellings that must not hide them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classify, defaultPolicy } from './number.ts';

const ours = { ok: true, e164: '+16132345678', region: 'CA', type: 'fixed_or_mobile' };

describe('classify', () => {
  it.each([
    '6132345678',
    '16132345678',
    '+16132345678',
    '011 1 613 234 5678',
    ' (613) 234-5678 ',
    '613.234.5678',
    '613–234–5678',
    '6132345678#',
    '\u202a+1 613 234 5678\u202c',
    '+16132345678\u202e',
    '613\u200b234\u200b5678',
    '٦١٣٢٣٤٥٦٧٨',
    '۶۱۳۲۳۴۵۶۷۸',
    '+１６１３２３４５６７８',
  ])('gives one canonical form for %j', (text) => {
    expect(classify(text)).toEqual(ours);
  });

  it.each([
    ['613 234 5678 ext 9', '9'],
    ['613 234 5678 poste 12', '12'],
    ['613 234 5678 x123', '123'],
    ['+16132345678;ext=9', '9'],
    ['6132345678,,9', '9'],
    ['613-234-5678 #9', '9'],
    ['6132345678,,911', '911'],
  ])('keeps the extension of %j apart', (text, extension) => {
    expect(classify(text)).toEqual({ ...ours, extension });
  });

  it.each([
    // Emergency, in any spelling.
    ['911', 'number.emergency'],
    ['9-1-1', 'number.emergency'],
    ['+911', 'number.emergency'],
    ['1911', 'number.emergency'],
    ['9911', 'number.emergency'],
    ['011911', 'number.emergency'],
    ['+1911', 'number.emergency'],
    ['*911', 'number.emergency'],
    ['911#', 'number.emergency'],
    ['911 ext 5', 'number.emergency'],
    ['٩١١', 'number.emergency'],
    ['9\u200b1\u200b1', 'number.emergency'],
    ['112', 'number.emergency'],
    ['999', 'number.emergency'],
    ['613-911-2345', 'number.emergency'],
    ['+19112345678', 'number.emergency'],
    // Services: N11 as dialled, as area code, as exchange; the crisis line; directory assistance.
    ['211', 'number.service'],
    ['411', 'number.service'],
    ['1811', 'number.service'],
    ['988', 'number.service'],
    ['613-411-1111', 'number.service'],
    ['+1 711 234 5678', 'number.service'],
    ['613-555-1212', 'number.service'],
    // Paid by the minute.
    ['+1-900-234-5678', 'number.premium'],
    ['1 900 234 5678', 'number.premium'],
    ['976 234 5678', 'number.premium'],
    ['613-976-1234', 'number.premium'],
    ['+44 909 879 0000', 'number.premium'],
    // Valid somewhere, not called.
    ['+1-809-555-1234', 'number.region'],
    ['+1-876-555-1234', 'number.region'],
    ['+1-284-494-1234', 'number.region'],
    ['+1-284-555-1234', 'number.region'],
    ['+1 212 736 5000', 'number.region'],
    ['+5312345678', 'number.region'],
    ['+44 20 7183 8750', 'number.region'],
    ['011 44 20 7183 8750', 'number.region'],
    // Not a fixed or mobile telephone.
    ['1 800 234 5678', 'number.kind'],
    ['500 234 5678', 'number.kind'],
    ['600 234 5678', 'number.kind'],
    ['622 234 5678', 'number.kind'],
    ['+881 612 345 678', 'number.kind'],
    ['+870 773 111 632', 'number.kind'],
    // Nobody's.
    ['613 555 0123', 'number.invalid'],
    ['+1 416 555 0199', 'number.invalid'],
    ['123 234 5678', 'number.too_short'],
    ['613 134 5678', 'number.invalid'],
    ['(679) 234-5678', 'number.invalid'],
    // Slips and keys.
    ['', 'number.empty'],
    [' \u200b ', 'number.empty'],
    ['#', 'number.empty'],
    ['*', 'number.not_digits'],
    ['*67 613 234 5678', 'number.not_digits'],
    ['#31#6132345678', 'number.not_digits'],
    ['++16132345678', 'number.not_digits'],
    ['613+2345678', 'number.not_digits'],
    ['1-800-FLOWERS', 'number.not_digits'],
    ['sip:6132345678@example.org', 'number.not_digits'],
    ['613 234 5678 x 123456789', 'number.not_digits'],
    ['12', 'number.too_short'],
    ['613 234 567', 'number.too_short'],
    ['1 613 234 567', 'number.too_short'],
    ['+1', 'number.too_short'],
    ['+', 'number.too_short'],
    ['x9', 'number.too_short'],
    ['613 234 5678 9', 'number.too_long'],
    ['1 613 234 5678 9', 'number.too_long'],
    ['+1 613 234 5678 9', 'number.too_long'],
    ['00 44 20 7183 8750', 'number.too_long'],
    ['5'.repeat(4_000), 'number.too_long'],
  ])('refuses %j with %s', (text, code) => {
    expect(classify(text)).toMatchObject({ ok: false, code });
  });

  it('refuses what is shorter than the vault keeps and the fence lets through, although it exists', () => {
    const vienna = { ...defaultPolicy, regions: ['AT'] };
    expect(classify('+43 1 113', vienna)).toMatchObject({ code: 'number.too_short' });
    expect(classify('+43 1 234 567 890', vienna)).toMatchObject({ ok: true });
  });

  it('follows its policy', () => {
    const world = { ...defaultPolicy, regions: ['CA', 'FR'] };
    expect(classify('+33 6 12 34 56 78', world)).toMatchObject({
      ok: true,
      e164: '+33612345678',
      type: 'mobile',
    });
    expect(classify('+33 6 12 34 56 78', { ...world, types: ['fixed'] })).toMatchObject({
      code: 'number.kind',
    });
    const fictional = { ...defaultPolicy, allowFictional: true };
    expect(classify('613 555 0123', fictional)).toMatchObject({ ok: true, e164: '+16135550123' });
    const own = { ...defaultPolicy, ownNumbers: ['+16132345678'] };
    expect(classify('613 234 5678', own)).toMatchObject({ ok: false, code: 'number.kind' });
  });
});

describe('whatever the text', () => {
  /** What a person, a keypad or a pasted page may hold, near enough to numbers to get through sometimes. */
  const area = fc.constantFrom(
    '613',
    '416',
    '514',
    '867',
    '900',
    '911',
    '411',
    '976',
    '876',
    '600',
    '800',
    '622',
  );
  const exchange = fc.constantFrom('234', '555', '911', '976', '411', '100');
  const likely = fc
    .tuple(
      fc.constantFrom('', '1', '+1', '011', '9', '+', '0111', '+44'),
      area,
      exchange,
      fc.nat(9_999).map((line) => String(line).padStart(4, '0')),
      fc.constantFrom('', '#', ',,9', ' ext 7', '*', '\u202e', '0'),
    )
    .map((parts) => parts.join(''));
  const keys = fc.string({ unit: fc.constantFrom(...'0123456789*#+ -x,'.split('')), maxLength: 18 });
  const anything = fc.oneof(likely, keys, fc.string({ unit: 'binary', maxLength: 200 }));

  it('is refused, or is one canonical number within the policy', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const found = classify(text);
        if (!found.ok) {
          expect(found.code).toMatch(/^number\.[a-z_]+$/);
          expect(JSON.stringify(found)).not.toMatch(/[0-9]{4}/);
          return;
        }
        expect(found.e164).toMatch(/^\+1[2-9][0-9]{2}[2-9][0-9]{6}$/);
        const area = found.e164.slice(2, 5);
        const exchange = found.e164.slice(5, 8);
        for (const part of [area, exchange]) expect(part).not.toMatch(/^([2-9]11|976)$/);
        expect(area).not.toMatch(/^(900|600|622|800|876)$/);
        expect(found.e164.slice(5)).not.toMatch(/^55501/);
        expect(found.region).toBe('CA');
        expect(defaultPolicy.types).toContain(found.type);
        // The fence asks again, with the canonical form: the answer is the same.
        const { extension: _, ...dialled } = found;
        expect(classify(found.e164)).toEqual(dialled);
      }),
      { numRuns: 20_000 },
    );
  });

  it('lets real Canadian numbers through', () => {
    const line = fc.integer({ min: 0, max: 9_999 }).map((number) => String(number).padStart(4, '0'));
    fc.assert(
      fc.property(fc.constantFrom('613', '416', '514', '604', '902', '867'), line, (area, digits) => {
        expect(classify(`${area}-234-${digits}`)).toMatchObject({ ok: true, e164: `+1${area}234${digits}` });
      }),
    );
  });
});
