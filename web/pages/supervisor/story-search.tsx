// One callback's story: searched by reference or number, told fact by fact, with the reason of each decision. A reference
// chosen in the table of callbacks is searched at once.

import { type FormEvent, useEffect, useState } from 'react';
import { ask } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Field } from '../../kit/field.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useFormats } from '../../language/formats.ts';
import { useSay } from '../../language/phrases.ts';
import { type StoryFact, useStoryWords } from './story-words.ts';
import { supervisorPhrases } from './supervisor-phrases.ts';

type Story = {
  readonly reference: string;
  readonly facts: readonly StoryFact[];
  readonly notes: readonly { readonly at: number; readonly agent: string; readonly text: string }[];
};

type Props = {
  readonly asked: string;
  readonly onAsked: (reference: string) => void;
  readonly timeZone: string;
};

export function StorySearch({ asked, onAsked, timeZone }: Props) {
  const say = useSay(supervisorPhrases);
  const faultText = useFaultText();
  const [text, setText] = useState('');
  const [fault, setFault] = useState('');
  const [stories, setStories] = useState<readonly Story[]>([]);

  const search = async (what: string) => {
    setFault('');
    const isReference = /^\d{1,8}$/.test(what);
    const answer = await ask<{ stories: Story[] }>(
      'POST',
      '/stories',
      isReference ? { reference: what } : { number: what },
    );
    if (answer.ok) setStories(answer.value.stories);
    else setFault(answer.fault.code === 'callback.unknown' ? say('story.none') : faultText(answer.fault));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each reference that was chosen
  useEffect(() => {
    if (asked === '') return;
    setText(asked);
    void search(asked);
    onAsked('');
  }, [asked]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() !== '') void search(text.trim());
  };

  return (
    <section className="panel story" aria-labelledby="story-title">
      <h2 id="story-title">{say('story.title')}</h2>
      <form className="story-form" onSubmit={submit}>
        <Field
          label={say('story.ask')}
          hint={say('story.what')}
          type="search"
          value={text}
          onChange={setText}
          maxLength={64}
          autoComplete="off"
          fault={fault}
        />
        <Button type="submit">{say('story.act')}</Button>
      </form>
      <Dialog
        title={stories.map(({ reference }) => say('story.of', { reference })).join(', ')}
        isOpen={stories.length > 0}
        onClose={() => setStories([])}
        wide
      >
        {stories.map((story) => (
          <Told key={story.reference} story={story} timeZone={timeZone} />
        ))}
      </Dialog>
    </section>
  );
}

function Told({ story, timeZone }: { readonly story: Story; readonly timeZone: string }) {
  const say = useSay(supervisorPhrases);
  const formats = useFormats();
  const words = useStoryWords();
  const columns: Column<StoryFact>[] = [
    {
      ...{ id: 'when', name: say('story.when'), number: true },
      cell: ({ at }) => formats.second(at, timeZone),
    },
    {
      ...{ id: 'what', name: say('story.what_happened'), head: true },
      cell: ({ fact }) => words.happened(fact),
    },
    { ...{ id: 'why', name: say('story.why') }, cell: ({ fact }) => words.why(fact) },
  ];
  return (
    <>
      <Table
        caption={say('story.of', { reference: story.reference })}
        captionHidden
        columns={columns}
        rows={story.facts.filter(({ fact }) => words.isTold(fact))}
        keyOf={({ seq }) => seq}
        empty={say('story.none')}
      />
      {story.notes.length === 0 ? null : <h3>{say('story.notes')}</h3>}
      {story.notes.map(({ at, agent, text }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two notes may be of the same millisecond; they do not change
        <blockquote key={`${at} ${i}`} className="story-note">
          <p>{text}</p>
          <p className="soft small">
            {agent}, {formats.moment(at, timeZone)}
          </p>
        </blockquote>
      ))}
    </>
  );
}
