// The dialplan of the centre's Asterisk: what it does by itself. Little enough: calls from the trunk go to the
// application (and wait with music while it is away), phones may dial nobody, and a client is dialled only through the
// fence. The number of a client comes to Asterisk nowhere else than in the fence's answer. Everything that is used as an
// argument is filtered first: a "." in a pattern matches anything, commas and quotes too.

import { EXTENSION_DIGITS_MAX } from '../../core/dialled.ts';

/** The names that events are sent to: the calls, and the trunk's own channels behind the fence. */
export const APP = 'rappel';
export const TRUNK_APP = 'rappel-trunk';
export const TRUNK = 'trunk';
/** Hung up with this Q.850 cause by the fence: nothing was dialled. No SIP answer is mapped to it. */
export const FENCE_CAUSE = 52;
/** Set on the originated leg: what the client's display shows, and how long it may ring. */
export const CALLER_VARIABLE = 'RAPPEL_CALLER';
export const RING_VARIABLE = 'RAPPEL_RING_SECONDS';

/** Where callers wait with music before they are tried again. */
export const WAIT_LABEL = 'wait';

/** So long may a fence take (connect, then all of it); later it is a no, and the permission is spent. */
export const FENCE_LIMIT_SECONDS = 2;

/** Between a client's answer and the first key of their extension: a switchboard does not listen at once. */
export const EXTENSION_PAUSE_HALF_SECONDS = 4;

const retryEverySeconds = 2;
const retriesMax = 150;

export function renderDialplan(fenceUrl: string): string {
  return [general, fromTrunk(), fromAgent, fence(fenceUrl)].join('\n');
}

const general = `[general]
static = yes
writeprotect = yes
`;

function fromTrunk(): string {
  return `; Stasis fails when the application is away: the caller hears music and it is tried again.
[from-trunk]
exten => _[+0-9].,1,Set(DNIS=\${FILTER(0-9+,\${EXTEN})})
 same => n,Set(TRIES=0)
 same => n(again),Stasis(${APP},inbound,\${DNIS})
 same => n,GotoIf($["\${STASISSTATUS}" = "SUCCESS"]?done)
 same => n,Set(TRIES=$[\${TRIES} + 1])
 same => n,GotoIf($[\${TRIES} > ${retriesMax}]?done)
; A caller whom the application cannot take now is sent back to here.
; With 0 as its first argument Answer does not wait for sound from the caller (500 ms otherwise).
 same => n(${WAIT_LABEL}),Answer(0,i)
 same => n,MusicOnHold(default,${retryEverySeconds})
 same => n,Goto(again)
 same => n(done),Hangup()
`;
}

const fromAgent = `; Phones are rung, they do not dial: 21 is "call rejected".
[from-agent]
exten => _[+0-9*#a-zA-Z]!,1,Hangup(21)
`;

function fence(fenceUrl: string): string {
  const answer = '$' + '{FENCE}';
  const digits = '$' + '{DIGITS}';
  const extension = '$' + '{EXTENSION}';
  const exact = '$' + '{EXACT}';
  const ring = `\${FILTER(0-9,\${${RING_VARIABLE}})}`;
  return `; The dial fence. The only way to the trunk, taken as Local/<attempt>@fence/n. Whatever is repeated, doubled or
; replayed, a permission comes back once per attempt, as exactly OK +<digits>, OK +<digits> x<extension> or RELAY <digits>.
; All else: cause ${FENCE_CAUSE}, nothing was dialled. What was read is put together again and held against what came.
[fence]
exten => _[0-9a-zA-Z].,1,GotoIf($[\${LEN(\${FILTER(0-9a-zA-Z-,\${EXTEN})})} != \${LEN(\${EXTEN})}]?no)
 same => n,GotoIf($[\${LEN(\${EXTEN})} > 64]?no)
 same => n,Set(CURLOPT(conntimeout)=1)
 same => n,Set(CURLOPT(httptimeout)=${FENCE_LIMIT_SECONDS})
; A proxy in Asterisk's environment would otherwise get this request.
 same => n,Set(CURLOPT(proxy)=)
 same => n,Set(FENCE=\${CURL(${fenceUrl}?attempt=\${EXTEN})})
 same => n,Set(CALLERID(num)=\${FILTER(0-9+,\${${CALLER_VARIABLE}})})
 same => n,Set(CALLERID(name)=)
 same => n,GotoIf($["\${FILTER(RELAY,${answer})}" = "RELAY"]?relay)
 same => n,Set(DIGITS=\${FILTER(0-9,\${CUT(FENCE,x,1)})})
 same => n,Set(EXTENSION=\${FILTER(0-9,\${CUT(FENCE,x,2)})})
 same => n,GotoIf($[\${LEN(${digits})} < 7 | \${LEN(${digits})} > 15 | \${LEN(${extension})} > ${EXTENSION_DIGITS_MAX}]?no)
 same => n,Set(EXACT=OK +${digits})
 same => n,GotoIf($[\${LEN(${extension})} = 0]?exact)
 same => n,Set(EXACT=${exact} x${extension})
 same => n(exact),GotoIf($[\${LEN(${answer})} != \${LEN(${exact})}]?no)
 same => n,GotoIf($["\${FILTER(OK +0-9x,${answer})}" != "${exact}"]?no)
 same => n,GotoIf($[\${LEN(${extension})} > 0]?extension)
 same => n,Dial(PJSIP/+${digits}@${TRUNK},${ring})
 same => n,Goto(ended)
; Keyed to the far end after its answer and a pause, before anybody is joined to it: our half is up after the last key.
 same => n(extension),Dial(PJSIP/+${digits}@${TRUNK},${ring},D(${'w'.repeat(EXTENSION_PAUSE_HALF_SECONDS)}${extension}))
 same => n,Goto(ended)
; A relay service: the digits of its route as they are. 911 and its like stop here too, whoever let them come so far.
 same => n(relay),Set(DIGITS=\${FILTER(0-9+,${answer})})
 same => n,GotoIf($[\${LEN(${digits})} < 3 | \${LEN(${digits})} > 16]?no)
 same => n,GotoIf($[\${LEN(${answer})} != \${LEN(${digits})} + 6]?no)
 same => n,GotoIf($["\${FILTER(RELAY 0-9+,${answer})}" != "RELAY ${digits}"]?no)
 same => n,GotoIf($["${digits}" =~ "^[+]?[0-9]+$"]?:no)
 same => n,GotoIf($["${digits}" =~ "^[+]?[019]*(911|112|999)"]?no)
 same => n,Dial(PJSIP/${digits}@${TRUNK},${ring})
; The trunk's cause goes to our half (17 busy, 1 unallocated, 21 rejected, 34 congestion, 19 no answer). Where Dial gave
; up by itself there is none, and none would arrive as 16, normal: 19 it is. DIALSTATUS says NOANSWER for too much.
 same => n(ended),Hangup(\${IF($[0\${HANGUPCAUSE} = 0]?19:\${HANGUPCAUSE})})
 same => n(no),Hangup(${FENCE_CAUSE})
`;
}
