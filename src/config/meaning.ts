// What is wrong with the meaning of a configuration whose shape is right: a line that an agent names and that does not
// exist, the same key twice, a date that is none, phases out of order, rules that contradict each other. No schema can
// say these; each mistake says how to mend it.

import { LIMITS, ORDINARY_PRIORITY } from '../core/configuration.ts';
import type { LineCallbackFile, PhaseFile } from './callback-schema.ts';
import { directoryMistakes } from './directory-meaning.ts';
import { weeklyOverlaps } from './hours.ts';
import { type HoursFile, WEEKDAYS } from './hours-schema.ts';
import { isDate, isTimeZone, wallSpan } from './local-time.ts';
import { type Mistake, mistake } from './mistake.ts';
import { outgoingMistakes } from './outgoing-meaning.ts';
import { noteMistakes, targetMistakes } from './owner-words-meaning.ts';
import type { Path } from './position.ts';
import { relayMistakes } from './relay-meaning.ts';
import { repeated } from './repeated.ts';
import { agentIdsOf } from './resolve.ts';
import type { AgentFile, ConfigurationFile, LineFile } from './schema.ts';

const AGENT_ID_MAX = 32;

export function meaningMistakes(file: ConfigurationFile): Mistake[] {
  const lines = new Set(file.lines.map((line) => line.id));
  return [
    ...ofTimeZone(['timeZone'], file.timeZone),
    ...ofHours(['hours'], file.hours),
    ...Object.entries(file.shifts ?? {}).flatMap(([name, shifts]) => ofHours(['shifts', name], shifts)),
    ...twice('lines', 'id', file.lines),
    ...twice('lines', 'key', file.lines),
    ...ofDialledNumbers(file),
    ...file.lines.flatMap((line, i) => ofLine(['lines', i], line, file)),
    ...ofCallback(['callback'], file.callback ?? {}),
    ...ofAgentIds(file.agents),
    ...file.agents.flatMap((agent, i) => ofAgent(['agents', i], agent, file, lines)),
    ...ofShared(file),
    ...relayMistakes(file, lines),
    ...directoryMistakes(file),
    ...targetMistakes(['targets'], file.targets ?? []),
    ...noteMistakes(['note'], file.note ?? {}),
    ...outgoingMistakes(file),
  ];
}

function ofTimeZone(path: Path, timeZone: string | undefined): Mistake[] {
  if (timeZone === undefined || isTimeZone(timeZone)) return [];
  const mend = 'use a name of the IANA database, such as America/Toronto';
  return [mistake(path, `"${timeZone}" is no time zone`, mend)];
}

/** What must be different in each item of a list, and is not. */
function twice<Item extends object>(
  list: string,
  key: keyof Item & string,
  items: readonly Item[],
): Mistake[] {
  return repeated(items.map((item) => item[key])).map((i) =>
    mistake([list, i, key], `this ${key} stands twice`, 'give each its own'),
  );
}

type Dialled = { readonly number: string; readonly path: Path };

function ofDialledNumbers(file: ConfigurationFile): Mistake[] {
  const places = file.lines.flatMap((line, i) =>
    (line.numbers ?? []).map((number, j): Dialled => ({ number, path: ['lines', i, 'numbers', j] })),
  );
  const ofRelay = (file.relay?.numbers ?? []).map(
    ({ number }, i): Dialled => ({ number, path: ['relay', 'numbers', i, 'number'] }),
  );
  places.push(...ofRelay);
  return repeated(places.map(({ number }) => number)).map((i) =>
    mistake(places[i]?.path ?? [], 'this number leads somewhere already', 'remove it from one of the two'),
  );
}

function ofDirect(path: Path, { direct, numbers = [] }: LineFile, file: ConfigurationFile): Mistake[] {
  if (direct === undefined) return [];
  const where = [...path, 'direct'];
  if (numbers.length === 0)
    return [mistake(where, 'no number leads to this line', 'give it numbers, or remove direct', true)];
  return file.languages.includes(direct)
    ? []
    : [mistake(where, `"${direct}" is not a language of the centre`, 'add it to languages, or use another')];
}

function ofLine(path: Path, line: LineFile, file: ConfigurationFile): Mistake[] {
  const regions = line.hoursByRegion ?? [];
  return [
    ...ofDirect(path, line, file),
    ...ofTimeZone([...path, 'timeZone'], line.timeZone),
    ...ofHours([...path, 'hours'], line.hours),
    ...regions.flatMap(({ hours }, i) => ofHours([...path, 'hoursByRegion', i, 'hours'], hours)),
    ...repeated(regions.map(({ region }) => region)).map((i) =>
      mistake([...path, 'hoursByRegion', i, 'region'], 'this region stands twice', 'keep one of the two'),
    ),
    ...ofCallback([...path, 'callback'], line.callback ?? {}),
  ];
}

