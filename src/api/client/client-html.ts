// The client's page as HTML: made on our side, whole without a script, every text escaped by the tag `html`. What can be
// done is a form, one for each act; what is seldom wanted is folded away. It must not know how an act is carried out, nor
// what a link is.

import type { Language } from '../../core/id.ts';
import { type ClientPhrase, type ClientSay, clientSay } from './client-phrases.ts';
import { writeMoment, writeTime } from './client-time.ts';
import type { ClientView, EndedClientView, LiveClientView } from './client-view.ts';
import { type Html, html, type Part } from './html.ts';

/** By whoever changes words or order of this page. */
export const PAGE_MODIFIED = '2026-11-27';

/** In minutes; as far as one would wait on the same day. */
export const POSTPONE_STEPS = [10, 30, 60, 120, 240] as const;

export const REPORTABLE = ['information', 'does_not_work', 'words', 'access', 'other'] as const;

/** Where the page is, and what came of what was asked of it last. */
export type ClientPlace = {
  /** `/en/c/TOKEN`, without an end. */
  readonly path: string;
  readonly otherPath: string;
  readonly language: Language;
  readonly style: string;
  readonly said?: ClientPhrase | undefined;
  readonly fault?: ClientPhrase | undefined;
  /** What was typed and not taken. */
  readonly typed?: { readonly number: string; readonly extension: string } | undefined;
};

export function clientPage(place: ClientPlace, view: ClientView): string {
  const say = clientSay(place.language);
  return shell(
    place,
    say('title'),
    html`${notes(place, say)}${view.is === 'live' ? livePart(place, view, say) : html`${endedPart(view, say)}${askPart(place, view, say)}${surveyPart(place, view, say)}`}
${reportPart(place, view, say)}`,
  );
}

/** The same for every link that does not work, whatever the reason. */
export function gonePage(place: ClientPlace): string {
  const say = clientSay(place.language);
  return shell(place, say('gone-title'), html`<section><p>${say('gone-why')}</p></section>`);
}

/** Nothing of a callback is in it: too many requests, a page of elsewhere, an error of ours. */
export function faultPage(place: ClientPlace, fault: ClientPhrase): string {
  const say = clientSay(place.language);
  const body = html`<section><p>${say(fault)}</p><p><a class="button" href="${place.path}">${say('again')}</a></p></section>`;
  return shell(place, say('problem_title'), body);
}

