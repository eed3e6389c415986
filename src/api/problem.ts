// One shape for everything that went wrong: problem+json (RFC 9457). `code` is stable and stands in docs/errors.md.

import type { FastifyReply } from 'fastify';

export function problem(
  reply: FastifyReply,
  status: number,
  code: string,
  detail: string,
  more: object = {},
) {
  return reply
    .code(status)
    .header('content-type', 'application/problem+json')
    .send({ type: `urn:rappel:${code}`, title: code, status, code, detail, ...more });
}
