// Every kind of mistake in a configuration, each in a file so small that a case shows the whole of what is wrong in it,
// with the words that tell it. The reader is held to them, and so is a centre that is given them while it runs.

export type MistakenFile = {
  readonly kind: string;
  readonly text: string;
  /** A part of the one line that tells it. */
  readonly says: string;
};

const line = 'id: visas, name: { en: Visas, fr: Visas }, key: 1, callerId: "+16135550141"';
const agent = 'id: ada, lines: [visas], languages: [en]';

export type More = { line?: string; agent?: string; rest?: string };

/** A whole file: `more` for the line, for the agent, and beside them. */
export function file(more: More = {}): string {
  const { line: ofLine = '', agent: ofAgent = '', rest = '' } = more;
  return [
    'languages: [en, fr]',
    `lines: [{ ${line}${ofLine && `, ${ofLine}`} }]`,
    `agents: [{ ${agent}${ofAgent && `, ${ofAgent}`} }]`,
    rest,
  ].join('\n');
}

export const hours = (text: string): string => file({ rest: `hours: ${text}` });
const callback = (text: string): string => file({ rest: `callback: ${text}` });
const closing = (text: string): string => callback(`{ closing: ${text} }`);
const exceptions = (text: string): string => hours(`{ weekdays: ["07:00-19:00"], exceptions: ${text} }`);

type Row = readonly [kind: string, text: string, says: string];

const shapes: readonly Row[] = [
  ['YAML that is none', `${file()}  : [`, 'mend the YAML there'],
  ['a file of comments', '# nothing yet', 'the file: is empty; write'],
  [
    'a file that is no text',
    '"\u009b31m\ufffd\u202e and so on, for much longer than anybody reads in one line"',
    'the file: "?31m?? and so on, for much longer than anybody reads in one...',
  ],
  ['an unknown key', file({ rest: 'langauge: en' }), '4:1: langauge: is not a known key; remove it'],
  ['a missing key', file().replace(', key: 1', ''), 'lines[0]: the key "key" is missing; add it'],
  [
    'a wrong type',
    file().replace('key: 1', 'key: one'),
    'key: "one" has the wrong type; give a whole number',
  ],
  [
    'a wrong form',
    file().replace('+16135550141', '613 555'),
    '"613 555" has the wrong form; write a number in',
  ],
  [
    'none of the known',
    file().replace('en, fr', 'en, de'),
    'languages[1]: "de" is not allowed; use one of en, fr',
  ],
  [
    'an item twice',
    file().replace('[visas]', '[visas, visas]'),
    'agents[0].lines: an item stands twice; remove one',
  ],
  [
    'a list too long',
    file({ line: `numbers: [${Array(65).fill('"1"')}]` }),
    'the list is too long; give at most 64',
  ],
  [
    'a text too short',
    file().replace('en: Visas', 'en: ""'),
    'name.en: the text is too short; give at least 1',
  ],
  [
    'a text too long',
    file().replace('en: Visas', `en: ${'v'.repeat(401)}`),
    'the text is too long; give at most 400',
  ],
  ['no file at all', '', '1:1: the file: is empty; write what it is to hold'],
  ['a key twice', `${file()}languages: [en]`, '4:1: this key stands twice; remove one of the two'],
  ['an alias to nowhere', file({ rest: 'hours: *nowhere' }), 'Unresolved alias'],
  [
    'an alias inside itself',
    file({ rest: 'hours: &h { weekdays: *h }' }),
    'an alias stands inside of what it repeats',
  ],
  [
    'an unknown key deep inside',
    closing('{ pendign: carry }'),
    '4:24: callback.closing.pendign: is not a known key; remove it, or correct its spelling',
  ],
  ['too small', file({ line: 'capacity: 0' }), 'lines[0].capacity: 0 is too small; give 1 or more'],
  ['too large', callback('{ keepChance: 90 }'), '4:25: callback.keepChance: 90 is too large; give 1 or less'],
  ['true or false', callback('{ leavesMessage: maybe }'), '"maybe" has the wrong type; give true or false'],
  [
    'only true',
    hours('{ everyDay: [], exceptions: [{ date: 2019-01-02, closed: false }] }'),
    'false is not allowed; write true, or remove the key',
  ],
  ['an empty list', callback('{ phases: [] }'), 'callback.phases: the list is too short'],
  [
    'a time that is none',
    hours('{ weekdays: ["07:00-25:00"] }'),
    'hours.weekdays[0]: "07:00-25:00" has the wrong form; write a span of 24-hour times in quotes, such as "07:00-19:00"',
  ],
  [
    'a province that is none',
    hours('{ weekdays: ["07:00-19:00"], holidays: canada, province: OT }'),
    'hours.province: "OT" is not allowed; use one of AB, BC, MB',
  ],
  [
    'a region in words',
    file({ rest: 'numbers: { regions: [Canada] }' }),
    'numbers.regions[0]: "Canada" has the wrong form; write a country as two capital letters',
  ],
  [
    'French left out',
    file({ line: 'alternatives: { en: Write to us. }' }),
    'lines[0].alternatives: the key "fr" is missing; add it',
  ],
];

