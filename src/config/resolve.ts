// From the file, already checked, to what the core is given: seconds to ms, local times to spans in UTC for a stretch of
// time, numbers to keys, defaults filled in. The same file and the same stretch give the same bytes. Since the stretch
// begins with a month, the answer is one for a whole month; the engine's owner asks again in the next.

import { createHash } from 'node:crypto';
import {
  AGENT_DEFAULTS,
  type AgentConfiguration,
  CALLBACK_DEFAULTS,
  type ClosingRules,
  type Configuration,
  LINE_DEFAULTS,
  type LineConfiguration,
  NUMBER_DEFAULTS,
  type OfferRules,
  SHIFT_END_MS,
} from '../core/configuration.ts';
import type { AgentId, LineId, NumberKey } from '../core/id.ts';
import type { DialableNumber } from '../core/number.ts';
import type { LineCallbackFile } from './callback-schema.ts';
import { type Horizon, HoursCalendar } from './hours.ts';
import type { HoursFile } from './hours-schema.ts';
import { offerPhases } from './phases.ts';
import type { AgentFile, ConfigurationFile, LineFile } from './schema.ts';

export const DEFAULT_TIME_ZONE = 'America/Toronto';

/** When clients may be called whose callback was carried over or postponed, unless the owners say otherwise. */
export const DEFAULT_CALLING_HOURS: HoursFile = { weekdays: ['09:00-21:30'], weekend: ['10:00-18:00'] };

/** RFC 3261 timer B: after so long no answer can come to an INVITE that was sent. */
const TIMER_B_MS = 32_000;
const DAY_MS = 86_400_000;
const BACK_DAYS = 40;
const AHEAD_DAYS = 400;
/** Shifts of many agents would fill the fact; two weeks into the next month are more than the next reading is away. */
const SHIFTS_AHEAD_DAYS = 45;

/** What the core is given is one fact, and the journal takes facts of up to 1 MiB; with some room around it. */
export const CONFIGURATION_BYTES_MAX = 1_000_000;

export type ResolveOptions = {
  /** Any instant of the month for which local times are worked out, UTC ms. */
  readonly nowAt: number;
  /** The vault's; without it, shared numbers are left out: enough to check a file, not to run a centre. */
  readonly numberKeyOf?: (e164: string) => NumberKey;
};

export type Resolved = {
  readonly configuration: Configuration;
  readonly hash: string;
  readonly bytes: number;
};

/** What the vault judges numbers by; the same shape as its own policy, but for the fictional ones. */
export type DialPolicy = {
  readonly regions: readonly string[];
  readonly types: readonly DialableNumber['type'][];
  readonly ownNumbers: readonly string[];
};

/** From 40 days before the month of `nowAt` (UTC) to 400 days after its beginning. */
export function horizonAt(nowAt: number): Horizon {
  const monthAt = monthOf(nowAt);
  return { fromAt: monthAt - BACK_DAYS * DAY_MS, toAt: monthAt + AHEAD_DAYS * DAY_MS };
}

function monthOf(nowAt: number): number {
  const now = new Date(nowAt);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
}

export function resolve(file: ConfigurationFile, options: ResolveOptions): Resolved {
  const calendar = new HoursCalendar(horizonAt(options.nowAt), file.timeZone ?? DEFAULT_TIME_ZONE);
  const monthAt = monthOf(options.nowAt);
  const shiftHorizon = { fromAt: monthAt - DAY_MS, toAt: monthAt + SHIFTS_AHEAD_DAYS * DAY_MS };
  const configuration: Configuration = {
    timeZone: calendar.timeZone,
    languages: file.languages,
    lines: file.lines.map((line) => lineOf(file, line, calendar)),
    agents: file.agents.flatMap((agent) => agentsOf(agent, calendar, shiftHorizon)),
    dialogue: dialogueOf(file),
    callback: callbackOf(file),
    numbers: numbersOf(file, options.numberKeyOf),
    agent: {
      ringMs: ms(file.agent?.ringS ?? 15),
      wrapUpMs: ms(file.agent?.wrapUpS ?? 30),
      shiftEndMs: file.agent?.shiftEndS === undefined ? SHIFT_END_MS : ms(file.agent.shiftEndS),
    },
  };
  const text = Buffer.from(JSON.stringify(configuration));
  return { configuration, hash: createHash('sha256').update(text).digest('hex'), bytes: text.length };
}

