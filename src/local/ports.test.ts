import { execFile } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { leasePorts } from './ports.ts';

const run = promisify(execFile);

test('many leases taken at once, here and in another process, never overlap', async () => {
  const code = `
    import { leasePorts } from ${JSON.stringify(new URL('./ports.ts', import.meta.url).href)};
    const leases = await Promise.all(Array.from({ length: 20 }, () => leasePorts(50)));
    process.stdout.write(JSON.stringify(leases), () => {});
    process.stdin.resume();
  `;
  const child = execFile(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    code,
  ]);
  const theirs = new Promise<string>((resolve) => {
    child.stdout?.once('data', (text) => resolve(String(text)));
  });
  const ours = await Promise.all(Array.from({ length: 20 }, () => leasePorts(50)));
  const all = [...ours, ...(JSON.parse(await theirs) as typeof ours)].sort((a, b) => a.first - b.first);
  child.stdin?.end();
  expect(all).toHaveLength(40);
  for (const [index, lease] of all.entries()) {
    expect(lease.first % 2).toBe(0);
    expect(lease.last - lease.first).toBe(49);
    expect(lease.first).toBeGreaterThan(all[index - 1]?.last ?? 0);
  }
  await Promise.all(ours.map((lease) => lease.release()));
});

test('a process that dies gives its ports back without leaving anything behind', async () => {
  const code = `
    import { holdName } from ${JSON.stringify(new URL('./ports.ts', import.meta.url).href)};
    await holdName('rappel-test-${process.pid}');
    process.kill(process.pid, 'SIGKILL');
  `;
  await expect(run(process.execPath, ['--input-type=module', '-e', code])).rejects.toMatchObject({
    signal: 'SIGKILL',
  });
  const { holdName } = await import('./ports.ts');
  const held = await holdName(`rappel-test-${process.pid}`);
  expect(held).toBeDefined();
  expect(await holdName(`rappel-test-${process.pid}`)).toBeUndefined();
  held?.close();
});

test('a range in which a foreign program has bound a port is passed over', async () => {
  const lease = await leasePorts(20);
  await lease.release();
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(lease.first + 7, '127.0.0.1', resolve));
  const other = await leasePorts(20, lease.first);
  expect(other.first).not.toBe(lease.first);
  socket.close();
  await other.release();
});

test('whoever starts again gets the ports of the last time, if they are still free', async () => {
  const lease = await leasePorts(100);
  await lease.release();
  const again = await leasePorts(100, lease.first);
  expect(again.first).toBe(lease.first);
  await again.release();
});

test('a count that cannot be is a bug of the caller', async () => {
  await expect(leasePorts(0)).rejects.toThrow(RangeError);
  await expect(leasePorts(100_000)).rejects.toThrow(RangeError);
});
