// One line at the foot of a terminal that says how far something long has come, how fast it goes, and how much longer it
// will take. On standard error, and only where that is a terminal: in a file or a pipe it would be noise.

const EVERY_MS = 200;
const BAR = 30;

export class ProgressBar {
  readonly #what: string;
  readonly #startedAt = performance.now();
  readonly #isShown: boolean;
  #drawnAt = 0;

  /** `what`: of what so many were done, such as `calls`. */
  constructor(what: string, isShown = process.stderr.isTTY === true) {
    this.#what = what;
    this.#isShown = isShown;
  }

  /** `share`: of all, 0 to 1. */
  show(done: number, share: number): void {
    if (!this.#isShown) return;
    const now = performance.now();
    if (now - this.#drawnAt < EVERY_MS) return;
    this.#drawnAt = now;
    process.stderr.write(`\r${barText(this.#what, done, share, now - this.#startedAt)}\x1b[K`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#isShown) process.stderr.write('\r\x1b[K');
  }
}

/** `elapsedMs`: since the beginning. */
export function barText(what: string, done: number, share: number, elapsedMs: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR);
  const bar = `[${'#'.repeat(full)}${' '.repeat(BAR - full)}]`;
  const rate = elapsedMs > 0 ? Math.round((done * 1_000) / elapsedMs) : 0;
  const left = share > 0 ? `, ${timeText((elapsedMs * (1 - share)) / share)} left` : '';
  return `${bar} ${Math.floor(share * 100)} %, ${rate} ${what}/s${left}`;
}

function timeText(ms: number): string {
  const seconds = Math.ceil(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} min ${seconds % 60} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
