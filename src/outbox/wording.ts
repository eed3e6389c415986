// The words of messages to clients, in the language of their call. Neutral: a phone is seen by others, so they name no
// programme, no reason and no code. Owners may give their own.

import type { MessageOccasion } from '../config/outgoing-schema.ts';
import { referenceOf } from '../core/effects.ts';
import type { CallbackId } from '../core/id.ts';

export type Words = { readonly en: string; readonly fr: string };

export const BUILT_IN: Readonly<Record<MessageOccasion, Words>> = {
  registered: {
    en: 'We will call you back when your turn comes. To see or change this: {link}',
    fr: 'Nous vous rappellerons quand votre tour viendra. Pour le voir ou le changer\u00a0: {link}',
  },
  missed: {
    en: 'We tried to reach you and will try again.',
    fr: 'Nous avons tenté de vous joindre et nous réessaierons.',
  },
  survey: {
    en: 'A few questions about our service: {link}',
    fr: 'Quelques questions sur notre service\u00a0: {link}',
  },
  unreachable: {
    en: 'We tried to reach you and could not. Tell us how it went: {link}',
    fr: 'Nous avons tenté de vous joindre, sans succès. Dites-nous ce que vous en pensez\u00a0: {link}',
  },
};

export function languageOf(text: string | null): 'en' | 'fr' {
  return text === 'fr' ? 'fr' : 'en';
}

export function filledWords(words: string, callback: CallbackId, link: string | null): string {
  return words
    .replaceAll('{reference}', referenceOf(callback))
    .replaceAll('{link}', link ?? '')
    .trim();
}

/** The subject of an e-mail says as little. */
export const SUBJECT: Words = { en: 'About your call', fr: 'À propos de votre appel' };
