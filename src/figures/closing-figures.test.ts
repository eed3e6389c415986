// Each way in which a closing may end a callback has a figure of its own, and so have places that were put before others.

import { expect, test } from 'vitest';
import { START_AT } from '../../test/support/given.ts';
import { HOUR, MINUTE, Scene, visas } from '../../test/support/scene.ts';
import { Told } from '../../test/support/told.ts';
import { type ClosingRules, LINE_DEFAULTS } from '../core/configuration.ts';
import type { PlaceId } from '../core/id.ts';
import { CLOSING } from './closing-figures.ts';

const FIRST = { fromAt: START_AT, toAt: START_AT + HOUR };
const NEXT = { fromAt: START_AT + 10 * HOUR, toAt: START_AT + 18 * HOUR };

/** Three clients wait for a callback; then the line closes. */
function closing(rules: Partial<ClosingRules>, open = [FIRST, NEXT]): Scene {
  const line = visas({
    open,
    offer: { ...LINE_DEFAULTS.offer, keepPermille: 0 },
    closing: { ...LINE_DEFAULTS.closing, ...rules },
  });
  const scene = new Scene({ lines: [line] });
  for (const caller of [1, 2, 3]) scene.callback(caller);
  scene.after(HOUR);
  return scene;
}

/** The figures of closing that are not nought, in cases. */
function casesOf(scene: Scene): Readonly<Record<string, number>> {
  const told = new Told(scene);
  const figures = CLOSING.map(({ id }) => told.figure(id)).map(
    ({ figure, cases, value }) => [figure, cases ?? value ?? 0] as const,
  );
  return Object.fromEntries(figures.filter(([, cases]) => cases !== 0));
}

test('carried up to the cap, and beyond it expired', () => {
  const scene = closing({ pending: 'carry', carryMax: 1 });
  expect(casesOf(scene)).toEqual({ carried_over_closing: 1, expired_beyond_cap: 2 });
  expect(new Told(scene).figure('callbacks_expired').cases).toBe(2);
});

test('expired by policy', () => {
  expect(casesOf(closing({ pending: 'expire' }))).toEqual({ expired_at_closing: 3 });
});

test('expired, since the line does not open again', () => {
  expect(casesOf(closing({ pending: 'carry' }, [FIRST]))).toEqual({ expired_no_opening: 3 });
});

test('finished after closing, and the rest carried', () => {
  const scene = closing({ pending: 'finish', finishMs: 10 * MINUTE });
  scene.ready();
  scene.dial();
  scene.reach();
  scene.after(10 * MINUTE);
  scene.finish();
  expect(casesOf(scene)).toEqual({ finished_after_closing: 1, carried_over_closing: 2 });
});

test('places put before others: each once, with the reason that it has last', () => {
  const priorities = [
    { reason: 'urgent', priority: 1, placesMax: 2 },
    { reason: 'minister', priority: 0, placesMax: 2 },
  ];
  const scene = new Scene({ lines: [visas({ priorities })] });
  for (const caller of [1, 2, 3]) scene.callback(caller);
  for (const reason of ['urgent', 'minister'])
    scene.tell({ type: 'place.prioritise', place: 2 as PlaceId, reason, by: 'supervisor' });
  scene.ready();
  scene.dial();
  scene.reach();
  scene.finish();
  const told = new Told(scene);
  expect(told.figure('prioritised')).toMatchObject({ cases: 1, n: 3 });
  expect(told.book.all('place')).toMatchObject([{ place: 2, priority_reason: 'minister' }]);
});
