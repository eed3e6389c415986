// The wall: for each line five very large numbers with what they are held against, every word in both languages, and the
// age of the data in sight. It runs for days on a screen that nobody touches: no time-out, no menu, and when the stream is
// lost the numbers are struck out and not merely old.

import { useEffect, useMemo } from 'react';
import type { Board, FigureRow, LineRow } from '../../../src/engine/board-shape.ts';
import { SignedIn } from '../../access/account.tsx';
import { useTitle } from '../../frame/frame.tsx';
import { Button } from '../../kit/button.tsx';
import type { Tone } from '../../kit/table.tsx';
import { formatsOf } from '../../language/formats.ts';
import { useLanguage } from '../../language/language.tsx';
import { sayer, useSay } from '../../language/phrases.ts';
import { useBoard, useLive, useNow } from '../../live/use-board.ts';
import { wallPhrases } from './wall-phrases.ts';
import './wall.css';

const MINUTE = 60_000;
const LEVEL = 'service_level_5m';

type LevelPhrase = 'level.20s' | 'level.5m' | 'level.15m';
const LEVELS: Readonly<Record<string, LevelPhrase>> = {
  service_level_20s: 'level.20s',
  service_level_5m: 'level.5m',
  service_level_15m: 'level.15m',
};
/** Data older than this is said to be. */
const OLD_MS = 5_000;

export default function WallPage() {
  return (
    <SignedIn>
      <Wall />
    </SignedIn>
  );
}

function Wall() {
  const say = useSay(wallPhrases);
  useTitle(say('title'));
  useAwake();
  const board = useBoard('wall', (all) => all);
  const status = useLive('wall', (live) => live.status);
  const seq = useLive('wall', (live) => live.seq);
  return (
    <main
      className="wall"
      data-seq={board === null ? undefined : seq}
      data-status={status}
      aria-busy={board === null || undefined}
    >
      <header className="wall-head">
        <h1>
          Rappel <span className="unseen">{say('title')}</span>
        </h1>
        <Age timeZone={board?.centre[''].timeZone} />
        <Button kind="quiet" onPress={() => void document.documentElement.requestFullscreen()}>
          {say('full_screen')}
        </Button>
      </header>
      {board === null ? null : (
        <div className="wall-lines">
          {Object.entries(board.lines).map(([id, line]) => (
            <Line key={id} id={id} line={line} board={board} />
          ))}
        </div>
      )}
    </main>
  );
}

function Age({ timeZone }: { readonly timeZone: string | undefined }) {
  const both = useBoth();
  const status = useLive('wall', (live) => live.status);
  const heardAt = useLive('wall', (live) => live.heardAt + live.aheadMs);
  const now = useNow('wall');
  const isLost = status !== 'live' || now - heardAt > OLD_MS;
  if (heardAt === 0) return null;
  const seconds = Math.max(0, Math.round((now - heardAt) / 1000));
  return (
    <p className="wall-age" data-tone={isLost ? 'bad' : 'good'} role={isLost ? 'alert' : undefined}>
      <span className="status-dot" aria-hidden="true" />
      {isLost ? <strong>{both('lost')} </strong> : null}
      <span className="number">{both('age', { time: formatsOf('en').second(heardAt, timeZone) })}</span>
      {isLost ? <span className="number"> ({both('age.old', { seconds })})</span> : null}
    </p>
  );
}

type LineProps = { readonly id: string; readonly line: LineRow; readonly board: Board };

