// Reads the YAML file of a centre. What is wrong in it is told with line and column, what, and how to mend it; nothing is
// guessed, unknown keys are errors. The hash names the document: equal hash, equal configuration.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Document } from 'yaml';
import { LineCounter, parseDocument } from 'yaml';
import type { Configuration } from '../core/configuration.ts';
import type { AgentId, LineId } from '../core/id.ts';
import { findMistakes, type Mistake } from './mistake.ts';
import type { ConfigurationFile } from './schema.ts';

export class ConfigurationRefused extends Error {
  override name = 'ConfigurationRefused';
  readonly code = 'configuration.invalid';
  readonly mistakes: readonly string[];

  constructor(file: string, mistakes: readonly string[]) {
    const more = mistakes.length > 1 ? ` (and ${mistakes.length - 1} more)` : '';
    super(`${file}:${mistakes[0]}${more}`);
    this.mistakes = mistakes;
  }
}

export type ReadConfiguration = { readonly configuration: Configuration; readonly hash: string };

export function readConfiguration(file: string): ReadConfiguration {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new ConfigurationRefused(file, [
      ` ${why}; give the path of a YAML file (config/demonstration.yaml is a sample)`,
    ]);
  }
  return parseConfiguration(text, file);
}

export function parseConfiguration(text: string, file: string): ReadConfiguration {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, uniqueKeys: true });
  const at = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `${line}:${col}`;
  };
  if (document.errors.length > 0) {
    throw new ConfigurationRefused(
      file,
      document.errors.map(
        (e) =>
          `${at(e.pos[0])}: ${e.message.split('\n')[0]?.replace(/ at line.*$/, '')}; mend the YAML there`,
      ),
    );
  }
  const value: unknown = document.toJS();
  const mistakes = findMistakes(value);
  if (mistakes.length > 0) {
    throw new ConfigurationRefused(
      file,
      mistakes.map((m) => `${at(offsetOf(document, m))}: ${m.where}: ${m.what}; ${m.mend}`),
    );
  }
  const configuration = toCore(value as ConfigurationFile);
  return { configuration, hash: createHash('sha256').update(JSON.stringify(configuration)).digest('hex') };
}

/** Where in the text a mistake is: the node itself, or the nearest one around it. */
function offsetOf(document: Document, mistake: Mistake): number {
  for (let depth = mistake.path.length; depth >= 0; depth -= 1) {
    const node = document.getIn(mistake.path.slice(0, depth), true) as
      | { range?: readonly number[] }
      | undefined;
    const offset = node?.range?.[0];
    if (offset !== undefined) return offset;
  }
  return 0;
}

const ms = (seconds: number): number => Math.round(seconds * 1_000);

/** RFC 3261 timer B: after so long no answer can come to an INVITE that was sent. */
const TIMER_B_MS = 32_000;

function toCore(file: ConfigurationFile): Configuration {
  const { dialogue = {}, callback = {}, agent = {} } = file;
  const ringMs = ms(callback.ringS ?? 25);
  return {
    languages: file.languages,
    lines: file.lines.map((line) => ({
      id: line.id as LineId,
      name: line.name,
      key: String(line.key),
      prompt: line.prompt ?? 'line.other',
      dnis: line.numbers ?? [],
      capacity: line.capacity ?? null,
      expectedHandleMs: ms(line.expectedHandleS ?? 600),
      expectedPatienceMs: ms(line.expectedPatienceS ?? 1_800),
      callerId: line.callerId,
    })),
    agents: file.agents.map((a) => ({
      id: a.id as AgentId,
      lines: a.lines as LineId[],
      languages: a.languages,
    })),
    dialogue: {
      roundsMax: dialogue.rounds ?? 3,
      silenceMs: ms(dialogue.silenceS ?? 6),
      keyRepeatMs: dialogue.keyRepeatMs ?? 500,
      offerEveryMs: ms(dialogue.offerEveryS ?? 60),
      firstDigitMs: ms(dialogue.firstDigitS ?? 8),
      nextDigitMs: ms(dialogue.nextDigitS ?? 4),
    },
    callback: {
      attemptsMax: callback.attempts ?? 2,
      ringMs,
      retryDelayMs: ms(callback.retryAfterS ?? 900),
      quarantineMs: ringMs + TIMER_B_MS,
    },
    agent: { ringMs: ms(agent.ringS ?? 15), wrapUpMs: ms(agent.wrapUpS ?? 30) },
  };
}
