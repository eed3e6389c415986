import { expect, test } from 'vitest';
import { barText } from './progress-bar.ts';

test('how far, how fast, how much longer', () => {
  expect(barText('calls', 250_000, 0.25, 5_000)).toBe(
    '[########                      ] 25 %, 50000 calls/s, 15 s left',
  );
  expect(barText('seeds', 10, 0.01, 60_000)).toContain('0 seeds/s, 1 h 39 min left');
  expect(barText('calls', 0, 0, 0)).toBe('[                              ] 0 %, 0 calls/s');
});
