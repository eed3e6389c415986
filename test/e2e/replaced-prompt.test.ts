// Phrases in the owners' own voice, on the real Asterisk: what a caller hears is the sound that was given, from the next call
// on and without a restart, in its own language only, after a restart as well, and no more once it is taken back.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeWave } from '../../src/telephony/asterisk/wave.ts';
import { Stage } from './stage.ts';

const SECONDS = 6;

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ dialogue: '{ offerEveryS: 60, silenceS: 20, keyRepeatMs: 0 }' });
});
afterAll(() => stage.close());

/** A tone for words: ends of the network know each other's tones by ear, and nobody takes one for a voice. */
function soundOf(toneHz: number): Uint8Array {
  const samples = Int16Array.from({ length: 8_000 * SECONDS }, (_, i) =>
    Math.round(Math.sin((2 * Math.PI * toneHz * i) / 8_000) * 9_000),
  );
  return writeWave(samples);
}

async function ask(method: 'PUT' | 'DELETE', path: string, wave?: Uint8Array): Promise<number> {
  const { url, token } = stage.centre;
  const answer = await fetch(`${url}/api/v1/prompts/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(wave && { 'content-type': 'audio/wav' }) },
    ...(wave && { body: Buffer.from(wave) }),
  });
  return answer.status;
}

test('the phrase that was replaced is what callers hear, until it is taken back', async () => {
  // Somebody who waits in line for as long as the test lasts, and speaks with nobody: the phrase has their tone.
  const waiting = await stage.callIn('+16135550190', 'fr');
  const { toneHz } = waiting.far;
  const own = `${stage.dataFolder}/prompts/en/greeting.welcome`;
  const released = 'prompts/en/greeting.welcome';
  expect(waiting.played()).toContain(released);

  expect(await ask('PUT', 'en/greeting.welcome?words=A+tone.', soundOf(toneHz))).toBe(200);
  const first = await stage.arrive('+16135550191');
  expect(await first.far.hears(toneHz)).toBe(true);
  expect(first.played()).toContain(own);
  expect(first.played()).not.toContain(released);
  await first.far.hangUp();

  await stage.kill();
  await stage.restart();
  const second = await stage.arrive('+16135550192');
  expect(await second.far.hears(toneHz)).toBe(true);
  await second.far.hangUp();

  expect(await ask('DELETE', 'en/greeting.welcome')).toBe(200);
  const third = await stage.arrive('+16135550193');
  await stage.exchange.untilPlayed(third.channel, [released]);
  expect(third.played()).not.toContain(own);
  await third.far.hangUp();
  await waiting.far.hangUp();
  await stage.empty();
});
