// `rappel serve --config FILE`: opens a centre and keeps it open until Ctrl-C or SIGTERM. It prints where phones register,
// where the trunk is expected, and the API's address and token. Everything it started is stopped with it.
// SIGHUP reads the file again.

import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { createSecureContext } from 'node:tls';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Centre, CentreOptions } from '../centre/centre.ts';

type ServeOptions = {
  readonly config?: string;
  readonly data: string;
  readonly sipAddress: string;
  readonly sipPort?: number;
  readonly trunk: { readonly address: string; readonly port: number };
  readonly apiPort?: number;
  readonly apiAddress?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly allowFictional?: boolean;
  readonly carrier?: number;
  readonly verboseAsterisk?: boolean;
  readonly snapshotEvery?: number;
  readonly json?: boolean;
};

export function serveCommand(program: Command): void {
  program
    .command('serve')
    .description('open a centre and keep it open')
    .option('--config <file>', 'the configuration, a YAML file; what was in force last when left out')
    .option('--data <folder>', 'where the centre keeps its data', '.rappel')
    .option(
      '--sip-address <address>',
      'the address that phones and the trunk reach',
      parseAddress,
      '127.0.0.1',
    )
    .option(
      '--sip-port <port>',
      'the port for SIP; a free one when left out, the same from then on',
      parsePort,
    )
    .requiredOption('--trunk <address:port>', 'the telephone network', parseTrunk)
    .option('--api-port <port>', 'the port of the API and the pages; as for --sip-port', parsePort)
    .option(
      '--api-address <address>',
      'the address of the API and the pages; this machine only when left out',
      parseAddress,
    )
    .option('--tls-cert <file>', 'the certificate, in PEM, for HTTPS')
    .option('--tls-key <file>', 'its private key, in PEM')
    .option('--json', 'say what is printed at the start as one JSON object')
    .addOption(
      new Option('--allow-fictional', 'call 555-0100 to 555-0199, which belong to nobody').hideHelp(),
    )
    .addOption(
      new Option(
        '--carrier <port>',
        'of the demonstration: its network lends telephones to pages; RAPPEL_CARRIER_SECRET has its secret',
      )
        .argParser(parsePort)
        .hideHelp(),
    )
    .addOption(
      new Option('--verbose-asterisk', 'every prompt into the log of Asterisk, numbers too').hideHelp(),
    )
    .addOption(
      new Option('--snapshot-every <facts>', 'facts between two snapshots').argParser(parsePort).hideHelp(),
    )
    .action(serve);
}

export function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new InvalidArgumentError('give a port between 1 and 65535.');
  return port;
}

function parseAddress(text: string): string {
  if (isIP(text) === 0)
    throw new InvalidArgumentError('give an IP address of this machine, such as 127.0.0.1.');
  return text;
}

function parseTrunk(text: string): ServeOptions['trunk'] {
  const [, address, port] = /^(.+):(\d+)$/.exec(text) ?? [];
  if (address === undefined || port === undefined || isIP(address) === 0) {
    throw new InvalidArgumentError('give an IP address and a port, such as 127.0.0.2:5060.');
  }
  return { address, port: parsePort(port) };
}

function readTls({ tlsCert, tlsKey }: ServeOptions): { cert: Buffer; key: Buffer } | undefined {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  const read = (file: string | undefined, option: string): Buffer => {
    try {
      return readFileSync(file ?? '');
    } catch {
      const what = file === undefined ? `${option} is missing` : `${file} cannot be read`;
      throw Object.assign(new Error(`${what}; give both --tls-cert FILE and --tls-key FILE, in PEM`), {
        code: 'tls.unreadable',
      });
    }
  };
  const files = { cert: read(tlsCert, '--tls-cert'), key: read(tlsKey, '--tls-key') };
  try {
    createSecureContext(files);
  } catch {
    throw Object.assign(
      new Error(
        `${tlsCert} and ${tlsKey} are not a certificate and its key; give both in PEM, and of one pair`,
      ),
      { code: 'tls.unreadable' },
    );
  }
  return files;
}

