// A whole centre for a test: the service as its own process (`rappel serve`, so that it can be killed), its PostgreSQL
// and Asterisk, and the public network with everybody's phone. Folders, ports and numbers are the test's alone.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Kept, phoneSecret } from '../../src/centre/data-folder.ts';
import { runFolder } from '../../src/centre/embedded.ts';
import type { Language } from '../../src/core/id.ts';
import type { SwitchName } from '../../src/core/switches.ts';
import type { Connection } from '../../src/database/pool.ts';
import { type Network, startNetwork } from '../../src/demo/network/network.ts';
import { obtainAsterisk } from '../../src/local/asterisk-obtain.ts';
import { leasePorts, type PortLease } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import { Caller } from './caller.ts';
import { type CentreFile, centreFile, type LineKey, type LineName, lineName } from './centre-file.ts';
import { Exchange, soundName } from './exchange.ts';
import { Story } from './story.ts';

export { Caller } from './caller.ts';
export { type LineKey, type LineName, lineName } from './centre-file.ts';

export const DNIS = '+18005550100';
const NETWORK_SECRET = 'network-secret';

export type StageOptions = CentreFile & {
  /** Asterisk's log as operators have it: without prompts, and without numbers. */
  readonly quietAsterisk?: boolean;
  /** The network lends telephones to pages, as in the demonstration. */
  readonly isDemonstration?: boolean;
};

export class Stage {
  readonly folder: string;
  readonly network: Network;
  readonly story: Story;
  readonly exchange: Exchange;
  readonly connection: Connection;
  /** What the service printed, line by line. */
  readonly said: readonly string[];
  private readonly options: StageOptions;
  private readonly lease: PortLease;
  private arriving: Promise<unknown> = Promise.resolve();
  private service: ChildProcess | undefined;
  private api = { url: '', token: '' };

  private constructor(parts: Parts) {
    this.folder = parts.folder;
    this.network = parts.network;
    this.story = parts.story;
    this.exchange = parts.exchange;
    this.connection = parts.connection;
    this.said = parts.said;
    this.options = parts.options;
    this.lease = parts.lease;
    this.service = parts.service.process;
    this.api = parts.service.api;
  }

  /** Opens everything, or closes again what was opened and rejects. */
  static async open(options: StageOptions = {}): Promise<Stage> {
    const closing: (() => unknown)[] = [];
    try {
      return await Stage.build(options, closing);
    } catch (error) {
      for (const close of closing.reverse()) await close();
      throw error;
    }
  }

