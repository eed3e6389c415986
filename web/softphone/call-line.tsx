// The line and the call in one sentence that is read out when it changes, and the time of a call beside it, which is not.

import { useEffect, useState } from 'react';
import { useFormats } from '../language/formats.ts';
import { useSay } from '../language/phrases.ts';
import type { PhoneView } from './phone.ts';
import { softphonePhrases } from './softphone-phrases.ts';

export function CallLine({ view }: { readonly view: PhoneView | null }) {
  const say = useSay(softphonePhrases);
  const call = view?.call ?? null;
  const state = call === null ? `line-${view?.line ?? 'off'}` : `${call.state}-${call.direction}`;
  return (
    <div className="call-line" data-state={state}>
      <p role="status">
        {call === null
          ? say(`line.${view?.line ?? 'off'}`)
          : call.state === 'ringing'
            ? say(`call.ringing_${call.direction}`)
            : call.isMuted
              ? say('call.muted')
              : null}
      </p>
      {call?.state === 'talking' ? <CallTime since={call.since} /> : null}
      <p className="soft" aria-live="polite">
        {call === null && view?.ended ? say(`ended.${view.ended.cause}`) : null}
      </p>
    </div>
  );
}

function CallTime({ since }: { readonly since: number }) {
  const say = useSay(softphonePhrases);
  const formats = useFormats();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(ticking);
  }, []);
  return <p className="call-time">{say('call.talking', { time: formats.clock(now - since) })}</p>;
}
