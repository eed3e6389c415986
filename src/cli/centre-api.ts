// The API of the centre that runs on a data folder, for commands: finds its address and token in the folder, asks, and
// gives the answer, or throws what the command line prints as one line with its code.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

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

export async function askCentre<Answer>(data: string, asked: Asked): Promise<Answer> {
  const { url, token } = readApi(data);
  const { method, path, body, about } = asked;
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': type }),
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  }).catch(() => {
    throw new ApiRefused(
      'centre.not_running',
      `no centre answers for ${data}; start it with "rappel serve", or name its folder with --data`,
    );
  });
  const said = (await answer.json()) as Answer & { code?: string; detail?: string };
  if (answer.ok) return said;
  const detail = said.detail ?? answer.statusText;
  throw new ApiRefused(
    said.code ?? 'request.invalid',
    about === undefined ? detail : `${about}: ${detail}`,
    said,
  );
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
