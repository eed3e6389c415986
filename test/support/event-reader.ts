// Reads a stream of Server-Sent Events as a program does: event by event, in order, as they are asked for.

export type ServerEvent = { readonly event: string; readonly id: string; readonly data: string };

export class EventReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #leave: AbortController;
  readonly #decoder = new TextDecoder();
  #text = '';

  private constructor(reader: ReadableStreamDefaultReader<Uint8Array>, leave: AbortController) {
    this.#reader = reader;
    this.#leave = leave;
  }

  static async open(url: string, token: string): Promise<EventReader> {
    const leave = new AbortController();
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` }, signal: leave.signal });
    if (!answer.ok || answer.body === null)
      throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
    return new EventReader(answer.body.getReader() as ReadableStreamDefaultReader<Uint8Array>, leave);
  }

  /** Rejects when the stream has ended. */
  async next(): Promise<ServerEvent> {
    for (;;) {
      const end = this.#text.indexOf('\n\n');
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return eventOf(block);
      }
      const { done, value } = await this.#reader.read();
      if (done) throw new Error('the stream has ended');
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  close(): void {
    this.#leave.abort();
  }
}

function eventOf(block: string): ServerEvent {
  const fields = new Map<string, string>();
  for (const line of block.split('\n')) {
    const [, name = '', value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? [];
    fields.set(name, fields.has(name) ? `${fields.get(name)}\n${value}` : value);
  }
  return {
    event: fields.get('event') ?? 'message',
    id: fields.get('id') ?? '',
    data: fields.get('data') ?? '',
  };
}
