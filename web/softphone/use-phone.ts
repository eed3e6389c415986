// The phone of a page as React sees it: off until it is turned on (the microphone is asked for, and what speaks SIP is
// loaded, only then), what it shows, and what can be done. It ends with the page, so that nobody is left on a line
// without a person.

import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { loaded } from '../kit/later.tsx';
import type { Key, Lend, Phone, PhoneView, Quality } from './phone.ts';
import type { Microphone, PageSound } from './sound.ts';

export type PagePhone = {
  /** Null: turned off. */
  readonly view: PhoneView | null;
  readonly isTurningOn: boolean;
  readonly microphone: Microphone | null;
  readonly quality: Quality | null;
  turnOn(): Promise<void>;
  turnOff(): void;
  call(number: string): void;
  answer(): void;
  hangUp(): void;
  mute(isMuted: boolean): void;
  press(key: Key): void;
  /** 0 to 1, now. */
  level(of: 'own' | 'theirs'): number;
};

type Parts = { readonly phone: Phone; readonly sound: PageSound };

const QUALITY_EVERY_MS = 2_000;
const NOTHING = () => () => {};

export function usePhone(lend: Lend): PagePhone {
  const [parts, setParts] = useState<Parts | null>(null);
  const [isTurningOn, setTurningOn] = useState(false);
  const view = useSyncExternalStore(parts?.phone.subscribe.bind(parts.phone) ?? NOTHING, () =>
    parts === null ? null : parts.phone.view(),
  );
  const isTalking = view?.call?.state === 'talking';
  const quality = useQuality(parts?.phone ?? null, isTalking);
  useRing(parts?.sound ?? null, view?.call?.state === 'ringing' && view.call.direction === 'in');
  useEnd(parts, () => setParts(null));
  const wanted = useRef(false);
  useEffect(
    () => () => {
      wanted.current = false;
    },
    [],
  );
  const turnOn = async () => {
    wanted.current = true;
    setTurningOn(true);
    const [{ openPhone }, { PageSound }] = await loaded(() =>
      Promise.all([import('./jssip-phone.ts'), import('./sound.ts')]),
    );
    const sound = await PageSound.open();
    setTurningOn(false);
    // Turned off again, or the page left, while the microphone was asked for.
    if (wanted.current) setParts({ sound, phone: openPhone({ lend, sound }) });
    else sound.close();
  };
  const press = (key: Key) => {
    parts?.sound.key(key);
    parts?.phone.press(key);
  };
  return {
    view,
    isTurningOn,
    microphone: isTurningOn ? 'asking' : (parts?.sound.microphone ?? null),
    quality,
    turnOn,
    turnOff: () => {
      wanted.current = false;
      setParts(null);
    },
    call: (number) => parts?.phone.call(number),
    answer: () => parts?.phone.answer(),
    hangUp: () => parts?.phone.hangUp(),
    mute: (isMuted) => parts?.phone.mute(isMuted),
    press,
    level: (of) => parts?.sound.level(of) ?? 0,
  };
}

function useQuality(phone: Phone | null, isTalking: boolean): Quality | null {
  const [quality, setQuality] = useState<Quality | null>(null);
  useEffect(() => {
    if (phone === null || !isTalking) return;
    const look = () => void phone.quality().then(setQuality);
    const looking = setInterval(look, QUALITY_EVERY_MS);
    return () => {
      clearInterval(looking);
      setQuality(null);
    };
  }, [phone, isTalking]);
  return quality;
}

function useRing(sound: PageSound | null, isRinging: boolean): void {
  useEffect(() => {
    if (sound === null || !isRinging) return;
    sound.ring(true);
    return () => sound.ring(false);
  }, [sound, isRinging]);
}

/** With the page, and with being turned off. A page that a browser brings back has its phone turned off. */
function useEnd(parts: Parts | null, gone: () => void): void {
  const isGone = useRef(gone);
  isGone.current = gone;
  useEffect(() => {
    if (parts === null) return;
    let isOver = false;
    const hide = () => {
      end();
      isGone.current();
    };
    const end = () => {
      if (isOver) return;
      isOver = true;
      parts.phone.close();
      parts.sound.close();
    };
    addEventListener('pagehide', hide);
    return () => {
      removeEventListener('pagehide', hide);
      end();
    };
  }, [parts]);
}
