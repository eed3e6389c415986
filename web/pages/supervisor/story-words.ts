// The facts of a story in words: what happened, and why. A fact without words of its own is not told; a reason that is not
// known here is shown as its code, which stands in docs/errors.md.

import { useFormats } from '../../language/formats.ts';
import { type Phrases, useSay } from '../../language/phrases.ts';
import { storyPhrases } from './story-phrases.ts';

export type StoryFact = {
  readonly seq: number;
  readonly at: number;
  readonly fact: { readonly type: string } & Readonly<Record<string, unknown>>;
};

export function useStoryWords() {
  const say = useSay<Phrases>(storyPhrases);
  const formats = useFormats();
  const known = (id: string): id is keyof typeof storyPhrases => id in storyPhrases;
  return {
    isTold: ({ type }: StoryFact['fact']) => known(type),
    happened: (fact: StoryFact['fact']) => {
      const { talkMs, agent, minMinutes, maxMinutes, ahead, n, priority } = fact;
      return say(fact.type, {
        agent: String(agent ?? ''),
        ...{ min: Number(minMinutes ?? 0), max: Number(maxMinutes ?? 0) },
        ...{ ahead: Number(ahead ?? 0), n: Number(n ?? 0), priority: Number(priority ?? 0) },
        length: formats.length(Number(talkMs ?? 0)),
      });
    },
    why: ({ cause, outcome, reason, code, because, worseBecause, by, closing }: StoryFact['fact']) => {
      const why = [cause, outcome, code, reason, because, worseBecause, closing]
        .filter((one): one is string => typeof one === 'string' && one !== '')
        .map((one) => (known(`why.${one}`) ? say(`why.${one}`) : one.replaceAll('_', ' ')));
      if (typeof by === 'string' && by !== '')
        why.push(known(`by.${by}`) ? say(`by.${by}`) : say('by.person', { by }));
      return why.join('; ');
    },
  };
}
