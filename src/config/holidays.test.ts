import { expect, test } from 'vitest';
import { easterSunday, type HolidayRules, holidaysOf } from './holidays.ts';
import { weekdayOf } from './local-time.ts';

const weekdays: HolidayRules = { province: 'ON', easterMonday: false, isWorked: (weekday) => weekday <= 5 };

/** The days on which a line with hours from Monday to Friday is closed, as month-day. */
function closedIn(year: number, rules: HolidayRules = weekdays): string {
  return holidaysOf(year, rules)
    .filter(({ date }) => rules.isWorked(weekdayOf(date)))
    .map(({ date }) => (date.startsWith(String(year)) ? date.slice(5) : date))
    .join(' ');
}

// Written down from published calendars, not computed: New Year's Day, Good Friday, Victoria Day, Canada Day, the Civic
// Holiday, Labour Day, Truth and Reconciliation, Thanksgiving, Remembrance Day, Christmas, Boxing Day; in lieu as observed.
test.each([
  [2019, '01-01 04-19 05-20 07-01 08-05 09-02 10-14 11-11 12-25 12-26'],
  [2020, '01-01 04-10 05-18 07-01 08-03 09-07 10-12 11-11 12-25 12-28'],
  [2021, '01-01 04-02 05-24 07-01 08-02 09-06 09-30 10-11 11-11 12-27 12-28'],
  [2022, '01-03 04-15 05-23 07-01 08-01 09-05 09-30 10-10 11-11 12-26 12-27'],
  [2023, '01-02 04-07 05-22 07-03 08-07 09-04 10-02 10-09 11-13 12-25 12-26'],
  [2024, '01-01 03-29 05-20 07-01 08-05 09-02 09-30 10-14 11-11 12-25 12-26'],
  [2025, '01-01 04-18 05-19 07-01 08-04 09-01 09-30 10-13 11-11 12-25 12-26'],
  [2026, '01-01 04-03 05-18 07-01 08-03 09-07 09-30 10-12 11-11 12-25 12-28'],
  [2027, '01-01 03-26 05-24 07-01 08-02 09-06 09-30 10-11 11-11 12-27 12-28'],
  [2028, '01-03 04-14 05-22 07-03 08-07 09-04 10-02 10-09 11-13 12-25 12-26'],
  [2029, '01-01 03-30 05-21 07-02 08-06 09-03 10-01 10-08 11-12 12-25 12-26'],
  [2030, '01-01 04-19 05-20 07-01 08-05 09-02 09-30 10-14 11-11 12-25 12-26'],
])('the statutory holidays of %i', (year, expected) => {
  expect(closedIn(year)).toBe(expected);
});

test('the additional day is by province, Easter Monday where it is given', () => {
  expect(closedIn(2019, { ...weekdays, province: null })).not.toContain('08-05');
  expect(closedIn(2019, { ...weekdays, province: 'QC' })).toContain('06-24');
  expect(closedIn(2019, { ...weekdays, province: 'QC' })).not.toContain('08-05');
  expect(closedIn(2019, { ...weekdays, province: 'YT' })).toContain('08-19');
  expect(closedIn(2023, { ...weekdays, province: 'QC' })).toContain('06-26');
  expect(closedIn(2019, { ...weekdays, easterMonday: true })).toContain('04-22');
});

test('a line with hours on the weekend is closed on the day itself and given nothing in lieu', () => {
  const daily: HolidayRules = { ...weekdays, isWorked: () => true };
  expect(closedIn(2021, daily)).toContain('12-25 12-26');
  expect(closedIn(2021, daily)).not.toContain('12-27');
});

test.each([
  [1954, '1954-04-18'],
  [1981, '1981-04-19'],
  [2000, '2000-04-23'],
  [2008, '2008-03-23'],
  [2038, '2038-04-25'],
  [2049, '2049-04-18'],
  [2285, '2285-03-22'],
])('Easter of %i', (year, expected) => {
  expect(easterSunday(year)).toBe(expected);
});
