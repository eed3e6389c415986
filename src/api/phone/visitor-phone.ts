// A citizen's phone in a page, in the demonstration only: anybody who opens it is lent a number of the demonstration's
// carrier, which that browser keeps (a cookie says so) while it uses it. The centre sees a call from its trunk and calls
// back over its trunk, through the fence: it does not know that a page is at the other end.

import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../agents.ts';
import { VISITOR_LINE, VISITOR_PHONE } from '../answer-shapes.ts';
import { refuseForeign } from '../gate.ts';
import { originOf } from '../origin.ts';
import { problem } from '../problem.ts';
import type { RateLimits } from '../rate-limits.ts';
import { LentLines, type LineBook } from './lent-lines.ts';

/** The carrier of a demonstration: its lines are named by their number. */
export type Carrier = LineBook & {
  readonly numbers: readonly string[];
  /** What to dial. */
  readonly centre: string;
};

const PATH = '/api/v1/phone';
const COOKIE = 'rappel-phone';
/** A number stays a browser's for so long after its page was last joined: a callback may still be on its way. */
const KEEP_MS = 30 * 60_000;

export type VisitorParts = { readonly limits: RateLimits; readonly now: () => number };

export function visitorPhoneRoutes(app: App, carrier: Carrier | undefined, parts: VisitorParts): void {
  const book = carrier === undefined ? undefined : new NumberBook(carrier, parts.now);
  app.addHook('preClose', async () => book?.lines.endAll());
  app.get(PATH, { schema: { response: VISITOR_PHONE } }, (_request, reply) =>
    carrier === undefined ? refuseHere(reply) : { centre: carrier.centre },
  );
  app.post(PATH, { schema: { response: VISITOR_LINE } }, async (request, reply) => {
    if (originOf(request) === 'foreign') return refuseForeign(reply);
    if (await parts.limits.stranger(request, reply)) return reply;
    if (carrier === undefined || book === undefined) return refuseHere(reply);
    const token = tokenOf(request) ?? randomBytes(24).toString('base64url');
    const number = book.numberFor(token);
    if (number === undefined)
      return problem(reply, 503, 'phone.all_lent', 'every number is in use; try again in half an hour');
    const password = await book.lines.lend(number);
    if (password === null)
      return problem(reply, 503, 'phone.not_ready', 'the telephone network is not there yet; try again');
    const secure = request.protocol === 'https';
    reply.setCookie(COOKIE, token, { httpOnly: true, sameSite: 'strict', path: PATH, secure });
    const { centre } = carrier;
    return { number, centre, user: carrier.userOf(number), password, path: `${PATH}/sip` };
  });
  app.get(`${PATH}/sip`, { websocket: true }, (socket, request) => {
    const number = book?.numberOf(tokenOf(request));
    if (originOf(request) === 'foreign' || book === undefined || number === undefined) socket.close();
    else book.lines.join(number, socket);
  });
}

function refuseHere(reply: FastifyReply) {
  return problem(
    reply,
    404,
    'phone.not_here',
    'this phone belongs to the demonstration ("npm start"); call this centre by telephone',
  );
}

function tokenOf(request: FastifyRequest): string | undefined {
  const token = request.cookies[COOKIE];
  return token !== undefined && /^[\w-]{32}$/.test(token) ? token : undefined;
}

type Lent = { readonly number: string; usedAt: number };

/** Whose number is whose. */
class NumberBook {
  readonly lines: LentLines;
  readonly #carrier: Carrier;
  readonly #now: () => number;
  /** By the hash of what the browser keeps; at most as many as there are numbers. */
  readonly #lent = new Map<string, Lent>();

  constructor(carrier: Carrier, now: () => number) {
    this.#carrier = carrier;
    this.#now = now;
    this.lines = new LentLines(carrier, (number) => {
      for (const lent of this.#lent.values()) if (lent.number === number) lent.usedAt = now();
    });
  }

  numberOf(token: string | undefined): string | undefined {
    return token === undefined ? undefined : this.#lent.get(hashOf(token))?.number;
  }

  /** The browser's own, or one that is free; undefined: there is none. */
  numberFor(token: string): string | undefined {
    const mine = this.numberOf(token);
    if (mine !== undefined) return mine;
    for (const [key, { number, usedAt }] of this.#lent)
      if (!this.lines.isLent(number) && this.#now() - usedAt > KEEP_MS) this.#lent.delete(key);
    const taken = new Set([...this.#lent.values()].map(({ number }) => number));
    const number = this.#carrier.numbers.find((one) => !taken.has(one));
    if (number !== undefined) this.#lent.set(hashOf(token), { number, usedAt: this.#now() });
    return number;
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}
