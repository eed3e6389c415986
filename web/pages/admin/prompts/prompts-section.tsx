// What callers hear, both languages side by side: the words of each phrase, to be listened to; and the owners' own
// recordings, to be listened to and replaced. One sound plays at a time.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { PhraseView, RecordingView } from '../../../../src/config/heard.ts';
import { ask, type Fault, sendFile } from '../../../access/api.ts';
import { useFaultText } from '../../../access/fault-text.ts';
import { Button } from '../../../kit/button.tsx';
import { Table } from '../../../kit/table.tsx';
import { tell } from '../../../kit/toast.tsx';
import { common } from '../../../language/common-phrases.ts';
import { useFormats } from '../../../language/formats.ts';
import { useSay } from '../../../language/phrases.ts';
import { promptsPhrases } from './prompts-phrases.ts';

type Heard = { readonly phrases: readonly PhraseView[]; readonly recordings: readonly RecordingView[] };

const LANGUAGES = ['en', 'fr'] as const;
const HERE = Intl.DateTimeFormat().resolvedOptions().timeZone;

export default function PromptsSection() {
  const say = useSay(promptsPhrases);
  const faultText = useFaultText(promptsPhrases);
  const [heard, setHeard] = useState<Heard>();
  const [fault, setFault] = useState<Fault>();
  const player = usePlayer();
  const read = useCallback(async () => {
    const answer = await ask<Heard>('GET', '/prompts');
    if (answer.ok) setHeard(answer.value);
    else setFault(answer.fault);
  }, []);
  useEffect(() => void read(), [read]);
  return (
    <section aria-labelledby="prompts-title" className="prompts">
      <h2 id="prompts-title">{say('prompts.title')}</h2>
      {fault === undefined ? null : (
        <p className="field-fault" role="alert">
          {faultText(fault)}
        </p>
      )}
      <h3>{say('recordings.title')}</h3>
      <p className="soft">{say('recordings.why')}</p>
      <Recordings rows={heard?.recordings ?? []} player={player} onReplaced={read} />
      <h3>{say('prompts.title')}</h3>
      <p className="soft">{say('prompts.why')}</p>
      <Phrases rows={heard?.phrases ?? []} player={player} />
    </section>
  );
}

type Player = { readonly playing: string; play(path: string): void };

function usePlayer(): Player {
  const say = useSay(promptsPhrases);
  const [playing, setPlaying] = useState('');
  const audio = useRef<HTMLAudioElement | null>(null);
  useEffect(() => () => audio.current?.pause(), []);
  const play = (path: string) => {
    audio.current?.pause();
    audio.current = null;
    if (path === playing) return setPlaying('');
    // A recording that was replaced is another one under the same name.
    const sound = new Audio(`/api/v1${path}?${Date.now()}`);
    audio.current = sound;
    setPlaying(path);
    const over = () => audio.current === sound && setPlaying('');
    sound.addEventListener('ended', over);
    sound.play().catch(() => {
      if (audio.current !== sound) return;
      setPlaying('');
      tell(say('prompts.failed'), 'bad');
    });
  };
  return { playing, play };
}

function Listen({
  path,
  name,
  language,
  player,
}: {
  path: string;
  name: string;
  language: 'en' | 'fr';
  player: Player;
}) {
  const say = useSay(promptsPhrases);
  const sayCommon = useSay(common);
  const isOn = player.playing === path;
  return (
    <Button
      size="small"
      aria-label={
        isOn
          ? say('prompts.stop')
          : say('prompts.listen.of', { name, language: sayCommon(`language.${language}`) })
      }
      onPress={() => player.play(path)}
    >
      {say(isOn ? 'prompts.stop' : 'prompts.listen')}
    </Button>
  );
}

function Phrases({ rows, player }: { readonly rows: readonly PhraseView[]; readonly player: Player }) {
  const say = useSay(promptsPhrases);
  return (
    <Table
      caption={say('prompts.title')}
      captionHidden
      rows={rows}
      keyOf={({ id }) => id}
      empty=""
      columns={[
        { id: 'id', name: say('prompts.id'), head: true, cell: ({ id }) => <code>{id}</code> },
        ...LANGUAGES.map((language) => ({
          ...{ id: language, name: say(`prompts.${language}`) },
          cell: (row: PhraseView) => (
            <div className="heard">
              <span lang={language}>{row[language].text}</span>
              {row[language].isPlayable ? (
                <Listen
                  path={`/prompts/${language}/${row.id}`}
                  name={row.id}
                  language={language}
                  player={player}
                />
              ) : (
                <span className="soft small">{say('prompts.asterisk')}</span>
              )}
            </div>
          ),
        })),
      ]}
    />
  );
}

type RecordingsProps = {
  readonly rows: readonly RecordingView[];
  readonly player: Player;
  readonly onReplaced: () => Promise<void>;
};

function Recordings({ rows, player, onReplaced }: RecordingsProps) {
  const say = useSay(promptsPhrases);
  return (
    <Table
      caption={say('recordings.title')}
      captionHidden
      rows={rows}
      keyOf={({ line, part }) => `${line} ${part}`}
      empty={say('recordings.none')}
      columns={[
        {
          ...{ id: 'name', name: say('prompts.id'), head: true },
          cell: ({ line, part, name }) => (
            <>
              {say('recordings.of', { line, part: say(`recordings.${part}`) })}
              <code className="beneath-code">{name}</code>
            </>
          ),
        },
        ...LANGUAGES.map((language) => ({
          ...{ id: language, name: say(`prompts.${language}`) },
          cell: (row: RecordingView) => (
            <Recorded row={row} language={language} player={player} onReplaced={onReplaced} />
          ),
        })),
      ]}
    />
  );
}

type RecordedProps = Omit<RecordingsProps, 'rows'> & {
  readonly row: RecordingView;
  readonly language: 'en' | 'fr';
};

function Recorded({ row, language, player, onReplaced }: RecordedProps) {
  const say = useSay(promptsPhrases);
  const sayCommon = useSay(common);
  const faultText = useFaultText(promptsPhrases);
  const formats = useFormats();
  const { name } = row;
  const at = row.changedAt[language];
  const path = `/recordings/${language}/${name}`;
  const named = { name, language: sayCommon(`language.${language}`) };
  const replace = async (file: File | undefined) => {
    if (file === undefined) return;
    const answer = await sendFile(path, file, 'audio/wav');
    if (!answer.ok) return tell(faultText(answer.fault), 'bad');
    tell(say('recordings.replaced', { name }));
    await onReplaced();
  };
  return (
    <div className="heard">
      <span lang={language}>{row.text[language]}</span>
      <span className="soft small">
        {at === null
          ? say('recordings.missing')
          : say('recordings.changed', { at: formats.moment(at, HERE) })}
      </span>
      {at === null ? null : <Listen path={path} name={name} language={language} player={player} />}
      <input
        type="file"
        className="small"
        accept=".wav,audio/wav"
        aria-label={say('recordings.replace', named)}
        onChange={(event) => void replace(event.target.files?.[0])}
      />
    </div>
  );
}
