// Asking the centre: one way to call its API from a page. Every answer is a value: what was said, or a fault with its
// stable code (docs/errors.md), never a rejection. The cookie says who asks; unsafe requests carry the token that came
// with the sign-in, so that no other site can make them in this browser's name.

export type Fault = {
  readonly code: string;
  /** In English, for people who look after the centre. */
  readonly detail: string;
  readonly status: number;
};

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: Fault };

let csrf = '';

/** Given by whoever learns who is signed in. */
export function rememberCsrf(token: string): void {
  csrf = token;
}

/** `path` below /api/v1, such as `/callbacks/12/cancel`. A body goes as JSON, a text as YAML. */
export async function ask<T = unknown>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH',
  path: string,
  body?: object | string,
  /** The page may be gone before it is answered. */
  isLastWord = false,
): Promise<Answer<T>> {
  const type = typeof body === 'string' ? 'application/yaml' : 'application/json';
  const written = typeof body === 'object' ? JSON.stringify(body) : body;
  return send<T>(method, path, written === undefined ? undefined : { written, type }, isLastWord);
}

/** A file as it is, such as a recording. */
export function sendFile<T = unknown>(path: string, file: Blob, type: string): Promise<Answer<T>> {
  return send<T>('PUT', path, { written: file, type });
}

async function send<T>(
  method: string,
  path: string,
  body: { readonly written: string | Blob; readonly type: string } | undefined,
  isLastWord = false,
): Promise<Answer<T>> {
  try {
    const answer = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      keepalive: isLastWord,
      headers: {
        accept: 'application/json',
        ...(method === 'GET' ? {} : { 'x-rappel-csrf': csrf }),
        ...(body === undefined ? {} : { 'content-type': body.type }),
      },
      ...(body === undefined ? {} : { body: body.written }),
    });
    const said: unknown = await readBody(answer);
    if (answer.ok) return { ok: true, value: said as T };
    return { ok: false, fault: faultOf(answer.status, said) };
  } catch {
    return { ok: false, fault: { code: 'page.network', detail: '', status: 0 } };
  }
}

async function readBody(answer: Response): Promise<unknown> {
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  return isJson && text !== '' ? JSON.parse(text) : text;
}

function faultOf(status: number, said: unknown): Fault {
  const { code, detail } = (typeof said === 'object' && said !== null ? said : {}) as Partial<Fault>;
  return { code: code ?? 'page.unknown', detail: detail ?? String(status), status };
}