/** Beside the lines and agents, as they stand in the file. */
const rests: readonly Row[] = [
  [
    'relay users led to a line that there is not',
    'relay: { line: nowhere }',
    'relay.line: there is no line "nowhere"; use one of visas',
  ],
  [
    'a number of relay users that leads to no line',
    'relay: { numbers: [{ number: "+16135550148", line: nowhere }] }',
    'relay.numbers[0].line: there is no line "nowhere"',
  ],
  [
    'a number of relay users twice',
    'relay: { numbers: [{ number: "+16135550148" }, { number: "+16135550148", language: fr }] }',
    'relay.numbers[1].number: this number leads somewhere already',
  ],
  [
    'an emergency number in the directory',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+16139115501" }]',
    'directory[0].number: is, or begins as, an emergency number, which is never dialled; give the ordinary number',
  ],
  [
    'a service number in the directory',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+14115550150" }]',
    'directory[0].number: is a service number, which is never dialled',
  ],
  [
    'a premium number in the directory',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+19005550150" }]',
    'directory[0].number: is paid by the minute',
  ],
  [
    'a number in the directory that is too short',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+9112345" }]',
    'directory[0].number: is, or begins as, an emergency number',
  ],
  [
    'a number of the centre in the directory',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+16135550141" }]',
    'directory[0].number: is a number of this centre',
  ],
  [
    'a number in the directory that does not exist',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+16130000000" }]',
    'directory[0].number: is a number that does not exist',
  ],
  [
    'a toll-free number in the directory',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+18005550150" }]',
    'directory[0].number: is neither a fixed nor a mobile number',
  ],
  [
    'a number in the directory of a country that is not called',
    'directory: [{ id: office, name: { en: Office, fr: Bureau }, number: "+33123456789" }]',
    'directory[0].number: is a number of FR, which is not called; add it to numbers.regions',
  ],
  [
    'an entry of the directory twice',
    'directory: [{ id: office, name: { en: A, fr: A }, number: "+16135550152" }, { id: office, name: { en: B, fr: B }, number: "+16135550153" }]',
    'directory[1].id: this id stands twice; give each its own',
  ],
  [
    'a kind of number in the directory that is not called',
    'directory: [{ id: office, name: { en: A, fr: A }, number: "+33123456789" }]\nnumbers: { regions: [FR], kinds: [mobile] }',
    'directory[0].number: is a fixed number, which is not called; add the kind to numbers.kinds',
  ],
  [
    'a time zone that is none',
    'timeZone: America/Otawa',
    'timeZone: "America/Otawa" is no time zone; use a name of the IANA database',
  ],
  [
    'hours without a day',
    'hours: {}',
    'hours: no day is given, so it never opens; add weekdays, everyDay or a day',
  ],
  [
    'a time zone inside hours',
    'hours: { weekdays: ["07:00-19:00"], timeZone: EST5 }',
    '"EST5" is no time zone',
  ],
  [
    'an empty span',
    'hours: { weekdays: ["07:00-07:00"] }',
    'hours.weekdays[0]: "07:00-07:00" begins and ends at once; give it an end',
  ],
  [
    'spans that overlap',
    'hours: { weekdays: ["07:00-12:00", "11:00-13:00"] }',
    'hours.weekdays[1]: "11:00-13:00" overlaps another span; let one end where the other begins',
  ],
  [
    'a night that runs into the morning',
    'hours: { monday: ["22:00-08:00"], tuesday: ["07:00-12:00"] }',
    'hours.tuesday[0]: "07:00-12:00" overlaps another span',
  ],
  [
    'the night of Sunday into Monday',
    'hours: { sunday: ["22:00-08:00"], monday: ["07:00-12:00"] }',
    'hours.monday[0]: "07:00-12:00" overlaps another span',
  ],
  [
    'a province without holidays',
    'hours: { weekdays: ["07:00-19:00"], province: ON }',
    '4:37: hours.province: says nothing without holidays; add "holidays: canada", or remove it',
  ],
];