// ------------------------------------------------------------------------------------------- hours

function ofHours(path: Path, hours: HoursFile | undefined): Mistake[] {
  if (hours === undefined) return [];
  const days = [...WEEKDAYS, 'everyDay', 'weekdays', 'weekend'] as const;
  const isNever = days.every((day) => hours[day] === undefined) && (hours.exceptions ?? []).length === 0;
  const never = mistake(path, 'no day is given, so it never opens', 'add weekdays, everyDay or a day');
  const empty = days.flatMap((day) => ofSpans([...path, day], hours[day] ?? []));
  return [
    ...ofTimeZone([...path, 'timeZone'], hours.timeZone),
    ...(isNever ? [never] : []),
    ...empty,
    ...(empty.length > 0 ? [] : ofWeek(path, hours)),
    ...ofHolidays(path, hours),
    ...ofExceptions([...path, 'exceptions'], hours.exceptions ?? []),
  ];
}

function ofSpans(path: Path, texts: readonly string[]): Mistake[] {
  return texts.flatMap((text, i) =>
    wallSpan(text) === null
      ? [
          mistake(
            [...path, i],
            `"${text}" begins and ends at once`,
            'give it an end, or "00:00-24:00" for all day',
          ),
        ]
      : [],
  );
}

function ofWeek(path: Path, hours: HoursFile): Mistake[] {
  const told = new Set<string>();
  return weeklyOverlaps(hours).flatMap(({ day, index, text }) => {
    if (told.has(`${day} ${index}`)) return [];
    told.add(`${day} ${index}`);
    return [
      mistake([...path, day, index], `"${text}" overlaps another span`, 'let one end where the other begins'),
    ];
  });
}

function ofHolidays(path: Path, hours: HoursFile): Mistake[] {
  if (hours.holidays === 'canada') return [];
  return (['province', 'easterMonday'] as const).flatMap((key) =>
    hours[key] === undefined
      ? []
      : [
          mistake(
            [...path, key],
            'says nothing without holidays',
            'add "holidays: canada", or remove it',
            true,
          ),
        ],
  );
}

function ofExceptions(path: Path, exceptions: NonNullable<HoursFile['exceptions']>): Mistake[] {
  return [
    ...exceptions.flatMap(({ date, open, closed }, i) => [
      ...(isDate(date) ? [] : [noDate([...path, i, 'date'], date)]),
      ...((closed === true) !== (open !== undefined)
        ? []
        : [mistake([...path, i], 'must say either "closed: true" or "open"', 'write one of the two')]),
      ...ofSpans([...path, i, 'open'], open ?? []),
      ...ofDaySpans([...path, i, 'open'], open ?? []),
    ]),
    ...repeated(exceptions.map(({ date }) => date)).map((i) =>
      mistake([...path, i, 'date'], 'this date stands twice', 'keep one of the two'),
    ),
  ];
}

/** Of one date: its spans in any order, apart. */
function ofDaySpans(path: Path, texts: readonly string[]): Mistake[] {
  const spans = texts.flatMap((text, index) => {
    const wall = wallSpan(text);
    return wall === null ? [] : [{ ...wall, text, index }];
  });
  const sorted = spans.sort((a, b) => a.from - b.from);
  return sorted.flatMap(({ from, text, index }, i) =>
    i > 0 && from < (sorted[i - 1]?.to ?? 0)
      ? [mistake([...path, index], `"${text}" overlaps another span`, 'let one end where the other begins')]
      : [],
  );
}

function noDate(path: Path, text: string): Mistake {
  return mistake(path, `"${text}" is no date of the calendar`, 'correct the date');
}

// ------------------------------------------------------------------------------------------- callback

function ofCallback(path: Path, rules: LineCallbackFile): Mistake[] {
  const { closing = {}, priorities = [] } = rules;
  return [
    ...ofPhases([...path, 'phases'], rules.phases ?? []),
    ...ofClosing([...path, 'closing'], closing),
    ...priorities.flatMap(({ priority }, i) =>
      priority === ORDINARY_PRIORITY
        ? [
            mistake(
              [...path, 'priorities', i, 'priority'],
              `${priority} is what every place has`,
              'give another',
            ),
          ]
        : [],
    ),
    ...repeated(priorities.map(({ reason }) => reason)).map((i) =>
      mistake([...path, 'priorities', i, 'reason'], 'this reason stands twice', 'keep one of the two'),
    ),
  ];
}

