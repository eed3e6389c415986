// The configuration of the second Asterisk, the public network: every citizen's line and every agent's phone. Nothing
// is decided here: a call that comes from the centre goes to our own program whatever was dialled, and waits there.
// Citizens' calls leave from one address and the phones register from another, since the centre knows its trunk by
// address alone.

import { sorcery } from '../../telephony/asterisk/configuration/sip.ts';

export type NetworkOptions = {
  /** Where the centre takes SIP, `127.0.0.1:5060`. Its calls come from this address, from any port. */
  readonly centre: string;
  readonly addresses: { readonly trunk: string; readonly phones: string };
  readonly ports: NetworkPorts;
  /** Password of both the REST interface and the event port; they listen on the loopback only. */
  readonly secret: string;
  readonly agents: readonly NetworkAgent[];
  /** A telephone for whoever watches: registers here, calls the centre, and is called at its number. */
  readonly guest?: Guest;
};

export type Guest = { readonly name: string; readonly secret: string; readonly number: string };

/**
 * Telephones in browsers have these numbers, which no citizen of the demonstration has: 555-0100 to 555-0199 of one area
 * belong to nobody. Their lines are created when they are lent (visitor-lines.ts).
 */
export const VISITOR_NUMBERS: readonly string[] = Array.from(
  { length: 100 },
  (_, i) => `+13435550${100 + i}`,
);

/** The SIP user name of such a line. */
export function visitorOf(number: string): string {
  return `visitor-${number.slice(1)}`;
}

export type NetworkPorts = {
  readonly sip: number;
  /** REST, sound, and SIP over WebSocket. */
  readonly http: number;
  /** News of registrations. */
  readonly news: number;
  /** First and last UDP port of RTP, both included. */
  readonly rtp: readonly [number, number];
};

export type NetworkAgent = { readonly agent: string; readonly secret: string };

/** Any number of the trunk will do: the lines are chosen by key. */
export const DNIS = '+18005550100';
/** The name of the endpoint that is the centre, and of the application in which all calls live. */
export const CENTRE = 'centre';
export const NETWORK = 'network';
/** Where the centre's calls arrive in the dialplan. */
export const FROM_CENTRE = 'from-centre';
/** Where calls of telephones in browsers do. */
export const FROM_VISITOR = 'from-visitor';

export function renderNetwork(options: NetworkOptions): Record<string, string> {
  const { agents, guest } = options;
  const users = guest ? [...agents, { agent: guest.name, secret: guest.secret }] : agents;
  for (const { agent, secret } of users) {
    if (!/^[A-Za-z0-9_-]{1,64}$/.test(agent) || !/^[\x21-\x3a\x3c-\x7e]{1,64}$/.test(secret)) {
      throw new Error(`the agent "${agent}" or its password has a character that a phone cannot send`);
    }
  }
  return {
    'modules.conf': ['[modules]', 'autoload = no', ...MODULES.map((name) => `load = ${name}.so`), ''].join(
      '\n',
    ),
    'http.conf': `[general]
enabled = yes
bindaddr = 127.0.0.1
bindport = ${options.ports.http}
sessionlimit = 4000
`,
    'ari.conf': `[general]
enabled = yes
[${NETWORK}]
type = user
read_only = no
password = ${options.secret}
`,
    'manager.conf': `[general]
enabled = yes
bindaddr = 127.0.0.1
port = ${options.ports.news}
[${NETWORK}]
secret = ${options.secret}
read = system
write = system
`,
    'logger.conf': '[general]\n[logfiles]\nconsole => warning,error\n',
    'rtp.conf': `[general]
rtpstart = ${options.ports.rtp[0]}
rtpend = ${options.ports.rtp[1]}
; Browsers need it; lines and phones do not ask for it.
icesupport = yes
`,
    'indications.conf': INDICATIONS,
    // Asterisk complains when these are absent.
    'websocket_client.conf': '',
    'chan_websocket.conf': '',
    'extensions.conf': renderDialplan(guest),
    'pjsip.conf': renderSip(options),
    'sorcery.conf': sorcery,
  };
}

function renderDialplan(guest: Guest | undefined): string {
  // One pattern for everything that can be dialled; "!" also takes what has a single character.
  const general = `[general]
static = yes
writeprotect = yes
[${FROM_CENTRE}]
exten => _[+0-9A-Za-z]!,1,Stasis(${NETWORK})
 same => n,Hangup()
`;
  const visitors = `exten => _+134355501XX,1,Dial(PJSIP/visitor-\${EXTEN:1},60)
 same => n,Hangup(\${HANGUPCAUSE})
[${FROM_VISITOR}]
exten => _[+0-9]!,1,Dial(PJSIP/\${FILTER(0-9+,\${EXTEN})}@${CENTRE},120)
 same => n,Hangup(\${HANGUPCAUSE})
`;
  if (!guest) return `${general}${visitors}`;
  return `${general}exten => ${guest.number},1,Dial(PJSIP/${guest.name},60)
 same => n,Hangup(\${HANGUPCAUSE})
${visitors}[from-guest]
exten => _[+0-9]!,1,Set(CALLERID(num)=${guest.number})
 same => n,Dial(PJSIP/\${FILTER(0-9+,\${EXTEN})}@${CENTRE},120)
 same => n,Hangup(\${HANGUPCAUSE})
`;
}

