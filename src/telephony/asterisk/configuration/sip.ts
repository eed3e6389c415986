// SIP as the centre's Asterisk speaks it: one trunk, known by its address alone, and agents' phones, which are not here:
// they are created through ARI (seats.ts) and live in memory, so no password of an agent is ever written to a disk.
// Strangers are asked for a password that they do not have, and reach no dialplan.

import { assert } from '../../../core/assert.ts';
import { TRUNK } from '../dialplan.ts';

export type SipOptions = {
  readonly address: string;
  readonly port: number;
  /** What is put into SDP, where it is not the address that SIP is bound to. */
  readonly mediaAddress?: string;
  readonly trunk: { readonly address: string; readonly port: number };
};

export function renderSip(options: SipOptions): string {
  // Bound to every address, Asterisk chooses the one that leads to the far end.
  const media = options.mediaAddress ?? (isWildcard(options.address) ? undefined : options.address);
  for (const address of [options.address, options.trunk.address, media ?? '']) {
    assert(/^[0-9a-zA-Z.:-]*$/.test(address), `"${address}" is an address`);
  }
  return `[global]
type = global
; By user name first, so that phones and the trunk may share an address; the trunk is known by its address only, whatever
; name it is given in a message. Nobody is anonymous.
endpoint_identifier_order = username,ip
user_agent = Rappel

[udp]
type = transport
protocol = udp
bind = ${options.address}:${options.port}

; SIP over WebSocket listens on the port of http.conf, under /ws, whatever stands here.
[ws]
type = transport
protocol = ws
bind = ${options.address}

[${TRUNK}]
type = endpoint
transport = udp
context = from-trunk
disallow = all
allow = alaw,ulaw
dtmf_mode = rfc4733
; The sound must pass through Asterisk: prompts, keys and bridges need it.
direct_media = no
rtp_symmetric = yes
${media === undefined ? '' : `bind_rtp_to_media_address = yes\nmedia_address = ${media}\n`}; With a trunk that speaks session timers, a far end that died without a word is noticed; a refresh that such a trunk
; refuses ends no call, so a wait of an hour stays.
timers = yes
aors = ${TRUNK}
identify_by = ip
[${TRUNK}]
type = aor
contact = sip:${options.trunk.address}:${options.trunk.port}
[${TRUNK}]
type = identify
endpoint = ${TRUNK}
match = ${options.trunk.address}
`;
}

function isWildcard(address: string): boolean {
  return address === '0.0.0.0' || address === '::';
}

/** Endpoints and what belongs to them: from the file, and in memory those that ARI creates. */
export const sorcery = ['[res_pjsip]']
  .concat(
    ['endpoint', 'aor', 'auth'].flatMap((type) => [
      `${type} = config,pjsip.conf,criteria=type=${type}`,
      `${type} = memory`,
    ]),
  )
  .concat('')
  .join('\n');
