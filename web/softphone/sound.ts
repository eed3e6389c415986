// The sound of a page: the microphone with its level, the loudspeaker with its level, the ring, and the tones of keys. A
// page without a microphone sends silence: who calls may still listen and press keys. Made at a press of the person, since
// browsers let no page sound before. It must not know of calls.

import type { Key, PhoneSound } from './phone.ts';

export type Microphone = 'asking' | 'granted' | 'denied' | 'missing';

const KEY_LOW_HZ = [697, 770, 852, 941] as const;
const KEY_HIGH_HZ = [1209, 1336, 1477] as const;
const ROWS = ['123', '456', '789', '*0#'];
const KEY_S = 0.12;
const KEY_LOUDNESS = 0.06;
/** As telephones of North America ring: two seconds in six. */
const RING_HZ = [440, 480] as const;
const RING_S = 2;
const RING_EVERY_MS = 6_000;
const RING_LOUDNESS = 0.08;

export class PageSound implements PhoneSound {
  readonly outgoing: MediaStream;
  readonly microphone: Exclude<Microphone, 'asking'>;
  readonly #context: AudioContext;
  readonly #own: AnalyserNode;
  readonly #theirs: AnalyserNode;
  readonly #loudspeaker = new Audio();
  #heard: MediaStreamAudioSourceNode | null = null;
  #ringing: ReturnType<typeof setInterval> | undefined;

  private constructor(context: AudioContext, outgoing: MediaStream, microphone: PageSound['microphone']) {
    this.#context = context;
    this.outgoing = outgoing;
    this.microphone = microphone;
    this.#own = context.createAnalyser();
    this.#theirs = context.createAnalyser();
    context.createMediaStreamSource(outgoing).connect(this.#own);
    this.#loudspeaker.autoplay = true;
  }

  /** Asks for the microphone. Never rejects. */
  static async open(): Promise<PageSound> {
    const context = new AudioContext();
    wake(context);
    try {
      const wishes = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
      const stream = await navigator.mediaDevices.getUserMedia({ audio: wishes });
      return new PageSound(context, stream, 'granted');
    } catch (error) {
      const isDenied = error instanceof DOMException && error.name === 'NotAllowedError';
      const silence = context.createMediaStreamDestination().stream;
      return new PageSound(context, silence, isDenied ? 'denied' : 'missing');
    }
  }

  hear(incoming: MediaStream | null): void {
    this.#heard?.disconnect();
    this.#heard = null;
    this.#loudspeaker.srcObject = incoming;
    if (incoming === null) return;
    this.#heard = this.#context.createMediaStreamSource(incoming);
    this.#heard.connect(this.#theirs);
    // A page that may not sound yet does at the next press.
    void this.#loudspeaker.play().catch(() => {});
  }

  /** 0 to 1, now. */
  level(of: 'own' | 'theirs'): number {
    if (of === 'theirs' && this.#heard === null) return 0;
    const analyser = of === 'own' ? this.#own : this.#theirs;
    const samples = new Float32Array(analyser.fftSize);
    analyser.getFloatTimeDomainData(samples);
    const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
    // A quiet voice is about -50 dB, a loud one about -10.
    const dB = 10 * Math.log10(power + 1e-10);
    return Math.min(1, Math.max(0, (dB + 60) / 50));
  }

  key(key: Key): void {
    const row = ROWS.findIndex((keys) => keys.includes(key));
    const column = ROWS[row]?.indexOf(key) ?? 0;
    this.#tone([KEY_LOW_HZ[row] ?? 0, KEY_HIGH_HZ[column] ?? 0], KEY_S, KEY_LOUDNESS);
  }

  ring(on: boolean): void {
    clearInterval(this.#ringing);
    this.#ringing = undefined;
    if (!on) return;
    const once = () => this.#tone(RING_HZ, RING_S, RING_LOUDNESS);
    once();
    this.#ringing = setInterval(once, RING_EVERY_MS);
  }

  close(): void {
    this.ring(false);
    this.hear(null);
    for (const track of this.outgoing.getTracks()) track.stop();
    void this.#context.close();
  }

  #tone(hertz: readonly number[], seconds: number, loudness: number): void {
    const { currentTime, destination } = this.#context;
    const gain = this.#context.createGain();
    gain.gain.value = loudness;
    gain.connect(destination);
    for (const frequency of hertz) {
      const oscillator = this.#context.createOscillator();
      oscillator.frequency.value = frequency;
      oscillator.connect(gain);
      oscillator.start();
      oscillator.stop(currentTime + seconds);
    }
  }
}

/** A page that was loaded again may not sound before somebody does something in it. */
function wake(context: AudioContext): void {
  const resume = () => void context.resume().catch(() => {});
  resume();
  for (const event of ['pointerdown', 'keydown'] as const) addEventListener(event, resume, { once: true });
}
