// A story in plain words, in the reader's language: one line for each fact that means something to people, with the reason
// of each decision. Facts that only move machinery (a prompt began, an agent was announced) have no line. No number, no
// code that the agent says: neither is in a fact that is told here.

import type { Fact, FactType } from '../core/fact.ts';
import type { Language, LineId } from '../core/id.ts';
import type { Words } from '../figures/figure.ts';
import { localText } from './local-time.ts';
import type { StoryFact } from './story.ts';
import {
  ATTEMPT_CAUSES,
  CALL_REFUSALS,
  CONSULT_ENDS,
  EXPIRY_CAUSES,
  OFFER_REFUSALS,
  POSTPONED,
  QUOTE_CAUSES,
  RETURN_CAUSES,
} from './story-reasons.ts';

export type StoryContext = {
  readonly language: Language;
  readonly timeZone: string;
  readonly lineName: (line: LineId) => Words;
};

export type StoryLine = {
  readonly seq: number;
  readonly at: number;
  readonly time: string;
  readonly text: string;
};

type Of<Type extends FactType> = Extract<Fact, { type: Type }>;
type Teller<Type extends FactType> = (fact: Of<Type>, context: StoryContext) => Words | null;
type Tellers = { readonly [Type in FactType]?: Teller<Type> };

const NBSP = '\u00a0';
const say = (en: string, fr: string): Words => ({ en, fr });
const because = (en: string, fr: string, why: Words): Words =>
  say(`${en}: ${why.en}`, `${fr}${NBSP}: ${why.fr}`);
const LANGUAGE_NAMES: Readonly<Record<Language, Words>> = {
  en: say('English', 'l’anglais'),
  fr: say('French', 'le français'),
};
/** Who asked; nothing where it was the client on the phone. */
const asked = (by: string | undefined): Words =>
  by === undefined
    ? say('by the client, on the phone', 'par le client, au téléphone')
    : say(`by ${by}`, `par ${by}`);

const CALL: Tellers = {
  'call.arrived': ({ line }, { lineName }) =>
    line === null
      ? say('The call arrived.', 'L’appel est arrivé.')
      : say(
          `The call arrived on a number of the line ${lineName(line).en}.`,
          `L’appel est arrivé à un numéro de la ligne ${lineName(line).fr}.`,
        ),
  'call.language_chosen': ({ language }) =>
    say(
      `The caller chose ${LANGUAGE_NAMES[language].en}.`,
      `La personne a choisi ${LANGUAGE_NAMES[language].fr}.`,
    ),
  'call.line_chosen': ({ line }, { lineName }) =>
    say(
      `The caller chose the line ${lineName(line).en}.`,
      `La personne a choisi la ligne ${lineName(line).fr}.`,
    ),
  'call.marked_relay': () =>
    say('The caller uses a relay service or a TTY.', 'La personne utilise un service de relais ou un ATS.'),
  'call.agent_asked': () => say('The caller asked for an agent.', 'La personne a demandé un agent.'),
  'call.refused': ({ code }) =>
    because('The call could not be taken', 'L’appel n’a pas pu être pris', CALL_REFUSALS[code]),
  'call.connected': ({ agent }) =>
    say(
      `The caller, who had held, spoke with ${agent}.`,
      `La personne, restée en ligne, a parlé à ${agent}.`,
    ),
  'call.ended': ({ by }) =>
    by === 'caller'
      ? say('The caller hung up.', 'La personne a raccroché.')
      : say('The centre ended the call.', 'Le centre a mis fin à l’appel.'),
  'client.recognised': () =>
    say(
      'The client gave the reference and code of their callback.',
      'Le client a donné la référence et le code de son rappel.',
    ),
  'client.not_recognised': () =>
    say('Reference and code were not right.', 'La référence et le code ne convenaient pas.'),
};

