// How a synthesised prompt is made from its words: espeak-ng speaks, sox brings it to 8 kHz, and here it is trimmed and
// levelled to the loudness of Asterisk's recorded voices, so that one announcement sounds like one house. The same
// words and voice give the same bytes; what would change them is in the hash.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { levelOf, SAMPLE_RATE } from '../src/telephony/asterisk/wave.ts';

export type SyntheticVoice = {
  readonly engine: string;
  readonly voice: string;
  readonly wordsPerMinute: number;
};

/** Raise it when anything below changes what is heard. */
const RENDERING = 1;
/** Asterisk's own prompts, median of 220 a language: English -18.5, French -20.2 dBFS of speech; see README.md. */
const SPEECH_DBFS = -19.5;
const CEILING = 10 ** (-3.2 / 20);
/** Above this the limiter bends, below it nothing is touched. */
const KNEE = 0.5;
const EDGE_SAMPLES = SAMPLE_RATE / 10;
const FADE_SAMPLES = SAMPLE_RATE / 200;
const QUIET = 10 ** (-46 / 20);

/** What the file of these words is rendered from; it stands in the manifest beside the file. */
export function renderingHash(text: string, voice: SyntheticVoice): string {
  const source = JSON.stringify([RENDERING, voice.engine, voice.voice, voice.wordsPerMinute, text]);
  return createHash('sha256').update(source).digest('hex').slice(0, 16);
}

/** The programs that rendering needs and this machine has not. */
export function missingPrograms(): string[] {
  return ['espeak-ng', 'sox'].filter((program) => spawnSync(program, ['--version']).error !== undefined);
}

/** Speaks the words: PCM16 samples at 8 kHz, trimmed and levelled. */
export function render(text: string, voice: SyntheticVoice): Int16Array {
  const spoken = run('espeak-ng', [
    '-v',
    voice.voice,
    '-s',
    String(voice.wordsPerMinute),
    '--stdout',
    breath(text),
  ]);
  const telephone = [
    '-r',
    String(SAMPLE_RATE),
    '-c',
    '1',
    '-b',
    '16',
    '-e',
    'signed-integer',
    '-t',
    'raw',
    '-',
  ];
  const raw = run(
    'sox',
    ['-R', '-D', '--ignore-length', '-t', 'wav', '-', ...telephone, 'gain', '-6', 'highpass', '120'],
    spoken,
  );
  const samples = Array.from(
    { length: Math.floor(raw.length / 2) },
    (_, i) => raw.readInt16LE(i * 2) / 32_768,
  );
  return level(trim(samples));
}

export function silence(lengthMs: number): Int16Array {
  return new Int16Array((SAMPLE_RATE * lengthMs) / 1_000);
}

/** No-break spaces are for the eye; words that a digit follows end as in the middle of a sentence. */
function breath(text: string): string {
  const plain = text.replace(/[\u00a0\u202f]+/g, ' ').replace(/ :/g, ':');
  return /[.:,]$/.test(plain) ? plain : `${plain},`;
}

function trim(samples: readonly number[]): number[] {
  const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  const loud = (sample: number) => Math.abs(sample) > peak * QUIET * 4;
  const first = samples.findIndex(loud);
  const last = samples.findLastIndex(loud);
  if (first < 0) throw new Error('espeak-ng spoke nothing; try the same words by hand with: espeak-ng TEXT');
  const edge = new Array<number>(EDGE_SAMPLES).fill(0);
  const speech = samples.slice(first, last + 1).map((sample, i, all) => {
    const fromEdge = Math.min(i, all.length - 1 - i);
    return fromEdge < FADE_SAMPLES ? (sample * fromEdge) / FADE_SAMPLES : sample;
  });
  return [...edge, ...speech, ...edge];
}

/** Loudness by the speech, not by the pauses; a few rounds, since the limiter takes a little away. */
function level(samples: readonly number[]): Int16Array {
  let gain = 1;
  let levelled = new Int16Array();
  for (let round = 0; round < 8; round++) {
    levelled = Int16Array.from(samples, (sample) => Math.round(limit(sample * gain) * 32_768));
    gain *= 10 ** ((SPEECH_DBFS - levelOf(levelled).speechDbfs) / 20);
  }
  return levelled;
}

function limit(sample: number): number {
  const size = Math.abs(sample);
  if (size <= KNEE) return sample;
  return Math.sign(sample) * (KNEE + (CEILING - KNEE) * Math.tanh((size - KNEE) / (CEILING - KNEE)));
}

function run(program: string, args: readonly string[], input?: Buffer): Buffer {
  const end = spawnSync(program, args, {
    maxBuffer: 64 * 2 ** 20,
    ...(input === undefined ? {} : { input }),
  });
  if (end.error !== undefined) throw end.error;
  if (end.status !== 0) throw new Error(`${program} ended with ${end.status}: ${String(end.stderr).trim()}`);
  return end.stdout;
}