  private static async build(options: StageOptions, closing: (() => unknown)[]): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'rp-e2e-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const data = join(folder, 'data');
    const lease = await leasePorts(200);
    closing.push(() => lease.release());
    const agents = options.agents ?? ['amelie'];
    await writeFile(join(folder, 'centre.yaml'), centreFile(options));
    const sipPort = lease.first;
    const networkSip = lease.first + 1;
    const said: string[] = [];
    const service = await start(folder, sipPort, networkSip, options, said);
    closing.push(() => stop(service.process));
    const kept = JSON.parse(await readFile(join(data, 'centre.json'), 'utf8')) as Kept;
    const exchange = await Exchange.open({ port: kept.httpPort, password: kept.ariPassword });
    closing.push(() => exchange.close());
    const network = await startNetwork({
      binary: await obtainAsterisk(),
      runDir: join(folder, 'network'),
      centre: `127.0.0.1:${sipPort}`,
      addresses: { trunk: '127.0.0.2', phones: '127.0.0.3' },
      ports: {
        sip: networkSip,
        http: lease.first + 2,
        news: lease.first + 3,
        rtp: [lease.first + 20, lease.first + 199],
      },
      secret: NETWORK_SECRET,
      agents: agents.map((agent) => ({ agent, secret: phoneSecret(kept.phoneKey, agent) })),
    });
    closing.push(() => network.close());
    // The embedded server of the service is running: this takes hold of it without starting anything.
    const { connection } = await startPostgres({ dataDir: join(data, 'postgres') });
    const story = Story.follow(connection, 'c1');
    closing.push(() => story.close());
    await Promise.all(agents.map((agent) => network.phone(agent).registered()));
    return new Stage({ folder, network, story, exchange, connection, said, options, lease, service });
  }

  /** Where the API is, and the token of programs. */
  get centre(): { readonly url: string; readonly token: string } {
    return this.api;
  }

  /** Asks the API, as an integrator would. */
  async ask(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object | string,
  ): Promise<{ status: number; value: Record<string, unknown> }> {
    const answer = await fetch(`${this.api.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.api.token}`,
        ...(body && { 'content-type': typeof body === 'string' ? 'application/yaml' : 'application/json' }),
      },
      ...(body && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: answer.status, value: (await answer.json()) as Record<string, unknown> };
  }

  /** One of the line's switches. */
  async turn(name: SwitchName, line: LineKey, on: boolean): Promise<void> {
    const body = { name, line: lineName(line), on, reason: 'a test' };
    const { status, value } = await this.ask('POST', '/api/v1/switches', body);
    if (status !== 200) throw new Error(`the switch was not turned: ${JSON.stringify(value)}`);
  }

  /** Signs in for the lines and languages given (all of them when left out), and goes ready. */
  async agentReady(
    agent: string,
    skills: { lines?: readonly LineName[]; languages?: readonly Language[] } = {},
  ): Promise<void> {
    await this.ask('POST', `/api/v1/agents/${agent}/sign-in`, skills);
    await this.ask('POST', `/api/v1/agents/${agent}/ready`);
  }

  /** kill -9, as a power cut would do it; everything else lives on. */
  async kill(): Promise<void> {
    const { service } = this;
    if (service === undefined) return;
    const ended = new Promise((resolve) => service.once('exit', resolve));
    service.kill('SIGKILL');
    await ended;
    this.service = undefined;
  }

  async restart(): Promise<void> {
    const { folder, lease, options, said } = this;
    const { process, api } = await start(folder, lease.first, lease.first + 1, options, said as string[]);
    this.service = process;
    this.api = api;
  }

  /** What `rappel journal verify` says of the state at this row. */
  async verify(until: number): Promise<unknown> {
    const where = ['--data', this.dataFolder, '--until', String(until)];
    const { out } = await this.rappel('journal', 'verify', '--json', ...where);
    return JSON.parse(out.trim().split('\n').at(-1) ?? '');
  }

  /** Another configuration, as its owner gives it: the file is changed, and `rappel reload` told. */
  async reload(change: CentreFile): Promise<Said> {
    return this.reloadText(centreFile({ ...this.options, ...change }));
  }

  async reloadText(text: string): Promise<Said> {
    const file = join(this.folder, 'changed.yaml');
    await writeFile(file, text);
    return this.rappel('reload', '--data', this.dataFolder, '--config', file);
  }

  get dataFolder(): string {
    return join(this.folder, 'data');
  }

  /** A command of ours. */
  rappel(...args: readonly string[]): Promise<Said> {
    return new Promise((resolve) => {
      execFile(process.execPath, [COMMAND_LINE, ...args], (error, out, errors) => {
        resolve({ status: error === null ? 0 : Number(error.code), out, errors });
      });
    });
  }

  /** What the centre's Asterisk really played by its own log, in order: `fr/digits/5`, `prompts/fr/offer.hold`. */
  async played(): Promise<{ sound: string; language: string; channel: string }[]> {
    const log = await readFile(join(this.logFolder, 'messages.log'), 'utf8');
    return [
      ...log.matchAll(/<(?<channel>[^>]+)> Playing '(?<sound>[^']+)\.\w+' \(language '(?<language>\w+)'\)/g),
    ].map((m) => ({
      sound: soundName(m.groups?.sound ?? ''),
      language: m.groups?.language ?? '',
      channel: m.groups?.channel ?? '',
    }));
  }

  /** Where the centre's Asterisk writes its logs. */
  get logFolder(): string {
    return join(runFolder(this.dataFolder), 'asterisk', 'log');
  }

  /** Nobody is on the phone with anybody, neither here nor at the far side: nothing was left behind. */
  async empty(): Promise<void> {
    await this.exchange.empty();
    await this.network.idle();
  }

  /** A citizen calls and goes through the menus to where their place is taken. */
  async callIn(number: string, language: Language, line: LineKey = 1): Promise<Caller> {
    const caller = await this.askAgent(number, language, line);
    const place = await this.story.until('place.taken', (f) => f.call === caller.call);
    return Object.assign(caller, { place: place.place });
  }

  /** A citizen calls and goes through the menus to where they ask for an agent, whatever comes of it. */
  async askAgent(number: string, language: Language, line: LineKey): Promise<Caller> {
    const caller = await this.arrive(number);
    await caller.choose('language', language === 'en' ? '1' : '2');
    await caller.choose('line', String(line));
    await caller.choose('service', '1');
    return caller;
  }

  /** One after the other: which `call.arrived` is whose is told by their order alone. */
  arrive(number: string): Promise<Caller> {
    const arrival = this.arriving.then(async () => {
      const from = this.story.length;
      const far = await this.network.citizen(number).call(DNIS);
      const { call, channel } = await this.story.until('call.arrived', () => true, from);
      return new Caller(this, far, call, channel);
    });
    this.arriving = arrival.catch(() => undefined);
    return arrival.then(async (caller) => {
      await caller.far.answered;
      return caller;
    });
  }

  async close(): Promise<void> {
    await this.story.close();
    this.exchange.close();
    await this.network.close();
    if (this.service !== undefined) await stop(this.service);
    await this.lease.release();
    await rm(runFolder(this.dataFolder), { recursive: true, force: true });
    await rm(this.folder, { recursive: true, force: true });
  }
}

