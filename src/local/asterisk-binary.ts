// An Asterisk that can be started, and the probe that says whether it is good enough for us. The probe decides, not the
// number alone: a self-built Asterisk 22 may lack what we need. It looks at files only and starts nothing but `-V`.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type AsteriskBinary = {
  /** What to run: `asterisk`, or the dynamic loader with its arguments and then `asterisk`. */
  readonly command: readonly [string, ...string[]];
  readonly moduleDir: string;
  /** Has sounds/en, sounds/fr and moh. */
  readonly dataDir: string;
  /** ARI's own description: the JSON files that Asterisk ships. */
  readonly restApiDir: string;
  readonly version: string;
  readonly source: 'path' | 'prefix';
};

export const versionMin = 22;

/** Without any one of these there is no call, no sound or no control. Configurations may load more. */
export const requiredModules = [
  'app_dial.so',
  'app_stasis.so',
  'bridge_softmix.so',
  'chan_pjsip.so',
  'codec_alaw.so',
  'codec_ulaw.so',
  'format_wav.so',
  'func_curl.so',
  'pbx_config.so',
  'res_ari.so',
  'res_ari_bridges.so',
  'res_ari_channels.so',
  'res_ari_events.so',
  'res_http_websocket.so',
  'res_musiconhold.so',
  'res_pjsip.so',
  'res_pjsip_registrar.so',
  'res_rtp_asterisk.so',
  'res_stasis_playback.so',
] as const;

/** `22.10.1` from what `asterisk -V` prints, or undefined. */
export function parseVersion(output: string): string | undefined {
  return /^Asterisk (?:certified[/ -])?(\d+(?:\.\d+)*)/m.exec(output)?.[1];
}

/** Everything that this Asterisk lacks, in words; empty when it is good enough. */
export function findLacks(binary: AsteriskBinary): readonly string[] {
  const lacks: string[] = [];
  const major = Number.parseInt(binary.version, 10);
  if (!(major >= versionMin)) lacks.push(`version ${versionMin} or newer (it is ${binary.version})`);
  const missing = requiredModules.filter((name) => !existsSync(join(binary.moduleDir, name)));
  if (missing.length > 0) lacks.push(`the modules ${missing.join(', ')}`);
  else if (!speaksRestOverWebSocket(binary.moduleDir)) lacks.push('ARI requests over the WebSocket');
  for (const folder of ['sounds/en/digits', 'sounds/fr/digits', 'moh']) {
    if (!existsSync(join(binary.dataDir, folder))) lacks.push(`${join(binary.dataDir, folder)}`);
  }
  if (!existsSync(join(binary.restApiDir, 'channels.json')))
    lacks.push(`${join(binary.restApiDir, 'channels.json')}`);
  return lacks;
}

/** The module that answers requests on the WebSocket carries the name of the message it answers with. */
function speaksRestOverWebSocket(moduleDir: string): boolean {
  try {
    return readFileSync(join(moduleDir, 'res_ari.so')).includes('RESTResponse');
  } catch {
    return false;
  }
}

/** Nothing of ours may lead Asterisk astray: a proxy would catch its requests to the loopback, a library path its libraries. */
export function asteriskEnvironment(): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = { ...process.env, LC_ALL: 'C.UTF-8' };
  for (const name of ['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY']) {
    delete environment[name];
  }
  delete environment.LD_LIBRARY_PATH;
  delete environment.LD_PRELOAD;
  return environment;
}