function ofPhases(path: Path, phases: readonly PhaseFile[]): Mistake[] {
  return phases.flatMap(({ from, pause, share, perDayMax }, i) => {
    const before = phases[i - 1];
    const isLater = before === undefined || instantText(from) > instantText(before.from);
    return [
      ...(isDate(from.slice(0, 10)) ? [] : [noDate([...path, i, 'from'], from)]),
      ...(isLater
        ? []
        : [
            mistake(
              [...path, i, 'from'],
              `"${from}" does not come after the phase before`,
              'put them in order',
            ),
          ]),
      ...(pause === true && (share !== undefined || perDayMax !== undefined)
        ? [mistake([...path, i], 'a pause has neither share nor perDayMax', 'remove them, or the pause')]
        : []),
    ];
  });
}

/** Local dates and times compare as text does, a date alone being its midnight. */
function instantText(from: string): string {
  return from.length === 10 ? `${from}T00:00` : from;
}

function ofClosing(path: Path, closing: NonNullable<LineCallbackFile['closing']>): Mistake[] {
  const { pending, finishS, carryMax, callingHours } = closing;
  const mistakes = [...ofHours([...path, 'callingHours'], callingHours)];
  if (pending === 'finish' && finishS === undefined)
    mistakes.push(mistake(path, 'finish needs its limit', 'add finishS, in seconds after closing'));
  if (pending !== undefined && pending !== 'finish' && finishS !== undefined) {
    const mend = 'remove it, or choose "pending: finish"';
    mistakes.push(mistake([...path, 'finishS'], `says nothing where pending is ${pending}`, mend, true));
  }
  if (pending === 'expire' && carryMax !== undefined) {
    const mend = 'remove it, or choose "pending: carry"';
    mistakes.push(mistake([...path, 'carryMax'], 'says nothing where pending is expire', mend, true));
  }
  return mistakes;
}

// ------------------------------------------------------------------------------------------- agents, numbers

function ofAgentIds(agents: readonly AgentFile[]): Mistake[] {
  const all = agents.flatMap((agent, i) => agentIdsOf(agent).map((id) => ({ id, i })));
  if (all.length > LIMITS.agentsMax)
    return [mistake(['agents'], `there are ${all.length} agents`, `give at most ${LIMITS.agentsMax}`)];
  const again = repeated(all.map(({ id }) => id)).map((position) => all[position]?.i ?? 0);
  return [
    ...[...new Set(again)].map((i) =>
      mistake(['agents', i, 'id'], 'this id stands twice', 'give each its own'),
    ),
    ...agents.flatMap((agent, i) =>
      (agentIdsOf(agent).at(-1)?.length ?? 0) > AGENT_ID_MAX
        ? [
            mistake(
              ['agents', i, 'id'],
              `with its number it is over ${AGENT_ID_MAX} characters`,
              'shorten it',
            ),
          ]
        : [],
    ),
  ];
}

function ofAgent(
  path: Path,
  agent: AgentFile,
  file: ConfigurationFile,
  lines: ReadonlySet<string>,
): Mistake[] {
  const skills = agent.skills ?? [];
  return [
    ...agent.lines.flatMap((line, i) =>
      lines.has(line)
        ? []
        : [
            mistake(
              [...path, 'lines', i],
              `there is no line "${line}"`,
              `use one of ${[...lines].join(', ')}`,
            ),
          ],
    ),
    ...agent.languages.flatMap((language, i) =>
      file.languages.includes(language)
        ? []
        : [
            mistake(
              [...path, 'languages', i],
              `"${language}" is not a language of the centre`,
              'add it under languages, or remove it here',
            ),
          ],
    ),
    ...skills.flatMap(({ line, language }, i) =>
      agent.lines.includes(line) && agent.languages.includes(language)
        ? []
        : [
            mistake(
              [...path, 'skills', i],
              `the agent does not serve ${line} in ${language}`,
              'add both to its lines and languages, or remove the skill',
            ),
          ],
    ),
    ...repeated(skills.map(({ line, language }) => `${line} ${language}`)).map((i) =>
      mistake([...path, 'skills', i], 'this line and language stand twice', 'keep one of the two'),
    ),
    ...ofHours([...path, 'shifts'], agent.shifts),
    ...ofShift([...path, 'shift'], agent, file),
  ];
}

function ofShift(path: Path, { shift, shifts }: AgentFile, file: ConfigurationFile): Mistake[] {
  if (shift === undefined) return [];
  if (shifts !== undefined) return [mistake(path, 'stands beside shifts', 'keep one of the two', true)];
  const names = Object.keys(file.shifts ?? {});
  if (names.includes(shift)) return [];
  const mend = names.length === 0 ? 'add it under shifts' : `use one of ${names.join(', ')}`;
  return [mistake(path, `there are no shifts "${shift}"`, mend)];
}

/** No digit of a number that belongs to somebody is repeated in what is printed. */
function ofShared({ numbers }: ConfigurationFile): Mistake[] {
  return repeated((numbers?.shared ?? []).map(({ number }) => number)).map((i) =>
    mistake(['numbers', 'shared', i, 'number'], 'this number stands twice', 'keep one of the two'),
  );
}
