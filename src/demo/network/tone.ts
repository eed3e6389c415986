// Tones: how one end makes its own and how the other finds it. Every end of a call sends a pure tone of its own
// frequency, so that "these two hear each other" is something that is measured and not believed. Sound is A-law, 8000
// samples a second, as on the wire (ITU-T G.711). Pure: no clock and no wire in here.

export const SAMPLES_PER_SECOND = 8000;

/** Sound is judged in blocks of this length; tones that differ by 1 / BLOCK_MS do not disturb each other. */
export const BLOCK_MS = 100;
const BLOCK_SAMPLES = (SAMPLES_PER_SECOND * BLOCK_MS) / 1000;

const AMPLITUDE = 8000;
/** Below this root mean square, of 32768, a block is silence: A-law's own noise is under 10. */
const SILENCE_RMS = 100;
/** A block in which this part of the power is one tone is that tone. */
const TONE_SHARE = 0.7;
/** Of two people at once each has this part at least, and nearly all of it is theirs: music and speech are not. */
const EACH_OF_TWO_SHARE = 0.25;
const BOTH_SHARE = 0.85;

/** The tones that may be lent: all whole multiples of 10 Hz, within what a telephone carries. */
const LOWEST_HZ = 400;
const HIGHEST_HZ = 3200;
const STEP_HZ = 20;

/** Lends a frequency to each end of a live call, the one that rested longest first. */
export class ToneShelf {
  readonly #free: number[] = [];
  readonly #lent = new Set<number>();

  constructor() {
    for (let hz = LOWEST_HZ; hz <= HIGHEST_HZ; hz += STEP_HZ) this.#free.push(hz);
  }

  get lent(): ReadonlySet<number> {
    return this.#lent;
  }

  /** 0, which is no tone at all, when all are lent: such a call is silent. */
  take(): number {
    const hz = this.#free.shift() ?? 0;
    if (hz > 0) this.#lent.add(hz);
    return hz;
  }

  giveBack(hz: number): void {
    if (this.#lent.delete(hz)) this.#free.push(hz);
  }
}

/** One second of a tone. The frequency is a whole number of Hz, so seconds follow each other without a click. */
export function toneSecond(hz: number): Buffer {
  const samples = Buffer.alloc(SAMPLES_PER_SECOND);
  for (let i = 0; i < samples.length; i += 1) {
    samples[i] = encodeSample(Math.round(AMPLITUDE * Math.sin((2 * Math.PI * hz * i) / SAMPLES_PER_SECOND)));
  }
  return samples;
}

export type BlockHeard = {
  /** Any sound at all. */
  readonly sound: boolean;
  /** The tone that this block is, of those asked for; or the two, where two people are heard at once. */
  readonly tonesHz: readonly number[];
};

/** Cuts a stream of A-law into blocks and judges each. */
export class Ear {
  readonly #block = new Int16Array(BLOCK_SAMPLES);
  #filled = 0;

  /** Calls `each` for every block that these bytes complete. */
  listen(bytes: Uint8Array, wanted: Iterable<number>, each: (heard: BlockHeard) => void): void {
    for (const byte of bytes) {
      this.#block[this.#filled] = DECODED[byte]!;
      this.#filled += 1;
      if (this.#filled < BLOCK_SAMPLES) continue;
      this.#filled = 0;
      each(judge(this.#block, wanted));
    }
  }
}

function judge(block: Int16Array, wanted: Iterable<number>): BlockHeard {
  let power = 0;
  for (const sample of block) power += sample * sample;
  power /= block.length;
  if (power < SILENCE_RMS * SILENCE_RMS) return { sound: false, tonesHz: [] };
  const found: { readonly hz: number; readonly share: number }[] = [];
  for (const hz of wanted) {
    const share = tonePower(block, hz) / power;
    if (share > TONE_SHARE) return { sound: true, tonesHz: [hz] };
    if (share > EACH_OF_TWO_SHARE) found.push({ hz, share });
  }
  const areTwo = found.length === 2 && found.reduce((sum, { share }) => sum + share, 0) > BOTH_SHARE;
  return { sound: true, tonesHz: areTwo ? found.map(({ hz }) => hz) : [] };
}

/** Goertzel (1958): the mean power of one frequency in a block, in the unit of the samples squared. */
function tonePower(block: Int16Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / SAMPLES_PER_SECOND);
  let last = 0;
  let before = 0;
  for (const sample of block) {
    const next = sample + coefficient * last - before;
    before = last;
    last = next;
  }
  const squared = last * last + before * before - coefficient * last * before;
  return (2 * squared) / (block.length * block.length);
}

/** G.711 A-law, table 1a: sign, three bits of segment, four of step, every other bit inverted. */
function decodeByte(byte: number): number {
  const code = byte ^ 0x55;
  const segment = (code >> 4) & 7;
  const step = ((code & 15) << 4) + 8;
  const magnitude = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return code & 0x80 ? magnitude : -magnitude;
}

const DECODED = Int16Array.from({ length: 256 }, (_, byte) => decodeByte(byte));

export function encodeSample(sample: number): number {
  const magnitude = Math.min(Math.abs(sample), 32767);
  // The segment is the place of the highest bit, counted from the ninth.
  const segment = Math.max(0, 23 - Math.clz32(magnitude | 0xff) + 1);
  const step = (segment === 0 ? magnitude >> 4 : magnitude >> (segment + 3)) & 15;
  const code = (segment << 4) | step;
  return (sample >= 0 ? code | 0x80 : code) ^ 0x55;
}

export function decodeSample(byte: number): number {
  return DECODED[byte]!;
}
