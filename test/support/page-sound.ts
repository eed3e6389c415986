// What is heard in a page, by the page's own browser: its connections are noted as they are made, and what arrives on them
// is looked at with Web Audio. A microphone is a file with one tone, of a browser of its own, so that a tone in the other
// page is a proof and nobody's echo. Nothing of the page under test is asked.

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openChromium } from './browser.ts';

const SAMPLES_PER_SECOND = 48_000;
const TONE_S = 4;
const LOUDNESS = 0.4;
/** Of the spectrum: neighbours of the tone count as the tone. */
const NEAR_HZ = 25;

export type SoundingBrowser = { readonly browser: Browser; readonly close: () => Promise<void> };

/** A browser whose microphone hears this tone. */
export async function openSounding(toneHz: number): Promise<SoundingBrowser> {
  const folder = await mkdtemp(join(tmpdir(), 'rp-tone-'));
  const file = join(folder, 'tone.wav');
  await writeFile(file, wave(toneHz));
  const browser = await openChromium([
    ...['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
    ...[`--use-file-for-fake-audio-capture=${file}`, '--autoplay-policy=no-user-gesture-required'],
  ]);
  return {
    browser,
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * To be run before the page: notes connections, and takes the microphone as it is, since what makes a voice clearer takes a
 * steady tone for noise.
 */
export const NOTING = `
  window.connections = [];
  const Connection = window.RTCPeerConnection;
  window.RTCPeerConnection = class extends Connection {
    constructor(...all) { super(...all); window.connections.push(this); }
  };
  const devices = navigator.mediaDevices;
  const getUserMedia = devices?.getUserMedia.bind(devices);
  if (devices) devices.getUserMedia = () => getUserMedia({
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });
`;

type Noting = Window & { readonly connections: readonly RTCPeerConnection[] };

/** Resolves when this tone is what arrives in the page's last connection, loudest of all, for half a second. */
export async function hearsTone(page: Page, toneHz: number): Promise<void> {
  await page.evaluate(
    async ({ toneHz, nearHz }) => {
      const connection = (window as unknown as Noting).connections.at(-1);
      const track = connection?.getReceivers().find((one) => one.track.kind === 'audio')?.track;
      if (track === undefined) throw new Error('nothing arrives in this page');
      const context = new AudioContext();
      const analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 });
      context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
      const spectrum = new Float32Array(analyser.frequencyBinCount);
      const loudest = () => {
        analyser.getFloatFrequencyData(spectrum);
        const bin = spectrum.reduce((best, dB, i) => (dB > (spectrum[best] ?? 0) ? i : best), 0);
        const isLoud = (spectrum[bin] ?? -200) > -60;
        return isLoud ? (bin * context.sampleRate) / analyser.fftSize : 0;
      };
      await new Promise<void>((resolve) => {
        let blocks = 0;
        const looking = setInterval(() => {
          blocks = Math.abs(loudest() - toneHz) < nearHz ? blocks + 1 : 0;
          if (blocks < 5) return;
          clearInterval(looking);
          resolve();
        }, 100);
      });
      await context.close();
    },
    { toneHz, nearHz: NEAR_HZ },
  );
}

export type Arrived = { readonly packets: number; readonly energy: number; readonly codec: string };

/** What the browser counts of the sound that arrived. */
export function arrived(page: Page): Promise<Arrived> {
  return page.evaluate(async () => {
    const stats = await (window as unknown as Noting).connections.at(-1)?.getStats();
    const all = [...(stats?.values() ?? [])] as Record<string, string | number>[];
    const inbound = all.find(({ type }) => type === 'inbound-rtp');
    const codec = all.find(({ id }) => id === inbound?.codecId);
    return {
      packets: Number(inbound?.packetsReceived ?? 0),
      energy: Number(inbound?.totalAudioEnergy ?? 0),
      codec: String(codec?.mimeType ?? ''),
    };
  });
}

/** RIFF, 16 bits, one channel, whole periods. */
function wave(toneHz: number): Buffer {
  const samples = SAMPLES_PER_SECOND * TONE_S;
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  file.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i += 1) {
    const value = Math.sin((2 * Math.PI * toneHz * i) / SAMPLES_PER_SECOND);
    file.writeInt16LE(Math.round(value * LOUDNESS * 32_767), 44 + i * 2);
  }
  return file;
}
