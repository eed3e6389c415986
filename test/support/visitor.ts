// Somebody with a browser: keeps the cookie, says where they come from, and sends the csrf value, as a page does.

export type Answer = {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly said: Record<string, unknown>;
};

export class Visitor {
  readonly #url: string;
  cookie = '';
  csrf = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** Below /api/v1. */
  async ask(method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<Answer> {
    const answer = await fetch(`${this.#url}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        origin: this.#url,
        ...(this.cookie === '' ? {} : { cookie: `rappel=${this.cookie}` }),
        ...(this.csrf === '' ? {} : { 'x-rappel-csrf': this.csrf }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const set = answer.headers.getSetCookie().find((one) => one.startsWith('rappel='));
    if (set !== undefined) this.cookie = /^rappel=([^;]*)/.exec(set)?.[1] ?? '';
    const text = await answer.text();
    const isJson = /json/.test(answer.headers.get('content-type') ?? '');
    const said = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    if (typeof said.csrf === 'string') this.csrf = said.csrf;
    return { status: answer.status, headers: answer.headers, text, said };
  }

  signIn(name: string, password: string): Promise<Answer> {
    return this.ask('POST', '/sign-in', { name, password });
  }
}