type Parts = Pick<Stage, 'folder' | 'network' | 'story' | 'exchange' | 'connection' | 'said'> & {
  readonly options: StageOptions;
  readonly lease: PortLease;
  readonly service: Service;
};

/** What a command left behind. */
export type Said = { readonly status: number; readonly out: string; readonly errors: string };

const COMMAND_LINE = new URL('../../src/cli/main.ts', import.meta.url).pathname;

type Service = {
  readonly process: ChildProcess;
  readonly api: { url: string; token: string };
};

async function start(
  folder: string,
  sipPort: number,
  trunkPort: number,
  options: StageOptions,
  said: string[],
): Promise<Service> {
  const child = spawn(
    process.execPath,
    [
      COMMAND_LINE,
      'serve',
      ...[
        '--config',
        join(folder, 'centre.yaml'),
        '--data',
        join(folder, 'data'),
        '--sip-port',
        String(sipPort),
      ],
      ...['--trunk', `127.0.0.2:${trunkPort}`, '--allow-fictional', '--json'],
      ...(options.isDemonstration ? ['--carrier', String(trunkPort + 1)] : []),
      ...(options.quietAsterisk ? [] : ['--verbose-asterisk']),
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, RAPPEL_CARRIER_SECRET: NETWORK_SECRET },
    },
  );
  createInterface({ input: child.stderr }).on('line', (line) => said.push(line));
  const lines = createInterface({ input: child.stdout });
  const ready = await new Promise<{ api: string; token: string }>((resolve, reject) => {
    lines.on('line', (line) => {
      said.push(line);
      if (line.startsWith('{')) resolve(JSON.parse(line) as { api: string; token: string });
    });
    child.once('exit', (code) =>
      reject(new Error(`the service ended with ${code}: ${said.slice(-5).join(' | ')}`)),
    );
  });
  return { process: child, api: { url: ready.api, token: ready.token } };
}

async function stop(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const ended = new Promise((resolve) => service.once('exit', resolve));
  service.kill('SIGTERM');
  await ended;
}
