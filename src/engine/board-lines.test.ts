// The lines of the board: the service level that the owners want stands beside each line, its own before the centre's.

import { expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';
import { figureCalled } from '../figures/registry.ts';
import { boardOf } from './board.ts';
import { LEVEL_FIGURES } from './board-lines.ts';

const yaml = (centre: string, own: string) => `languages: [en, fr]
${centre}
lines:
  - { id: one, name: { en: One, fr: Un }, key: 1, callerId: "+16132340141" ${own} }
  - { id: two, name: { en: Two, fr: Deux }, key: 2, callerId: "+16132340142" }
agents: []
`;

async function targets(centre: string, own: string) {
  const house = await HouseInMemory.open({ yaml: yaml(centre, own), now: Date.UTC(2019, 3, 17, 15) });
  try {
    const { lines } = boardOf({ state: house.engine.state, live: house.live, at: house.time.now() });
    return [lines.one?.target, lines.two?.target];
  } finally {
    await house.close();
  }
}

test('a line’s own service level counts before the centre’s; where nobody wants one there is none', async () => {
  const centre = 'serviceLevel: { withinS: 300, share: 0.5 }';
  const own = ', serviceLevel: { withinS: 20, share: 0.805 }';
  const ofCentre = { figure: 'service_level_5m', value: 0.5 };
  expect(await targets('', '')).toEqual([null, null]);
  expect(await targets(centre, '')).toEqual([ofCentre, ofCentre]);
  expect(await targets(centre, own)).toEqual([{ figure: 'service_level_20s', value: 0.805 }, ofCentre]);
});

test('each time that may be configured has a figure of the registry', () => {
  for (const figure of LEVEL_FIGURES.values()) expect(figureCalled(figure)?.measure.kind).toBe('share');
});

test('a time that no figure counts is refused, with what may be written', async () => {
  await expect(targets('serviceLevel: { withinS: 30, share: 0.5 }', '')).rejects.toThrow(/withinS/);
});