export function dialPolicyOf(file: ConfigurationFile): DialPolicy {
  const { regions = ['CA'], kinds = ['fixed', 'mobile'], own = [] } = file.numbers ?? {};
  const ofLines = file.lines.flatMap((line) => [line.callerId, ...(line.numbers ?? [])]);
  return {
    regions,
    types: [...kinds, 'fixed_or_mobile'],
    ownNumbers: [...new Set([...own, ...ofLines.map(asE164)])],
  };
}

/** Numbers that lead to a line are written as the trunk gives them, often without the plus or the country code. */
function asE164(number: string): string {
  if (number.startsWith('+')) return number;
  return number.length === 10 ? `+1${number}` : `+${number}`;
}

/** Its own, else the centre's. */
export function timeZoneOf(file: ConfigurationFile, line: LineFile): string {
  return line.timeZone ?? file.timeZone ?? DEFAULT_TIME_ZONE;
}

/** The line's own rules over the centre's, key by key; `closing` key by key as well. */
export function callbackRulesOf(file: ConfigurationFile, line: LineFile): LineCallbackFile {
  const centre = file.callback ?? {};
  const own = line.callback ?? {};
  return { ...centre, ...own, closing: { ...centre.closing, ...own.closing } };
}

const ms = (seconds: number): number => Math.round(seconds * 1_000);

function lineOf(file: ConfigurationFile, line: LineFile, calendar: HoursCalendar): LineConfiguration {
  const timeZone = timeZoneOf(file, line);
  const hours = line.hours ?? file.hours;
  const rules = callbackRulesOf(file, line);
  return {
    id: line.id as LineId,
    name: line.name,
    key: String(line.key),
    prompt: line.prompt ?? 'line.other',
    dnis: line.numbers ?? [],
    direct: line.direct ?? null,
    capacity: line.capacity ?? null,
    capacityCounts: line.capacityCounts ?? LINE_DEFAULTS.capacityCounts,
    expectedHandleMs: ms(line.expectedHandleS ?? 600),
    expectedPatienceMs: ms(line.expectedPatienceS ?? 1_800),
    callerId: line.callerId,
    open: hours === undefined ? LINE_DEFAULTS.open : calendar.open(hours, timeZone),
    openByRegion: (line.hoursByRegion ?? []).map((own) => ({
      region: own.region,
      open: calendar.open(own.hours, timeZone),
    })),
    offer: offerOf(rules, timeZone, calendar),
    closing: closingOf(rules, timeZone, calendar),
    priorities: rules.priorities ?? LINE_DEFAULTS.priorities,
    leavesMessage: rules.leavesMessage ?? LINE_DEFAULTS.leavesMessage,
    wrapUpMs: line.wrapUpS === undefined ? null : ms(line.wrapUpS),
    attempts: attemptsOf(rules, line.callback ?? {}),
  };
}

const ATTEMPTS_DEFAULTS = { attempts: 2, ringS: 25, retryAfterS: 900 } as const;

/** Null where the line says nothing of its own. */
function attemptsOf(rules: LineCallbackFile, own: LineCallbackFile): LineConfiguration['attempts'] {
  if (own.attempts === undefined && own.ringS === undefined && own.retryAfterS === undefined) return null;
  const { attempts, ringS, retryAfterS } = { ...ATTEMPTS_DEFAULTS, ...rules };
  return { attemptsMax: attempts, ringMs: ms(ringS), retryDelayMs: ms(retryAfterS) };
}

function offerOf(rules: LineCallbackFile, timeZone: string, calendar: HoursCalendar): OfferRules {
  const { offer } = LINE_DEFAULTS;
  return {
    phases:
      rules.phases === undefined
        ? offer.phases
        : offerPhases(rules.phases, calendar.days(timeZone), calendar.horizon),
    waitOverMs: rules.waitOverS === undefined ? offer.waitOverMs : ms(rules.waitOverS),
    aheadOver: rules.aheadOver ?? offer.aheadOver,
    pendingMax: rules.pendingMax ?? offer.pendingMax,
    keepPermille: rules.keepChance === undefined ? offer.keepPermille : Math.round(rules.keepChance * 1_000),
    overflowPlaces: rules.overflowPlaces ?? offer.overflowPlaces,
  };
}