function shell({ language, otherPath, style }: ClientPlace, title: string, body: Html): string {
  const say = clientSay(language);
  const other = language === 'en' ? 'fr' : 'en';
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow, noarchive">
<meta name="format-detection" content="telephone=no">
<title>${title} – Rappel</title>
<link rel="stylesheet" href="${style}">
<link rel="icon" href="/icon.svg" type="image/svg+xml">
</head>
<body>
<a class="skip" href="#main">${say('skip')}</a>
<header><strong>Rappel</strong><a href="${otherPath}" lang="${other}" hreflang="${other}">${say('other')}</a></header>
<main id="main" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
<footer><p class="soft">${say('modified')} <time datetime="${PAGE_MODIFIED}">${PAGE_MODIFIED}</time></p></footer>
</body>
</html>
`.text;
}

function notes({ said, fault, typed }: ClientPlace, say: ClientSay): Part {
  if (said !== undefined) return html`<div class="note good" role="status"><p>${say(said)}</p></div>`;
  if (fault === undefined) return '';
  const words = typed === undefined ? say(fault) : html`<a href="#number">${say(fault)}</a>`;
  return html`<div class="note bad" role="alert"><h2>${say('problem_title')}</h2><p>${words}</p></div>`;
}

function livePart(place: ClientPlace, view: LiveClientView, say: ClientSay): Html {
  const { language, path } = place;
  const { state, now, timeZone, window, notBeforeAt } = view;
  const isInLine = state === 'waiting' || state === 'retry' || state === 'scheduled';
  const time = (at: number) => writeTime(at, now, timeZone, language);
  const lead: ClientPhrase = state === 'waiting' && view.rank === 1 ? 'state-next' : `state-${state}`;
  const lines: Part[] = [];
  if (isInLine && state !== 'waiting') lines.push(html`<p>${say('state-waiting', { rank: view.rank })}</p>`);
  if (isInLine && view.isPaused) lines.push(html`<p class="warn">${say('paused')}</p>`);
  if (notBeforeAt !== null) lines.push(html`<p>${say('not_before', { time: time(notBeforeAt) })}</p>`);
  if (isInLine && window !== null) {
    const span = { from: time(window.fromAt), to: time(window.toAt) };
    lines.push(html`<p><strong>${say('window', span)}</strong></p><p class="soft">${say('window-note')}</p>`);
  } else if (isInLine && !view.isPaused) lines.push(html`<p>${say('window-unknown')}</p>`);
  return html`<section class="stand" aria-live="off">
<p class="lead">${say(lead, { rank: view.rank })}</p>
${lines}<p><a class="button" href="${path}">${say('again')}</a></p>
</section>
${isInLine ? acts(place, view, say) : ''}
${particulars(view, language, say)}`;
}

function particulars(view: LiveClientView, language: Language, say: ClientSay): Html {
  const { now, timeZone } = view;
  const rows: (readonly [ClientPhrase, Part])[] = [
    ['fact-line', view.line[language]],
    ['fact-reference', view.reference],
    ['fact-language', say(`language-${view.language}`)],
  ];
  if (view.lastDigits !== undefined)
    rows.push(['fact-number', say('fact-ending', { digits: view.lastDigits })]);
  if (view.code !== null) rows.push(['fact-code', view.code]);
  rows.push(['fact-asked', writeTime(view.registeredAt, now, timeZone, language)]);
  if (view.tries > 0) rows.push(['fact-tries', say('fact-tries_of', { n: view.tries, most: view.triesMax })]);
  rows.push(['fact-now', writeTime(now, now, timeZone, language)]);
  return html`<section><h2>${say('fact-title')}</h2>
<dl>${rows.map(([name, value]) => html`<dt>${say(name)}</dt><dd>${value}</dd>`)}</dl></section>`;
}

/** What is seen is sent along, so that the same button pressed twice does nothing twice. */
function seenField(view: ClientView): Html {
  return html`<input type="hidden" name="seen" value="${seenOf(view)}">`;
}

export function seenOf(view: ClientView): string {
  if (view.is === 'ended') return `ended ${view.reference}`;
  const { state, notBeforeAt, language } = view;
  return `${state} ${state === 'scheduled' ? (notBeforeAt ?? 0) : 0} ${language}`;
}

function acts(place: ClientPlace, view: LiveClientView, say: ClientSay): Html {
  const { path, typed } = place;
  return html`<section><h2>${say('act-title')}</h2>
<details><summary>${say('postpone-title')}</summary>
<form method="post" action="${path}/postpone">${seenField(view)}<p>${say('postpone-why')}</p>
<div class="steps">${POSTPONE_STEPS.map((n) => html`<button name="minutes" value="${n}">${stepName(n, say)}</button>`)}</div></form></details>
<details${typed === undefined ? '' : html` open`}><summary>${say('number-title')}</summary>
${numberForm(place, say)}</details>
${languageForm(place, view, say)}
<details><summary>${say('cancel-title')}</summary>
<form method="post" action="${path}/cancel">${seenField(view)}<p>${say('cancel-why')}</p>
<button class="away">${say('cancel-do')}</button></form></details>
</section>`;
}

function stepName(minutes: number, say: ClientSay): string {
  if (minutes < 60) return say('postpone-minutes', { n: minutes });
  return minutes === 60 ? say('postpone-hour') : say('postpone-hours', { n: minutes / 60 });
}

function numberForm(place: ClientPlace, say: ClientSay): Html {
  return html`<form method="post" action="${place.path}/number" novalidate>
${numberFields(place, say, true)}
<button class="main">${say('number-do')}</button></form>`;
}

function numberFields({ typed, fault }: ClientPlace, say: ClientSay, isWanted: boolean): Html {
  const wrong =
    typed === undefined || fault === undefined
      ? ''
      : html`<p id="number-wrong"><strong>${say(fault)}</strong></p>`;
  const invalid = wrong === '' ? '' : html` aria-invalid="true"`;
  const described = wrong === '' ? 'number-hint' : 'number-wrong number-hint';
  const required = isWanted ? html` required` : '';
  return html`<div class="field"><label for="number">${say('number-label')}</label><p class="soft" id="number-hint">${say('number-hint')}</p>${wrong}
<input id="number" name="number" type="tel" autocomplete="tel" inputmode="tel" maxlength="64"${required} aria-describedby="${described}"${invalid} value="${typed?.number ?? ''}"></div>
<div class="field"><label for="extension">${say('number-extension')}</label>
<input id="extension" name="extension" type="text" inputmode="numeric" autocomplete="tel-extension" maxlength="8" value="${typed?.extension ?? ''}"></div>`;
}

function languageForm({ path }: ClientPlace, view: LiveClientView, say: ClientSay): Part {
  const other = view.languages.find((one) => one !== view.language);
  if (other === undefined) return '';
  return html`<details><summary>${say('language-title')}</summary>
<form method="post" action="${path}/language">${seenField(view)}<button name="language" value="${other}">${say(`language-to_${other}`)}</button></form></details>`;
}

function endedPart({ as, reference }: EndedClientView, say: ClientSay): Html {
  const again = as === 'connected' ? '' : html`<p>${say('ended-call')}</p>`;
  return html`<section class="stand"><p class="lead">${say(`ended-${as}`)}</p>${again}
<p class="soft">${say('fact-reference')} ${reference}</p></section>`;
}

/** Where the owners allow it: another callback, by the rules of the telephone; what would be told there is told here. */
function askPart(place: ClientPlace, view: EndedClientView, say: ClientSay): Html {
  const { asking, now, timeZone } = view;
  if (asking === null) return html``;
  const { language, path, typed } = place;
  const time = (at: number) => writeTime(at, now, timeZone, language);
  const told =
    asking.window === null
      ? say('window-unknown')
      : say('ask-window', { from: time(asking.window.fromAt), to: time(asking.window.toAt) });
  return html`<section><h2>${say('ask-title')}</h2>
<p>${say('ask-why')}</p><p><strong>${told}</strong></p>
<form method="post" action="${path}/ask" novalidate>${seenField(view)}
<details${typed === undefined ? '' : html` open`}><summary>${say('ask-number')}</summary>
${numberFields(place, say, false)}</details>
<button class="main">${say('ask-do')}</button></form></section>`;
}

/** The first answer is not chosen beforehand: whoever leaves a question out has not answered it. */
function surveyPart({ path }: ClientPlace, { questions }: EndedClientView, say: ClientSay): Html {
  if (questions.length === 0) return html``;
  const asked = questions.map(({ question, answerMax }) => {
    const choices = Array.from({ length: answerMax }, (_, i) => {
      const word = answerMax === 2 ? (i === 0 ? say('survey-yes') : say('survey-no')) : String(i + 1);
      return html`<label class="radio"><input type="radio" name="${question}" value="${i + 1}"> ${word}</label>`;
    });
    return html`<fieldset><legend>${say(`survey-${question}`)}</legend>${choices}</fieldset>`;
  });
  return html`<section><h2>${say('survey-title')}</h2>
<form method="post" action="${path}/survey">${asked}<p class="soft">${say('survey-private')}</p><button>${say('survey-do')}</button></form></section>`;
}

function reportPart({ path, language }: ClientPlace, { now, timeZone }: ClientView, say: ClientSay): Html {
  const choices = REPORTABLE.map(
    (what, i) =>
      html`<label class="radio"><input type="radio" name="what" value="${what}"${i === 0 ? html` checked` : ''}> ${say(`report-${what}`)}</label>`,
  );
  return html`<details class="report"><summary>${say('report-title')}</summary>
<form method="post" action="${path}/report"><fieldset><legend>${say('report-what')}</legend>${choices}</fieldset>
<p class="soft">${say('report-private')}</p><button>${say('report-do')}</button></form></details>
<p class="unseen">${say('fact-now')} ${writeMoment(now, timeZone, language)}</p>`;
}
