// A figure: its name, its value in large figures of one width, and what it is held against. The tone is said by a mark
// and a word as well, never by colour alone (WCAG 1.4.1).

import type { ReactNode } from 'react';
import type { Tone } from './table.tsx';

export type FigureProps = {
  readonly name: string;
  readonly value: string;
  readonly beside?: ReactNode;
  readonly tone?: Tone | undefined;
  readonly size?: 'usual' | 'wall';
};

const MARKS: Readonly<Record<Tone, string>> = { good: '✓', warn: '▲', bad: '■', calm: '' };

export function Figure({ name, value, beside, tone = 'calm', size = 'usual' }: FigureProps) {
  return (
    <div className={`figure figure-${size}`} data-tone={tone}>
      <dt className="figure-name">{name}</dt>
      <dd className="figure-value">
        {MARKS[tone] === '' ? null : (
          <span className="mark" aria-hidden="true">
            {MARKS[tone]}
          </span>
        )}
        {value}
      </dd>
      {beside === undefined ? null : <dd className="figure-beside">{beside}</dd>}
    </div>
  );
}

export function Figures({ children }: { readonly children: ReactNode }) {
  return <dl className="figures">{children}</dl>;
}

export function Badge({ tone = 'calm', children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return (
    <span className="badge" data-tone={tone}>
      {MARKS[tone] === '' ? null : (
        <span className="mark" aria-hidden="true">
          {MARKS[tone]}
        </span>
      )}
      {children}
    </span>
  );
}
