// How people, keypads, pages and other programs write a telephone number: every prefix that is tried, separators of all
// kinds, digits of other scripts, marks that nobody sees, letters on keys, extensions, addresses. Chosen by chance from a
// seed, so that a failing run can be repeated. It must not know what may be dialled.

import type { Random } from '../../src/twin/random.ts';

/** 911, the N11 codes, and what networks send to the same desks. */
export const EMERGENCY_AND_SERVICE = [
  ...['911', '911', '911', '911', '112', '999', '211', '311', '411', '511', '611', '711', '811', '988'],
];

export const PREFIXES = [
  ...[
    '',
    '',
    '',
    '0',
    '00',
    '1',
    '9',
    '99',
    '8',
    '01',
    '10',
    '91',
    '19',
    '011',
    '0111',
    '0011',
    '1011',
    '001',
  ],
  ...['+', '+1', '+1 ', '+01', '+011', '++', '+9', '1+', '1 1', '1-', '(1) ', '(', '9,', '9 ', '1-9-'],
  ...['*', '**', '#', '*67', '*82 ', '#31#', '*31#', '1010', 'p', 'w', 'tel:', 'tel:+', 'tel:+1-', 'TEL:'],
  ...[
    'tel:1',
    'sip:',
    'sips:+1',
    'callto:',
    'call ',
    'no ',
    'n° ',
    '\u202a',
    '\u2066+',
    '\ufeff',
    "'",
    '"',
    '=',
  ],
] as const;

const SEPARATORS = [
  ...['', '', '', ' ', '-', '.', '/', '(', ')', '_', ',', ';', ':', '*', '·', '~', 'x', '+', '\\', '|', '&'],
  // Dashes, hyphens and minus signs.
  ...['\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\ufe63', '\uff0d', '\u30fc'],
  // Spaces of all kinds.
  ...['\t', '\n', '\r', '\v', '\f', '\u0085', '\u00a0', '\u1680', '\u2000', '\u2001', '\u2002', '\u2003'],
  ...['\u2004', '\u2005', '\u2006', '\u2007', '\u2008', '\u2009', '\u200a', '\u2028', '\u2029', '\u202f'],
  ...['\u205f', '\u3000', '\u180e', '\u2800', '\u3164'],
  // Marks that are not seen: width, direction, joining, variation; and what sits upon a digit.
  ...['\u200b', '\u200c', '\u200d', '\u2060', '\ufeff', '\u00ad', '\u034f', '\ufe0f', '\u20e3', '\u0301'],
  ...['\u200e', '\u200f', '\u061c', '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067'],
  ...['\u2068', '\u2069', '\u0000', '\u001b', '\ud800'],
];

const SUFFIXES = [
  ...['', '', '', ' ', '#', '##', '*', '*#', '.', '!', '?', '0', '1', '00', '\u202c', '\u202e', '\u200f'],
  ...[';ext=5', ';ext=911', ',,9', ',,,911#', ' x42', 'x1', ' ext. 7', ' extension 12', ' poste 9', '#9'],
  ...[' # 12', ';phone-context=+1', ';phone-context=example.org', ';isub=1', '@example.org', '?call', '&1'],
  ...['p9', 'w9', ' please', ' svp', '\u0000', '\n', '\u2029'],
];

/** Zero of scripts whose ten digits stand in a row; the first is our own. */
const ZEROS = [
  ...[0x30, 0x30, 0x30, 0x30, 0x660, 0x6f0, 0x966, 0xff10, 0x7c0, 0x9e6, 0xa66, 0xe50, 0xed0, 0xf20],
  ...[0x1040, 0x17e0, 0x1810, 0x1d7ce, 0x1d7d8, 0x1d7f6, 0x1fbf0],
];

/** Digits that are none: superscript, circled, as letters. */
const FANCY = ['⁰¹²³⁴⁵⁶⁷⁸⁹', '₀₁₂₃₄₅₆₇₈₉', '⓪①②③④⑤⑥⑦⑧⑨', 'oI2E4S67B9', '〇一二三四五六七八九'].map((text) => [
  ...text,
]);

const LETTERS: Readonly<Record<string, string>> = {
  ...{ '2': 'ABC', '3': 'DEF', '4': 'GHI', '5': 'JKL', '6': 'MNO', '7': 'PQRS', '8': 'TUV', '9': 'WXYZ' },
};

/** One way to write these digits. */
export function spelt(chance: Random, digits: string): string {
  const script = scriptOf(chance);
  const separator = chance.chance(0.7) ? chance.pick(SEPARATORS) : null;
  let text = '';
  for (const [i, digit] of [...digits].entries()) {
    if (i > 0) text += separator ?? chance.pick(SEPARATORS);
    text += script(digit);
  }
  const written = chance.pick(PREFIXES) + text + chance.pick(SUFFIXES);
  return chance.chance(0.1) ? written + chance.pick(SUFFIXES) : written;
}

/** One way to write a Canadian number that a person might mean to be understood. */
export function writtenPlainly(
  chance: Random,
  [area, exchange, line]: readonly [string, string, string],
): string {
  const zero = chance.pick(ZEROS);
  const script = (digits: string): string =>
    [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
  const prefix = chance.pick(['', '', '1', '+1', '+1 ', '1-', '(', '+1 (', '011 1 ', '\u202a+1', '\uff0b1']);
  const separator = chance.pick(SEPARATORS);
  return prefix + [area, exchange, line].map(script).join(separator) + chance.pick(SUFFIXES);
}

function scriptOf(chance: Random): (digit: string) => string {
  if (chance.chance(0.05)) {
    const fancy = chance.pick(FANCY);
    return (digit) => fancy[Number(digit)] as string;
  }
  if (chance.chance(0.05)) return (digit) => chance.pick([...(LETTERS[digit] ?? digit)]);
  if (chance.chance(0.1)) return (digit) => String.fromCodePoint(chance.pick(ZEROS) + Number(digit));
  const zero = chance.pick(ZEROS);
  return (digit) => String.fromCodePoint(zero + Number(digit));
}

/** How a number of some country is dialled and written from here; `country` without its plus. */
export function forms(country: string, national: string): string[] {
  const whole = country + national;
  return [
    ...[
      `+${whole}`,
      `011${whole}`,
      `00${whole}`,
      whole,
      national,
      `1${national}`,
      `0${national}`,
      `+${national}`,
    ],
    ...[
      `9${national}`,
      `9011${whole}`,
      `+1${national}`,
      `+1${whole}`,
      `+${whole}#`,
      `*67${whole}`,
      `+${whole};ext=1`,
    ],
  ];
}

/** Only what a keypad has, within what may be keyed for one number. */
export function isKeyable(text: string): boolean {
  return /^[0-9*]{1,20}$/.test(text);
}
