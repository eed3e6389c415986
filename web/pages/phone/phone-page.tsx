// A citizen's phone, in the demonstration only: it calls the centre, has keys, and rings when the centre calls back, so that
// a visitor hears the whole thing with two windows. Anybody may open it; elsewhere it says plainly that it is not there.

import { use, useEffect, useRef, useState } from 'react';
import { ask } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Frame, useTitle } from '../../frame/frame.tsx';
import { Button } from '../../kit/button.tsx';
import { useSay } from '../../language/phrases.ts';
import { CallLine } from '../../softphone/call-line.tsx';
import { Keypad } from '../../softphone/keypad.tsx';
import { lentOf } from '../../softphone/lend.ts';
import type { Key, LentLine } from '../../softphone/phone.ts';
import { softphonePhrases } from '../../softphone/softphone-phrases.ts';
import { SoundCheck } from '../../softphone/sound-check.tsx';
import { usePhone } from '../../softphone/use-phone.ts';
import { phonePhrases } from './phone-phrases.ts';
import '../../softphone/softphone.css';
import './phone.css';

type VisitorLine = LentLine & { readonly number: string; readonly centre: string };

let asked: Promise<boolean> | undefined;

function isHere(): Promise<boolean> {
  asked ??= ask('GET', '/phone').then((answer) => answer.ok);
  return asked;
}

export default function PhonePage() {
  const say = useSay(phonePhrases);
  const here = use(isHere());
  return (
    <Frame title={say('title')}>
      {here ? <CitizensPhone /> : <p className="panel phone-not-here">{say('not_here')}</p>}
    </Frame>
  );
}

function CitizensPhone() {
  const say = useSay(phonePhrases);
  const faultText = useFaultText({ 'phone.all_lent': phonePhrases['fault.all_lent'] });
  const [lent, setLent] = useState<VisitorLine | null>(null);
  const [fault, setFault] = useState('');
  const phone = usePhone(async () => {
    const answer = await ask<VisitorLine>('POST', '/phone');
    setFault(answer.ok ? '' : faultText(answer.fault));
    if (answer.ok) setLent(answer.value);
    return lentOf(answer);
  });
  return (
    <div className="phone-page">
      <section className="panel phone" aria-label={say('title')}>
        <p className="phone-number">
          {lent === null ? '\u00a0' : say('number', { number: written(lent.number) })}
        </p>
        <Handset phone={phone} centre={lent?.centre ?? null} />
        <p className="form-fault" role="alert">
          {fault}
        </p>
      </section>
      <div>
        <section className="panel" aria-labelledby="try">
          <h2 id="try">{say('try.title')}</h2>
          <ol className="phone-steps">
            <li>{say('try.1')}</li>
            <li>{say('try.2')}</li>
            <li>{say('try.3')}</li>
            <li>{say('try.4')}</li>
          </ol>
          <p className="soft small">{say('about')}</p>
        </section>
        <section className="panel" aria-labelledby="check">
          <CheckTitle />
          <SoundCheck phone={phone} />
        </section>
      </div>
    </div>
  );
}

function CheckTitle() {
  const say = useSay(softphonePhrases);
  return <h2 id="check">{say('check.title')}</h2>;
}

type HandsetProps = { readonly phone: ReturnType<typeof usePhone>; readonly centre: string | null };

function Handset({ phone, centre }: HandsetProps) {
  const say = useSay(phonePhrases);
  const sayPhone = useSay(softphonePhrases);
  const [keys, setKeys] = useState('');
  const firstKey = useRef<HTMLButtonElement>(null);
  const call = phone.view?.call ?? null;
  const isTalking = call?.state === 'talking';
  const isCalled = call?.direction === 'in' && call.state === 'ringing';
  useTitle(isCalled ? `☎ ${say('calling_you')}` : say('title'));
  useEffect(() => {
    if (!isTalking) return;
    setKeys('');
    firstKey.current?.focus();
  }, [isTalking]);
  const press = (key: Key) => {
    setKeys((before) => `${before}${key}`.slice(-24));
    phone.press(key);
  };
  return (
    <>
      {isCalled ? <p className="phone-called">{say('calling_you')}</p> : null}
      <CallLine view={phone.view} />
      <Keypad onKey={press} isDisabled={!isTalking} first={firstKey} />
      <p className="phone-keys" aria-live="polite">
        {keys === '' || !isTalking ? '\u00a0' : sayPhone('pressed', { keys })}
      </p>
      <Acts phone={phone} centre={centre} />
      <p className="soft small" id="keypad-hint">
        {isTalking ? sayPhone('keypad.hint') : say('stay')}
      </p>
    </>
  );
}

function Acts({ phone, centre }: HandsetProps) {
  const say = useSay(phonePhrases);
  const sayPhone = useSay(softphonePhrases);
  const { view } = phone;
  const call = view?.call ?? null;
  if (view === null || view.line === 'elsewhere' || view.line === 'refused')
    return (
      <div className="phone-acts">
        <Button kind="primary" size="large" isPending={phone.isTurningOn} onPress={phone.turnOn}>
          {sayPhone('turn_on')}
        </Button>
      </div>
    );
  if (call === null)
    return (
      <div className="phone-acts">
        <Button
          kind="primary"
          size="large"
          isDisabled={view.line !== 'ready' || centre === null}
          onPress={() => phone.call(centre ?? '')}
        >
          {say('call')}
        </Button>
      </div>
    );
  const isRinging = call.direction === 'in' && call.state === 'ringing';
  return (
    <div className="phone-acts">
      {isRinging ? (
        <Button kind="primary" size="large" autoFocus onPress={phone.answer}>
          {sayPhone('answer')}
        </Button>
      ) : (
        <Button size="large" isDisabled={call.state !== 'talking'} onPress={() => phone.mute(!call.isMuted)}>
          {sayPhone(call.isMuted ? 'unmute' : 'mute')}
        </Button>
      )}
      <Button kind="danger" size="large" onPress={phone.hangUp}>
        {sayPhone(isRinging ? 'reject' : 'hang_up')}
      </Button>
    </div>
  );
}

/** +1 343 555-0100. */
function written(number: string): string {
  return number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1\u00a0$1\u00a0$2-$3');
}
