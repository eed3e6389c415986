// The numbers of the twin's citizens: valid ones of one Canadian area code, each given once; and a way to see whether a
// text has one of them in it, however it is written.

import { assert } from '../../core/assert.ts';

const AREA = '613';
const PER_EXCHANGE = 10_000;

/** Exchanges that are people's: no N11, no 555, no 976. */
const EXCHANGES = Array.from({ length: 800 }, (_, i) => i + 200).filter(
  (exchange) => exchange % 100 !== 11 && exchange !== 555 && exchange !== 976,
);

export class Numbers {
  readonly #given = new Set<string>();
  #count = 0;

  /** E.164. */
  next(): string {
    const exchange = EXCHANGES[Math.floor(this.#count / PER_EXCHANGE)];
    assert(exchange !== undefined, 'there are numbers left');
    const digits = `${AREA}${exchange}${String(this.#count % PER_EXCHANGE).padStart(4, '0')}`;
    this.#count += 1;
    this.#given.add(digits);
    return `+1${digits}`;
  }

  isIn(text: string): boolean {
    if (text.length < 10) return false;
    for (let at = text.indexOf(AREA); at >= 0; at = text.indexOf(AREA, at + 1))
      if (this.#given.has(text.slice(at, at + 10))) return true;
    return false;
  }
}
