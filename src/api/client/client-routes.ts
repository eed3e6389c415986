// The client's own page, behind a link that nobody guesses: /c/TOKEN, and below /en and /fr. The token is all that gives
// leave, so no cookie is read; a GET changes nothing (programs that look at messages open links), and a POST from a page of
// elsewhere is refused. What can be done is done by the same inputs as on the telephone and over the API: the core
// decides. A link that does not work is answered alike, whatever the reason. No token and no number is logged.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { askedAfter } from '../../core/ask-on-page.ts';
import type { RefusalCode } from '../../core/decision.ts';
import type { CallbackId, Language } from '../../core/id.ts';
import type { OwnerInput } from '../../core/input.ts';
import { isDialable } from '../../core/number.ts';
import type { Engine } from '../../engine/engine.ts';
import type { People } from '../../people/people.ts';
import type { EndedRoom } from '../../records/ended-callbacks.ts';
import type { LinkRoom } from '../../vault/client-links.ts';
import type { App } from '../agents.ts';
import { takeNumber } from '../number-body.ts';
import { isSafe, originOf } from '../origin.ts';
import { clientHeaders } from '../page-headers.ts';
import { languageAsked } from '../pages.ts';
import type { RateLimits } from '../rate-limits.ts';
import {
  type ClientPlace,
  clientPage,
  faultPage,
  gonePage,
  POSTPONE_STEPS,
  REPORTABLE,
  seenOf,
} from './client-html.ts';
import type { ClientPhrase } from './client-phrases.ts';
import { type ClientView, endedView, liveView } from './client-view.ts';

/** Of facts that the client asked for, as on the telephone. */
const CLIENT = 'client';
const FORM_MAX_BYTES = 4 * 1024;
const NUMBER_MAX = 64;
const STYLE = readFileSync(join(import.meta.dirname, 'client.css'));
const STYLE_PATH = `/client-${createHash('sha256').update(STYLE).digest('base64url').slice(0, 12)}.css`;

export type ClientParts = {
  readonly engine: Engine;
  readonly links: Omit<LinkRoom, 'linkOf'>;
  readonly ended: EndedRoom;
  readonly people: Pick<People, 'note'>;
  readonly limits: RateLimits;
  readonly now: () => number;
  readonly log: (line: string) => void;
};

const ACTS = ['postpone', 'number', 'language', 'cancel', 'report', 'survey', 'ask'] as const;
type Act = (typeof ACTS)[number];

const SAID = {
  postpone: 'said-postponed',
  number: 'said-number',
  language: 'said-language',
  cancel: 'said-cancelled',
  report: 'said-reported',
  survey: 'said-survey',
  ask: 'said-asked',
  changed: 'said-changed',
} as const satisfies Record<Act | 'changed', ClientPhrase>;

const open = { config: { isOpen: true }, schema: { hide: true } } as const;

/** In a room of its own, so that forms are understood here and nowhere else. */
export function clientRoutes(app: App, parts: ClientParts): void {
  app.register(async (room) => {
    room.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: FORM_MAX_BYTES },
      (_request, body, done) => done(null, new URLSearchParams(String(body))),
    );
    room.get(STYLE_PATH, open, (_request, reply) =>
      reply
        .type('text/css; charset=utf-8')
        .header('cache-control', 'public, max-age=31536000, immutable')
        .send(STYLE),
    );
    for (const prefix of ['', '/en', '/fr'] as const) {
      // A star takes whatever is below, so that a link cut short or grown long is answered as any other wrong one.
      // A slash at the end is taken off before: nothing behind /c/ is /c.
      for (const method of ['GET', 'POST'] as const)
        for (const url of [`${prefix}/c`, `${prefix}/c/*`])
          room.route({
            ...{ ...open, method, url },
            handler: (request, reply) => answer(request, reply, prefix.slice(1), parts),
          });
    }
    room.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
      const isTheirs = (error.statusCode ?? 500) < 500;
      if (!isTheirs) parts.log(`client's page: ${error.name}`);
      const place = placeOf(languageAsked(request), wayOf(request)[0] ?? '');
      const page = faultPage(place, isTheirs ? 'fault-request' : 'fault-broken');
      return send(reply.code(isTheirs ? 400 : 500), page);
    });
  });
}