const PLACE: Tellers = {
  'place.taken': ({ place, line, overflow }, { lineName }) =>
    say(
      `Place ${place} was taken in the line ${lineName(line).en}${overflow ? ', beyond its capacity, for a callback only' : ''}.`,
      `Le rang ${place} a été pris dans la file d’attente ${lineName(line).fr}${overflow ? ', au-delà de sa capacité, pour un rappel seulement' : ''}.`,
    ),
  'wait.quoted': ({ ahead, minMinutes, maxMinutes, worseBecause = '' }) => {
    const why = QUOTE_CAUSES[worseBecause];
    return say(
      `The wait was told as ${minMinutes} to ${maxMinutes} minutes, with ${ahead} ahead${why.en && `; longer than before because ${why.en}`}.`,
      `L’attente annoncée était de ${minMinutes} à ${maxMinutes}${NBSP}minutes, avec ${ahead} devant${why.fr && `; plus longue qu’avant parce que ${why.fr}`}.`,
    );
  },
  'wait.unknown': ({ ahead }) =>
    say(
      `${ahead} were ahead, and how long it would take was not known.`,
      `${ahead} étaient devant, et la durée de l’attente n’était pas connue.`,
    ),
  'place.returned': ({ cause }) =>
    because(
      'The place went back to the line, with its rank kept',
      'Le rang est retourné dans la file d’attente, à sa place',
      RETURN_CAUSES[cause],
    ),
  'place.left': ({ reason }) => {
    switch (reason) {
      case 'abandoned':
        return say('The caller gave up waiting.', 'La personne a renoncé à attendre.');
      case 'served':
        return say('The place had been served.', 'Le rang a été servi.');
      case 'ended':
        return say('The place was given up.', 'Le rang a été libéré.');
    }
  },
  'place.prioritised': ({ reason, by }) =>
    say(
      `The place was put before its turn by ${by}, for the reason "${reason}".`,
      `Le rang a été avancé par ${by}, pour le motif «${NBSP}${reason}${NBSP}».`,
    ),
  'place.marked_relay': ({ by }) =>
    say(
      `The client was marked as a relay user by ${by}.`,
      `Le client a été noté usager du relais par ${by}.`,
    ),
  'place.language_changed': ({ language }) =>
    say(
      `The language became ${LANGUAGE_NAMES[language].en}.`,
      `La langue est devenue ${LANGUAGE_NAMES[language].fr}.`,
    ),
  'place.rejoined': () =>
    say(
      'The client holds again, at the place of the callback.',
      'Le client attend de nouveau, au rang du rappel.',
    ),
};

const TALK: Tellers = {
  'client.held': ({ agent }) =>
    say(`${agent} put the client on hold.`, `${agent} a mis le client en attente.`),
  'client.retrieved': ({ agent }) => say(`${agent} came back to the client.`, `${agent} a repris le client.`),
  'consult.begun': ({ by, agent, outside, isBlind }) => {
    const whom = agent ?? outside ?? '';
    if (isBlind === true)
      return say(`${by} transferred the client to ${whom}.`, `${by} a transféré le client à ${whom}.`);
    return say(
      `${by} rang ${whom}, while the client heard music.`,
      `${by} a appelé ${whom} pendant que le client entendait de la musique.`,
    );
  },
  'consult.answered': () => say('Whoever was asked answered.', 'La personne consultée a répondu.'),
  'consult.joined': () => say('All three spoke together.', 'Les trois ont parlé ensemble.'),
  'consult.ended': ({ cause }) =>
    because('The consultation ended', 'La consultation a pris fin', CONSULT_ENDS[cause]),
  'place.handed_over': ({ from, to }) => {
    const whom = to === null ? say('whoever was asked outside', 'la personne de l’extérieur') : say(to, to);
    return from === null
      ? say(`The client went on with ${whom.en}.`, `Le client a continué avec ${whom.fr}.`)
      : say(
          `${from} left, and the client went on with ${whom.en}.`,
          `${from} est sorti de la conversation, et le client a continué avec ${whom.fr}.`,
        );
  },
  'place.transferred': ({ agent, line }, { lineName }) =>
    agent === null
      ? say(
          `Nobody took over, and the client waited in the line ${lineName(line).en}, with their rank kept.`,
          `Personne n’a pris le relais, et le client a attendu dans la file d’attente ${lineName(line).fr}, à son rang.`,
        )
      : say(
          `${agent} transferred the client to the line ${lineName(line).en}, with their rank kept.`,
          `${agent} a transféré le client à la file d’attente ${lineName(line).fr}, à son rang.`,
        ),
};

