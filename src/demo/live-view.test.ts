// The picture fits the terminal, shows what there is, and only what has changed is written again.

import { expect, test } from 'vitest';
import type { AgentId, LineId } from '../core/id.ts';
import { clock, draw, LiveView, type View } from './live-view.ts';

function view(change: Partial<View> = {}): View {
  return {
    title: 'Rappel, the demonstration centre',
    hints: ['call sip:1@127.0.0.1'],
    lineNames: new Map([['citizenship', 'Citizenship and PR cards']]),
    stand: {
      at: 0,
      calls: 3,
      lines: [
        {
          line: 'citizenship' as LineId,
          holding: 2,
          callbacks: 12,
          retrying: 1,
          withAgent: 0,
          longestWaitMs: 65_000,
        },
      ],
      agents: [{ agent: 'amelie' as AgentId, state: 'on_call', reason: '', sinceMs: 7_000 }],
    },
    counts: {
      calls: 31,
      callbacksRegistered: 9,
      callbacksConnected: 5,
      callbacksUnreachable: 0,
      callbacksCancelled: 0,
      acceptedLost: 0,
      overtakes: 0,
      abandoned: 1,
      conversations: 16,
      handoverMsP50: 6.4,
      handovers: 11,
      surveysByPhone: 6,
      surveysAnswered: 4,
      tonesAsked: 5,
    },
    bridgedWithAudio: 14,
    events: Array.from({ length: 50 }, (_, i) => `event ${i + 1}`),
    ...change,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the codes of a terminal begin with one
const CODES = /\x1b\[[?0-9;]*[A-Za-z]/g;

test.each([
  [200, 60],
  [80, 24],
  [40, 10],
  [20, 3],
])('a picture of %i columns and %i rows fits', (columns, rows) => {
  const picture = draw(view(), columns, rows);
  expect(picture.length).toBeLessThan(rows);
  for (const text of picture) expect(text.replaceAll(CODES, '').length).toBeLessThanOrEqual(columns);
});

test('it shows lines, agents, figures, and the latest events last', () => {
  const text = draw(view(), 120, 30).map((row) => row.replaceAll(CODES, ''));
  expect(text.find((row) => row.startsWith('Citizenship'))).toMatch(/## 2 +#{5} 12 \(1 later\) +- +1:05$/);
  expect(text.find((row) => row.startsWith('amelie'))).toMatch(/on call +0:07$/);
  expect(text.join('\n')).toContain('9 accepted, 5 connected');
  expect(text.join('\n')).toContain('6 ms (median of 11)');
  expect(text.at(-1)).toBe('event 50');
});

test('on 80 columns every column is seen, and what is to be dialled stands there to its last digit', () => {
  const hint =
    'call it yourself: a softphone on this machine, user guest, password 00000000, server 127.0.0.2:21560, dial +18005550100';
  const text = draw(view({ hints: [hint] }), 80, 24).map((row) => row.replaceAll(CODES, ''));
  expect(text.slice(1, 3).join(' ')).toBe(hint);
  expect(text.find((row) => row.startsWith('Line'))).toMatch(/longest wait$/);
  expect(text.find((row) => row.startsWith('Citizenship and PR cards'))).toMatch(/1:05$/);
  expect(text.join(' ')).toContain("a freed agent's next call rings after 6 ms (median of 11)");
});

test('only rows that changed are written again', () => {
  const written: string[] = [];
  const out = { columns: 100, rows: 30, write: (text: string) => written.push(text) };
  const live = new LiveView(out as unknown as NodeJS.WriteStream);
  live.show(view());
  live.show(view());
  expect(written).toHaveLength(1);
  live.show(view({ bridgedWithAudio: 15 }));
  expect(written).toHaveLength(2);
  expect(written[1]).toContain('in 15 each side has heard the other');
  expect(written[1]).not.toContain('amelie');
  live.close();
  expect(written[2]).toContain('\x1b[?25h');
});

test('a clock of minutes and seconds', () => {
  expect([clock(0), clock(59_999), clock(61_000), clock(-5), clock(3_600_000)]).toEqual([
    '0:00',
    '0:59',
    '1:01',
    '0:00',
    '60:00',
  ]);
});