const rules: readonly Row[] = [
  [
    'a date that does not exist',
    exceptions('[{ date: 2019-02-29, closed: true }]'),
    'hours.exceptions[0].date: "2019-02-29" is no date of the calendar; correct the date',
  ],
  [
    'a date twice',
    exceptions('[{ date: 2019-12-24, closed: true }, { date: 2019-12-24, open: ["07:00-12:00"] }]'),
    'hours.exceptions[1].date: this date stands twice',
  ],
  [
    'closed and open',
    exceptions('[{ date: 2019-12-24, closed: true, open: ["07:00-12:00"] }]'),
    'hours.exceptions[0]: must say either "closed: true" or "open"',
  ],
  ['neither closed nor open', exceptions('[{ date: 2019-12-24 }]'), 'hours.exceptions[0]: must say either'],
  [
    'overlap on a date',
    exceptions('[{ date: 2019-12-24, open: ["07:00-12:00", "09:00-10:00"] }]'),
    'hours.exceptions[0].open[1]: "09:00-10:00" overlaps',
  ],
  [
    'a phase on no date',
    callback('{ phases: [{ from: 2019-04-31 }] }'),
    'callback.phases[0].from: "2019-04-31" is no date',
  ],
  [
    'a phase in words',
    callback('{ phases: [{ from: 17 April 2019 }] }'),
    'write a date such as 2019-04-17, or a local date and time',
  ],
  [
    'phases out of order',
    callback('{ phases: [{ from: 2019-05-08 }, { from: 2019-04-17 }] }'),
    'callback.phases[1].from: "2019-04-17" does not come after the phase before; put them in order',
  ],
  [
    'the same phase twice',
    callback('{ phases: [{ from: 2019-05-08 }, { from: 2019-05-08T00:00 }] }'),
    'does not come after',
  ],
  [
    'a pause with a share',
    callback('{ phases: [{ from: 2019-05-08, pause: true, share: 0.5 }] }'),
    'callback.phases[0]: a pause has neither share nor perDayMax',
  ],
  [
    'finish without its limit',
    closing('{ pending: finish }'),
    'callback.closing: finish needs its limit; add finishS',
  ],
  [
    'finishS without finish',
    closing('{ pending: carry, finishS: 600 }'),
    'callback.closing.finishS: says nothing where pending is carry; remove it, or choose "pending: finish"',
  ],
  [
    'carryMax with expire',
    closing('{ pending: expire, carryMax: 5 }'),
    'callback.closing.carryMax: says nothing where pending is expire',
  ],
  [
    'calling hours that overlap',
    closing('{ callingHours: { everyDay: ["09:00-12:00", "11:00-13:00"] } }'),
    'callback.closing.callingHours.everyDay[1]: "11:00-13:00" overlaps',
  ],
  [
    'the ordinary priority',
    callback('{ priorities: [{ reason: vip, priority: 4, placesMax: 1 }] }'),
    'callback.priorities[0].priority: 4 is what every place has; give another',
  ],
  [
    'a reason twice',
    callback(
      '{ priorities: [{ reason: vip, priority: 1, placesMax: 1 }, { reason: vip, priority: 2, placesMax: 1 }] }',
    ),
    'callback.priorities[1].reason: this reason stands twice',
  ],
];