const CALLBACK: Tellers = {
  'callback.offered': () => say('A callback was offered.', 'Un rappel a été offert.'),
  'callback.not_offered': ({ code }) =>
    because('No callback was offered', 'Aucun rappel n’a été offert', OFFER_REFUSALS[code]),
  'callback.registered': ({ callback }) =>
    say(
      `The callback was taken; its reference is ${reference(callback)}.`,
      `Le rappel a été pris; sa référence est ${reference(callback)}.`,
    ),
  'callback.asked_on_page': ({ callback, after }) =>
    say(
      `On their own page the client asked to be called again, after the callback ${reference(after)}; the reference is ${reference(callback)}, and the place is at the end of the line.`,
      `Sur sa propre page, le client a demandé à être rappelé, après le rappel ${reference(after)}; la référence est ${reference(callback)}, et le rang est le dernier de la file d’attente.`,
    ),
  'callback.merged': ({ callback, moved }) =>
    say(
      `It was joined to the callback ${reference(callback)} of the same number${moved ? ', which moved to this better place' : ''}.`,
      `Il a été joint au rappel ${reference(callback)} du même numéro${moved ? ', qui a pris ce meilleur rang' : ''}.`,
    ),
  'callback.number_changed': ({ by }) =>
    say(
      `Another number was given for the callback, ${asked(by).en}.`,
      `Un autre numéro a été donné pour le rappel, ${asked(by).fr}.`,
    ),
  'callback.postponed': ({ untilAt, cause, by }, { timeZone }) => {
    const until = localText(untilAt, timeZone);
    const why = POSTPONED[cause];
    const who = by === undefined ? say('', '') : say(`, asked for by ${by}`, `, demandé par ${by}`);
    return say(
      `The callback is not made before ${until}, ${why.en}${who.en}.`,
      `Le rappel ne se fait pas avant ${until}, ${why.fr}${who.fr}.`,
    );
  },
  'callback.due': () => say('Its turn had come.', 'Son tour était venu.'),
  'callback.retry_set': ({ untilAt }, { timeZone }) =>
    say(
      `It is tried again from ${localText(untilAt, timeZone)} on.`,
      `Une autre tentative aura lieu à partir de ${localText(untilAt, timeZone)}.`,
    ),
  'callback.connected': ({ agent }) =>
    say(`The client was reached, and spoke with ${agent}.`, `Le client a été joint, et a parlé à ${agent}.`),
  'callback.parted': () =>
    say(
      'The conversation was over; the agent was still to say what came of it.',
      'La conversation était finie; l’agent devait encore en dire l’issue.',
    ),
  'callback.again_agreed': ({ untilAt, with: spokeWith }, { timeZone }) => {
    const until = localText(untilAt, timeZone);
    return spokeWith === 'client'
      ? say(
          `It was agreed with the client to call again at ${until}.`,
          `Il a été convenu avec le client de rappeler à ${until}.`,
        )
      : say(
          `Somebody else answered, and asked for another call at ${until}.`,
          `Une autre personne a répondu, et a demandé de rappeler à ${until}.`,
        );
  },
  'callback.completed': ({ talkMs, afterClosing }) =>
    say(
      `The callback was completed after ${seconds(talkMs)} s of conversation${afterClosing ? ', the line having closed' : ''}.`,
      `Le rappel a abouti après ${seconds(talkMs)}${NBSP}s de conversation${afterClosing ? ', la ligne ayant fermé' : ''}.`,
    ),
  'callback.unreachable': ({ cause }) =>
    because(
      'The callback ended without the client being reached',
      'Le rappel a pris fin sans que le client soit joint',
      ATTEMPT_CAUSES[cause],
    ),
  'callback.cancelled': ({ by }) =>
    say(`The callback was cancelled ${asked(by).en}.`, `Le rappel a été annulé ${asked(by).fr}.`),
  'callback.expired': ({ cause = 'unsaid' as const }) =>
    because('The callback expired', 'Le rappel a expiré', EXPIRY_CAUSES[cause]),
};

const WORK: Tellers = {
  'attempt.intended': ({ agent, n }) =>
    say(
      `Attempt ${n} to call the client was begun, with ${agent} on the line.`,
      `La tentative ${n} de joindre le client a commencé, ${agent} étant en ligne.`,
    ),
  'attempt.voided': () =>
    say(
      'The attempt came to nothing before anybody was called.',
      'La tentative a été annulée avant tout appel.',
    ),
  'attempt.ringing': () => say('The client’s phone rang.', 'Le téléphone du client a sonné.'),
  'attempt.answered': () => say('The client answered.', 'Le client a répondu.'),
  'attempt.failed': ({ cause }) =>
    because('The attempt failed', 'La tentative a échoué', ATTEMPT_CAUSES[cause]),
  'agent.reserved': ({ agent }) =>
    say(`${agent}’s phone was called first.`, `On a d’abord appelé le téléphone de ${agent}.`),
  'agent.answered': ({ agent }) => say(`${agent} answered.`, `${agent} a répondu.`),
};

const TELLERS: Tellers = { ...CALL, ...PLACE, ...TALK, ...CALLBACK, ...WORK };

export function storyLines(facts: readonly StoryFact[], context: StoryContext): StoryLine[] {
  return facts.flatMap(({ seq, at, fact }) => {
    const teller = TELLERS[fact.type] as Teller<FactType> | undefined;
    const words = teller?.(fact, context) ?? null;
    if (words === null) return [];
    const text = words[context.language];
    return [{ seq, at, time: localText(at, context.timeZone), text: text.endsWith('.') ? text : `${text}.` }];
  });
}

function reference(callback: number): string {
  return String(callback).padStart(6, '0');
}

function seconds(ms: number): number {
  return Math.round(ms / 1_000);
}
