// The average over time of something that goes up and down by whole numbers, from the moment at which counting begins to
// the one at which it ends.

export class TimeMean {
  #value = 0;
  #area = 0;
  #since = 0;
  #from = 0;
  #to = Number.POSITIVE_INFINITY;

  add(by: number, at: number): void {
    if (at < this.#to) {
      this.#area += this.#value * (at - this.#since);
      this.#since = at;
    }
    this.#value += by;
  }

  begin(at: number): void {
    this.#area = 0;
    this.#since = at;
    this.#from = at;
  }

  end(at: number): void {
    this.#area += this.#value * (at - this.#since);
    this.#since = at;
    this.#to = at;
  }

  get mean(): number {
    const spanMs = this.#since - this.#from;
    return spanMs <= 0 ? 0 : this.#area / spanMs;
  }
}
