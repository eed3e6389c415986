// Microphone and network in sight: how loud one is, how loud the other end is, and how the sound arrives, in words beside
// each bar. The bars are drawn beside React, since they move ten times a second.

import { useEffect, useRef } from 'react';
import { useFormats } from '../language/formats.ts';
import { useSay } from '../language/phrases.ts';
import type { Quality } from './phone.ts';
import { softphonePhrases } from './softphone-phrases.ts';
import type { PagePhone } from './use-phone.ts';

const DRAW_EVERY_MS = 100;

export function SoundCheck({ phone }: { readonly phone: PagePhone }) {
  const say = useSay(softphonePhrases);
  const isTalking = phone.view?.call?.state === 'talking';
  return (
    <dl className="sound-check">
      <div>
        <dt>{say('check.microphone')}</dt>
        <dd>
          <Bar name={say('check.microphone')} level={() => phone.level('own')} />
          <span data-microphone={phone.microphone ?? 'none'}>
            {say(`microphone.${phone.microphone ?? 'none'}`)}
          </span>
        </dd>
      </div>
      <div>
        <dt>{say('check.hearing')}</dt>
        <dd>
          <Bar name={say('check.hearing')} level={() => phone.level('theirs')} />
          <span>{say(isTalking ? 'hearing.open' : 'hearing.none')}</span>
        </dd>
      </div>
      <div>
        <dt>{say('check.network')}</dt>
        <dd>
          <NetworkWord quality={phone.quality} isTalking={isTalking} />
        </dd>
      </div>
    </dl>
  );
}

function Bar({ name, level }: { readonly name: string; readonly level: () => number }) {
  const bar = useRef<HTMLDivElement>(null);
  const now = useRef(level);
  now.current = level;
  useEffect(() => {
    const drawing = setInterval(() => {
      const shown = Math.round(now.current() * 100);
      bar.current?.style.setProperty('--level', `${shown}%`);
      bar.current?.setAttribute('aria-valuenow', String(shown));
    }, DRAW_EVERY_MS);
    return () => clearInterval(drawing);
  }, []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: how high a <meter> is drawn, each browser decides by itself
    <div
      ref={bar}
      className="sound-bar"
      role="meter"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
    />
  );
}

type Grade = 'good' | 'fair' | 'poor';

/** Lost packets are heard from 2 %, and words are lost from 8 %; 150 ms one way is what ITU-T G.114 asks for. */
function gradeOf({ roundTripMs, jitterMs, lostShare }: Quality): Grade {
  const delayMs = (roundTripMs ?? 0) + jitterMs;
  if (lostShare > 0.08 || delayMs > 600) return 'poor';
  return lostShare > 0.02 || delayMs > 300 ? 'fair' : 'good';
}

function NetworkWord({
  quality,
  isTalking,
}: {
  readonly quality: Quality | null;
  readonly isTalking: boolean;
}) {
  const say = useSay(softphonePhrases);
  const formats = useFormats();
  if (!isTalking) return <span>{say('network.idle')}</span>;
  if (quality === null) return <span>…</span>;
  const grade = gradeOf(quality);
  const detail = say('network.detail', {
    ms: quality.roundTripMs ?? 0,
    lost: formats.share(quality.lostShare),
  });
  return <span data-network={grade}>{say(`network.${grade}`, { detail })}</span>;
}
