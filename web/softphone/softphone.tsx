// An agent's page as their telephone: a switch that says so, the line, the microphone and the network in sight, mute and
// keys while they talk. Which phone is rung is the agent's choice, kept in this browser; their own phone stays possible.
// Whom they speak with, and ending it, is the desk's.

import { type RefObject, useEffect, useRef, useState } from 'react';
import { ask } from '../access/api.ts';
import { Button } from '../kit/button.tsx';
import { Switch } from '../kit/field.tsx';
import { useSay } from '../language/phrases.ts';
import { CallLine } from './call-line.tsx';
import { Keypad } from './keypad.tsx';
import { lentOf } from './lend.ts';
import type { LentLine, PhoneActs } from './phone.ts';
import { softphonePhrases } from './softphone-phrases.ts';
import { SoundCheck } from './sound-check.tsx';
import { type PagePhone, usePhone } from './use-phone.ts';
import './softphone.css';

export type SoftphoneProps = {
  readonly agent: string;
  /** When the agent last said that they take a call, browser's time in ms; what rings then, or soon after, is answered. */
  readonly takesAt: number;
  /** Filled in while they talk. */
  readonly acts: RefObject<PhoneActs | null>;
};

const CHOICE = 'rappel-agent-phone';
/** From the agent's word to the ring: the centre rings at once. */
const TAKES_MS = 10_000;

export default function Softphone({ agent, takesAt, acts }: SoftphoneProps) {
  const say = useSay(softphonePhrases);
  const path = `/agents/${encodeURIComponent(agent)}/phone`;
  const phone = usePhone(async () => lentOf(await ask<LentLine>('POST', path)));
  const [isChosen, setChosen] = useState(isPageChosen);
  const choose = (isPage: boolean) => {
    setChosen(isPage);
    remember(isPage);
    if (isPage) void phone.turnOn();
    else {
      phone.turnOff();
      void ask('DELETE', path);
    }
  };
  // Chosen before: a page that is loaded again is a phone again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, with the page
  useEffect(() => {
    if (isChosen) void phone.turnOn();
  }, []);
  useTaking(phone, takesAt);
  return (
    <section className="panel softphone" aria-labelledby="softphone-title">
      <h2 id="softphone-title">{say('title')}</h2>
      <Switch label={say('choice')} on={isChosen} onChange={choose} />
      {isChosen ? (
        <InUse phone={phone} acts={acts} />
      ) : (
        <>
          <p className="soft">{say('choice.own')}</p>
          <p className="soft small">{say('choice.own.keys')}</p>
        </>
      )}
    </section>
  );
}

function InUse({ phone, acts }: { readonly phone: PagePhone } & Pick<SoftphoneProps, 'acts'>) {
  const say = useSay(softphonePhrases);
  const [hasKeys, setKeys] = useState(false);
  const { view } = phone;
  const call = view?.call ?? null;
  const isRinging = call?.direction === 'in' && call.state === 'ringing';
  const isTalking = call?.state === 'talking';
  const firstKey = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    acts.current =
      call?.state === 'talking'
        ? { mute: () => phone.mute(!call.isMuted), keypad: () => setKeys((has) => !has) }
        : null;
    return () => {
      acts.current = null;
    };
  });
  // Opened by its key or its button, it is gone on with by the same hand.
  useEffect(() => {
    if (hasKeys) firstKey.current?.focus();
  }, [hasKeys]);
  const isOut = !phone.isTurningOn && (view === null || view.line === 'elsewhere' || view.line === 'refused');
  return (
    <>
      <CallLine view={view} />
      <div className="softphone-acts">
        {isOut ? <Button onPress={phone.turnOn}>{say('turn_on')}</Button> : null}
        {isRinging ? (
          <Button kind="primary" size="large" onPress={phone.answer}>
            {say('answer')}
          </Button>
        ) : null}
        {isTalking ? (
          <>
            <Button onPress={() => phone.mute(!call.isMuted)}>{say(call.isMuted ? 'unmute' : 'mute')}</Button>
            <Button aria-expanded={hasKeys} onPress={() => setKeys(!hasKeys)}>
              {say('keypad')}
            </Button>
          </>
        ) : null}
      </div>
      {isTalking && hasKeys ? (
        <>
          <Keypad onKey={phone.press} first={firstKey} />
          <p className="soft small" id="keypad-hint">
            {say('keypad.hint')}
          </p>
        </>
      ) : null}
      <SoundCheck phone={phone} />
    </>
  );
}

/** What rings because the agent takes it is answered: they have said so already. */
function useTaking({ view, answer }: PagePhone, takesAt: number): void {
  const isRinging = view?.call?.direction === 'in' && view.call.state === 'ringing';
  // biome-ignore lint/correctness/useExhaustiveDependencies: when it rings, or when they say so
  useEffect(() => {
    if (isRinging && Date.now() - takesAt < TAKES_MS) answer();
  }, [isRinging, takesAt]);
}

function isPageChosen(): boolean {
  try {
    return localStorage.getItem(CHOICE) === 'page';
  } catch {
    return false; // a browser that keeps nothing
  }
}

function remember(isPage: boolean): void {
  try {
    localStorage.setItem(CHOICE, isPage ? 'page' : 'own');
  } catch {
    // It holds for as long as the page does.
  }
}
