// The whole configuration of the centre's Asterisk as texts, by file name. The words @RUN@, @MODDIR@ and @DATADIR@ are
// left for the one who starts it. It must not know where Asterisk stands or who starts it.

import { assert } from '../../../core/assert.ts';
import { renderDialplan } from '../dialplan.ts';
import { renderModules } from './modules.ts';
import { renderSip, type SipOptions, sorcery } from './sip.ts';

/** What a bench or an operator adds to ours: modules, and text at the end of a file of ours or in one of its own. */
export type AsteriskExtras = {
  readonly modules: readonly string[];
  readonly files: Readonly<Record<string, string>>;
};

export type CentreOptions = {
  /** The loopback port of ARI and of SIP over WebSocket. */
  readonly httpPort: number;
  readonly ari: { readonly user: string; readonly password: string };
  readonly sip: SipOptions;
  /** UDP ports for sound, both included. A call takes two. */
  readonly rtp: { readonly first: number; readonly last: number };
  /** http://127.0.0.1:PORT/fence/SECRET, as DialFence gives it. */
  readonly fenceUrl: string;
  /** Every step and every prompt into messages.log. Numbers then stand in it: for tests only. */
  readonly verbose?: boolean;
  readonly extras?: AsteriskExtras;
};

export function centreConfiguration(options: CentreOptions): Readonly<Record<string, string>> {
  assert(
    /^http:\/\/127\.0\.0\.1:\d+\/fence\/[0-9a-zA-Z-]{16,}$/.test(options.fenceUrl),
    'a fence URL is on loopback',
  );
  assert(/^[0-9a-zA-Z-]+$/.test(options.ari.user + options.ari.password), 'ARI names need no quoting');
  const { modules, files } = options.extras ?? { modules: [], files: {} };
  const ours: Readonly<Record<string, string>> = {
    'modules.conf': renderModules([...(options.verbose ? ['app_verbose'] : []), ...modules]),
    'extensions.conf': renderDialplan(options.fenceUrl),
    'pjsip.conf': renderSip(options.sip),
    'sorcery.conf': sorcery,
    'http.conf': http(options.httpPort),
    'ari.conf': ari(options.ari.user, options.ari.password),
    'rtp.conf': rtp(options.rtp.first, options.rtp.last),
    'logger.conf': logger(options.verbose === true),
    'musiconhold.conf': music,
    'indications.conf': indications,
    // Read at the start, and its absence is an error in the log.
    'websocket_client.conf': '',
  };
  const added = Object.entries(files).map(([name, text]) => [name, `${ours[name] ?? ''}${text}`]);
  return { ...ours, ...Object.fromEntries(added) };
}

/** ARI can place calls: it is never bound to anything but the loopback. */
function http(port: number): string {
  return `[general]
enabled = yes
bindaddr = 127.0.0.1
bindport = ${port}
sessionlimit = 4000
; In ms; a shorter time closes quiet connections under the hands of a slow client.
session_keep_alive = 30000
`;
}

function ari(user: string, password: string): string {
  return `[general]
enabled = yes
pretty = no
; A reader that is slower than this many ms is cut off, and its events are lost.
websocket_write_timeout = 1000
[${user}]
type = user
read_only = no
password = ${password}
`;
}

function rtp(first: number, last: number): string {
  return `[general]
rtpstart = ${first}
rtpend = ${last}
strictrtp = yes
; Browsers need it.
icesupport = yes
`;
}

/**
 * Errors name nobody. Warnings do: a display name that is not UTF-8, or is cut within a letter at 80 bytes, is told with its
 * caller's number. So do notices (each refused message is one), and whatever is more verbose.
 */
function logger(verbose: boolean): string {
  return `[general]
dateformat = %F %T.%3q
[logfiles]
console => error
messages.log => error${verbose ? ',warning,notice,verbose(3)' : ''}
`;
}

/** A file must be plain PCM, 16 bits, 8 kHz, mono: any other is silence. */
const music = `[general]
[default]
mode = files
directory = @DATADIR@/moh
sort = random
`;

/** The tones of North America: what an agent hears while the client's phone rings. */
const indications = `[general]
country = us
[us]
description = North America
ringcadence = 2000,4000
dial = 350+440
busy = 480+620/500,0/500
ring = 440+480/2000,0/4000
congestion = 480+620/250,0/250
`;
