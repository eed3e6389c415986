// Whether a request comes from our own pages. Browsers say where a request comes from (RFC 6454; Fetch Metadata), programs
// say nothing. A cookie counts only for our own pages, whatever the method; what changes something must say so.

import type { FastifyRequest } from 'fastify';

export type Origin = 'own' | 'unsaid' | 'foreign';

export function originOf(request: FastifyRequest): Origin {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined)
    return origin === `${request.protocol}://${request.headers.host}` ? 'own' : 'foreign';
  if (site === undefined) return 'unsaid';
  // `none`: typed into the address bar, or a bookmark.
  return site === 'same-origin' ? 'own' : site === 'none' ? 'unsaid' : 'foreign';
}

/** From this machine, and asked for by a name of it: a page of elsewhere whose name was pointed here is not. */
export function isLoopback(request: FastifyRequest): boolean {
  const isHere = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/.test(request.ip);
  return isHere && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(request.headers.host ?? '');
}

export function isSafe(method: string): boolean {
  return method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
}
