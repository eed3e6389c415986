// Where the crash bench plays: a centre of its own under a supervisor, the public network with everybody's phone in
// another Asterisk, the two witnesses, and the hand that kills. Folders and ports are the bench's alone and are gone
// afterwards. It must not know who calls whom, or what is judged.

import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder, phoneSecret } from '../../centre/data-folder.ts';
import { runFolder } from '../../centre/embedded.ts';
import type { NumberKey } from '../../core/id.ts';
import { type Network, startNetwork } from '../../demo/network/network.ts';
import { obtainAsterisk } from '../../local/asterisk-obtain.ts';
import { argumentsOf, findProcess, signal, waitForEnd, workingFolderOf } from '../../local/live-process.ts';
import { leasePorts } from '../../local/ports.ts';
import { openKeyFile } from '../../vault/key-file.ts';
import { Clearing } from '../clearing.ts';
import { Ledger, type SeenRow } from './ledger.ts';
import type { Victim } from './plan.ts';
import { Supervisor } from './supervisor.ts';
import { AsteriskWitness, followJournal } from './witness.ts';

/** A number that is fictitious, and leads straight to the one line. */
export const LINE_DNIS = '+18005550100';
const PORTS = 400;
const END_LIMIT_MS = 10_000;

export type CrashStage = {
  readonly network: Network;
  readonly ledger: Ledger;
  readonly supervisor: Supervisor;
  readonly asterisk: AsteriskWitness;
  numberKeyOf(e164: string): NumberKey;
  /** Hears each committed row; gives the way to stop hearing. */
  onRow(hear: (row: SeenRow) => void): () => void;
  /** kill -9; gives who was there to be killed. */
  strike(victims: readonly Victim[]): Promise<Victim[]>;
  /** The answer's value, or undefined when the centre is away, too slow, or says no. */
  ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
};

export type StageOptions = {
  readonly agents: readonly string[];
  readonly ringS: number;
  /** What happened, line by line, is added to this file. */
  readonly log?: string;
};

export function openCrashStage(options: StageOptions): Promise<CrashStage> {
  const clearing = new Clearing();
  return clearing.opening(() => openStage(options, clearing));
}

async function openStage(options: StageOptions, clearing: Clearing): Promise<CrashStage> {
  const { agents } = options;
  const say = sayInto(options.log);
  const folder = await mkdtemp(join(tmpdir(), 'rp-crash-'));
  clearing.add(() => rm(folder, { recursive: true, force: true }));
  const lease = await leasePorts(PORTS);
  clearing.add(() => lease.release());
  const port = (n: number): number => lease.first + n;
  await writeFile(join(folder, 'centre.yaml'), yaml(options));
  const data = join(folder, 'data');
  const supervisor = new Supervisor(serveArguments(folder, port(0), port(1)), say);
  clearing.add(async () => {
    await supervisor.stop();
    await rm(runFolder(data), { recursive: true, force: true });
  });
  await supervisor.start();

  const home = new DataFolder(data);
  const kept = home.read();
  if (kept === undefined) throw new Error('the centre that was opened keeps nothing');
  const keys = openKeyFile(home.vaultKeyFile);
  const numberKeyOf = (e164: string): NumberKey => keys.numberKey(e164);
  const ledger = new Ledger();
  const hearers = new Set<(row: SeenRow) => void>();
  const journal = followJournal(home, ledger, (row) => {
    say(`${row.seq} ${row.at} ${JSON.stringify(row.fact)}`);
    for (const hear of hearers) hear(row);
  });
  clearing.add(() => journal.close());
  const asterisk = new AsteriskWitness({ port: kept.httpPort, password: kept.ariPassword }, ledger);
  clearing.add(() => asterisk.close());
  const network = await startNetwork({
    binary: await obtainAsterisk(),
    runDir: join(folder, 'network'),
    centre: `127.0.0.1:${port(0)}`,
    addresses: { trunk: '127.0.0.2', phones: '127.0.0.3' },
    ports: { sip: port(1), http: port(2), news: port(3), rtp: [port(20), port(PORTS - 1)] },
    secret: 'network-secret',
    agents: agents.map((agent) => ({ agent, secret: phoneSecret(kept.phoneKey, agent) })),
  });
  clearing.add(() => network.close());
  const isAgent = new Set(agents);
  network.onInvite(({ to, at }) => {
    say(`the far end counts an INVITE ${isAgent.has(to) ? `for ${to}` : `for ${numberKeyOf(to)}`}`);
    if (!isAgent.has(to)) ledger.noteInvite(numberKeyOf(to), at);
  });
  await Promise.all(agents.map((agent) => network.phone(agent).registered()));
  return {
    network,
    ledger,
    supervisor,
    asterisk,
    numberKeyOf,
    onRow: (hear) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    strike: (victims) => strike({ supervisor, data: home, say }, victims),
    ask: (...request) => ask(supervisor, ...request),
    close: () => clearing.clear(),
  };
}

