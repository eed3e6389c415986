// OpenAPI tells of every route what comes back, not only what is asked.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HouseInMemory } from '../../test/support/house-in-memory.ts';

const yaml = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');

type Operation = { readonly responses: Readonly<Record<string, { readonly content?: object }>> };
type OpenApi = { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> };

test('every route says what comes back', async () => {
  const house = await HouseInMemory.open({ yaml, now: Date.UTC(2019, 3, 17, 15) });
  const { said } = await house.ask('GET', '/openapi.json');
  await house.close();
  const { paths } = said as unknown as OpenApi;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ route: `${method} ${path}`, operation })),
  );
  expect(operations.length).toBeGreaterThan(45);
  const silent = operations.filter(({ operation: { responses } }) => {
    const answered = Object.entries(responses).find(([status]) => status.startsWith('2'));
    return answered === undefined || Object.keys(answered[1].content ?? {}).length === 0;
  });
  expect(silent.map(({ route }) => route)).toEqual([]);
});
