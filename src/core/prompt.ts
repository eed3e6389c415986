// Every phrase that a person may hear, by key. The words, the voices and the files stand in prompts/manifest.json, in
// both languages; a key that is missing there fails the tests. Digits and counts are said by the language's own rules.

import type { NumberCode } from './number.ts';

export const PROMPT_KEYS = [
  'greeting.welcome', // "Welcome to the client support centre."
  'language.choose', // "For service in English, press" + digit
  'language.other', // "To continue in English, press" + digit: said in the other language's own words
  'menu.silence', // "We did not hear a choice."
  'menu.wrong_key', // "That key is not a choice here."
  'menu.goodbye', // "We did not receive a choice. Please call again. Goodbye."
  'line.permanent_residence', // "For permanent residence, press" + digit
  'line.family_sponsorship',
  'line.temporary_residence',
  'line.citizenship',
  'line.other', // "For another subject, press": for a line that has no phrase of its own
  'service.agent', // "To speak to an agent, press" + digit
  'service.relay', // "If you use a relay service or a TTY, press" + digit
  'service.has_callback', // "If you have asked for a callback already, press" + digit
  'service.back', // "To choose another subject, press" + digit
  'call.line_closed', // "This line is closed now. Please call during our hours. Goodbye."
  'call.line_full', // "All places in line are taken. Please call later. Goodbye."
  // Before and after the alternatives that the owners recorded:
  'call.is_closed', // "This line is closed now."
  'call.is_full', // "All places in line are taken."
  'call.goodbye', // "Thank you for calling. Goodbye."
  'wait.place', // "Your place in line is number" + count
  'wait.between', // "The estimated wait is between" + count
  'wait.and', // "and" + count
  'wait.minutes', // "minutes."
  'wait.under', // "The estimated wait is less than" + count + wait.minutes
  'wait.unknown', // "We cannot estimate the wait at this time."
  'offer.keep_place', // "You may hang up and keep your place: an agent will call you when your turn comes."
  'offer.this_number', // "To be called at the number you are calling from, press" + digit
  'offer.other_number', // "To be called at another number, press" + digit
  'offer.hold', // "To keep holding, stay on the line."
  'offer.withdrawn', // "We cannot register a callback at this time. You keep your place in line."
  'returning.code', // "Key the six digits of your reference, then the four digits of your code."
  'returning.not_recognised', // "We do not recognise this reference and code." The same for every wrong pair.
  'returning.carried', // "We could not call you before we closed. You keep your place for our next opening."
  'returning.keep', // "To leave your callback as it is, press" + digit
  'returning.cancel', // "To cancel it, press" + digit
  'returning.later', // "To be called ten minutes later, press" + digit
  'returning.change_number', // "To be called at another number, press" + digit
  'returning.hold_again', // "To hold on the line instead, at the same place, press" + digit
  'returning.postponed', // "You will be called ten minutes later. You keep your place in line."
  'returned.kept', // "Your callback stays as it is. Goodbye."
  'returned.cancelled', // "Your callback is cancelled. Goodbye."
  'returned.number_changed', // "We will call you at the new number. You keep your place in line. Goodbye."
  'returned.being_served', // "An agent is about to call you. Please hang up. Goodbye."
  'returned.ended', // "This callback has ended. Goodbye."
  'emergency.notice', // the owners' own words; "Our services are disrupted today. Waits are longer than usual."
  'voicemail.message', // neutral, in both languages, true at the last attempt too: "We tried to reach you."
  'number.ask', // "Key the ten digits of the number where we should call you, then press the number sign."
  'number.given_up', // "We could not take a number. You keep your place in line."
  'number.refused.empty',
  'number.refused.not_digits',
  'number.refused.too_short',
  'number.refused.too_long',
  'number.refused.emergency',
  'number.refused.service',
  'number.refused.premium',
  'number.refused.region',
  'number.refused.kind',
  'number.refused.invalid',
  'confirm.number', // "We will call you at" + number
  'confirm.extension', // "extension" + digits
  'confirm.yes', // "If this is right, press" + digit
  'confirm.other', // "To key another number, press" + digit
  'confirm.hold', // "To keep holding instead, press" + star
  'extension.ask', // "If you have an extension, key it, then press the number sign. If not, press the number sign alone."
  'extension.refused', // "An extension has one to eight digits."
  'registered.done', // "Your callback is registered. You keep your place in line."
  'registered.caller_id', // "We will call you from" + digits
  'registered.reference', // "Your reference number is" + digits
  'registered.code', // "So that you know the call is ours, the agent will say this code:" + digits
  // Where the turn may not come before the line closes:
  'registered.may_carry', // "If we cannot call you before we close, we will call you when we open again."
  'registered.may_expire', // "If we cannot call you before we close, your callback will end. Please call again."
  'registered.goodbye', // "You may hang up now. Thank you, goodbye."
  'survey.notice', // "After you have spoken with an agent, you may stay on the line for a few questions."
  'survey.stay', // "Please stay on the line for a few questions about our service."
  'survey.satisfied', // "How satisfied are you? Press a key from one, very dissatisfied, to five, very satisfied."
  'survey.again', // "Would you use the callback again?"
  'survey.answered', // "Was your question answered?"
  'survey.yes', // "For yes, press" + digit
  'survey.no', // "For no, press" + digit
  'survey.thanks', // "Thank you for your answers. Goodbye."
  'connect.now', // "An agent will be with you."
  'agent.callback', // to the agent: "Callback. The code to say is" + digits
  'agent.dialling', // to the agent: "Calling the client."
  'agent.unreached', // to the agent: "The client could not be reached."
] as const;

export type PromptKey = (typeof PROMPT_KEYS)[number];

/** The phrase that refuses a number, `number.too_short` -> `number.refused.too_short`. */
export function refusalPrompt(code: NumberCode): PromptKey {
  return `number.refused.${code.slice('number.'.length)}` as PromptKey;
}