async function answer(request: FastifyRequest, reply: FastifyReply, prefix: string, parts: ClientParts) {
  const [token = '', end = '', ...more] = wayOf(request);
  const asked = (prefix === '' ? languageAsked(request) : prefix) as Language;
  const strange = placeOf(asked, token);
  if (await parts.limits.link(request, reply)) return send(reply, faultPage(strange, 'fault-too_many'));
  const linked = await parts.links.callbackOfLink(more.length > 0 ? '' : token);
  // Where the house ended between the callback and its link, the one that was asked for is found all the same.
  const callback = linked === null ? null : (askedAfter(parts.engine.state, linked) ?? linked);
  if (callback === null) return send(reply.code(404), gonePage(placeOf(asked, '')));
  const view = await viewOf(callback, parts);
  const language = prefix === '' ? (view.language ?? asked) : asked;
  const at: Here = { place: placeOf(language, token), view, callback };
  if (isSafe(request.method)) {
    const said = Object.hasOwn(SAID, end) ? SAID[end as keyof typeof SAID] : undefined;
    return send(reply, clientPage({ ...at.place, said }, view));
  }
  if (originOf(request) === 'foreign') return send(reply.code(403), faultPage(at.place, 'fault-foreign'));
  if (await parts.limits.linkChange(reply, String(callback)))
    return send(reply, faultPage(at.place, 'fault-too_many'));
  const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  if (!(ACTS as readonly string[]).includes(end)) return refuse(reply, at, 'fault-request');
  return act(reply, at, end as Act, form, parts);
}

async function viewOf(callback: CallbackId, { engine, ended, now }: ClientParts): Promise<ClientView> {
  const at = now();
  return (
    (await liveView(engine, callback, at)) ??
    endedView(engine, callback, await ended.endedCallback(callback), at)
  );
}

type Here = { readonly place: ClientPlace; readonly view: ClientView; readonly callback: CallbackId };

async function act(reply: FastifyReply, here: Here, what: Act, form: URLSearchParams, parts: ClientParts) {
  const { callback, view } = here;
  if (what === 'report') {
    const which = REPORTABLE.find((one) => one === form.get('what'));
    if (which === undefined) return refuse(reply, here, 'fault-request');
    await parts.people.note({ by: CLIENT, what: 'page.reported', about: `callback ${callback}`, why: which });
    return done(reply, here, what);
  }
  if (what === 'survey') return answerSurvey(reply, here, form, parts);
  if (what === 'ask') return askAgain(reply, here, form, parts);
  // Pressed twice, or on a page of before: what was meant is not known any more.
  const isSeen = what === 'number' || (view.is === 'live' && form.get('seen') === seenOf(view));
  if (view.is === 'ended' || !isSeen) return done(reply, here, 'changed');
  if (what === 'number') return changeNumber(reply, here, form, parts);
  const input = inputOf(what, callback, form, view.languages);
  if (input === null) return refuse(reply, here, 'fault-request');
  const { refused } = await parts.engine.submit(input);
  return refused === null ? done(reply, here, what) : refuse(reply, here, FAULTS[refused] ?? 'fault-request');
}

function inputOf(
  what: Exclude<Act, 'report' | 'number' | 'survey' | 'ask'>,
  callback: CallbackId,
  form: URLSearchParams,
  languages: readonly Language[],
): OwnerInput | null {
  switch (what) {
    case 'cancel':
      return { type: 'callback.cancel', callback, by: CLIENT };
    case 'postpone': {
      const minutes = POSTPONE_STEPS.find((step) => String(step) === form.get('minutes'));
      return minutes === undefined ? null : { type: 'callback.postpone', callback, minutes, by: CLIENT };
    }
    case 'language': {
      const language = languages.find((one) => one === form.get('language'));
      return language === undefined
        ? null
        : { type: 'callback.change_language', callback, language, by: CLIENT };
    }
  }
}

/** For another callback, at the number that was called or at one that is written here. Sent twice, it is one. */
async function askAgain(reply: FastifyReply, here: Here, form: URLSearchParams, parts: ClientParts) {
  const { engine, links } = parts;
  const { callback: after, view } = here;
  if (view.is === 'live' || form.get('seen') !== seenOf(view)) return done(reply, here, 'changed');
  if (view.asking === null) return refuse(reply, here, 'fault-ask_off');
  const typed = { number: form.get('number') ?? '', extension: (form.get('extension') ?? '').trim() };
  const wrong = (fault: ClientPhrase) => refuse(reply, { ...here, place: { ...here.place, typed } }, fault);
  const text = await askedNumber(typed, after, parts);
  if (text === null) return wrong('fault-number_empty');
  if (text.length > NUMBER_MAX || !/^[0-9]{0,8}$/.test(typed.extension)) return wrong('fault-number');
  const number = takeNumber(engine, typed.extension === '' ? { number: text } : { ...typed, number: text });
  if (!isDialable(number)) return wrong('fault-number');
  const { endedAs, line, language } = view.asking;
  const { refused } = await engine.submit({
    ...{ type: 'callback.ask_on_page', after, endedAs, line, language, number },
  });
  if (refused !== null) return wrong(ASK_FAULTS[refused] ?? FAULTS[refused] ?? 'fault-request');
  const asked = askedAfter(engine.state, after);
  const callback = asked === null ? undefined : engine.state.callbacks.get(asked);
  if (callback !== undefined) await links.moveLinks(after, callback.id, callback.numberKey);
  return done(reply, here, 'ask');
}

