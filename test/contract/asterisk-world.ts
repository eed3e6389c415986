// The real world for the contract suite: the centre's Asterisk, and the public network as a second one. Ports are leased,
// the folder is its own, and closing stops both.

import { mkdtemp, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { AgentId } from '../../src/core/id.ts';
import { startNetwork } from '../../src/demo/network/network.ts';
import { startAsterisk } from '../../src/local/asterisk.ts';
import { obtainAsterisk } from '../../src/local/asterisk-obtain.ts';
import { leasePorts } from '../../src/local/ports.ts';
import { AsteriskTelephony } from '../../src/telephony/asterisk/asterisk-telephony.ts';
import { centreConfiguration } from '../../src/telephony/asterisk/configuration/centre.ts';
import { APP } from '../../src/telephony/asterisk/dialplan.ts';
import { fenceUrl } from '../../src/telephony/asterisk/fence.ts';
import { isVoice, readVoice } from '../../src/telephony/asterisk/prompts.ts';
import { CutLine } from './cut-line.ts';
import { RecordingHouse } from './house.ts';
import type { ContractWorld } from './steps.ts';

const fenceSecret = 'contract-fence-secret';
const ari = { user: 'rappel', password: 'contract-ari-password' };
const agents = ['amelie', 'bruno'].map((agent) => ({ agent: agent as AgentId, secret: `${agent}-secret` }));

export type AsteriskWorld = ContractWorld & {
  readonly house: RecordingHouse;
  /** Another telephony on the same Asterisk, as a service that has been started again. Not opened. */
  again(): AsteriskTelephony;
  /** Has an agent's phone rung, past the telephony: as the last word of a program that was here before. */
  originate(channel: string, agent: AgentId): Promise<void>;
  /** A command of Asterisk's own command line. */
  cli(command: string): Promise<string>;
  /** Kills Asterisk and starts it again, empty. */
  restartAsterisk(): Promise<void>;
  readonly runDir: string;
  /** Where the trunk reaches the centre, at 127.0.0.1, from 127.0.0.2. */
  readonly sipPort: number;
  /** What our program speaks with Asterisk through. */
  readonly line: CutLine;
};

export async function makeAsteriskWorld(log?: (line: string) => void): Promise<AsteriskWorld> {
  const binary = await obtainAsterisk();
  const lease = await leasePorts(200);
  const folder = await mkdtemp('/tmp/rpc-');
  const port = (n: number) => lease.first + n;
  const configuration = centreConfiguration({
    httpPort: port(0),
    ari,
    sip: {
      address: '127.0.0.1',
      port: port(2),
      trunk: { address: '127.0.0.2', port: port(3) },
    },
    rtp: { first: port(20), last: port(99) },
    fenceUrl: fenceUrl(port(1), fenceSecret),
    verbose: true,
  });
  const runDir = `${folder}/centre`;
  const stops: (() => Promise<unknown>)[] = [
    () => rm(folder, { recursive: true, force: true }),
    () => lease.release(),
  ];
  const close = async () => {
    for (const stop of stops.splice(0).reverse()) await stop();
  };
  try {
    let asterisk = await startAsterisk({ binary, runDir, configuration, name: 'centre' });
    stops.push(() => asterisk.stop());
    const network = await startNetwork({
      binary,
      runDir: `${folder}/network`,
      centre: `127.0.0.1:${port(2)}`,
      addresses: { trunk: '127.0.0.2', phones: '127.0.0.3' },
      ports: { sip: port(3), http: port(4), news: port(5), rtp: [port(100), port(199)] },
      secret: 'contract-network-secret',
      agents,
    });
    stops.push(() => network.close());
    const voice = readVoice(resolve(import.meta.dirname, '../..'));
    if (!isVoice(voice)) throw new Error(JSON.stringify(voice));
    const line = await CutLine.to(port(0));
    stops.push(() => line.close());
    const again = () =>
      new AsteriskTelephony({
        ari: { host: '127.0.0.1', port: line.port, ...ari },
        fence: { port: port(1), secret: fenceSecret },
        voice,
        ...(log && { log }),
      });
    const telephony = again();
    const house = new RecordingHouse();
    stops.push(() => telephony.close());
    await telephony.open(house);
    await telephony.seat(agents);
    return {
      telephony,
      house,
      far: network,
      dnis: '+18005550100',
      agents: agents.map((seat) => seat.agent),
      until: (promise) => promise,
      again,
      runDir,
      sipPort: port(2),
      line,
      async originate(channel, agent) {
        const query = new URLSearchParams({
          endpoint: `PJSIP/${agent}`,
          app: APP,
          appArgs: 'ring',
          channelId: channel,
          timeout: '-1',
        });
        const authorization = `Basic ${btoa(`${ari.user}:${ari.password}`)}`;
        const url = `http://127.0.0.1:${line.port}/ari/channels?${query}`;
        const answer = await fetch(url, { method: 'POST', headers: { authorization } });
        if (!answer.ok) throw new Error(`Asterisk does not ring ${agent}: ${answer.status}`);
      },
      cli: (command) => asterisk.cli(command),
      async restartAsterisk() {
        process.kill(asterisk.pid, 'SIGKILL');
        await new Promise<void>((ended) => asterisk.onExit(ended));
        asterisk = await startAsterisk({ binary, runDir, configuration, name: 'centre' });
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
