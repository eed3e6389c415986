// The voice: what is to be said becomes media that Asterisk plays. Every sound is named WITH its language's folder
// (`sound:fr/digits/6`), whatever the language of the channel: so an announcement in two languages is one playback,
// and a sound that is missing fails instead of being heard in English. It knows no call and no clock.

import { join } from 'node:path';
import { assert } from '../../core/assert.ts';
import type { Say } from '../../core/effect.ts';
import type { Language } from '../../core/id.ts';
import type { PromptKey } from '../../core/prompt.ts';
import { isRefusal, type ManifestRefusal, type Phrase, readManifest } from './manifest.ts';
import { countSounds } from './spoken-count.ts';

export interface Voice {
  /**
   * The media of what is said in a row, in order. What belongs together is said in one call: counts agree with what
   * stands around them ("vingt et une minutes"). A `numberKey` or `extensionOf` must have become digits before.
   */
  media(say: readonly Say[], language: Language): string[];
}

/** More than any reference, code or telephone number has. */
const DIGITS_MAX = 32;

/** Where the owners' own sound of a phrase lies, without its `.wav`; null: they have none. Asked at each phrase. */
export type OwnersSound = (prompt: PromptKey, language: Language) => string | null;

/** The voice of the prompts under `root`, or why it cannot speak. `root` must be an absolute path. */
export function readVoice(root: string, ownersSound: OwnersSound = () => null): Voice | ManifestRefusal {
  assert(root.startsWith('/'), 'the folder of the prompts is absolute');
  if (root.includes(',')) {
    const message = `the folder ${root} has a comma in its name, which Asterisk takes for two sounds; move or rename it`;
    return { code: 'prompt.unfit', message };
  }
  const manifest = readManifest(root);
  if (isRefusal(manifest)) return manifest;

  const ours = (file: string) => `sound:${join(root, file.replace(/\.wav$/, ''))}`;
  const recorded = (sound: string, language: Language) => `sound:${language}/${sound.replace(/^sound:/, '')}`;
  const phrase = (spoken: Phrase, language: Language) =>
    'file' in spoken ? [ours(spoken.file)] : spoken.media.map((sound) => recorded(sound, language));
  const pause = ours(manifest.pause.file);

  const digit = (character: string, language: Language): string[] => {
    if (character === '*') return phrase(manifest.sounds.star[language], language);
    if (character === '#') return phrase(manifest.sounds.pound[language], language);
    assert(/^[0-9]$/.test(character), `"${character}" can be keyed`);
    return [recorded(`digits/${character}`, language)];
  };
  const digits = (text: string, language: Language): string[] => {
    assert(text.length > 0 && text.length <= DIGITS_MAX, `between 1 and ${DIGITS_MAX} digits are said`);
    const groups = groupsOf(text).map((group) =>
      [...group].flatMap((character) => digit(character, language)),
    );
    return groups.flatMap((group, i) => (i === 0 ? group : [pause, ...group]));
  };
  const count = (value: number, language: Language, minutes: boolean): string[] =>
    countSounds(value, language, minutes).map((sound) =>
      sound === 'une' ? phrase(manifest.sounds.une.fr, 'fr')[0]! : recorded(`digits/${sound}`, language),
    );

  return {
    media(say, language) {
      return say.flatMap((item, i) => {
        assert(
          !('numberKey' in item || 'extensionOf' in item),
          'a number is replaced by its digits before it is said',
        );
        const spoken = item.language ?? language;
        if (isUnderMinute(say, i)) return phrase(manifest.sounds.underMinute[spoken], spoken);
        if (isUnderMinute(say, i - 1) || isUnderMinute(say, i - 2)) return [];
        if ('prompt' in item) {
          const own = ownersSound(item.prompt, spoken);
          return own === null ? phrase(manifest.prompts[item.prompt][spoken], spoken) : [`sound:${own}`];
        }
        if ('recording' in item) return [`sound:${join(item.folder, spoken, item.recording)}`];
        if ('digits' in item) return digits(item.digits, spoken);
        return count(item.count, spoken, countsMinutes(say, i));
      });
    },
  };
}

export function isVoice(voice: Voice | ManifestRefusal): voice is Voice {
  return 'media' in voice;
}

/** A telephone number of North America is said 3-3-4, with or without its leading 1; all else in one breath. */
function groupsOf(text: string): string[] {
  const parts = /^(1?)(\d{3})(\d{3})(\d{4})$/.exec(text);
  return parts === null ? [text] : parts.slice(1).filter((part) => part !== '');
}

/** Here begins "less than" 1 "minutes". */
function isUnderMinute(say: readonly Say[], at: number): boolean {
  const [under, one, minutes] = [say[at], say[at + 1], say[at + 2]];
  if (under === undefined || one === undefined || minutes === undefined) return false;
  const says = (item: Say, prompt: PromptKey) => 'prompt' in item && item.prompt === prompt;
  return says(under, 'wait.under') && 'count' in one && one.count === 1 && says(minutes, 'wait.minutes');
}

/** "5 and 8 minutes": both counts are of minutes. */
function countsMinutes(said: readonly Say[], at: number): boolean {
  for (const item of said.slice(at + 1)) {
    if ('prompt' in item && item.prompt === 'wait.minutes') return true;
    if (!('count' in item) && !('prompt' in item && item.prompt === 'wait.and')) return false;
  }
  return false;
}
