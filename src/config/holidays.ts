// Canada's statutory holidays, computed: the general holidays of the Canada Labour Code (sections 166 and 193), the
// additional day that the federal public service gives by province, and Easter Monday where a centre gives it. A holiday
// of a fixed date that falls on a day without hours is given on the next working day (section 195).
// It must not know lines or time zones: dates in, dates out.

import { addDays, type LocalDate, weekdayOf } from './local-time.ts';

export const PROVINCES = [
  'AB',
  'BC',
  'MB',
  'NB',
  'NL',
  'NS',
  'NT',
  'NU',
  'ON',
  'PE',
  'QC',
  'SK',
  'YT',
] as const;
export type Province = (typeof PROVINCES)[number];

export type HolidayRules = {
  /** Null: no additional day. */
  readonly province: Province | null;
  readonly easterMonday: boolean;
  /** Whether the line has hours on this weekday (1 is Monday) in an ordinary week. */
  readonly isWorked: (weekday: number) => boolean;
};

export type Holiday = { readonly date: LocalDate; readonly name: string };

/** The year from which 30 September is a holiday (S.C. 2021, c. 11). */
const RECONCILIATION_FROM = 2021;
const DAYS_IN_WEEK = 7;

/** Of one year, in order. A day in lieu is a holiday of its own; it may fall in January of the next year. */
export function holidaysOf(year: number, rules: HolidayRules): Holiday[] {
  const fixed = fixedHolidays(year, rules);
  const all = [...fixed, ...movingHolidays(year, rules)];
  const taken = new Set(all.filter(({ date }) => rules.isWorked(weekdayOf(date))).map(({ date }) => date));
  for (const { date, name } of fixed.sort(byDate)) {
    if (rules.isWorked(weekdayOf(date))) continue;
    const inLieu = nextFree(date, taken, rules.isWorked);
    if (inLieu === null) continue;
    taken.add(inLieu);
    all.push({ date: inLieu, name: `${name} (in lieu)` });
  }
  return all.sort(byDate);
}

function fixedHolidays(year: number, { province }: HolidayRules): Holiday[] {
  const on = (monthAndDay: string, name: string): Holiday => ({ date: `${year}-${monthAndDay}`, name });
  return [
    on('01-01', "New Year's Day"),
    ...(province === 'QC' ? [on('06-24', 'National Holiday of Quebec')] : []),
    on('07-01', 'Canada Day'),
    ...(year >= RECONCILIATION_FROM ? [on('09-30', 'National Day for Truth and Reconciliation')] : []),
    on('11-11', 'Remembrance Day'),
    on('12-25', 'Christmas Day'),
    on('12-26', 'Boxing Day'),
  ];
}

function movingHolidays(year: number, { province, easterMonday }: HolidayRules): Holiday[] {
  const easter = easterSunday(year);
  return [
    { date: addDays(easter, -2), name: 'Good Friday' },
    ...(easterMonday ? [{ date: addDays(easter, 1), name: 'Easter Monday' }] : []),
    // The Monday before 25 May.
    { date: mondayFrom(`${year}-05-18`), name: 'Victoria Day' },
    ...additionalDay(year, province),
    { date: mondayFrom(`${year}-09-01`), name: 'Labour Day' },
    { date: mondayFrom(`${year}-10-08`), name: 'Thanksgiving' },
  ];
}

/** The first Monday of August; the third in Yukon, and in Quebec 24 June instead. */
function additionalDay(year: number, province: Province | null): Holiday[] {
  if (province === null || province === 'QC') return [];
  if (province === 'YT') return [{ date: mondayFrom(`${year}-08-15`), name: 'Discovery Day' }];
  return [{ date: mondayFrom(`${year}-08-01`), name: 'Civic Holiday' }];
}

/** The first Monday on or after a date. */
function mondayFrom(date: LocalDate): LocalDate {
  return addDays(date, (DAYS_IN_WEEK + 1 - weekdayOf(date)) % DAYS_IN_WEEK);
}

/** The Gregorian computus: the Sunday after the ecclesiastical full moon on or after 21 March. */
export function easterSunday(year: number): LocalDate {
  const century = Math.floor(year / 100);
  const golden = year % 19;
  const solar = century - Math.floor(century / 4);
  const lunar = Math.floor((8 * century + 13) / 25);
  let epact = (solar - lunar + 19 * golden + 15) % 30;
  // The two corrections keep the moon's age within 29 days and distinct in one cycle.
  if (epact === 29 || (epact === 28 && golden > 10)) epact -= 1;
  const fullMoon = addDays(`${year}-03-21`, epact);
  return addDays(fullMoon, DAYS_IN_WEEK - (weekdayOf(fullMoon) % DAYS_IN_WEEK));
}

/** The next worked day that is no holiday; null for a line that never works. */
function nextFree(
  date: LocalDate,
  taken: ReadonlySet<LocalDate>,
  isWorked: HolidayRules['isWorked'],
): LocalDate | null {
  for (let days = 1; days <= 2 * DAYS_IN_WEEK; days += 1) {
    const next = addDays(date, days);
    if (isWorked(weekdayOf(next)) && !taken.has(next)) return next;
  }
  return null;
}

function byDate(a: Holiday, b: Holiday): number {
  return a.date < b.date ? -1 : a.date > b.date ? 1 : 0;
}
