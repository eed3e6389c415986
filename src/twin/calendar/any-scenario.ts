// A scenario file of either form: with a calendar (a centre between two dates), or without (lines and agents alone, in
// src/twin/simulate). The key `calendar` tells them apart.

import { parse } from 'yaml';
import { checkedYaml } from '../../config/yaml-file.ts';
import { parseScenario, readScenarioText, refuseIn, type Scenario } from '../simulate/scenario.ts';
import { scenarioSchema } from '../simulate/scenario-schema.ts';
import {
  type CalendarScenario,
  calendarMistakes,
  calendarScenario,
  isCalendar,
} from './calendar-scenario.ts';
import type { CalendarFile } from './calendar-schema.ts';
import { calendarSchema } from './calendar-schema.ts';

export type AnyScenario =
  | { readonly form: 'lines'; readonly scenario: Scenario }
  | { readonly form: 'calendar'; readonly scenario: CalendarScenario };

/** Throws ScenarioRefused. */
export function readAnyScenario(file: string): AnyScenario {
  return parseAnyScenario(readScenarioText(file), file);
}

export function parseAnyScenario(text: string, file = 'scenario'): AnyScenario {
  if (!hasCalendar(text)) return { form: 'lines', scenario: parseScenario(text, file) };
  const value = checkedYaml(text, (written) => calendarMistakes(written, file), refuseIn(file));
  return { form: 'calendar', scenario: calendarScenario(value as CalendarFile, file) };
}

/** What is no YAML at all is told by whoever reads the other form. */
function hasCalendar(text: string): boolean {
  try {
    return isCalendar(parse(text));
  } catch {
    return false;
  }
}

export function anyScenarioSchemaText(): string {
  const $schema = 'https://json-schema.org/draft/2020-12/schema';
  const title = 'A scenario of rappel simulate: with a calendar, or without';
  return `${JSON.stringify({ $schema, title, anyOf: [scenarioSchema, calendarSchema] }, null, 2)}\n`;
}
