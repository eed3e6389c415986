// How often somebody may ask: by account or token once they are recognised, by the address they come from before. A page
// that is full of live numbers never comes near it. Refused with the time to wait (RFC 9110, Retry-After). In memory, as
// the delays after wrong passwords, which are kept, are another thing.

import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { problem } from './problem.ts';

export type Limits = {
  readonly perCallerPerMinute: number;
  readonly strangersPerMinute: number;
  readonly signInsPerMinute: number;
  /** Of one source, links that work and links that do not. */
  readonly linksPerMinute: number;
  /** Asked for by one link. */
  readonly linkChangesPerHour: number;
};

export const LIMITS: Limits = {
  ...{ perCallerPerMinute: 1_200, strangersPerMinute: 300, signInsPerMinute: 30 },
  ...{ linksPerMinute: 120, linkChangesPerHour: 40 },
};
const MINUTE_S = 60;
const HOUR_S = 3_600;

export class RateLimits {
  readonly #callers: RateLimiterMemory;
  readonly #strangers: RateLimiterMemory;
  readonly #signIns: RateLimiterMemory;
  readonly #links: RateLimiterMemory;
  readonly #linkChanges: RateLimiterMemory;

  constructor(limits: Limits = LIMITS) {
    const limiter = (points: number, duration = MINUTE_S) => new RateLimiterMemory({ points, duration });
    this.#callers = limiter(limits.perCallerPerMinute);
    this.#strangers = limiter(limits.strangersPerMinute);
    this.#signIns = limiter(limits.signInsPerMinute);
    this.#links = limiter(limits.linksPerMinute);
    this.#linkChanges = limiter(limits.linkChangesPerHour, HOUR_S);
  }

  /** True: refused, and answered. The start token is not limited: whoever has it has the machine. */
  caller(reply: FastifyReply, by: string): Promise<boolean> {
    return refused(this.#callers, by, reply);
  }

  stranger(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return refused(this.#strangers, sourceOf(request.ip), reply);
  }

  signIn(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return refused(this.#signIns, sourceOf(request.ip), reply);
  }

  /** True: refused; status and the time to wait are set, and the page is the asker's. */
  link(request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    return isOver(this.#links, sourceOf(request.ip), reply);
  }

  /** As `link`, by the callback that a link leads to. */
  linkChange(reply: FastifyReply, callback: string): Promise<boolean> {
    return isOver(this.#linkChanges, callback, reply);
  }
}

async function refused(limiter: RateLimiterMemory, key: string, reply: FastifyReply): Promise<boolean> {
  try {
    await limiter.consume(key);
    return false;
  } catch (over) {
    await tooMany(reply, (over as RateLimiterRes).msBeforeNext);
    return true;
  }
}

async function isOver(limiter: RateLimiterMemory, key: string, reply: FastifyReply): Promise<boolean> {
  try {
    await limiter.consume(key);
    return false;
  } catch (over) {
    reply.code(429).header('retry-after', secondsOf((over as RateLimiterRes).msBeforeNext));
    return true;
  }
}

function secondsOf(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1_000));
}

export function tooMany(reply: FastifyReply, waitMs: number) {
  const seconds = secondsOf(waitMs);
  return problem(
    reply.header('retry-after', seconds),
    429,
    'request.too_many',
    `too many requests, or wrong passwords; try again in ${seconds} s`,
  );
}

/** An IPv6 network of 64 bits is one household: its addresses are one source. */
export function sourceOf(ip: string): string {
  const plain = ip.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const before = head.split(':').filter(Boolean);
  const after = tail === undefined ? [] : tail.split(':').filter(Boolean);
  const gap = Array.from({ length: Math.max(0, 8 - before.length - after.length) }, () => '0');
  return [...before, ...gap, ...after].slice(0, 4).join(':');
}
