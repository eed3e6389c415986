// What a person makes of an announcement: which key goes with which phrase. People in the twin know no step of the
// dialogue; they know what they hear, as callers do.

import type { Say } from '../../core/effect.ts';
import type { Language } from '../../core/id.ts';
import type { PromptKey } from '../../core/prompt.ts';
import type { Random } from '../random.ts';

export function saysPrompt(say: readonly Say[], prompt: PromptKey): boolean {
  for (const one of say) if ('prompt' in one && one.prompt === prompt) return true;
  return false;
}

/** "For service in English, press 1": the digits said next after the phrase; null when it was not said. */
export function keyAfter(say: readonly Say[], prompt: PromptKey, language?: Language): string | null {
  for (let i = 0; i < say.length - 1; i += 1) {
    const one = say[i] as Say;
    const next = say[i + 1] as Say;
    if (!('prompt' in one) || one.prompt !== prompt || !('digits' in next)) continue;
    if (language === undefined || one.language === language) return next.digits;
  }
  return null;
}

/** What somebody keys who is asked about the service, mostly content; null: nothing is asked. */
export function opinionOn(say: readonly Say[], chance: Random): string | null {
  if (saysPrompt(say, 'survey.satisfied')) return chance.pick(['5', '5', '5', '4', '3', '1']);
  const yes = keyAfter(say, 'survey.yes');
  return yes === null ? null : chance.chance(0.8) ? yes : keyAfter(say, 'survey.no');
}
