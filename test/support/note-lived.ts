// A briefing note held against what the people of a simulation lived: each number of the whole centre that they can know,
// in the note as data and as it is written in both languages. It gives what differs, in words.

import type { Counts } from '../../src/figures/column.ts';
import type { Note } from '../../src/figures/note/note.ts';
import { numbersSaid } from './numbers-said.ts';

type Expected = { readonly value?: number; readonly cases?: number; readonly n?: number };

function expectedOf(lived: Counts): Readonly<Record<string, Expected>> {
  const { asked = 0, offered = 0, registered = 0, connected = 0, answered_live = 0 } = lived;
  const { refused_full = 0, refused_closed = 0, abandoned = 0, abandoned_short = 0 } = lived;
  const { incomplete_no_answer = 0, live_hold_ms = 0, served_wait_ms = 0 } = lived;
  const served = answered_live + connected;
  return {
    asked: { value: asked },
    answer_rate: { cases: served, n: asked },
    refused: { cases: refused_full + refused_closed, n: asked },
    abandoned_calls: { value: abandoned + abandoned_short },
    abandoned: { cases: abandoned },
    take_rate: { cases: registered, n: offered },
    callbacks_connected: { cases: connected },
    incomplete_callbacks: { cases: incomplete_no_answer },
    incomplete_no_answer: { value: incomplete_no_answer },
    // Means are in whole milliseconds.
    speed_of_answer_all: { value: Math.round(served_wait_ms / served), n: served },
    speed_of_answer_live: { value: Math.round(live_hold_ms / answered_live), n: answered_live },
  };
}

export function noteDifferences(note: Note, texts: { en: string; fr: string }, lived: Counts): string[] {
  const found: string[] = [];
  const said = { en: numbersSaid(texts.en, 'en'), fr: numbersSaid(texts.fr, 'fr') };
  for (const [figure, expected] of Object.entries(expectedOf(lived))) {
    const cited = note.annex.find((one) => one.figure === figure && one.of.en === 'the whole centre');
    for (const [part, own] of Object.entries(expected) as [keyof Expected, number][]) {
      const theirs = cited?.[part];
      if (theirs !== own) found.push(`${figure} ${part}: lived ${own}, in the note ${theirs}`);
      if (figure.startsWith('speed') && part === 'value') continue; // written rounded
      for (const language of ['en', 'fr'] as const)
        if (!said[language].includes(String(own)))
          found.push(`${figure} ${part}: ${own} is not written in ${language}`);
    }
  }
  if (said.en.join() !== said.fr.join()) found.push('the two languages do not say the same numbers');
  return found;
}
