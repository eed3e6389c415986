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
  type OutsideParty,
  type RelayRules,
  SHIFT_END_MS,
  type SurveyRules,
} from '../core/configuration.ts';
import type { AgentId, LineId, NumberKey } from '../core/id.ts';
import type { DialableNumber } from '../core/number.ts';
import { packed } from '../core/packing.ts';
import type { LineCallbackFile } from './callback-schema.ts';
import { type Horizon, HoursCalendar } from './hours.ts';
import type { HoursFile } from './hours-schema.ts';
import { cappedDays, offerPhases } from './phases.ts';
import type { AgentFile, ConfigurationFile, LineFile } from './schema.ts';
import { openedDocument, storedDocument } from './stored-document.ts';
import { TALK_MIN_S } from './survey-schema.ts';

export const DEFAULT_TIME_ZONE = 'America/Toronto';

/** When clients may be called whose callback was carried over or postponed, unless the owners say otherwise. */
export const DEFAULT_CALLING_HOURS: HoursFile = { weekdays: ['09:00-21:30'], weekend: ['10:00-18:00'] };

/** RFC 3261 timer B: after so long no answer can come to an INVITE that was sent. */
const TIMER_B_MS = 32_000;
const DAY_MS = 86_400_000;
const BACK_DAYS = 40;
const AHEAD_DAYS = 400;

/** What the core is given is one fact, and the journal takes facts of up to 1 MiB; with some room around it. */
export const CONFIGURATION_BYTES_MAX = 1_000_000;

export type ResolveOptions = {
  /** Any instant of the month for which local times are worked out, UTC ms. */
  readonly nowAt: number;
  /** The vault's; without it, shared numbers are left out: enough to check a file, not to run a centre. */
  readonly numberKeyOf?: (e164: string) => NumberKey;
  /** Instead of the file's own shared numbers, from a document that has no numbers in it. */
  readonly shared?: Configuration['numbers']['shared'];
  /** How far local times are worked out. */
  readonly aheadDays?: number;
  readonly bytesMax?: number;
  /** Where a folder that the file names is looked for. */
  readonly beside?: string;
};

export type Resolved = {
  readonly configuration: Configuration;
  /** What it was worked out from, as it is kept in the journal. */
  readonly document: string;
  readonly hash: string;
  /** Of the fact that it becomes. */
  readonly bytes: number;
};

/** What the vault judges numbers by; the same shape as its own policy, but for the fictional ones. */
export type DialPolicy = {
  readonly regions: readonly string[];
  readonly types: readonly Exclude<DialableNumber['type'], 'relay'>[];
  readonly ownNumbers: readonly string[];
  readonly relayRoutes: readonly { readonly number: string; readonly dial: string }[];
};

/** From 40 days before the month of `nowAt` (UTC) to 400 days after its beginning. */
export function horizonAt(nowAt: number, aheadDays = AHEAD_DAYS): Horizon {
  const monthAt = monthOf(nowAt);
  return { fromAt: monthAt - BACK_DAYS * DAY_MS, toAt: monthAt + aheadDays * DAY_MS };
}

function monthOf(nowAt: number): number {
  const now = new Date(nowAt);
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1);
}

export function resolve(file: ConfigurationFile, options: ResolveOptions): Resolved {
  const horizon = horizonAt(options.nowAt, options.aheadDays);
  const calendar = new HoursCalendar(horizon, file.timeZone ?? DEFAULT_TIME_ZONE);
  const configuration: Configuration = {
    timeZone: calendar.timeZone,
    languages: file.languages,
    lines: file.lines.map((line) => lineOf(file, line, calendar)),
    agents: file.agents.flatMap((agent) => agentsOf(agent, file.shifts ?? {}, calendar)),
    ...(file.relay && { relay: relayOf(file.relay) }),
    ...directoryOf(file),
    dialogue: dialogueOf(file),
    callback: callbackOf(file),
    numbers: numbersOf(file, options),
    ...(file.clientPage?.askAgain === true ? { clientPage: { asksAgain: true } } : {}),
    ...toneOf(file),
    agent: {
      ringMs: ms(file.agent?.ringS ?? 15),
      wrapUpMs: ms(file.agent?.wrapUpS ?? 30),
      shiftEndMs: file.agent?.shiftEndS === undefined ? SHIFT_END_MS : ms(file.agent.shiftEndS),
      previewMs: ms(file.agent?.previewS ?? 20),
    },
  };
  const text = JSON.stringify(packed(configuration));
  const document = storedDocument(file, configuration.numbers.shared);
  const hash = createHash('sha256').update(text).update('\n').update(openedDocument(document)).digest('hex');
  return { configuration, document, hash, bytes: Buffer.byteLength(text) + document.length };
}

