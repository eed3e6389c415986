// The owners' own recordings: a folder with one folder for each language of the centre, in which each name is a file. A
// recording that is missing, or that Asterisk would play as silence, is a mistake of the configuration, told before any
// caller hears nothing. Only headers are looked at; what is said in them is the owners' affair.

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type Mistake, mistake } from './mistake.ts';
import type { Path } from './position.ts';
import type { ConfigurationFile, LineFile } from './schema.ts';

/** Every recording that the file names, and where. */
export function recordingsOf(file: ConfigurationFile): { readonly path: Path; readonly name: string }[] {
  const named = (key: 'name' | 'alternatives' | 'emergency') => (line: LineFile, i: number) => {
    const name = line[key]?.recording;
    return name === undefined ? [] : [{ path: ['lines', i, key, 'recording'], name }];
  };
  return [
    ...file.lines.flatMap(named('name')),
    ...file.lines.flatMap(named('alternatives')),
    ...file.lines.flatMap(named('emergency')),
  ];
}

/** Absolute; a folder that is not is looked for beside the file that names it. */
export function recordingFolder(folder: string, beside: string): string {
  return isAbsolute(folder) ? folder : join(beside, folder);
}

export function recordingMistakes(file: ConfigurationFile, beside: string): Mistake[] {
  const named = recordingsOf(file);
  const first = named[0];
  if (file.recordings === undefined) {
    const mend = 'add recordings, the folder that has it, or remove the key';
    return first === undefined ? [] : [mistake(first.path, 'there is no folder of recordings', mend)];
  }
  const folder = recordingFolder(file.recordings, beside);
  if (/[,&|]/.test(folder)) {
    const mend = 'move or rename it: Asterisk takes these for two sounds';
    return [mistake(['recordings'], `the folder ${folder} has a comma, & or | in its name`, mend)];
  }
  if (!isFolder(folder))
    return [mistake(['recordings'], `there is no folder ${folder}`, 'create it, or correct the path')];
  return named.flatMap(({ path, name }) =>
    file.languages.flatMap((language) => {
      const fault = recordingFault(join(folder, language, `${name}.wav`));
      return fault === null ? [] : [mistake(path, fault, FORM)];
    }),
  );
}

const FORM = 'record it as a WAV file of 16 bits, 8 kHz, mono (sox IN.wav -r 8000 -c 1 -b 16 OUT.wav)';
const HEADER_BYTES_MAX = 4_096;
const SECONDS_MAX = 80;
const BYTES_A_SECOND = 16_000;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** In plain words what is wrong with it, or null. */
export function recordingFault(path: string): string | null {
  const file = statSync(path, { throwIfNoEntry: false });
  if (!file?.isFile()) return `there is no file ${path}`;
  if (file.size > SECONDS_MAX * BYTES_A_SECOND) return `${path} is longer than ${SECONDS_MAX} seconds`;
  const bytes = Buffer.alloc(Math.min(file.size, HEADER_BYTES_MAX));
  const open = openSync(path, 'r');
  readSync(open, bytes);
  closeSync(open);
  if (
    bytes.length < 12 ||
    bytes.toString('latin1', 0, 4) !== 'RIFF' ||
    bytes.toString('latin1', 8, 12) !== 'WAVE'
  )
    return `${path} is not a WAV file`;
  return formatFault(bytes, path);
}

/** Parts of a WAV file: a name, a size, so many bytes, padded to an even number. */
function formatFault(bytes: Buffer, path: string): string | null {
  let isRight = false;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === 'fmt ' && at + 24 <= bytes.length) {
      const [format, channels] = [bytes.readUInt16LE(at + 8), bytes.readUInt16LE(at + 10)];
      const [rate, bits] = [bytes.readUInt32LE(at + 12), bytes.readUInt16LE(at + 22)];
      isRight = format === 1 && channels === 1 && rate === 8_000 && bits === 16;
      if (!isRight) return `${path} has ${channels} channels at ${rate} Hz and ${bits} bits`;
    }
    if (name === 'data') return isRight && size > 0 ? null : `${path} has no sound in it`;
    at += 8 + size + (size % 2);
  }
  return `${path} has no sound in it`;
}