function renderSip(options: NetworkOptions): string {
  const { addresses, ports, centre } = options;
  return `[global]
type = global
; A guest's telephone may be on the centre's own address; by name it is told apart.
endpoint_identifier_order = username,ip
user_agent = public-network

[lines]
type = transport
protocol = udp
bind = ${addresses.trunk}:${ports.sip}
[phones]
type = transport
protocol = udp
bind = ${addresses.phones}:${ports.sip}
; Listens on the port of http.conf, whatever stands here.
[browsers]
type = transport
protocol = ws
bind = ${addresses.trunk}

[${CENTRE}]
type = endpoint
transport = lines
context = ${FROM_CENTRE}
disallow = all
allow = alaw,ulaw
dtmf_mode = rfc4733
direct_media = no
rtp_symmetric = yes
media_address = ${addresses.trunk}
bind_rtp_to_media_address = yes
aors = ${CENTRE}
[${CENTRE}]
type = aor
contact = sip:${centre}
[${CENTRE}]
type = identify
endpoint = ${CENTRE}
match = ${centre.split(':')[0]}
${options.guest ? renderGuest(options.guest, addresses.trunk) : ''}${options.agents.map((agent) => renderPhone(agent, centre)).join('')}`;
}

function renderGuest({ name, secret }: Guest, address: string): string {
  return `
[${name}]
type = endpoint
transport = lines
context = from-guest
disallow = all
allow = alaw,ulaw
dtmf_mode = rfc4733
direct_media = no
rtp_symmetric = yes
media_address = ${address}
auth = ${name}
aors = ${name}
[${name}]
type = auth
auth_type = userpass
username = ${name}
password = ${secret}
[${name}]
type = aor
max_contacts = 1
remove_existing = yes
`;
}

/** A phone that never gives up registering: the centre may start after it, or learn of the agent later. */
function renderPhone({ agent, secret }: NetworkAgent, centre: string): string {
  return `
[${agent}]
type = registration
transport = phones
server_uri = sip:${centre}
client_uri = sip:${agent}@${centre}
contact_user = ${agent}
outbound_auth = ${agent}
expiration = 600
max_random_initial_delay = 0
max_retries = 1000000
retry_interval = 1
forbidden_retry_interval = 1
fatal_retry_interval = 1
auth_rejection_permanent = no
[${agent}]
type = auth
auth_type = userpass
username = ${agent}
password = ${secret}
`;
}

const INDICATIONS = `[general]
country = us
[us]
description = North America
ringcadence = 2000,4000
dial = 350+440
busy = 480+620/500,0/500
ring = 440+480/2000,0/4000
congestion = 480+620/250,0/250
`;

const MODULES = [
  'res_sorcery_config',
  'res_sorcery_memory',
  'res_sorcery_astdb',
  'res_timing_timerfd',
  'res_crypto',
  'res_http_websocket',
  'res_websocket_client',
  'res_srtp',
  'res_rtp_asterisk',
  'codec_alaw',
  'codec_ulaw',
  'codec_a_mu',
  'bridge_simple',
  'bridge_softmix',
  'res_pjproject',
  'res_pjsip',
  'res_pjsip_session',
  'res_pjsip_pubsub',
  'res_pjsip_outbound_authenticator_digest',
  'res_pjsip_outbound_registration',
  'res_pjsip_caller_id',
  'res_pjsip_authenticator_digest',
  'res_pjsip_registrar',
  'res_pjsip_endpoint_identifier_ip',
  'res_pjsip_endpoint_identifier_user',
  'res_pjsip_rfc3326',
  'res_pjsip_sdp_rtp',
  'res_pjsip_nat',
  'res_pjsip_transport_websocket',
  'chan_pjsip',
  'chan_websocket',
  'res_stasis',
  'res_stasis_answer',
  'res_stasis_playback',
  'res_stasis_recording',
  'res_stasis_snoop',
  'app_stasis',
  'app_dial',
  'res_ari',
  'res_ari_model',
  'res_ari_applications',
  'res_ari_asterisk',
  'res_ari_bridges',
  'res_ari_channels',
  'res_ari_endpoints',
  'res_ari_events',
  'pbx_config',
  'func_callerid',
  'func_channel',
  'func_strings',
] as const;
