// The first thing on the page: one sentence that says what needs doing now, and the next few beneath it.

import type { Board } from '../../../src/engine/board-shape.ts';
import { useFormats } from '../../language/formats.ts';
import { useLanguage } from '../../language/language.tsx';
import { useSay } from '../../language/phrases.ts';
import { useNow } from '../../live/use-board.ts';
import { type Need, needsOf } from './needs.ts';
import { supervisorPhrases } from './supervisor-phrases.ts';
import { useWords } from './words.ts';

const SHOWN_MAX = 4;

export function NeedsNow({ board }: { readonly board: Board }) {
  const say = useSay(supervisorPhrases);
  const now = useNow('supervisor');
  const sentence = useSentence(board);
  const needs = needsOf(board, now);
  const [first, ...others] = needs;
  const shown = others.slice(0, SHOWN_MAX - 1);
  const rest = others.length - shown.length;
  return (
    <section className="needs" data-tone={first === undefined ? 'good' : 'bad'} aria-labelledby="needs-title">
      <h2 id="needs-title">{say('now.title')}</h2>
      <p className="needs-first">{first === undefined ? <Well board={board} /> : sentence(first)}</p>
      {shown.length === 0 ? null : (
        <ul className="needs-others">
          {shown.map((need) => (
            <li key={keyOf(need)}>{sentence(need)}</li>
          ))}
          {rest > 0 ? <li>{say('now.more', { n: rest })}</li> : null}
        </ul>
      )}
    </section>
  );
}

function Well({ board }: { readonly board: Board }) {
  const say = useSay(supervisorPhrases);
  const lines = Object.values(board.lines);
  const n = lines.reduce((sum, { holding, callbacks }) => sum + holding + callbacks, 0);
  const isClosed = lines.length > 0 && lines.every(({ state }) => state === 'closed');
  return isClosed && n === 0 ? say('now.closed') : say('now.well', { n });
}

function keyOf(need: Need): string {
  return `${need.is}/${'line' in need ? need.line : ''}`;
}

function useSentence(board: Board): (need: Need) => string {
  const say = useSay(supervisorPhrases);
  const formats = useFormats();
  const words = useWords(board);
  const { language } = useLanguage();
  const { timeZone } = board.centre[''];
  return (need) => {
    switch (need.is) {
      case 'telephony':
        return say('now.telephony');
      case 'dialling':
        return say('now.dialling', {
          ...{ reason: need.reason, n: need.n },
          time: formats.time(need.at, timeZone),
        });
      case 'processing':
        return say('now.processing', {
          ...{ reason: need.reason, n: need.n },
          ...{ line: words.line(need.line), time: formats.time(need.at, timeZone) },
        });
      case 'nobody':
        return say('now.nobody', { line: words.line(need.line), n: need.n });
      case 'none_ready': {
        const reasons = formats.list(need.reasons.map(words.reason));
        return say('now.none_ready', { line: words.line(need.line), n: need.n, reasons });
      }
      case 'full':
        return say('now.full', { ...need, line: words.line(need.line) });
      case 'target': {
        const { name, unit } = board.meanings[need.figure] ?? { name: { en: '', fr: '' }, unit: 'share' };
        const told = (value: number) => (unit === 'ms' ? formats.length(value) : formats.share(value));
        return say('now.target', {
          ...{ line: words.line(need.line), figure: name[language], away: need.away },
          ...{ value: told(need.value), target: told(need.target) },
        });
      }
      case 'long':
        return say('now.long', {
          ...{ line: words.line(need.line), wait: formats.length(need.waitMs) },
          told: formats.length(need.maxMinutes * 60_000),
        });
    }
  };
}