export function dialPolicyOf(file: ConfigurationFile): DialPolicy {
  const { regions = ['CA'], kinds = ['fixed', 'mobile'], own = [], relayRoutes = [] } = file.numbers ?? {};
  const ofLines = file.lines.flatMap((line) => [line.callerId, ...(line.numbers ?? [])]);
  const ofRelay = (file.relay?.numbers ?? []).map(({ number }) => number);
  return {
    regions,
    types: [...kinds, 'fixed_or_mobile'],
    ownNumbers: [...new Set([...own, ...[...ofLines, ...ofRelay].map(asE164)])],
    relayRoutes: relayRoutes.map(({ number, dial }) => ({ number, dial })),
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
    name: { en: line.name.en, fr: line.name.fr },
    recorded: {
      folder: file.recordings ?? '',
      name: line.name.recording ?? null,
      alternatives: line.alternatives?.recording ?? null,
      emergency: line.emergency?.recording ?? null,
    },
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
    days: cappedDays(rules.phases ?? [], calendar.days(timeZone), calendar.horizon),
    offer: offerOf(rules, timeZone, calendar),
    closing: closingOf(rules, timeZone, calendar),
    priorities: rules.priorities ?? LINE_DEFAULTS.priorities,
    leavesMessage: rules.leavesMessage ?? LINE_DEFAULTS.leavesMessage,
    wrapUpMs: line.wrapUpS === undefined ? null : ms(line.wrapUpS),
    attempts: attemptsOf(rules, line.callback ?? {}),
    ...surveyRulesOf(file, line),
    ...serviceLevelOf(line.serviceLevel ?? file.serviceLevel),
  };
}

function serviceLevelOf(wanted: LineFile['serviceLevel']): Pick<LineConfiguration, 'serviceLevel'> {
  if (wanted === undefined) return {};
  return {
    serviceLevel: { withinMs: ms(wanted.withinS), sharePermille: Math.round(wanted.share * 1_000) },
  };
}

/** The line's own over the centre's, key by key; nothing where nobody is asked. */
function surveyRulesOf(file: ConfigurationFile, line: LineFile): { readonly survey?: SurveyRules } {
  const rules = { ...file.survey, ...line.survey };
  if (!rules.share) return {};
  return {
    survey: {
      sharePermille: Math.round(rules.share * 1_000),
      questions: rules.questions ?? ['satisfied', 'again', 'answered'],
      announces: rules.announces ?? false,
      talkMinMs: ms(rules.talkMinS ?? TALK_MIN_S),
      linkMs: (rules.linkDays ?? 0) * DAY_MS,
    },
  };
}

function toneOf({ tone = {} }: ConfigurationFile): Pick<Configuration, 'tone'> {
  if (!tone.share) return {};
  return {
    tone: {
      sharePermille: Math.round(tone.share * 1_000),
      talkMinMs: ms(tone.talkMinS ?? TALK_MIN_S),
      agentsMin: tone.agentsMin ?? 5,
    },
  };
}

function relayOf({ numbers = [], line }: NonNullable<ConfigurationFile['relay']>): RelayRules {
  return {
    entries: numbers.map((entry) => ({
      dnis: entry.number,
      language: entry.language ?? null,
      line: (entry.line as LineId) ?? null,
    })),
    line: (line as LineId) ?? null,
  };
}

/** Left out where nobody stands in it. */
function directoryOf({ directory = [] }: ConfigurationFile): {
  readonly directory?: readonly OutsideParty[];
} {
  if (directory.length === 0) return {};
  return {
    directory: directory.map(({ id, name, number }) => ({ id, name: { en: name.en, fr: name.fr }, number })),
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

function agentsOf(
  agent: AgentFile,
  named: NonNullable<ConfigurationFile['shifts']>,
  calendar: HoursCalendar,
): AgentConfiguration[] {
  const shifts = agent.shift === undefined ? agent.shifts : named[agent.shift];
  const shared = {
    lines: agent.lines as LineId[],
    languages: agent.languages,
    skills: (agent.skills ?? AGENT_DEFAULTS.skills).map((skill) => ({
      ...skill,
      line: skill.line as LineId,
    })),
    shifts: shifts === undefined ? AGENT_DEFAULTS.shifts : calendar.open(shifts, calendar.timeZone),
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
    againMax: callback.callAgain ?? 2,
  };
}

function numbersOf(
  { numbers = {} }: ConfigurationFile,
  { numberKeyOf, shared }: ResolveOptions,
): Configuration['numbers'] {
  return {
    openMax: numbers.openMax ?? NUMBER_DEFAULTS.openMax,
    cooldownMs: numbers.cooldownS === undefined ? NUMBER_DEFAULTS.cooldownMs : ms(numbers.cooldownS),
    perDayMax: numbers.perDayMax ?? NUMBER_DEFAULTS.perDayMax,
    perSourcePerHourMax: numbers.perSourcePerHourMax ?? NUMBER_DEFAULTS.perSourcePerHourMax,
    dialsPerHourMax: numbers.dialsPerHourMax ?? NUMBER_DEFAULTS.dialsPerHourMax,
    shared:
      shared ??
      (numbers.shared ?? []).flatMap(({ number, openMax }) =>
        numberKeyOf === undefined ? [] : [{ numberKey: numberKeyOf(number), openMax }],
      ),
  };
}
