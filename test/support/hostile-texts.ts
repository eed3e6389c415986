// Five hundred texts that have broken programs: markup, SQL, templates, formulas of spreadsheets, marks that turn the
// direction of writing, control characters, halves of surrogate pairs, very long ones. Whoever stores, shows or exports
// what people write runs them through. Nothing here is meant for anybody else's machine.

const MARKUP = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe src="javascript:alert(1)">',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style>',
  '<!--',
  '-->',
  ']]>',
  '<![CDATA[x]]>',
  '&lt;script&gt;',
  '&#x3C;script&#x3E;',
  '</textarea><script>alert(1)</script>',
  '</title><script>alert(1)</script>',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '<math><mtext></mtext><mglyph><svg><mtext><textarea><path id="</textarea><img onerror=alert(1) src=1>">',
  '<meta http-equiv=refresh content=0>',
];
const SQL = [
  "'; drop table account; --",
  "' or '1'='1",
  '" or ""="',
  '1; select pg_sleep(10)',
  "admin'--",
  "admin' #",
  "') union select * from vault --",
  '\\',
  "\\'; --",
  '$1',
  '$$; drop table audit; $$',
  '%',
  '_',
  "E'\\x00'",
];
const TEMPLATES = [
  '$'.concat('{7*7}'),
  '{{7*7}}',
  '#{7*7}',
  '<%= 7*7 %>',
  '{% raw %}',
  '%s%s%s%n',
  '%d',
  '{0}',
  '{name, plural, one {x}}',
  "'{'",
  '$(touch x)',
  '`touch x`',
  '; touch x',
  '| touch x',
  '&& touch x',
  '../../../../etc/passwd',
  '..\\..\\x',
  'file:///etc/passwd',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'null',
  'undefined',
  'NaN',
  'true',
  '[object Object]',
  '{"a":1}',
  '[]',
];
const FORMULAS = [
  '=1+1',
  '=cmd|"/C calc"!A0',
  '@SUM(1+1)',
  '+1+1',
  '-1+1',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '|calc',
  '%0A=1+1',
  '=HYPERLINK("http://evil.example","x")',
  '=IMPORTXML("http://evil.example","//a")',
  "'=1+1",
  '"=1+1"',
  ',=1+1',
  ';=1+1',
  '＝1+1',
];
const DIRECTION = [
  '\u202e',
  '\u202d',
  '\u202a',
  '\u202b',
  '\u202c',
  '\u2066',
  '\u2067',
  '\u2068',
  '\u2069',
  '\u200e',
  '\u200f',
  '\u061c',
];
const INVISIBLE = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u180e',
  '\u3164',
  '\u2028',
  '\u2029',
  '\u0085',
  '\u00a0',
];
const SURROGATES = [
  '\ud800',
  '\udbff',
  '\udc00',
  '\udfff',
  '\ud800x',
  'x\udc00',
  '\udc00\ud800',
  'a\ud83d',
  '\ud83d\ud83d',
];
const MARKS = [
  'Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!',
  'ﷺ'.repeat(20),
  '👩‍👩‍👧‍👦'.repeat(10),
  '🇨🇦'.repeat(20),
  'İ',
  'ß',
  'ſ',
  'K',
  'Ⅳ',
  'a\u0301'.repeat(30),
  'é',
  'e\u0301',
  'Ω≈ç√∫˜µ≤≥÷',
  '田中さんにあげて下さい',
  'مُنَاقَشَةُ سُبُلِ',
  'Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤',
];

/** C0 and C1 controls, NUL among them, alone and inside. */
const CONTROLS = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code))
  .concat(Array.from({ length: 33 }, (_, code) => String.fromCharCode(127 + code)))
  .flatMap((control) => [control, `a${control}b`]);

const LONG = ['a', '<', "'", '=', '\u202e', '\0', '𝕒', ' ', '\n', '{'].flatMap((sign) => [
  sign.repeat(199),
  sign.repeat(200),
  sign.repeat(10_000),
]);

const plain = [
  ...MARKUP,
  ...SQL,
  ...TEMPLATES,
  ...FORMULAS,
  ...DIRECTION,
  ...INVISIBLE,
  ...SURROGATES,
  ...MARKS,
];

/** Each alone, with words around it, and with a mark that turns the direction before it. */
const around = plain.flatMap((text) => [`note: ${text} (end)`, `\u202e${text}`]);

export const HOSTILE_TEXTS: readonly string[] = [
  ...new Set(['', ' ', ...plain, ...CONTROLS, ...LONG, ...around]),
].slice(0, 560);
