// The demonstration centre: a whole centre as `serve` opens it, the public network beside it, agents who answer and
// citizens who call, all on real SIP and real sound. It starts everything, tells what happens, keeps the score, and
// stops everything. The centre does not know that it is being demonstrated.

import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Centre, openCentre } from '../centre/centre.ts';
import type { ReadConfiguration } from '../config/configuration-file.ts';
import { standOf } from '../engine/stand.ts';
import { obtainAsterisk } from '../local/asterisk-obtain.ts';
import { leasePorts } from '../local/ports.ts';
import { accountHints, DAY_COST, makeAccounts } from './accounts.ts';
import { Callers } from './callers.ts';
import { Conversations } from './conversations.ts';
import { clearLeftovers, dataFolderOf, makeDayFolder } from './day-folder.ts';
import { apiDesk } from './desk.ts';
import type { View } from './live-view.ts';
import { DNIS } from './network/configuration.ts';
import { type Network, startNetwork } from './network/network.ts';
import { VisitorLines } from './network/visitor-lines.ts';
import { News } from './news.ts';
import { Score } from './score.ts';
import { Staff } from './staff.ts';
import type { Summary } from './summary.ts';
import { invitation, playedAgents } from './visitors.ts';

export type DemonstrationOptions = {
  readonly read: ReadConfiguration;
  /** What it was read from, for people. */
  readonly configurationName: string;
  readonly seed: number;
  /** What is being started, and what went wrong. */
  readonly log: (line: string) => void;
  /** One line of news. */
  readonly onNews: (line: string) => void;
  /** The centre cannot go on: everything is to be stopped. */
  readonly onFatal: (error: Error) => void;
};

export type Demonstration = {
  /** Everything of this day is in it; gone after `stop`. */
  readonly folder: string;
  readonly centre: Centre;
  readonly network: Network;
  /** What may be told to whoever watches: how to call, where the API is. */
  readonly hints: readonly string[];
  view(events: readonly string[]): View;
  summary(): Summary;
  stop(): Promise<void>;
};

/** Nobody else of the demonstration has it. */
const GUEST_NUMBER = '+16135550199';
const TRUNK_ADDRESS = '127.0.0.2';
const PHONES_ADDRESS = '127.0.0.3';
const RTP_PORTS = 400;

/** Opens the demonstration, or stops again what was started and rejects with one clear line. */
export async function openDemonstration(options: DemonstrationOptions): Promise<Demonstration> {
  const closing: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) {
      await close().catch((error: Error) => options.log(`while stopping: ${error.message}`));
    }
  };
  try {
    return await open(options, closing, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function open(
  options: DemonstrationOptions,
  closing: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Demonstration> {
  const { read, log } = options;
  const { configuration } = read;
  // A day of its own each time: nothing of the last one is called back in this one.
  await clearLeftovers(log);
  const folder = makeDayFolder();
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const ports = await leasePorts(RTP_PORTS + 3);
  closing.push(() => ports.release());
  const sip = ports.first + RTP_PORTS;

  const secret = randomBytes(16).toString('hex');
  const carrier = new VisitorLines({ port: sip + 1, secret, centre: DNIS });
  log('opening the centre: PostgreSQL, Asterisk, the engine');
  const centre = await openCentre({
    read,
    configurationName: options.configurationName,
    dataFolder: dataFolderOf(folder),
    sipAddress: '127.0.0.1',
    trunk: { address: TRUNK_ADDRESS, port: sip },
    allowFictional: true,
    carrier,
    passwordCost: DAY_COST,
    log,
    onFatal: options.onFatal,
  });
  closing.push(async () => {
    await centre.stop();
    await rm(dirname(centre.asteriskFolder), { recursive: true, force: true });
  });
  log('opening the public network');
  const agents = configuration.agents.map(({ id }) => id as string);
  const guest = { name: 'guest', secret: randomBytes(4).toString('hex'), number: GUEST_NUMBER };
  const network = await startNetwork({
    binary: await obtainAsterisk(),
    runDir: join(folder, 'network'),
    centre: `${centre.sip.address}:${centre.sip.port}`,
    addresses: { trunk: TRUNK_ADDRESS, phones: PHONES_ADDRESS },
    ports: { sip, http: sip + 1, news: sip + 2, rtp: [ports.first, sip - 1] },
    secret,
    agents: agents.map((agent) => ({ agent, secret: centre.phoneSecret(agent) })),
    guest,
    log,
  });
  closing.push(() => network.close());
  const accounts = await makeAccounts(centre.people, agents);
  const invited = invitation(configuration, centre.api.url);
  const hints = [
    `a citizen's telephone: ${centre.api.url}/phone`,
    ...(invited === undefined ? [] : [invited]),
    `call it yourself: a softphone on this machine, user ${guest.name}, password ${guest.secret}, server ${TRUNK_ADDRESS}:${sip}, then dial ${DNIS}`,
    `agents' phones: sip:NAME@${centre.sip.address}:${centre.sip.port}   API: ${centre.api.url}/api/v1`,
    ...accountHints(centre.api.url, accounts),
  ];
  return people(options, { folder, centre, network, hints }, closing, stop);
}

type Parts = {
  readonly folder: string;
  readonly centre: Centre;
  readonly network: Network;
  readonly hints: readonly string[];
};

/** Brings the agents to their phones and the citizens to theirs. */
async function people(
  options: DemonstrationOptions,
  parts: Parts,
  closing: (() => Promise<void>)[],
  stop: () => Promise<void>,
): Promise<Demonstration> {
  const { configuration } = options.read;
  const { seed } = options;
  const { folder, centre, network, hints } = parts;
  const score = new Score();
  const news = new News(configuration);
  const conversations = new Conversations();
  centre.engine.onCommitted(({ fact, at }) => {
    score.note(fact, at);
    const text = news.of(fact);
    if (text !== undefined) options.onNews(text);
  });
  for (const { number } of configuration.directory ?? []) network.citizen(number).whenCalled('answer');
  network.onInvite(({ to, at }) => score.noteInvite(to, at));

  const over = new AbortController();
  const { signal } = over;
  const desk = apiDesk(centre.api.url, centre.kept.apiToken);
  const staff = new Staff({
    network,
    desk,
    conversations,
    agents: playedAgents(configuration),
    seed,
    signal,
  });
  await staff.open();
  const callers = new Callers({ network, configuration, conversations, dnis: DNIS, seed, signal });
  const work = Promise.all([staff.run(), callers.run()]).catch((error: Error) => options.onFatal(error));
  closing.push(async () => {
    over.abort();
    await work;
  });

  const startedAt = performance.now();
  const heard = () => conversations.heard();
  const counts = () => score.counts(new Set(centre.engine.state.callbacks.keys()));
  return {
    folder,
    centre,
    network,
    hints,
    view: (events) => ({
      title: `Rappel, the demonstration centre   Asterisk ${centre.versions.asterisk}, PostgreSQL ${centre.versions.postgres}`,
      hints,
      lineNames: new Map(configuration.lines.map(({ id, name }) => [id, name.en])),
      stand: standOf(centre.engine.state, Date.now()),
      counts: counts(),
      bridgedWithAudio: heard().bridges,
      events,
    }),
    summary: () => ({
      ...counts(),
      bridgedWithAudio: heard().bridges,
      callbacksHeard: heard().callbacks,
      seconds: Math.round((performance.now() - startedAt) / 1000),
      seed,
      asterisk: centre.versions.asterisk,
      postgres: centre.versions.postgres,
    }),
    stop,
  };
}
