// A whole centre for a test: the service as its own process (`rappel serve`, so that it can be killed), its PostgreSQL
// and Asterisk, and the public network with everybody's phone. Folders, ports and numbers are the test's alone.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { phoneSecret } from '../../src/centre/data-folder.ts';
import { runFolder } from '../../src/centre/embedded.ts';
import type { FactOf } from '../../src/core/fact.ts';
import type { CallId, Language } from '../../src/core/id.ts';
import { type Network, startNetwork } from '../../src/demo/network/network.ts';
import { obtainAsterisk } from '../../src/local/asterisk-obtain.ts';
import { leasePorts, type PortLease } from '../../src/local/ports.ts';
import { startPostgres } from '../../src/local/postgres.ts';
import type { FarCall } from '../../src/telephony/far-side.ts';
import { Story } from './story.ts';

export const DNIS = '+18005550100';
const LINES = ['permanent_residence', 'family_sponsorship', 'temporary_residence', 'citizenship'] as const;

export type StageOptions = {
  readonly agents?: readonly string[];
  /** YAML under `callback:`, `agent:` and `dialogue:`, in one line each. */
  readonly callback?: string;
  readonly agent?: string;
  readonly dialogue?: string;
  readonly languages?: string;
};

export class Stage {
  readonly folder: string;
  readonly network: Network;
  readonly story: Story;
  private readonly lease: PortLease;
  private service: ChildProcess | undefined;
  private api = { url: '', token: '' };
  private readonly said: string[] = [];

  private constructor(folder: string, lease: PortLease, network: Network, story: Story) {
    this.folder = folder;
    this.lease = lease;
    this.network = network;
    this.story = story;
  }