function closingOf(rules: LineCallbackFile, timeZone: string, calendar: HoursCalendar): ClosingRules {
  const own = rules.closing ?? {};
  const { closing } = LINE_DEFAULTS;
  const pending = own.pending ?? closing.pending;
  return {
    pending,
    finishMs: pending === 'finish' && own.finishS !== undefined ? ms(own.finishS) : closing.finishMs,
    carryMax: pending === 'expire' ? 0 : (own.carryMax ?? closing.carryMax),
    cutOffMs: own.cutOffS === undefined ? closing.cutOffMs : ms(own.cutOffS),
    callingHours: calendar.open(own.callingHours ?? DEFAULT_CALLING_HOURS, timeZone),
  };
}

/** `count` agents alike are id-1, id-2, ... of one width, so that they sort. */
export function agentIdsOf({ id, count }: AgentFile): string[] {
  if (count === undefined) return [id];
  const width = String(count).length;
  return Array.from({ length: count }, (_, i) => `${id}-${String(i + 1).padStart(width, '0')}`);
}

function agentsOf(agent: AgentFile, calendar: HoursCalendar, horizon: Horizon): AgentConfiguration[] {
  const shared = {
    lines: agent.lines as LineId[],
    languages: agent.languages,
    skills: (agent.skills ?? AGENT_DEFAULTS.skills).map((skill) => ({
      ...skill,
      line: skill.line as LineId,
    })),
    shifts:
      agent.shifts === undefined
        ? AGENT_DEFAULTS.shifts
        : calendar.open(agent.shifts, calendar.timeZone, horizon),
  };
  return agentIdsOf(agent).map((id) => ({ id: id as AgentId, ...shared }));
}

function dialogueOf({ dialogue = {} }: ConfigurationFile): Configuration['dialogue'] {
  return {
    roundsMax: dialogue.rounds ?? 3,
    silenceMs: ms(dialogue.silenceS ?? 6),
    keyRepeatMs: dialogue.keyRepeatMs ?? 500,
    offerEveryMs: ms(dialogue.offerEveryS ?? 60),
    firstDigitMs: ms(dialogue.firstDigitS ?? 8),
    nextDigitMs: ms(dialogue.nextDigitS ?? 4),
  };
}

function callbackOf({ callback = {} }: ConfigurationFile): Configuration['callback'] {
  const ringMs = ms(callback.ringS ?? 25);
  const byCause = Object.entries(callback.retryAfterByCauseS ?? {});
  return {
    attemptsMax: callback.attempts ?? 2,
    ringMs,
    retryDelayMs: ms(callback.retryAfterS ?? 900),
    quarantineMs: ringMs + TIMER_B_MS,
    relayRingMs: callback.relayRingS === undefined ? CALLBACK_DEFAULTS.relayRingMs : ms(callback.relayRingS),
    retryDelayByCauseMs: Object.fromEntries(byCause.sort().map(([cause, delayS]) => [cause, ms(delayS)])),
  };
}

function numbersOf(
  { numbers = {} }: ConfigurationFile,
  numberKeyOf: ResolveOptions['numberKeyOf'],
): Configuration['numbers'] {
  const shared = numberKeyOf === undefined ? [] : (numbers.shared ?? []);
  return {
    openMax: numbers.openMax ?? NUMBER_DEFAULTS.openMax,
    cooldownMs: numbers.cooldownS === undefined ? NUMBER_DEFAULTS.cooldownMs : ms(numbers.cooldownS),
    perDayMax: numbers.perDayMax ?? NUMBER_DEFAULTS.perDayMax,
    perSourcePerHourMax: numbers.perSourcePerHourMax ?? NUMBER_DEFAULTS.perSourcePerHourMax,
    dialsPerHourMax: numbers.dialsPerHourMax ?? NUMBER_DEFAULTS.dialsPerHourMax,
    shared: shared.flatMap(({ number, openMax }) =>
      numberKeyOf === undefined ? [] : [{ numberKey: numberKeyOf(number), openMax }],
    ),
  };
}
