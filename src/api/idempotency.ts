// The header Idempotency-Key on whatever changes something: the first answer is kept for a day and given again, marked as
// such. Asked with the same key and another body it is refused; an error of ours frees the key. After the IETF draft
// "The Idempotency-Key HTTP Header Field".

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GivenAnswers } from '../people/answers.ts';
import type { App } from './agents.ts';
import { byOf } from './identity.ts';
import { isSafe } from './origin.ts';
import { problem } from './problem.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Under which the answer is to be kept. */
    answerKey: string | null;
  }
}

const KEY = /^[\x21-\x7e]{1,128}$/;

export function keepAnswers(app: App, answers: GivenAnswers): void {
  app.decorateRequest('answerKey', null);
  app.addHook('preHandler', async (request, reply) => {
    const given = request.headers['idempotency-key'];
    if (given === undefined || isSafe(request.method) || request.identity === null) return;
    // Who signs in or out is told so by a cookie, which is not given twice.
    if (request.url.startsWith('/api/v1/sign-in')) return;
    // Its answer would be kept under the hash of what an agent felt; given twice, it is refused.
    if (/^\/api\/v1\/agents\/[^/]+\/tone(\?|$)/.test(request.url)) return;
    // Kept twice it is the same; its hash would be kept outside of the vault.
    if (/^\/api\/v1\/callbacks\/[^/]+\/email(\?|$)/.test(request.url)) return;
    // A password is given once, and kept by nobody.
    if (/^\/api\/v1\/(agents\/[^/]+\/)?phone(\?|$)/.test(request.url)) return;
    // What is held on a person is looked up anew each time, and kept nowhere else.
    if (request.url.startsWith('/api/v1/persons/')) return;
    // Nothing comes of a check, and what it says has the whole configuration in it.
    if (request.url.startsWith('/api/v1/configuration/check')) return;
    if (typeof given !== 'string' || !KEY.test(given)) {
      await problem(
        reply,
        400,
        'request.invalid',
        'an Idempotency-Key has 1 to 128 visible ASCII signs; correct it',
      );
      return;
    }
    await claim(request, reply, answers, given);
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const { answerKey } = request;
    if (answerKey === null) return payload;
    request.answerKey = null;
    if (reply.statusCode >= 500 || typeof payload !== 'string') await answers.drop(answerKey);
    else {
      const type = String(reply.getHeader('content-type') ?? 'application/json');
      await answers.keep(answerKey, { status: reply.statusCode, type, body: payload });
    }
    return payload;
  });
}

async function claim(
  request: FastifyRequest,
  reply: FastifyReply,
  answers: GivenAnswers,
  given: string,
): Promise<void> {
  const found = await answers.claim(byOf(request), given, textOf(request));
  switch (found.is) {
    case 'free':
      request.answerKey = found.key;
      return;
    case 'answered': {
      const { status, type, body } = found.answer;
      await reply.code(status).header('content-type', type).header('idempotency-replayed', 'true').send(body);
      return;
    }
    case 'other_request':
      await problem(
        reply,
        422,
        'request.key_reused',
        'this Idempotency-Key was used for another request; take a new one for each',
      );
      return;
    case 'unanswered':
      await problem(
        reply,
        409,
        'request.unanswered',
        'this request is being answered, or its answer was lost; look whether it was done, then take a new key',
      );
  }
}

function textOf({ method, url, body }: FastifyRequest): string {
  return JSON.stringify([method, url, body ?? null]);
}
