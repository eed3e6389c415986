// The configuration file of a test's centre: four lines that serve the public, as many more as a test needs so that its
// stories do not meet, and agents who know everything and say at their sign-in what they serve.

const PHRASED = ['permanent_residence', 'family_sponsorship', 'temporary_residence', 'citizenship'] as const;
const OTHERS = ['line_5', 'line_6', 'line_7', 'line_8', 'line_9'] as const;
const LINES = [...PHRASED, ...OTHERS] as const;

export type LineName = (typeof LINES)[number];
/** The key that chooses it in the menu. */
export type LineKey = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

export type CentreFile = {
  readonly agents?: readonly string[];
  /** Of the nine lines the first so many; four when left out. */
  readonly lines?: LineKey;
  /** YAML under `callback:`, `agent:`, `dialogue:`, `numbers:`, `clientPage:` and `tone:`, in one line each. */
  readonly callback?: string;
  readonly agent?: string;
  readonly dialogue?: string;
  readonly numbers?: string;
  readonly tone?: string;
  readonly clientPage?: string;
  readonly languages?: string;
  /** YAML of the list, in one line. */
  readonly directory?: string;
  /** More YAML of a line, in one line: `capacity: 1, callback: { ... }`. */
  readonly rules?: Partial<Record<LineName, string>>;
};

export function lineName(key: LineKey): LineName {
  return LINES[key - 1] as LineName;
}

export function centreFile(options: CentreFile): string {
  const lines = LINES.slice(0, options.lines ?? PHRASED.length);
  const phrase = (id: LineName) =>
    (PHRASED as readonly string[]).includes(id) ? `line.${id}` : 'line.other';
  const more = (id: LineName) => (options.rules?.[id] === undefined ? '' : `, ${options.rules[id]}`);
  const line = (id: LineName, i: number) =>
    `  - { id: ${id}, name: { en: ${id}, fr: ${id} }, key: ${i + 1}, prompt: ${phrase(id)}, callerId: "+1613555014${i + 1}", expectedHandleS: 60${more(id)} }`;
  const agent = (id: string) => `  - { id: ${id}, lines: [${lines.join(', ')}], languages: [en, fr] }`;
  return [
    `languages: ${options.languages ?? '[en, fr]'}`,
    'lines:',
    ...lines.map(line),
    'agents:',
    ...(options.agents ?? ['amelie']).map(agent),
    `callback: ${options.callback ?? '{ attempts: 2, ringS: 10, retryAfterS: 1 }'}`,
    `agent: ${options.agent ?? '{ ringS: 8, wrapUpS: 0 }'}`,
    ...(options.numbers === undefined ? [] : [`numbers: ${options.numbers}`]),
    ...(options.directory === undefined ? [] : [`directory: ${options.directory}`]),
    ...(options.clientPage === undefined ? [] : [`clientPage: ${options.clientPage}`]),
    ...(options.tone === undefined ? [] : [`tone: ${options.tone}`]),
    `dialogue: ${options.dialogue ?? '{ offerEveryS: 60, silenceS: 5, keyRepeatMs: 0 }'}`,
    '',
  ].join('\n');
}
