// What callers hear, both languages side by side: the words of each phrase, to be listened to, replaced and taken back; and
// the recordings that the configuration names. One sound plays at a time.

import { useCallback, useEffect, useRef, useState } from 'react';
import type { PhraseView, RecordingView } from '../../../../src/config/heard.ts';
import { ask, type Fault, sendFile } from '../../../access/api.ts';
import { useFaultText } from '../../../access/fault-text.ts';
import { Button } from '../../../kit/button.tsx';
import { Badge } from '../../../kit/figure.tsx';
import { Table } from '../../../kit/table.tsx';
import { tell } from '../../../kit/toast.tsx';
import { common } from '../../../language/common-phrases.ts';
import { useFormats } from '../../../language/formats.ts';
import { useSay } from '../../../language/phrases.ts';
import { printed } from './printed.ts';
import { promptsPhrases } from './prompts-phrases.ts';
import { ReplacePhrase } from './replace-phrase.tsx';

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
      <h3>{say('phrases.title')}</h3>
      <p className="soft">{say('prompts.why')}</p>
      <Phrases rows={heard?.phrases ?? []} player={player} onChanged={read} />
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

type PhrasesProps = {
  readonly rows: readonly PhraseView[];
  readonly player: Player;
  readonly onChanged: () => Promise<void>;
};

function Phrases({ rows, player, onChanged }: PhrasesProps) {
  const say = useSay(promptsPhrases);
  const [replacing, setReplacing] = useState<PhraseView>();
  return (
    <>
      <Table
        caption={say('phrases.title')}
        captionHidden
        rows={rows}
        keyOf={({ id }) => id}
        empty=""
        columns={[
          { id: 'id', name: say('prompts.id'), head: true, cell: ({ id }) => <code>{id}</code> },
          ...LANGUAGES.map((language) => ({
            ...{ id: language, name: say(`prompts.${language}`) },
            cell: (row: PhraseView) => (
              <Spoken row={row} language={language} player={player} onChanged={onChanged} />
            ),
          })),
          {
            ...{ id: 'acts', name: say('prompts.acts') },
            cell: (row: PhraseView) => (
              <Button
                size="small"
                aria-label={say('phrase.replace.of', { name: row.id })}
                onPress={() => setReplacing(row)}
              >
                {say('phrase.replace')}
              </Button>
            ),
          },
        ]}
      />
      {replacing === undefined ? null : (
        <ReplacePhrase phrase={replacing} onClose={() => setReplacing(undefined)} onReplaced={onChanged} />
      )}
    </>
  );
}

type SpokenProps = Omit<PhrasesProps, 'rows'> & {
  readonly row: PhraseView;
  readonly language: 'en' | 'fr';
};

function Spoken({ row, language, player, onChanged }: SpokenProps) {
  const say = useSay(promptsPhrases);
  const sayCommon = useSay(common);
  const faultText = useFaultText(promptsPhrases);
  const formats = useFormats();
  const { id } = row;
  const { text, isPlayable, replacedAt } = row[language];
  const other = language === 'en' ? 'fr' : 'en';
  const path = `/prompts/${language}/${id}`;
  const takeBack = async () => {
    const answer = await ask('DELETE', path);
    if (!answer.ok) return tell(faultText(answer.fault), 'bad');
    await onChanged();
    tell(say('phrase.taken_back', { name: id }));
  };
  return (
    <div className="heard">
      <span lang={language}>{printed(text)}</span>
      {replacedAt === null ? null : (
        <Badge tone="good">{say('phrase.own', { at: formats.moment(replacedAt, HERE) })}</Badge>
      )}
      {replacedAt === null && row[other].replacedAt !== null ? (
        <Badge tone="warn">{say('phrase.other_only')}</Badge>
      ) : null}
      <div className="heard-acts">
        {isPlayable ? <Listen path={path} name={id} language={language} player={player} /> : null}
        {isPlayable ? null : <span className="soft small">{say('prompts.asterisk')}</span>}
        {replacedAt === null ? null : (
          <Button
            size="small"
            aria-label={say('phrase.take_back.of', { name: id, language: sayCommon(`language.${language}`) })}
            onPress={takeBack}
          >
            {say('phrase.take_back')}
          </Button>
        )}
      </div>
    </div>
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
