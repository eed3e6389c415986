// Where the handover bench plays: the centre in a process of its own, and the public network with everybody's phone in
// this one. Folders and ports are the bench's alone and are gone afterwards, whatever happened.

import { type ChildProcess, fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Network, startNetwork } from '../demo/network/network.ts';
import { obtainAsterisk } from '../local/asterisk-obtain.ts';
import { leasePorts } from '../local/ports.ts';
import { Clearing } from './clearing.ts';
import type { CentreNews, OpenCentreOrder } from './handover-centre.ts';

/** A number that is fictitious, and leads straight to the one line. */
export const LINE_DNIS = '+18005550100';
/** The keys of a caller who wants an agent: the language, then an agent. */
export const KEYS_TO_AGENT = '11';
const AGENT_RING_S = 20;
const PORTS = 400;

export type HandoverStage = {
  readonly network: Network;
  readonly asterisk: string;
  readonly postgres: string;
  /** Asks the API, as an integrator would; the answer must be a yes. */
  ask(method: 'GET' | 'POST', path: string, body?: object): Promise<unknown>;
  close(): Promise<void>;
};

type Opened = Extract<CentreNews, { news: 'open' }>;

export function openHandoverStage(agents: readonly string[]): Promise<HandoverStage> {
  const clearing = new Clearing();
  return clearing.opening(() => openStage(agents, clearing));
}

async function openStage(agents: readonly string[], clearing: Clearing): Promise<HandoverStage> {
  const folder = await mkdtemp(join(tmpdir(), 'rp-bench-'));
  clearing.add(() => rm(folder, { recursive: true, force: true }));
  const lease = await leasePorts(PORTS);
  clearing.add(() => lease.release());
  const port = (n: number): number => lease.first + n;
  const configuration = join(folder, 'centre.yaml');
  await writeFile(configuration, yaml(agents));
  const child = fork(new URL('./handover-centre.ts', import.meta.url));
  clearing.add(() => ended(child));
  const opened = await open(child, {
    configuration,
    dataFolder: join(folder, 'data'),
    agents,
    agentRingS: AGENT_RING_S,
    sipPort: port(0),
    trunk: { address: '127.0.0.2', port: port(1) },
  });
  const network = await startNetwork({
    binary: await obtainAsterisk(),
    runDir: join(folder, 'network'),
    centre: `127.0.0.1:${port(0)}`,
    addresses: { trunk: '127.0.0.2', phones: '127.0.0.3' },
    ports: { sip: port(1), http: port(2), news: port(3), rtp: [port(20), port(PORTS - 1)] },
    silent: true,
    secret: 'network-secret',
    agents: agents.map((agent) => ({ agent, secret: opened.phoneSecrets[agent] ?? '' })),
  });
  clearing.add(() => network.close());
  await Promise.all(agents.map((agent) => network.phone(agent).registered()));
  const { asterisk, postgres, api } = opened;
  return {
    network,
    asterisk,
    postgres,
    ask: (...request) => ask(api, ...request),
    close: () => clearing.clear(),
  };
}

function open(child: ChildProcess, order: OpenCentreOrder): Promise<Opened> {
  return new Promise((resolve, reject) => {
    child.once('message', (told: CentreNews) => {
      if (told.news === 'open') resolve(told);
      else reject(Object.assign(new Error(told.message), told.code === '' ? {} : { code: told.code }));
    });
    child.once('exit', (status) => reject(new Error(`the centre of the bench ended with ${status}`)));
    child.send(order);
  });
}

/** Letting go of it is the word to stop. */
function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    if (child.connected) child.disconnect();
  });
}

async function ask(api: Opened['api'], method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${api.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${api.token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`the centre of the bench answered ${answer.status} to ${path}`);
  return answer.json();
}

/** One line, no wrap-up, and no key that is taken for a bounce: nothing waits but the caller. */
function yaml(agents: readonly string[]): string {
  const agent = (id: string): string => `  - { id: ${id}, lines: [bench], languages: [en] }`;
  return [
    'languages: [en]',
    'lines:',
    `  - { id: bench, name: { en: Bench, fr: Banc }, key: 1, numbers: ["${LINE_DNIS}"], callerId: "+16135550141" }`,
    'agents:',
    ...agents.map(agent),
    `agent: { ringS: ${AGENT_RING_S}, wrapUpS: 0 }`,
    'dialogue: { keyRepeatMs: 0, offerEveryS: 60 }',
    '',
  ].join('\n');
}
