// One phrase in the owners' own voice: its words and its sound in both languages, side by side, so that one is not changed
// without a look at the other. A language without a file stays as it is. Whether a sound would be heard the centre says.

import { useState } from 'react';
import type { PhraseView } from '../../../../src/config/heard.ts';
import { type Fault, sendFile } from '../../../access/api.ts';
import { Ask } from '../../../kit/dialog.tsx';
import { Field } from '../../../kit/field.tsx';
import { tell } from '../../../kit/toast.tsx';
import { useSay } from '../../../language/phrases.ts';
import { printed } from './printed.ts';
import { promptsPhrases } from './prompts-phrases.ts';

type Language = 'en' | 'fr';
type Given = { readonly words: string; readonly file: File | undefined };

const LANGUAGES = ['en', 'fr'] as const;
const WORDS_MAX = 1_000;

type Props = {
  readonly phrase: PhraseView;
  readonly onClose: () => void;
  readonly onReplaced: () => Promise<void>;
};

export function ReplacePhrase({ phrase, onClose, onReplaced }: Props) {
  const say = useSay(promptsPhrases);
  const { id } = phrase;
  const [given, setGiven] = useState<Readonly<Record<Language, Given>>>({
    en: { words: printed(phrase.en.text), file: undefined },
    fr: { words: printed(phrase.fr.text), file: undefined },
  });
  const replace = async (): Promise<Fault | undefined> => {
    const chosen = LANGUAGES.filter((language) => given[language].file !== undefined);
    if (chosen.length === 0) return { code: 'prompt.no_file', detail: '', status: 422 };
    for (const language of chosen) {
      const { words, file } = given[language];
      const query = new URLSearchParams({ words });
      const answer = await sendFile(`/prompts/${language}/${id}?${query}`, file as File, 'audio/wav');
      if (!answer.ok) return answer.fault;
    }
    await onReplaced();
    tell(say('phrase.replaced', { name: id }));
    return undefined;
  };
  return (
    <Ask
      title={say('phrase.replace.of', { name: id })}
      act={say('phrase.replace.do')}
      wide
      isOpen
      onClose={onClose}
      onAct={replace}
      faults={promptsPhrases}
    >
      <p>{say('phrase.replace.what')}</p>
      <div className="phrase-pair">
        {LANGUAGES.map((language) => (
          <OneLanguage
            key={language}
            language={language}
            phrase={phrase}
            given={given[language]}
            onGiven={(one) => setGiven((before) => ({ ...before, [language]: one }))}
          />
        ))}
      </div>
    </Ask>
  );
}

type OneProps = {
  readonly language: Language;
  readonly phrase: PhraseView;
  readonly given: Given;
  readonly onGiven: (given: Given) => void;
};

function OneLanguage({ language, phrase, given, onGiven }: OneProps) {
  const say = useSay(promptsPhrases);
  const { releaseText } = phrase[language];
  return (
    <fieldset className="phrase-one">
      <legend>{say(`prompts.${language}`)}</legend>
      <p className="soft small">
        {say('phrase.release')} <span lang={language}>{printed(releaseText)}</span>
      </p>
      <Field
        label={say('phrase.words')}
        value={given.words}
        onChange={(words) => onGiven({ ...given, words })}
        lines={3}
        maxLength={WORDS_MAX}
      />
      <label className="phrase-file">
        <span>{say('phrase.file')}</span>
        <input
          type="file"
          accept=".wav,audio/wav"
          onChange={(event) => onGiven({ ...given, file: event.target.files?.[0] })}
        />
      </label>
    </fieldset>
  );
}
