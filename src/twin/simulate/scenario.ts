// A scenario as the simulation sees it: checked, whole, in ms. What is wrong in the file is one line that names the key;
// nothing is guessed, unknown keys are errors.

import { type Mistake, mistake, shapeMistakes } from '../../config/mistake.ts';
import { checkedYaml, mistakeLine, type PlacedMistake, readYaml } from '../../config/yaml-file.ts';
import { LIMITS } from '../../core/configuration.ts';
import type { LineId } from '../../core/id.ts';
import type { Law } from './law.ts';
import {
  type LawFile,
  SCENARIO_FORMS,
  type ScenarioFile,
  type ScenarioLineFile,
  scenarioSchema,
} from './scenario-schema.ts';

export type Answering = {
  /** That the client answers the first attempt, the second, and so on. */
  readonly probabilities: readonly number[];
  readonly ringMs: number;
  readonly noAnswerMs: number;
  readonly retryAfterMs: number;
};

export type ScenarioLine = {
  readonly id: LineId;
  readonly perHour: number;
  readonly handle: Law;
  readonly patience: Law;
  readonly wrapUpMs: number;
  /** Waiting places; null: no limit. */
  readonly capacity: number | null;
  readonly serviceLevelS: readonly number[];
  /** Offered where the quoted wait is above so many ms; -1: always; null: never. */
  readonly offerOverMs: number | null;
  readonly takeRate: number;
  readonly answer: Answering;
};

export type Scenario = {
  readonly seed: number;
  readonly stop: { readonly calls: number } | { readonly days: number };
  readonly warmupCalls: number;
  readonly ghostShare: number;
  readonly agents: readonly { readonly count: number; readonly lines: readonly LineId[] }[];
  readonly lines: readonly ScenarioLine[];
};

export class ScenarioRefused extends Error {
  override name = 'ScenarioRefused';
  readonly code = 'scenario.invalid';

  constructor(file: string, mistakes: readonly PlacedMistake[]) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
    super(`${mistakeLine(file, mistakes[0] as PlacedMistake)}${more}`);
  }
}

const SAMPLE = 'config/scenarios/one-line.yaml';
const GHOST_SHARE = 0.25;

/** Throws ScenarioRefused. */
export function readScenario(file: string): Scenario {
  return parseScenario(readScenarioText(file), file);
}

export function readScenarioText(file: string): string {
  return readYaml(file, SAMPLE, refuseIn(file));
}

export function parseScenario(text: string, file = 'scenario'): Scenario {
  return resolved(checkedYaml(text, mistakesOf, refuseIn(file)) as ScenarioFile);
}

/** How a scenario of either form is refused. */
export function refuseIn(file: string) {
  return (mistakes: readonly PlacedMistake[]): never => {
    throw new ScenarioRefused(file, mistakes);
  };
}

function mistakesOf(value: unknown): Mistake[] {
  const shape = shapeMistakes(value, scenarioSchema, SCENARIO_FORMS);
  // A key that nobody knows is often the one that is missing, misspelt: it is told first.
  const unknown = shape.filter(({ ofKey }) => ofKey);
  if (unknown.length > 0) return unknown;
  return shape.length > 0 ? shape : meaningMistakes(value as ScenarioFile);
}

function meaningMistakes(file: ScenarioFile): Mistake[] {
  const names = Object.keys(file.lines);
  const { calls, days } = file.stop;
  const served = new Set(file.agents.flatMap(({ lines }) => lines));
  const agents = file.agents.reduce((sum, { count }) => sum + count, 0);
  return [
    ...((calls === undefined) === (days === undefined)
      ? [mistake(['stop'], 'says not when to stop', 'give either calls or days')]
      : []),
    ...file.agents.flatMap(({ lines }, i) =>
      lines.flatMap((line, j) =>
        names.includes(line)
          ? []
          : [mistake(['agents', i, 'lines', j], `there is no line "${line}"`, `use ${names.join(' or ')}`)],
      ),
    ),
    ...(agents > LIMITS.agentsMax
      ? [mistake(['agents'], `${agents} are too many`, `give ${LIMITS.agentsMax} or fewer in all`)]
      : []),
    ...names.flatMap((name) =>
      served.has(name)
        ? []
        : [mistake(['lines', name], 'no agent serves it', 'name it in the lines of some agents', true)],
    ),
    ...Object.entries(file.lines).flatMap(([name, line]) => ofLine(['lines', name], line)),
  ];
}

function ofLine(path: string[], line: ScenarioLineFile): Mistake[] {
  return [
    ...ofLaw([...path, 'handle'], line.handle),
    ...(line.patience === undefined ? [] : ofLaw([...path, 'patience'], line.patience)),
  ];
}

function ofLaw(path: string[], law: LawFile): Mistake[] {
  if (law.kind === 'infinite') {
    return law.meanS === undefined && law.cv === undefined
      ? []
      : [mistake(path, 'infinite has neither mean nor cv', 'remove them, or use another kind')];
  }
  if (law.meanS === undefined) return [mistake(path, 'the key "meanS" is missing', 'add it')];
  if (law.kind === 'lognormal')
    return law.cv === undefined ? [mistake(path, 'the key "cv" is missing', 'add it')] : [];
  return law.cv === undefined
    ? []
    : [mistake([...path, 'cv'], `means nothing for ${law.kind}`, 'remove it, or use lognormal', true)];
}

function resolved(file: ScenarioFile): Scenario {
  const { calls, days = 0 } = file.stop;
  return {
    seed: file.seed ?? 1,
    stop: calls === undefined ? { days } : { calls },
    warmupCalls: file.warmupCalls ?? 0,
    ghostShare: file.ghostShare ?? GHOST_SHARE,
    agents: file.agents.map(({ count, lines }) => ({ count, lines: lines as string[] as LineId[] })),
    lines: Object.entries(file.lines).map(([name, line]) => lineOf(name as LineId, line)),
  };
}

const ms = (seconds: number): number => seconds * 1_000;

function lineOf(id: LineId, line: ScenarioLineFile): ScenarioLine {
  const offer = line.callback?.offer ?? 'never';
  const answer = line.callback?.answer;
  return {
    id,
    perHour: line.arrivals.perHour,
    handle: lawOf(line.handle),
    patience: lawOf(line.patience ?? { kind: 'infinite' }),
    wrapUpMs: ms(line.wrapUpS ?? 0),
    capacity: line.capacity ?? null,
    serviceLevelS: line.serviceLevelS ?? [],
    offerOverMs: offer === 'never' ? null : offer === 'always' ? -1 : ms(offer.whenEwtOverS),
    takeRate: line.callback?.takeRate ?? 0,
    answer: {
      probabilities: answer?.probabilities ?? [1],
      ringMs: ms(answer?.ringS ?? 0),
      noAnswerMs: ms(answer?.noAnswerS ?? 0),
      retryAfterMs: ms(answer?.retryAfterS ?? 0),
    },
  };
}

function lawOf({ kind, meanS = 0, cv = 0 }: LawFile): Law {
  const meanMs = ms(meanS);
  switch (kind) {
    case 'infinite':
      return { kind };
    case 'lognormal':
      return { kind, meanMs, cv };
    default:
      return { kind, meanMs };
  }
}
