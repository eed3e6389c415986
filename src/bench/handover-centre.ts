// The centre of the handover bench, a process of its own as in real life: `serve`, with Asterisk's own queue beside it.
// Its parent says how to open it and when to stop; without a parent it stops by itself. It must not know what is measured.

import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Centre, openCentre } from '../centre/centre.ts';
import { readConfiguration } from '../config/configuration-file.ts';
import { appQueue } from './app-queue.ts';

export type OpenCentreOrder = {
  readonly configuration: string;
  readonly dataFolder: string;
  readonly agents: readonly string[];
  readonly agentRingS: number;
  readonly sipPort: number;
  readonly trunk: { readonly address: string; readonly port: number };
};

/** What the parent is told: that it is open, or the one line that says why not. */
export type CentreNews =
  | {
      readonly news: 'open';
      readonly api: { readonly url: string; readonly token: string };
      readonly phoneSecrets: Readonly<Record<string, string>>;
      readonly asterisk: string;
      readonly postgres: string;
    }
  | { readonly news: 'failed'; readonly message: string; readonly code: string };

let opening: Promise<Centre> | undefined;

/** A terminal's Ctrl-C reaches the parent as well, who then stops us in order. */
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
process.on('disconnect', () => void stop());
process.once('message', (order: OpenCentreOrder) => void open(order));

async function open(order: OpenCentreOrder): Promise<void> {
  try {
    opening = openCentre({
      read: readConfiguration(order.configuration),
      dataFolder: order.dataFolder,
      sipAddress: '127.0.0.1',
      sipPort: order.sipPort,
      trunk: order.trunk,
      allowFictional: true,
      extras: appQueue(order.agents, order.agentRingS),
      log: () => {},
      onFatal: (error) => fail(error),
    });
    const centre = await opening;
    tell({
      news: 'open',
      api: { url: centre.api.url, token: centre.kept.apiToken },
      phoneSecrets: Object.fromEntries(order.agents.map((agent) => [agent, centre.phoneSecret(agent)])),
      ...centre.versions,
    });
  } catch (error) {
    fail(error);
  }
}

function fail(error: unknown): void {
  const { message, code } = error as Error & { code?: string };
  tell({ news: 'failed', message, code: code ?? '' });
  process.disconnect();
}

function tell(news: CentreNews): void {
  if (process.connected) process.send?.(news);
}

async function stop(): Promise<void> {
  const centre = await opening?.catch(() => undefined);
  await centre?.stop();
  // Its servers ran in a folder of their own with a short path, beside the data.
  if (centre) await rm(dirname(centre.asteriskFolder), { recursive: true, force: true });
  process.exit(0);
}
