import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type AsteriskOptions, type RunningAsterisk, startAsterisk } from './asterisk.ts';
import { type AsteriskBinary, findLacks } from './asterisk-binary.ts';
import { obtainAsterisk } from './asterisk-obtain.ts';
import { findProcess } from './live-process.ts';
import { leasePorts, type PortLease } from './ports.ts';

let binary: AsteriskBinary;
let ports: PortLease;
let folder: string;
let toStop: RunningAsterisk[];

beforeAll(async () => {
  binary = await obtainAsterisk();
  ports = await leasePorts(20);
});
afterAll(() => ports.release());
beforeEach(() => {
  folder = mkdtempSync('/tmp/rk-');
  toStop = [];
});
afterEach(async () => {
  for (const asterisk of toStop) await asterisk.stop();
  rmSync(folder, { recursive: true, force: true });
});

const sipModules = [
  ...['res_sorcery_config', 'res_sorcery_memory', 'res_sorcery_astdb', 'res_timing_timerfd', 'res_crypto'],
  ...[
    'res_http_websocket',
    'res_pjproject',
    'res_pjsip',
    'res_pjsip_session',
    'res_pjsip_pubsub',
    'res_pjsip_acl',
  ],
  ...['res_pjsip_endpoint_identifier_ip', 'res_pjsip_transport_websocket'],
];

/** The least that starts and has a port: SIP over UDP. */
function minimal(runDir = folder, modules: readonly string[] = []): AsteriskOptions {
  const load = [...sipModules, ...modules];
  return {
    binary,
    runDir,
    name: 'test',
    configuration: {
      'modules.conf': `[modules]\nautoload = no\n${load.map((name) => `load = ${name}.so`).join('\n')}\n`,
      'logger.conf': '[general]\n[logfiles]\nconsole => notice,warning,error\n',
      'pjsip.conf': `[udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1:${ports.first}\n`,
      'extensions.conf': '; modules are in @MODDIR@, sounds in @DATADIR@/sounds, we in @RUN@\n',
    },
  };
}

async function start(options: AsteriskOptions): Promise<RunningAsterisk> {
  const asterisk = await startAsterisk(options);
  toStop.push(asterisk);
  return asterisk;
}

test('what was obtained passes the probe and has sounds in both languages and ARI’s own description', () => {
  expect(findLacks(binary)).toEqual([]);
  for (const file of ['sounds/en/digits/1.wav', 'sounds/fr/digits/1.wav']) {
    expect(existsSync(join(binary.dataDir, file))).toBe(true);
  }
  expect(JSON.parse(readFileSync(join(binary.restApiDir, 'channels.json'), 'utf8'))).toHaveProperty('apis');
});

test('starts with the configuration it was given, answers, stops, and its folder is private', async () => {
  const asterisk = await start(minimal());
  expect(asterisk.adopted).toBe(false);
  expect(await asterisk.cli('core show version')).toContain(`Asterisk ${binary.version}`);
  expect(await asterisk.cli('pjsip show transports')).toContain(`127.0.0.1:${ports.first}`);
  const text = readFileSync(join(folder, 'etc/extensions.conf'), 'utf8');
  expect(text).toBe(
    `; modules are in ${binary.moduleDir}, sounds in ${binary.dataDir}/sounds, we in ${folder}\n`,
  );
  expect(statSync(join(folder, 'etc/pjsip.conf')).mode & 0o077).toBe(0);
  const ended = new Promise<void>((resolve) => asterisk.onExit(resolve));
  await asterisk.stop();
  await ended;
  expect(findProcess(asterisk.pid)).toBeUndefined();
});

test('an Asterisk that outlived its parent is adopted, its configuration left as it is', async () => {
  const code = `
    import { startAsterisk } from ${JSON.stringify(new URL('./asterisk.ts', import.meta.url).href)};
    const asterisk = await startAsterisk(${JSON.stringify(minimal())});
    process.stdout.write(String(asterisk.pid), () => process.kill(process.pid, 'SIGKILL'));
  `;
  const parent = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', code],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let said = '';
  parent.stdout.on('data', (text) => {
    said += String(text);
  });
  await once(parent, 'close');
  const options = minimal();
  const changed = { ...options.configuration, 'extensions.conf': '; other\n' };
  const asterisk = await start({ ...options, configuration: changed });
  expect(asterisk).toMatchObject({
    adopted: true,
    pid: Number(said),
    configurationChanged: ['extensions.conf'],
  });
  expect(readFileSync(join(folder, 'etc/extensions.conf'), 'utf8')).not.toBe('; other\n');
  expect(await asterisk.cli('core show version')).toContain('Asterisk');
  await asterisk.stop();
  expect(findProcess(asterisk.pid)).toBeUndefined();
});

test('a port that another program has: one line that names it, and nothing keeps running', async () => {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(ports.first, '127.0.0.1', resolve));
  await expect(startAsterisk(minimal())).rejects.toMatchObject({
    code: 'asterisk.port_in_use',
    message: expect.stringContaining(`127.0.0.1:${ports.first}`),
  });
  socket.close();
  const pid = Number.parseInt(readFileSync(join(folder, 'run/rappel.pid'), 'utf8'), 10);
  expect(findProcess(pid)).toBeUndefined();
});

test('a module that is not there: one line that names it', async () => {
  await expect(startAsterisk(minimal(folder, ['res_nowhere']))).rejects.toMatchObject({
    code: 'asterisk.module_missing',
    message: expect.stringContaining('res_nowhere.so'),
  });
});

test('a folder too deep for the socket, or one that cannot be written', async () => {
  const deep = join(folder, 'd'.repeat(90));
  await expect(startAsterisk(minimal(deep))).rejects.toMatchObject({ code: 'asterisk.folder_too_deep' });
  await expect(startAsterisk(minimal('/etc/passwd/run'))).rejects.toMatchObject({
    code: 'folder.not_writable',
  });
});

test('an end that nobody asked for is told', async () => {
  const asterisk = await start(minimal());
  const ended = new Promise<void>((resolve) => asterisk.onExit(resolve));
  process.kill(asterisk.pid, 'SIGKILL');
  await ended;
  const again = await start(minimal());
  expect(again.adopted).toBe(false);
});
