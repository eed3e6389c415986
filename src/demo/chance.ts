// Seeded chance: the same seed gives the same people with the same wishes, whatever the machine does meanwhile. Each
// person gets a stream of their own, so that one who is slow does not change the others.

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A stream of its own, that depends on nothing but the seed and this number. */
  static of(seed: number, n: number): Chance {
    const chance = new Chance(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(n + 1, 0xc2b2ae35));
    chance.unit();
    return chance;
  }

  /** At least 0, under 1. Splitmix with 32 bits (Steele, Lea, Flood 2014). */
  unit(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  }

  between(least: number, most: number): number {
    return least + this.unit() * (most - least);
  }

  isLikely(share: number): boolean {
    return this.unit() < share;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[Math.floor(this.unit() * choices.length)]!;
  }

  /** Exponentially distributed: the time to the next arrival, or what patience lasts. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit());
  }
}
