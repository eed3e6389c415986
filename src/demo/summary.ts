// The demonstration's last word: its figures, in words for people, and whether it showed what it is there to show.

import type { Counts } from './score.ts';

export type Summary = Counts & {
  /** Conversations in which the agent's end and the client's each heard the other's tone. */
  readonly bridgedWithAudio: number;
  /** Those of them in which the client had been called back. */
  readonly callbacksHeard: number;
  readonly seconds: number;
  readonly seed: number;
  readonly asterisk: string;
  readonly postgres: string;
};

/** What was not shown, or went wrong; empty when all is well. */
export function faultsOf(summary: Summary): string[] {
  const faults: string[] = [];
  if (summary.callbacksRegistered === 0) faults.push('no callback was accepted; give it more time');
  else if (summary.callbacksConnected === 0) faults.push('no callback was connected yet; give it more time');
  else if (summary.callbacksHeard === 0)
    faults.push('no callback was heard on both sides; see "rappel doctor"');
  if (summary.acceptedLost > 0)
    faults.push(`${summary.acceptedLost} accepted callbacks are lost; please report it`);
  if (summary.overtakes > 0) faults.push(`${summary.overtakes} places were overtaken; please report it`);
  return faults;
}

export function inWords(summary: Summary): string {
  const median = summary.handoverMsP50 === null ? '-' : `${Math.round(summary.handoverMsP50)} ms`;
  return [
    `${summary.calls} calls in ${summary.seconds} s`,
    `${summary.callbacksRegistered} callbacks accepted, ${summary.callbacksConnected} connected, ${summary.callbacksUnreachable} not reached, ${summary.acceptedLost} lost`,
    `${summary.conversations} conversations; in ${summary.bridgedWithAudio} each side heard the other, ${summary.callbacksHeard} of them callbacks`,
    `${summary.surveysByPhone} clients asked how it was, ${summary.surveysAnswered} answered; ${summary.tonesAsked} times an agent was asked how it felt`,
    `${summary.overtakes} overtakes; an agent's next call rang after ${median} (median of ${summary.handovers})`,
    `Asterisk ${summary.asterisk}, PostgreSQL ${summary.postgres}, seed ${summary.seed}`,
    '',
  ].join('\n');
}
