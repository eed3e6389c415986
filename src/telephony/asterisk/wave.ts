// WAV files as Asterisk wants them: plain PCM16, 8 kHz, mono. Anything else (float samples, an extensible header,
// 44.1 kHz) it plays as silence and says nothing, so files are looked at before a caller hears them. Only samples and
// levels here: which file says what stands in prompts.ts.

export const SAMPLE_RATE = 8_000;
const HEADER_BYTES = 44;
const FULL_SCALE = 32_768;
const FRAME_SAMPLES = SAMPLE_RATE / 50;
/** Frames below this are pauses: they say nothing of how loud the speech is. */
const SPEECH_FLOOR_DBFS = -45;

export type WaveFault = { readonly fault: string };

/** The samples of a WAV file, or in plain words what is wrong with it. */
export function readWave(bytes: Uint8Array): Int16Array | WaveFault {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER_BYTES || textAt(view, 0) !== 'RIFF' || textAt(view, 8) !== 'WAVE') {
    return { fault: 'it is not a WAV file' };
  }
  let described = false;
  for (let at = 12; at + 8 <= view.byteLength; ) {
    const name = textAt(view, at);
    const size = view.getUint32(at + 4, true);
    const body = at + 8;
    if (body + size > view.byteLength) return { fault: `its "${name.trim()}" part is cut short` };
    if (name === 'fmt ') {
      const fault = formatFault(view, body, size);
      if (fault !== null) return { fault };
      described = true;
    }
    if (name === 'data') {
      if (!described) return { fault: 'its samples come before their description' };
      return samplesAt(view, body, size);
    }
    at = body + size + (size % 2);
  }
  return { fault: 'it has no samples' };
}

/** Quieter than this is taken for a recording that failed. */
export const AUDIBLE_DBFS = -40;
const SPOKEN_SECONDS_MAX = 80;

/** Why callers would not hear this file as words, in plain words; null: they would. */
export function spokenFault(bytes: Uint8Array): string | null {
  const samples = readWave(bytes);
  if ('fault' in samples) return samples.fault;
  if (samples.length > SPOKEN_SECONDS_MAX * SAMPLE_RATE)
    return `it is longer than ${SPOKEN_SECONDS_MAX} seconds`;
  return levelOf(samples).speechDbfs < AUDIBLE_DBFS ? 'it is silent' : null;
}

/** A WAV file of these samples, with the shortest header that there is. */
export function writeWave(samples: Int16Array): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + samples.length * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => {
    for (let i = 0; i < word.length; i++) view.setUint8(at + i, word.charCodeAt(i));
  };
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  samples.forEach((sample, i) => {
    view.setInt16(HEADER_BYTES + i * 2, sample, true);
  });
  return bytes;
}

export type Level = {
  readonly lengthMs: number;
  readonly peakDbfs: number;
  /** Root mean square of the 20 ms frames that are above the speech floor; -Infinity when none is. */
  readonly speechDbfs: number;
  /** Silence before the first and after the last of those frames. */
  readonly leadMs: number;
  readonly tailMs: number;
};

export function levelOf(samples: Int16Array): Level {
  let peak = 0;
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample));
  let energy = 0;
  let frames = 0;
  let first = -1;
  let last = -1;
  const frameCount = Math.floor(samples.length / FRAME_SAMPLES);
  for (let frame = 0; frame < frameCount; frame++) {
    let sum = 0;
    for (let i = frame * FRAME_SAMPLES; i < (frame + 1) * FRAME_SAMPLES; i++) sum += samples[i]! ** 2;
    const mean = sum / FRAME_SAMPLES;
    if (decibels(Math.sqrt(mean)) < SPEECH_FLOOR_DBFS) continue;
    energy += mean;
    frames += 1;
    if (first < 0) first = frame;
    last = frame;
  }
  const lengthMs = Math.round((samples.length * 1_000) / SAMPLE_RATE);
  return {
    lengthMs,
    peakDbfs: decibels(peak),
    speechDbfs: frames === 0 ? Number.NEGATIVE_INFINITY : decibels(Math.sqrt(energy / frames)),
    leadMs: first < 0 ? lengthMs : first * 20,
    tailMs: first < 0 ? lengthMs : lengthMs - (last + 1) * 20,
  };
}

function decibels(amplitude: number): number {
  return 20 * Math.log10(amplitude / FULL_SCALE);
}

function formatFault(view: DataView, body: number, size: number): string | null {
  if (size < 16) return 'its description is cut short';
  const encoding = view.getUint16(body, true);
  const channels = view.getUint16(body + 2, true);
  const rate = view.getUint32(body + 4, true);
  const bits = view.getUint16(body + 14, true);
  if (encoding !== 1) return `its samples are not plain PCM (format ${encoding}, wanted 1)`;
  if (channels !== 1) return `it has ${channels} channels, wanted 1 (mono)`;
  if (rate !== SAMPLE_RATE) return `it has ${rate} samples a second, wanted ${SAMPLE_RATE}`;
  if (bits !== 16) return `its samples have ${bits} bits, wanted 16`;
  return null;
}

function samplesAt(view: DataView, body: number, size: number): Int16Array {
  const samples = new Int16Array(Math.floor(size / 2));
  for (let i = 0; i < samples.length; i++) samples[i] = view.getInt16(body + i * 2, true);
  return samples;
}

function textAt(view: DataView, at: number): string {
  return String.fromCharCode(
    view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
  );
}