function Line({ id, line, board }: LineProps) {
  const both = useBoth();
  const { first, second } = useOrder();
  const formats = formatsOf('en');
  const now = useNow('wall');
  const figure = (name: string): FigureRow => board.figures[`${name}/${id}`] ?? { value: null, n: 0 };
  const level = figure(line.target?.figure ?? LEVEL);
  const waitMs = line.longestSince === null ? null : Math.max(0, now - line.longestSince);
  const { quote, agents, holding, callbacks, target } = line;
  const working = agents.ready + agents.onCall + agents.wrapUp;
  const told: Beneath | undefined =
    quote === null ? undefined : ['longest.told', { min: quote.minMinutes, max: quote.maxMinutes }];
  return (
    <section className="wall-line" aria-labelledby={`line-${id}`}>
      <h2 id={`line-${id}`}>
        <span lang={first}>{line.name[first]}</span> <span lang={second}>{line.name[second]}</span>
        {line.state === 'open' ? null : <em>{both('closed')}</em>}
      </h2>
      <dl className="wall-numbers">
        <Large
          phrase="waiting"
          value={formats.whole(holding + callbacks)}
          beneath={['waiting.parts', { holding, callbacks }]}
          tone={holding + callbacks > 0 && working === 0 ? 'bad' : 'calm'}
        />
        <Large
          phrase="longest"
          value={formats.clock(waitMs)}
          beneath={told}
          tone={quote !== null && waitMs !== null && waitMs > 2 * quote.maxMinutes * MINUTE ? 'bad' : 'calm'}
        />
        <Large
          phrase={LEVELS[target?.figure ?? LEVEL] ?? 'level.5m'}
          value={formats.share(level.value)}
          beneath={
            target === null ? ['cases', { n: level.n }] : ['target', { value: formats.share(target.value) }]
          }
          tone={
            level.value === null || target === null ? 'calm' : level.value < target.value ? 'bad' : 'good'
          }
        />
        <Large
          phrase="kept"
          value={formats.share(figure('called_in_turn').value)}
          beneath={['cases', { n: figure('called_in_turn').n }]}
        />
        <Large
          phrase="agents"
          value={formats.whole(agents.ready)}
          beneath={['agents.of', { n: working + agents.notReady }]}
          tone={holding + callbacks > 0 && working === 0 ? 'bad' : 'calm'}
        />
      </dl>
    </section>
  );
}

type Beneath = readonly [phrase: keyof typeof wallPhrases, values: Record<string, string | number>];

type LargeProps = {
  readonly phrase: 'waiting' | 'longest' | LevelPhrase | 'kept' | 'agents';
  readonly value: string;
  readonly beneath: Beneath | undefined;
  readonly tone?: Tone;
};

const MARKS: Readonly<Record<Tone, string>> = { good: '✓', warn: '▲', bad: '■', calm: '' };

function Large({ phrase, value, beneath, tone = 'calm' }: LargeProps) {
  const { first, second } = useOrder();
  return (
    <div className="wall-number" data-tone={tone}>
      <dt>
        <span lang={first}>{sayer(wallPhrases, first)(phrase)}</span>{' '}
        <span lang={second}>{sayer(wallPhrases, second)(phrase)}</span>
      </dt>
      <dd className="wall-value">
        {MARKS[tone] === '' ? null : (
          <span className="mark" aria-hidden="true">
            {MARKS[tone]}
          </span>
        )}
        {value}
      </dd>
      <dd className="wall-beneath">
        {[first, second].map((language) => (
          <span key={language} lang={language}>
            {beneath === undefined ? '\u00a0' : sayer(wallPhrases, language)(...beneath)}
          </span>
        ))}
      </dd>
    </div>
  );
}

/** The language of the page comes first. */
function useOrder() {
  const { language } = useLanguage();
  return language === 'en'
    ? ({ first: 'en', second: 'fr' } as const)
    : ({ first: 'fr', second: 'en' } as const);
}

/** The same in both languages, one after the other. */
function useBoth(): (phrase: keyof typeof wallPhrases, values?: Record<string, string | number>) => string {
  const { first, second } = useOrder();
  return useMemo(() => {
    const [one, other] = [sayer(wallPhrases, first), sayer(wallPhrases, second)];
    return (phrase, values) => `${one(phrase, values)} · ${other(phrase, values)}`;
  }, [first, second]);
}

/** The screen does not go dark while the wall is in sight. */
function useAwake(): void {
  useEffect(() => {
    const stay = () => {
      if (document.visibilityState === 'visible') void navigator.wakeLock?.request('screen').catch(() => {});
    };
    stay();
    document.addEventListener('visibilitychange', stay);
    return () => document.removeEventListener('visibilitychange', stay);
  }, []);
}
