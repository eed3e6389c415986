// What the client's page says, in both languages side by side. Plain words, as one would say them on the telephone; French
// as it is printed. {name} stands for a value. It must not know what is true: that is client-view.ts.

import type { Language } from '../../core/id.ts';

type Pair = readonly [en: string, fr: string];

export const CLIENT_PHRASES = {
  title: ['Your callback', 'Votre rappel'],
  skip: ['Skip to the main content', 'Passer au contenu principal'],
  other: ['Français', 'English'],
  problem_title: ['There is a problem', 'Il y a un problème'],
  // ---- how it stands
  'state-requested': [
    'You asked for a callback. You are in line as soon as your call is over.',
    'Vous avez demandé un rappel. Vous êtes dans la file d’attente dès que votre appel est terminé.',
  ],
  'state-waiting': ['You are number {rank} in line.', 'Vous êtes au rang {rank} dans la file d’attente.'],
  'state-next': [
    'You are next in line.',
    'C’est bientôt à vous\u00a0: vous êtes en tête de la file d’attente.',
  ],
  'state-serving': [
    'We are calling you now. Please keep your phone near you.',
    'Nous vous appelons maintenant. Gardez votre téléphone près de vous.',
  ],
  'state-connected': ['You are speaking with an agent.', 'Vous parlez avec un agent.'],
  'state-retry': [
    'We called you and could not reach you. We will try again.',
    'Nous vous avons appelé sans pouvoir vous joindre. Nous réessaierons.',
  ],
  'state-scheduled': [
    'Your callback waits, as arranged. You keep your place in line.',
    'Votre rappel est en attente, comme convenu. Vous gardez votre rang.',
  ],
  'ended-connected': ['We called you back, and this is done.', 'Nous vous avons rappelé; c’est terminé.'],
  'ended-incomplete': [
    'We called you and could not reach you. This callback has ended.',
    'Nous vous avons appelé sans pouvoir vous joindre. Ce rappel est terminé.',
  ],
  'ended-cancelled': ['This callback was cancelled.', 'Ce rappel a été annulé.'],
  'ended-expired': [
    'We could not call you back before the line closed. This callback has ended.',
    'Nous n’avons pas pu vous rappeler avant la fermeture. Ce rappel est terminé.',
  ],
  'ended-unknown': ['This callback has ended.', 'Ce rappel est terminé.'],
  'ended-call': [
    'If you still need us, please call us again.',
    'Si vous avez encore besoin de nous, veuillez nous appeler de nouveau.',
  ],
  window: [
    'We expect to call you between {from} and {to}.',
    'Nous prévoyons vous appeler entre {from} et {to}.',
  ],
  'window-note': [
    'This is an estimate. It changes with the line: look here again when you like.',
    'C’est une estimation. Elle change avec la file d’attente\u00a0: revenez la voir quand vous voulez.',
  ],
  'window-unknown': [
    'We cannot say yet when that will be.',
    'Nous ne pouvons pas encore dire quand ce sera.',
  ],
  not_before: ['We will not call before {time}.', 'Nous n’appellerons pas avant {time}.'],
  paused: [
    'No callbacks are made on this line right now. You keep your place.',
    'Aucun rappel n’est fait en ce moment dans cette file d’attente. Vous gardez votre rang.',
  ],
  // ---- the particulars
  'fact-title': ['Details', 'Détails'],
  'fact-line': ['About', 'Sujet'],
  'fact-reference': ['Reference', 'Référence'],
  'fact-language': ['Language of the call', 'Langue de l’appel'],
  'fact-number': ['We call the number', 'Numéro appelé'],
  'fact-ending': ['ending in {digits}', 'se terminant par {digits}'],
  'fact-asked': ['Asked at', 'Demandé à'],
  'fact-tries': ['Calls that did not reach you', 'Appels restés sans réponse'],
  'fact-tries_of': ['{n} of {most}', '{n} sur {most}'],
  'fact-now': ['This page is of', 'Page établie à'],
  'language-en': ['English', 'anglais'],
  'language-fr': ['French', 'français'],
  // ---- what can be done
  'act-title': ['Change it', 'Le modifier'],
  again: ['Look again', 'Actualiser'],
  'postpone-title': ['Call me later', 'M’appeler plus tard'],
  'postpone-why': [
    'You keep your place in line. We will not call before that time.',
    'Vous gardez votre rang. Nous n’appellerons pas avant ce moment.',
  ],
  'postpone-minutes': ['{n}\u00a0minutes later', '{n}\u00a0minutes plus tard'],
  'postpone-hour': ['1\u00a0hour later', '1\u00a0heure plus tard'],
  'postpone-hours': ['{n}\u00a0hours later', '{n}\u00a0heures plus tard'],
  'number-title': ['Call another number', 'Appeler un autre numéro'],
  'number-label': ['Telephone number', 'Numéro de téléphone'],
  'number-hint': ['Ten digits, with the area code.', 'Dix chiffres, avec l’indicatif régional.'],
  'number-extension': ['Extension, if there is one', 'Poste, s’il y en a un'],
  'number-do': ['Use this number', 'Utiliser ce numéro'],
  'language-title': ['Speak in the other language', 'Parler dans l’autre langue'],
  'language-to_en': ['Call me in English', 'M’appeler en anglais'],
  'language-to_fr': ['Call me in French', 'M’appeler en français'],
  'cancel-title': ['Cancel the callback', 'Annuler le rappel'],
  'cancel-why': [
    'You give up your place in line, and we will not call. This cannot be undone.',
    'Vous renoncez à votre rang, et nous n’appellerons pas. Ce choix est définitif.',
  ],
  'cancel-do': ['Yes, cancel my callback', 'Oui, annuler mon rappel'],
  'ask-title': ['Ask to be called again', 'Demander un nouveau rappel'],
  'ask-why': [
    'You take a new place at the end of the line, and an agent calls you when your turn comes.',
    'Vous prenez un nouveau rang à la fin de la file d’attente, et un agent vous appelle à votre tour.',
  ],
  'ask-window': [
    'If you ask now, we expect to call you between {from} and {to}.',
    'Si vous le demandez maintenant, nous prévoyons vous appeler entre {from} et {to}.',
  ],
  'ask-number': ['Call another number than before', 'Appeler un autre numéro qu’avant'],
  'ask-do': ['Ask for a callback', 'Demander un rappel'],
  'fact-code': ['The agent will say this code', 'Code que l’agent vous dira'],
  // ---- what became of it
  'said-asked': [
    'Done: you are in line again, at its end. Your new reference is below.',
    'C’est fait\u00a0: vous êtes de nouveau dans la file d’attente, à la fin. Votre nouvelle référence est plus bas.',
  ],
  'said-postponed': ['Done: we will call you later.', 'C’est fait\u00a0: nous vous appellerons plus tard.'],
  'said-number': [
    'Done: we will call the new number.',
    'C’est fait\u00a0: nous appellerons le nouveau numéro.',
  ],
  'said-language': [
    'Done: we will speak the other language.',
    'C’est fait\u00a0: nous parlerons l’autre langue.',
  ],
  'said-cancelled': ['Done: your callback is cancelled.', 'C’est fait\u00a0: votre rappel est annulé.'],
  'said-reported': ['Thank you for telling us.', 'Merci de nous l’avoir dit.'],
  'said-changed': [
    'Your callback had changed meanwhile, so nothing was done. This is how it stands now.',
    'Votre rappel avait changé entre-temps; rien n’a donc été fait. Voici où il en est.',
  ],
  // ---- what could not be done
  'fault-ask_off': [
    'A callback cannot be asked for here. Please call us.',
    'Il n’est pas possible de demander un rappel ici. Veuillez nous appeler.',
  ],
  'fault-ask_closed': [
    'The line is closed now. Ask again when it is open.',
    'Le service est fermé en ce moment. Redemandez pendant les heures d’ouverture.',
  ],
  'fault-ask_full': [
    'All places in line are taken now. Please ask again later.',
    'Toutes les places de la file d’attente sont prises. Veuillez redemander plus tard.',
  ],
  'fault-ask_not_offered': [
    'Callbacks are not offered at the moment. Please call us, or ask again later.',
    'Les rappels ne sont pas offerts en ce moment. Appelez-nous, ou redemandez plus tard.',
  ],
  'fault-ask_day_full': [
    'As many callbacks as we can make today have been asked for. Please ask again tomorrow.',
    'Tous les rappels possibles aujourd’hui ont été demandés. Veuillez redemander demain.',
  ],
  'fault-ask_too_late': [
    'We could probably not call you before the line closes. Please ask again when it next opens.',
    'Nous ne pourrions sans doute pas vous appeler avant la fermeture. Veuillez redemander à la réouverture.',
  ],
  'fault-ask_short': [
    'The wait is short now: please call us, and an agent will answer soon.',
    'L’attente est courte en ce moment\u00a0: appelez-nous, un agent répondra bientôt.',
  ],
  'fault-being_served': [
    'We are calling you at this moment, so nothing can be changed.',
    'Nous vous appelons en ce moment; rien ne peut être changé.',
  ],
  'fault-no_opening': [
    'We cannot call that late. Choose a shorter time, or call us again another day.',
    'Nous ne pouvons pas appeler si tard. Choisissez un délai plus court, ou appelez-nous un autre jour.',
  ],
  'fault-number_not_taken': [
    'This number cannot be used for this callback. Give another one, or call us.',
    'Ce numéro ne peut pas servir pour ce rappel. Donnez-en un autre, ou appelez-nous.',
  ],
  'fault-number': [
    'We cannot call this number. Check the digits: ten are needed, with the area code.',
    'Nous ne pouvons pas appeler ce numéro. Vérifiez les chiffres\u00a0: il en faut dix, avec l’indicatif régional.',
  ],
  'fault-number_empty': ['Write a telephone number.', 'Écrivez un numéro de téléphone.'],
  'fault-request': [
    'That could not be understood. Nothing was changed.',
    'Cela n’a pas été compris. Rien n’a changé.',
  ],
  'fault-foreign': [
    'This was asked from another page, so nothing was changed. Ask here, on this page.',
    'Cette demande venait d’une autre page; rien n’a changé. Faites-la ici, sur cette page.',
  ],
  'fault-too_many': [
    'There were too many requests. Please wait a little and try again.',
    'Il y a eu trop de demandes. Veuillez attendre un peu et réessayer.',
  ],
  'fault-broken': [
    'Something of ours does not work at the moment. Your callback stays as it was.',
    'Quelque chose ne fonctionne pas chez nous en ce moment. Votre rappel reste tel qu’il était.',
  ],
  'gone-title': ['This link does not work', 'Ce lien ne fonctionne pas'],
  'gone-why': [
    'It may be too old, or not copied whole. Use the link in our newest message, or call us again.',
    'Il est peut-être trop ancien ou incomplet. Utilisez le lien de notre dernier message, ou appelez-nous de nouveau.',
  ],
  // ---- the foot
  'said-survey': ['Thank you for your answers.', 'Merci de vos réponses.'],
  'survey-title': ['How did it go?', 'Comment cela s’est-il passé?'],
  'survey-satisfied': [
    'How satisfied are you, from 1 (very dissatisfied) to 5 (very satisfied)?',
    'Quelle est votre satisfaction, de 1 (très insatisfait) à 5 (très satisfait)?',
  ],
  'survey-again': ['Would you use the callback again?', 'Utiliseriez-vous de nouveau le rappel?'],
  'survey-answered': ['Was your question answered?', 'A-t-on répondu à votre question?'],
  'survey-yes': ['Yes', 'Oui'],
  'survey-no': ['No', 'Non'],
  'survey-private': [
    'Every question may be left out. Your answers are counted with those of others.',
    'Vous pouvez omettre toute question. Vos réponses sont comptées avec celles des autres.',
  ],
  'survey-do': ['Send my answers', 'Envoyer mes réponses'],
  'report-title': [
    'Report a problem or a mistake on this page',
    'Signaler un problème ou une erreur sur cette page',
  ],
  'report-what': ['What is wrong?', 'Qu’est-ce qui ne va pas?'],
  'report-information': ['The information is wrong', 'L’information est erronée'],
  'report-does_not_work': ['Something does not work', 'Quelque chose ne fonctionne pas'],
  'report-words': ['There is a mistake in the words', 'Il y a une faute dans le texte'],
  'report-access': [
    'I cannot read or use it with my device',
    'Je ne peux pas la lire ou l’utiliser avec mon appareil',
  ],
  'report-other': ['Something else', 'Autre chose'],
  'report-do': ['Send', 'Envoyer'],
  'report-private': [
    'We are told which of these you chose, and for which callback. Nothing else is sent.',
    'Nous apprenons lequel vous avez choisi, et pour quel rappel. Rien d’autre n’est envoyé.',
  ],
  modified: ['Date modified', 'Date de modification'],
} as const satisfies Readonly<Record<string, Pair>>;

export type ClientPhrase = keyof typeof CLIENT_PHRASES;
export type ClientSay = (phrase: ClientPhrase, values?: Readonly<Record<string, string | number>>) => string;

export function clientSay(language: Language): ClientSay {
  const column = language === 'fr' ? 1 : 0;
  return (phrase, values = {}) =>
    CLIENT_PHRASES[phrase][column].replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}