  static async open(options: StageOptions = {}): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'rp-e2e-'));
    const data = join(folder, 'data');
    const lease = await leasePorts(200);
    const agents = options.agents ?? ['amelie'];
    await writeFile(join(folder, 'centre.yaml'), yaml(options, agents));
    const sipPort = lease.first;
    const networkSip = lease.first + 1;
    const service = await start(folder, sipPort, networkSip, []);
    const kept = JSON.parse(await readFile(join(data, 'centre.json'), 'utf8')) as { phoneKey: string };
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
      secret: 'network-secret',
      agents: agents.map((agent) => ({ agent, secret: phoneSecret(kept.phoneKey, agent) })),
    });
    // The embedded server of the service is running: this takes hold of it without starting anything.
    const { connection } = await startPostgres({ dataDir: join(data, 'postgres') });
    const stage = new Stage(folder, lease, network, Story.follow(connection, 'c1'));
    stage.service = service.process;
    stage.api = service.api;
    stage.said.push(...service.said);
    await Promise.all(agents.map((agent) => network.phone(agent).registered()));
    return stage;
  }

  /** Asks the API, as an integrator would. */
  async ask(
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<{ status: number; value: Record<string, unknown> }> {
    const answer = await fetch(`${this.api.url}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.api.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: answer.status, value: (await answer.json()) as Record<string, unknown> };
  }

  async agentReady(agent: string): Promise<void> {
    await this.ask('POST', `/api/v1/agents/${agent}/sign-in`, {});
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
    const { process, api } = await start(this.folder, this.lease.first, this.lease.first + 1, this.said);
    this.service = process;
    this.api = api;
  }

  /** What `rappel journal verify` says of the state at this row. */
  async verify(until: number): Promise<unknown> {
    const { stdout } = await promisify(execFile)(process.execPath, [
      new URL('../../src/cli/main.ts', import.meta.url).pathname,
      ...['journal', 'verify', '--json', '--data', join(this.folder, 'data'), '--until', String(until)],
    ]);
    return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
  }

  /** What the centre's Asterisk played, in order: `digits/5` and its language. */
  async played(): Promise<{ sound: string; language: string }[]> {
    const log = await readFile(
      join(runFolder(join(this.folder, 'data')), 'asterisk', 'log', 'messages.log'),
      'utf8',
    );
    return [
      ...log.matchAll(/<(?<channel>[^>]+)> Playing '(?<sound>[^']+)' \(language '(?<language>\w+)'\)/g),
    ].map((m) => ({
      sound: m.groups?.sound ?? '',
      language: m.groups?.language ?? '',
      channel: m.groups?.channel ?? '',
    }));
  }

  /** A citizen calls and goes through the menus to where their place is taken. */
  async callIn(number: string, language: Language, line: 1 | 2 | 3 | 4 = 1): Promise<Caller> {
    const caller = await this.arrive(number);
    await caller.choose('language', language === 'en' ? '1' : '2');
    await caller.choose('line', String(line));
    await caller.choose('service', '1');
    const place = await this.story.until('place.taken', (f) => f.call === caller.call);
    return Object.assign(caller, { place: place.place });
  }

  async arrive(number: string): Promise<Caller> {
    const from = this.story.length;
    const far = await this.network.citizen(number).call(DNIS);
    const { call } = await this.story.until('call.arrived', () => true, from);
    await far.answered;
    return new Caller(this, far, call);
  }

  async close(): Promise<void> {
    await this.story.close();
    await this.network.close();
    if (this.service !== undefined) {
      const { service } = this;
      const ended = new Promise((resolve) => service.once('exit', resolve));
      service.kill('SIGTERM');
      await ended;
    }
    await this.lease.release();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A person on the phone with the centre, and what the journal says of their call. */
export class Caller {
  readonly far: FarCall;
  readonly call: CallId;
  place = 0 as FactOf<'place.taken'>['place'];
  private readonly stage: Stage;

  constructor(stage: Stage, far: FarCall, call: CallId) {
    this.stage = stage;
    this.far = far;
    this.call = call;
  }

  asked(step: FactOf<'dialogue.asked'>['step'], from = 0): Promise<FactOf<'dialogue.asked'>> {
    return this.stage.story.until('dialogue.asked', (f) => f.call === this.call && f.step === step, from);
  }

  /** Waits for the question and presses, while its prompt plays. A key that is a bounce is none: keyRepeatMs is 0 here. */
  async choose(step: FactOf<'dialogue.asked'>['step'], key: string): Promise<void> {
    await this.asked(step);
    await this.far.press(key);
  }

  /** Takes the callback at the number they call from; the confirmation is keyed as soon as its prompt has begun. */
  async takeCallback(): Promise<FactOf<'callback.registered'>> {
    const { story } = this.stage;
    await this.asked('offer');
    await this.far.press('1');
    await story.until(
      'dialogue.began',
      (f) => f.call === this.call,
      this.position(await this.asked('confirm')),
    );
    await this.far.press('1');
    return story.until('callback.registered', (f) => f.call === this.call);
  }

  private position(asked: FactOf<'dialogue.asked'>): number {
    return this.stage.story.facts.findIndex(({ fact }) => fact === asked);
  }
}

type Service = {
  readonly process: ChildProcess;
  readonly api: { url: string; token: string };
  readonly said: string[];
};

async function start(folder: string, sipPort: number, trunkPort: number, said: string[]): Promise<Service> {
  const child = spawn(
    process.execPath,
    [
      new URL('../../src/cli/main.ts', import.meta.url).pathname,
      'serve',
      ...[
        '--config',
        join(folder, 'centre.yaml'),
        '--data',
        join(folder, 'data'),
        '--sip-port',
        String(sipPort),
      ],
      ...['--trunk', `127.0.0.2:${trunkPort}`, '--allow-fictional', '--verbose-asterisk', '--json'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
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
  return { process: child, api: { url: ready.api, token: ready.token }, said };
}

function yaml(options: StageOptions, agents: readonly string[]): string {
  const line = (id: string, i: number) =>
    `  - { id: ${id}, name: { en: ${id}, fr: ${id} }, key: ${i + 1}, prompt: line.${id}, callerId: "+1613555014${i + 1}", expectedHandleS: 60 }`;
  const agent = (id: string) => `  - { id: ${id}, lines: [${LINES.join(', ')}], languages: [en, fr] }`;
  return [
    `languages: ${options.languages ?? '[en, fr]'}`,
    'lines:',
    ...LINES.map(line),
    'agents:',
    ...agents.map(agent),
    `callback: ${options.callback ?? '{ attempts: 2, ringS: 10, retryAfterS: 1 }'}`,
    `agent: ${options.agent ?? '{ ringS: 8, wrapUpS: 0 }'}`,
    `dialogue: ${options.dialogue ?? '{ offerEveryS: 60, silenceS: 5, keyRepeatMs: 0 }'}`,
    '',
  ].join('\n');
}