async function serve(options: ServeOptions): Promise<void> {
  const { readConfiguration } = await import('../config/configuration-file.ts');
  const { openCentre } = await import('../centre/centre.ts');
  const tls = readTls(options);
  const read = options.config === undefined ? null : readConfiguration(options.config);
  const log = (line: string): void => {
    process.stderr.write(`${new Date().toISOString()} ${line}\n`);
  };
  // From here on a signal stops in order what was started, also one that comes while it is being opened.
  const stopped = untilStopped();
  const centre = await openCentre({
    read,
    ...(options.config === undefined ? {} : { configurationName: options.config }),
    dataFolder: options.data,
    sipAddress: options.sipAddress,
    trunk: options.trunk,
    ...(options.sipPort === undefined ? {} : { sipPort: options.sipPort }),
    ...(options.apiPort === undefined ? {} : { apiPort: options.apiPort }),
    ...(options.apiAddress === undefined ? {} : { apiAddress: options.apiAddress }),
    ...(tls === undefined ? {} : { tls }),
    allowFictional: options.allowFictional ?? false,
    verbose: options.verboseAsterisk ?? false,
    ...(await carrierOf(options)),
    ...(options.snapshotEvery === undefined ? {} : { snapshotEvery: options.snapshotEvery }),
    log,
    // Fenced, or a bug: what runs on does so without us. Asterisk and its calls are adopted by the next start.
    onFatal: (error) => {
      log(`stopping: ${error.message}`);
      process.exit(1);
    },
  });
  const { sip, api, kept, versions, firstAdminUrl } = centre;
  const isLoopback = options.apiAddress === undefined || options.apiAddress.startsWith('127.');
  if (!isLoopback && tls === undefined)
    log(
      `WARNING: ${api.url} is reached from other machines without TLS: passwords and cookies can be read on the way; give --tls-cert and --tls-key, or put a proxy with TLS before it`,
    );
  if (options.json) {
    process.stdout.write(
      `${JSON.stringify({ ready: true, sip: `${sip.address}:${sip.port}`, api: api.url, token: kept.apiToken, firstAdmin: firstAdminUrl, ...versions })}\n`,
    );
  } else {
    process.stdout.write(
      `Rappel is open (Asterisk ${versions.asterisk}, PostgreSQL ${versions.postgres}).\n` +
        `  phones and trunk  sip:${sip.address}:${sip.port}\n` +
        `  API               ${api.url}/api/v1${isLoopback ? ' (on this machine only)' : ''}\n` +
        `  token             ${kept.apiToken}\n` +
        (firstAdminUrl === null ? '' : `  first admin       ${firstAdminUrl} (works once, for a day)\n`) +
        `Ctrl-C stops it.\n`,
    );
  }
  process.on('SIGHUP', () => void reload(centre.configuration, options.config, log));
  await stopped;
  await centre.stop();
}

/** Telephones of nobody, so only where numbers of nobody may be called. */
async function carrierOf({ carrier, allowFictional }: ServeOptions): Promise<Pick<CentreOptions, 'carrier'>> {
  if (carrier === undefined) return {};
  if (!allowFictional)
    throw Object.assign(
      new Error('--carrier is for a demonstration; give --allow-fictional too, or leave it out'),
      { code: 'phone.not_here' },
    );
  const { VisitorLines } = await import('../demo/network/visitor-lines.ts');
  const { DNIS } = await import('../demo/network/configuration.ts');
  const secret = process.env.RAPPEL_CARRIER_SECRET ?? '';
  return { carrier: new VisitorLines({ port: carrier, secret, centre: DNIS }) };
}

/** SIGHUP: the file is read again. A refusal leaves what is in force. */
async function reload(
  running: Centre['configuration'],
  file: string | undefined,
  log: (line: string) => void,
): Promise<void> {
  if (file === undefined) {
    log('started without a file, so there is none to read again; use rappel reload --config FILE');
    return;
  }
  try {
    const { changed } = await running.putFile(file);
    log(changed === '' ? `${file}: nothing changes` : `${file}: in force (${changed})`);
  } catch (error) {
    log(`not reloaded, the configuration stays as it is: ${error instanceof Error ? error.message : error}`);
  }
}

/** The first Ctrl-C or SIGTERM; a second one does not wait. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(130));
        resolve();
      });
    }
  });
}