const linesAndAgents: readonly (readonly [kind: string, more: More, says: string])[] = [
  [
    'a region twice',
    {
      line: 'hoursByRegion: [{ region: US, hours: { everyDay: ["09:00-10:00"] } }, { region: US, hours: { everyDay: ["09:00-10:00"] } }]',
    },
    'lines[0].hoursByRegion[1].region: this region stands twice',
  ],
  [
    'a number that leads there already',
    { line: 'numbers: ["5550101", "5550101"]' },
    'lines[0].numbers[1]: this number leads somewhere already',
  ],
  [
    'hours of one line',
    { line: 'hours: { monday: ["09:00-09:00"] }' },
    'lines[0].hours.monday[0]: "09:00-09:00" begins and ends at once',
  ],
  [
    'rules of one line',
    { line: 'callback: { closing: { pending: finish } }' },
    'lines[0].callback.closing: finish needs its limit',
  ],
  [
    'a skill for nothing',
    { agent: 'skills: [{ line: visas, language: fr, level: 1 }]' },
    'agents[0].skills[0]: the agent does not serve visas in fr',
  ],
  [
    'a skill twice',
    { agent: 'skills: [{ line: visas, language: en, level: 1 }, { line: visas, language: en, level: 2 }]' },
    'agents[0].skills[1]: this line and language stand twice',
  ],
  [
    'a level of ten',
    { agent: 'skills: [{ line: visas, language: en, level: 10 }]' },
    'level: 10 is too large; give 9 or less',
  ],
  [
    'a shift that has no such name',
    { agent: 'shift: early', rest: 'shifts: { late: { weekdays: ["12:00-20:00"] } }' },
    'agents[0].shift: there are no shifts "early"; use one of late',
  ],
  ['no shifts by name at all', { agent: 'shift: early' }, 'there are no shifts "early"; add it under shifts'],
  [
    'a shift by name beside one written out',
    { agent: 'shift: a, shifts: { weekdays: ["12:00-20:00"] }' },
    'agents[0].shift: stands beside shifts; keep one of the two',
  ],
  ['a mistake in a shift by name', { rest: 'shifts: { late: {} }' }, 'shifts.late: no day is given'],
  ['a shift that is none', { agent: 'shifts: {}' }, 'agents[0].shifts: no day is given'],
  [
    'a time without its nought',
    { agent: 'count: 2, shifts: { weekdays: ["9:00-17:00"] }' },
    '"9:00-17:00" has the wrong form',
  ],
];

const agentsAlike = [
  '{ id: ada, count: 2, lines: [visas], languages: [en] }',
  '{ id: ada-1, lines: [visas], languages: [en] }',
];

const agentsAndKeys: readonly Row[] = [
  [
    'an agent for a line that is not there',
    file().replace('lines: [visas]', 'lines: [nowhere]'),
    'agents[0].lines[0]: there is no line "nowhere"; use one of visas',
  ],
  [
    'an agent in a language that the centre has not',
    file().replace('[en, fr]', '[fr]'),
    '"en" is not a language of the centre; add it under languages, or remove it here',
  ],
  [
    'two lines with one key',
    file().replace('lines: [{', `lines: [{ ${line.replace('id: visas', 'id: passports')} }, {`),
    'lines[1].key: this key stands twice; give each its own',
  ],
  [
    'agents alike and an agent of the same name',
    file().replace(/agents: .*/, `agents: [${agentsAlike.join(', ')}]`),
    'agents[1].id: this id stands twice',
  ],
  [
    'a name too long with its number',
    file({ agent: 'count: 2' }).replace('ada', 'a'.repeat(32)),
    'agents[0].id: with its number it is over 32 characters; shorten it',
  ],
];

/** Of the shape: the schema says it. */
export const SHAPE_MISTAKES: readonly MistakenFile[] = shapes.map(mistaken);
/** Of the meaning: no schema can say it. */
export const MEANING_MISTAKES: readonly MistakenFile[] = [
  ...rests.map(([kind, rest, says]) => mistaken([kind, file({ rest }), says])),
  ...rules.map(mistaken),
  ...linesAndAgents.map(([kind, more, says]) => mistaken([kind, file(more), says])),
  ...agentsAndKeys.map(mistaken),
];
export const MISTAKES: readonly MistakenFile[] = [...SHAPE_MISTAKES, ...MEANING_MISTAKES];

function mistaken([kind, text, says]: Row): MistakenFile {
  return { kind, text, says };
}