function sayInto(file: string | undefined): (line: string) => void {
  if (file === undefined) return () => {};
  return (line) => appendFileSync(file, `${new Date().toISOString()} ${line}\n`);
}

function serveArguments(folder: string, sipPort: number, trunkPort: number): readonly string[] {
  return [
    'serve',
    ...['--config', join(folder, 'centre.yaml'), '--data', join(folder, 'data')],
    ...['--sip-port', String(sipPort), '--trunk', `127.0.0.2:${trunkPort}`, '--allow-fictional', '--json'],
    // So often that many starts go on from one.
    ...['--snapshot-every', '150'],
  ];
}

type Struck = {
  readonly supervisor: Supervisor;
  readonly data: DataFolder;
  readonly say: (line: string) => void;
};

/** All of them at once; resolves when the servers among them are gone. */
async function strike(struck: Struck, victims: readonly Victim[]): Promise<Victim[]> {
  const { supervisor, data, say } = struck;
  const postmaster = firstNumber(join(data.postgres, 'postmaster.pid'));
  const isPostgres = postmaster !== undefined && workingFolderOf(postmaster) === data.postgres;
  const asteriskFolder = join(runFolder(data.path), 'asterisk');
  const asterisk = firstNumber(join(asteriskFolder, 'run', 'rappel.pid'));
  const isAsterisk =
    asterisk !== undefined && argumentsOf(asterisk).includes(join(asteriskFolder, 'etc', 'asterisk.conf'));
  const kill: Readonly<Record<Victim, () => Promise<boolean>>> = {
    engine: async () => supervisor.kill(),
    postgres: async () => isPostgres && (await killProcess(postmaster)),
    backend: async () => isPostgres && (await killProcess(someBackendOf(postmaster))),
    asterisk: async () => isAsterisk && (await killProcess(asterisk)),
  };
  const killed = await Promise.all(victims.map(async (victim) => ((await kill[victim]()) ? [victim] : [])));
  say(`struck: ${killed.flat().join(', ') || 'nobody was there'}`);
  return killed.flat();
}

async function killProcess(pid: number | undefined): Promise<boolean> {
  const found = findProcess(pid ?? 0);
  if (found === undefined || !signal(found, 'SIGKILL')) return false;
  return waitForEnd(found, END_LIMIT_MS);
}

/** One that serves a connection: those alone carry a database's name. */
function someBackendOf(postmaster: number): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.map(Number).find((pid) => {
    if (!argumentsOf(pid).join(' ').includes(' rappel rappel ')) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === postmaster;
    } catch {
      return false;
    }
  });
}

function firstNumber(file: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10) || undefined;
  } catch {
    return undefined;
  }
}

const ASK_LIMIT_MS = 3_000;

async function ask(supervisor: Supervisor, method: string, path: string, body?: object): Promise<unknown> {
  const { api } = supervisor;
  if (api === undefined) return undefined;
  try {
    const answer = await fetch(`${api.url}${path}`, {
      method,
      signal: AbortSignal.timeout(ASK_LIMIT_MS),
      headers: {
        authorization: `Bearer ${api.token}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const value: unknown = await answer.json();
    return answer.ok ? value : undefined;
  } catch {
    return undefined;
  }
}

/** One line, short rings, and no key that is taken for a bounce. */
function yaml({ agents, ringS }: StageOptions): string {
  const agent = (id: string): string => `  - { id: ${id}, lines: [bench], languages: [en] }`;
  const many = 1_000_000;
  return [
    'languages: [en]',
    'lines:',
    `  - { id: bench, name: { en: Bench, fr: Banc }, key: 1, numbers: ["${LINE_DNIS}"], callerId: "+16135550199", expectedHandleS: 10 }`,
    'agents:',
    ...agents.map(agent),
    `agent: { ringS: ${ringS}, wrapUpS: 1 }`,
    `callback: { attempts: 5, ringS: ${ringS}, retryAfterS: 2 }`,
    `numbers: { perDayMax: 1000, perSourcePerHourMax: 10000, dialsPerHourMax: ${many} }`,
    'dialogue: { keyRepeatMs: 0, offerEveryS: 20, silenceS: 4 }',
    '',
  ].join('\n');
}
