// The API of the centre that runs on a data folder, for commands: finds its address and token in the folder, asks, and
// gives the answer, or throws what the command line prints as one line with its code.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export type ApiOptions = { readonly data: string; readonly json?: boolean };

export class ApiRefused extends Error {
  override name = 'ApiRefused';
  readonly code: string;
  /** The whole answer, where there was one. */
  readonly answer: object;

  constructor(code: string, message: string, answer: object = {}) {
    super(message);
    this.code = code;
    this.answer = answer;
  }
}

export type Asked = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1. */
  readonly path: string;
  /** An object goes as JSON, a text as YAML. */
  readonly body?: object | string;
  /** Stands before what is refused, such as the name of an agent. */
  readonly about?: string;
};

/** A long answer, such as all of the audit looked through, is waited for; a centre whose database is away is not. */
const LOOK_MAX_MS = 5_000;
const PACE = { lookEveryMs: 5_000, awayMaxMs: 15_000, answerMaxMs: 600_000 };

export async function askCentre<Answer>(data: string, asked: Asked, pace = PACE): Promise<Answer> {
  const { url, token } = readApi(data);
  const { method, path, body, about } = asked;
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
  const over = new AbortController();
  const watching = untilAway(url, over.signal, pace);
  const asking = fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    signal: AbortSignal.any([over.signal, AbortSignal.timeout(pace.answerMaxMs)]),
  }).then(async (answer) => ({
    answer,
    said: (await answer.json()) as Answer & { code?: string; detail?: string },
  }));
  const first = await Promise.race([asking, watching])
    .catch((error: Error) => notAnswered(data, error, method))
    .finally(() => over.abort());
  if ('why' in first) {
    asking.catch(() => {}); // broken off just now
    throw new ApiRefused('centre.not_ready', `${first.why}${mayBeDone(method)}`);
  }
  const { answer, said } = first;
  if (answer.ok) return said;
  const detail = said.detail ?? answer.statusText;
  throw new ApiRefused(
    said.code ?? 'request.invalid',
    about === undefined ? detail : `${about}: ${detail}`,
    said,
  );
}

function notAnswered(data: string, { name }: Error, method: Asked['method']): never {
  if (name === 'TimeoutError')
    throw new ApiRefused(
      'centre.not_ready',
      `the centre has not answered for ten minutes${mayBeDone(method)}`,
    );
  throw new ApiRefused(
    'centre.not_running',
    `no centre answers for ${data}; start it with "rappel serve", or name its folder with --data`,
  );
}

/** Nothing is known of what was asked and not answered: it may be done once the database is back. */
function mayBeDone(method: Asked['method']): string {
  return method === 'GET'
    ? '; ask again then'
    : '; what was asked may still be done then: look before you ask again';
}

/** Resolves when the centre has said for a while that its database is away; never, as long as that is there. */
async function untilAway(
  url: string,
  signal: AbortSignal,
  { lookEveryMs, awayMaxMs }: typeof PACE,
): Promise<{ readonly why: string }> {
  for (let awayMs = 0; ; ) {
    const isOver = await pause(lookEveryMs, false, { signal, ref: false }).catch(() => true);
    if (isOver) return new Promise(() => {});
    const why = await whyNotAnswering(url, signal);
    awayMs = why === null ? 0 : awayMs + lookEveryMs;
    if (why !== null && awayMs >= awayMaxMs) return { why };
  }
}

async function whyNotAnswering(url: string, signal: AbortSignal): Promise<string | null> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LOOK_MAX_MS)]);
    const answer = await fetch(`${url}/health/ready`, { signal: limit });
    if (answer.ok) return null;
    const { away, detail } = (await answer.json()) as { away?: string; detail?: string };
    return away === 'PostgreSQL' ? (detail ?? 'PostgreSQL is away') : null;
  } catch {
    return 'the centre does not answer';
  }
}

/** `--json`: one object on the last line; else a line for people. */
export function tell(options: ApiOptions, answer: object, line: string): void {
  process.stdout.write(`${options.json === true ? JSON.stringify(answer) : line}\n`);
}

function readApi(data: string): { url: string; token: string } {
  try {
    return JSON.parse(readFileSync(join(data, 'api.json'), 'utf8')) as { url: string; token: string };
  } catch {
    throw new ApiRefused(
      'centre.not_running',
      `no centre has run in ${data}; start it with "rappel serve", or name its folder with --data`,
    );
  }
}
