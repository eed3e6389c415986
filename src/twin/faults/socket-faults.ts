// What befalls messages between the program and the exchange, by the plan of the world: events twice, late, in another
// order; requests refused, replies lost; the list of what lives stalled; the fence slow, down, lying, malformed, asked
// twice. What a message is about it does not know.

import type {
  EventTrouble,
  FenceTrouble,
  RequestKind,
  RequestTrouble,
  SocketTrouble,
} from '../../telephony/simulated/trouble.ts';
import type { Random } from '../random.ts';
import type { FaultPlan } from './fault-plan.ts';

const LISTING_MS = [500, 20_000] as const;

/** None of them is `OK` and one E.164 number. */
const GARBAGE = [
  '+1613',
  '911',
  '+1 613 234 5678',
  '16132345678',
  '+1613234567890123',
  'OK',
  '<html>',
  '+161323x5678',
];

export class SocketFaults implements SocketTrouble {
  readonly #plan: FaultPlan;
  readonly #delays: Random;

  constructor(plan: FaultPlan, delays: Random) {
    this.#plan = plan;
    this.#delays = delays;
  }

  event(): EventTrouble {
    if (this.#plan.strikes('event.duplicated')) return 'twice';
    if (this.#plan.strikes('event.late')) return 'late';
    return this.#plan.strikes('event.reordered') ? 'reordered' : 'none';
  }

  request(what: RequestKind): RequestTrouble {
    if (what === 'places' && this.#plan.strikes('request.stalled')) return 'stalled';
    if (this.#plan.strikes('request.reply_lost')) return 'reply_lost';
    if (what !== 'lets_go' && this.#plan.strikes('request.not_found')) return 404;
    if (what !== 'lets_go' && this.#plan.strikes('request.conflict')) return 409;
    return this.#plan.strikes('request.failed') ? 500 : 'none';
  }

  fence(): FenceTrouble {
    if (this.#plan.strikes('fence.slow')) return 'slow';
    if (this.#plan.strikes('fence.down')) return 'down';
    if (this.#plan.strikes('fence.lying')) return 'lying';
    if (this.#plan.strikes('fence.malformed')) return 'malformed';
    return this.#plan.strikes('fence.asked_twice') ? 'asked_twice' : 'none';
  }

  listingMs(): number {
    return this.#plan.strikes('asterisk.listing_stalled') ? this.#delays.between(...LISTING_MS) : 0;
  }

  delayMs(least: number, most: number): number {
    return this.#delays.between(least, most);
  }

  garbage(): string {
    return this.#delays.pick(GARBAGE);
  }
}
