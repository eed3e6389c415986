// What a centre's Asterisk leaves behind under /tmp: nothing after an ordinary stop, its log where it had ended by itself.

import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { leasePorts, type PortLease } from '../local/ports.ts';
import { centreConfiguration } from '../telephony/asterisk/configuration/centre.ts';
import { fenceUrl } from '../telephony/asterisk/fence.ts';
import { type EmbeddedAsterisk, embedAsterisk } from './embedded.ts';

let above: string;
let lease: PortLease;
let logged: string[];
let isRunning: Promise<void>;

beforeEach(async () => {
  above = mkdtempSync('/tmp/rp-run-');
  lease = await leasePorts(10);
});

afterEach(async () => {
  await lease.release();
  rmSync(above, { recursive: true, force: true });
});

function start(): Promise<EmbeddedAsterisk> {
  const port = (n: number) => lease.first + n;
  logged = [];
  let told = (): void => {};
  isRunning = new Promise((resolve) => {
    told = resolve;
  });
  return embedAsterisk({
    runDir: join(above, 'asterisk'),
    name: 'embedded',
    configuration: centreConfiguration({
      httpPort: port(0),
      ari: { user: 'rappel', password: 'embedded-password' },
      sip: { address: '127.0.0.1', port: port(1), trunk: { address: '127.0.0.2', port: port(2) } },
      rtp: { first: port(4), last: port(9) },
      fenceUrl: fenceUrl(port(3), 'embedded-fence-secret'),
    }),
    log: (line) => {
      logged.push(line);
      if (line.includes('is running again')) told();
    },
  });
}

test('after an ordinary stop its folder is gone, and the one above it that was only for it', async () => {
  const asterisk = await start();
  expect(existsSync(join(above, 'asterisk/run/rappel.pid'))).toBe(true);
  await asterisk.stop();
  expect(existsSync(above)).toBe(false);
});

test('where it had ended by itself its log alone is kept, and a line says where', async () => {
  const asterisk = await start();
  process.kill(asterisk.current()?.pid ?? 0, 'SIGKILL');
  await isRunning;
  await asterisk.stop();
  expect(readdirSync(join(above, 'asterisk'))).toEqual(['log']);
  expect(readdirSync(join(above, 'asterisk/log'))).toContain('messages.log');
  expect(logged.at(-1)).toBe(
    `Asterisk had ended by itself; its log is kept in ${join(above, 'asterisk/log')}`,
  );
});
