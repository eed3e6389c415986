// Which phones are registered with the centre. Asterisk tells it only on its older event port (AMI), so this file
// speaks just enough of that: log in, ask once for all, then follow the news. A line is `Name: value`, an empty line
// ends a message.

import { createConnection, type Socket } from 'node:net';

type Message = ReadonlyMap<string, string>;

export class Registrations {
  readonly #socket: Socket;
  readonly #registered = new Map<string, boolean>();
  readonly #waiting = new Set<{ agent: string; wanted: boolean; resolve: () => void }>();
  #text = '';

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8');
    socket.on('data', (text) => this.#read(String(text)));
    socket.on('error', () => {});
  }

  static open(options: { port: number; user: string; secret: string }): Promise<Registrations> {
    const socket = createConnection({ host: '127.0.0.1', port: options.port });
    const registrations = new Registrations(socket);
    return new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => {
        registrations.#send({ Action: 'Login', Username: options.user, Secret: options.secret });
        registrations.#send({ Action: 'PJSIPShowRegistrationsOutbound' });
        resolve(registrations);
      });
    });
  }

  /** Resolves when the phone is registered, or is not any more. */
  until(agent: string, wanted: boolean): Promise<void> {
    if ((this.#registered.get(agent) ?? false) === wanted) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.add({ agent, wanted, resolve }));
  }

  change(agent: string, wanted: boolean): void {
    this.#send({ Action: wanted ? 'PJSIPRegister' : 'PJSIPUnregister', Registration: agent });
  }

  close(): void {
    this.#socket.destroy();
  }

  #send(message: Readonly<Record<string, string>>): void {
    const lines = Object.entries(message).map(([name, value]) => `${name}: ${value}\r\n`);
    this.#socket.write(`${lines.join('')}\r\n`);
  }

  #read(text: string): void {
    this.#text += text;
    for (let end = this.#text.indexOf('\r\n\r\n'); end >= 0; end = this.#text.indexOf('\r\n\r\n')) {
      const lines = this.#text.slice(0, end).split('\r\n');
      this.#text = this.#text.slice(end + 4);
      this.#take(new Map(lines.map((line) => [line.split(': ', 1)[0]!, line.slice(line.indexOf(': ') + 2)])));
    }
  }

  #take(message: Message): void {
    const event = message.get('Event');
    if (event === 'Registry') {
      // sip:agent@centre
      const agent = /^sips?:([^@]+)@/.exec(message.get('Username') ?? '')?.[1];
      if (agent) this.#note(agent, message.get('Status') === 'Registered');
    } else if (event === 'OutboundRegistrationDetail') {
      const agent = message.get('ObjectName');
      if (agent) this.#note(agent, message.get('Status') === 'Registered');
    }
  }

  #note(agent: string, registered: boolean): void {
    this.#registered.set(agent, registered);
    for (const one of this.#waiting) {
      if (one.agent !== agent || one.wanted !== registered) continue;
      this.#waiting.delete(one);
      one.resolve();
    }
  }
}