/** What was written, or the number of before; null: that is not kept any more. */
async function askedNumber(typed: { number: string }, after: CallbackId, { engine, links }: ClientParts) {
  if (typed.number.trim() !== '') return typed.number;
  const numberKey = await links.numberOfLinks(after);
  return numberKey === null ? null : ((await engine.sayNumber(numberKey)) ?? null);
}

/** Why another callback is not to be had; what concerns a number stays with that number's owner. */
const ASK_FAULTS: Partial<Record<RefusalCode, ClientPhrase>> = {
  'callback.ask_off': 'fault-ask_off',
  'callback.not_ended': 'said-changed',
  'callback.source_full': 'fault-number_not_taken',
  'call.line_closed': 'fault-ask_closed',
  'call.line_full': 'fault-ask_full',
  'line.unknown': 'fault-ask_off',
  'callback.language_unknown': 'fault-ask_off',
  'callback.not_begun': 'fault-ask_not_offered',
  'callback.not_in_share': 'fault-ask_not_offered',
  'callback.offering_off': 'fault-ask_not_offered',
  'callback.day_full': 'fault-ask_day_full',
  'callback.pending_full': 'fault-ask_full',
  'callback.too_late': 'fault-ask_too_late',
  'callback.wait_short': 'fault-ask_short',
  'callback.few_ahead': 'fault-ask_short',
};

/** A survey that is over, or was answered meanwhile, is a page of before. */
async function answerSurvey(reply: FastifyReply, here: Here, form: URLSearchParams, { engine }: ClientParts) {
  const { callback, view } = here;
  const questions = view.is === 'ended' ? view.questions : [];
  if (questions.length === 0) return done(reply, here, 'changed');
  const answers = questions.flatMap(({ question }) => {
    const given = form.get(question);
    return given === null ? [] : [{ question, answer: /^[1-9]$/.test(given) ? Number(given) : 0 }];
  });
  if (answers.length === 0) return refuse(reply, here, 'fault-request');
  const { refused } = await engine.submit({ type: 'survey.answer', callback, answers });
  if (refused === 'survey.not_open' || refused === 'survey.answered') return done(reply, here, 'changed');
  return refused === null ? done(reply, here, 'survey') : refuse(reply, here, 'fault-request');
}

async function changeNumber(reply: FastifyReply, here: Here, form: URLSearchParams, { engine }: ClientParts) {
  const typed = { number: form.get('number') ?? '', extension: (form.get('extension') ?? '').trim() };
  const wrong = (fault: ClientPhrase) => refuse(reply, { ...here, place: { ...here.place, typed } }, fault);
  if (typed.number.trim() === '') return wrong('fault-number_empty');
  if (typed.number.length > NUMBER_MAX || !/^[0-9]{0,8}$/.test(typed.extension)) return wrong('fault-number');
  const { number, extension } = typed;
  const taken = takeNumber(engine, extension === '' ? { number } : { number, extension });
  if (!isDialable(taken)) return wrong('fault-number');
  const input = {
    type: 'callback.change_number',
    callback: here.callback,
    number: taken,
    by: CLIENT,
  } as const;
  const { refused } = await engine.submit(input);
  if (refused === null) return done(reply, here, 'number');
  const fault = FAULTS[refused] ?? 'fault-request';
  return fault === 'fault-number_not_taken' ? wrong(fault) : refuse(reply, here, fault);
}

/** That a number is barred, or has a callback of its own, is somebody else's business: these four are one to the client. */
const FAULTS: Partial<Record<RefusalCode, ClientPhrase>> = {
  'callback.unknown': 'said-changed',
  'callback.being_served': 'fault-being_served',
  'callback.no_opening': 'fault-no_opening',
  'callback.never_call': 'fault-number_not_taken',
  'callback.cooldown': 'fault-number_not_taken',
  'callback.number_full': 'fault-number_not_taken',
  'callback.number_taken': 'fault-number_not_taken',
};

/** To a page that may be loaded again without asking twice. */
function done(reply: FastifyReply, { place }: Here, what: keyof typeof SAID) {
  return reply.headers(clientHeaders()).redirect(`${place.path}/${what}`, 303);
}

function refuse(reply: FastifyReply, { place, view }: Here, fault: ClientPhrase) {
  return send(reply.code(422), clientPage({ ...place, fault }, view));
}

function send(reply: FastifyReply, page: string) {
  return reply.headers(clientHeaders()).type('text/html; charset=utf-8').send(page);
}

/** What stands behind /c/: the token, and perhaps what was asked for or came of it. */
function wayOf(request: FastifyRequest): string[] {
  return String((request.params as { readonly '*'?: string })['*'] ?? '').split('/');
}

/** A token that is none is not given back. The language stands in the address: it holds when the callback has ended. */
function placeOf(language: Language, token: string): ClientPlace {
  const rest = /^[A-Za-z0-9_-]{1,64}$/.test(token) ? token : '-';
  const other = language === 'en' ? 'fr' : 'en';
  return {
    path: `/${language}/c/${rest}`,
    otherPath: `/${other}/c/${rest}`,
    language,
    style: STYLE_PATH,
  };
}
