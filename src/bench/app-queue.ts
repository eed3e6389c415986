// Asterisk's own queue, beside ours on the same Asterisk, for the handover bench alone: the module, one queue with the
// same phones, and a number that leads to it. Set as its own documentation advises for quick service: no wrap-up, busy
// phones left alone, several callers served at once. It must not know who calls or how long anything takes.

import type { AsteriskExtras } from '../telephony/asterisk/configuration/centre.ts';

/** A number that is fictitious, and not one of ours. */
export const QUEUE_DNIS = '+18005550177';
const QUEUE = 'bench';

export function appQueue(agents: readonly string[], ringS: number): AsteriskExtras {
  return {
    modules: ['app_queue'],
    files: {
      'queues.conf': `[general]
persistentmembers = no
autofill = yes
shared_lastcall = no
[${QUEUE}]
strategy = leastrecent
musicclass = default
autofill = yes
ringinuse = no
wrapuptime = 0
timeout = ${ringS}
retry = 1
announce-frequency = 0
announce-holdtime = no
${agents.map((agent) => `member => PJSIP/${agent},0,${agent},PJSIP/${agent}`).join('\n')}
`,
      'extensions.conf': `
[from-trunk](+)
exten => ${QUEUE_DNIS},1,Answer(0,i)
 same => n,Queue(${QUEUE})
 same => n,Hangup()
`,
    },
  };
}
