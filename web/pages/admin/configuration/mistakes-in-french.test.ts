// Every kind of mistake that the reader of configurations is held to is said in French as well; what comes from the YAML
// library in its own words alone is left in English.

import { expect, test } from 'vitest';
import { type ConfigurationRefused, parseConfiguration } from '../../../../src/config/configuration-file.ts';
import { MISTAKES } from '../../../../test/support/mistakes.ts';
import { inFrench } from './mistakes-in-french.ts';

test.each(MISTAKES)('$kind', ({ text }) => {
  let refused: ConfigurationRefused | undefined;
  try {
    parseConfiguration(text, 'x.yaml', { nowAt: Date.UTC(2019, 3, 17) });
  } catch (error) {
    refused = error as ConfigurationRefused;
  }
  for (const { what, mend } of refused?.mistakes ?? []) {
    if (/alias|Unresolved|flow|Implicit|indent|block|Nested|token/i.test(what)) continue;
    for (const half of [what, mend]) {
      const french = inFrench(half);
      expect(french, half).toBeDefined();
      expect(french).not.toMatch(/ [:»]|'|« /);
    }
  }
});
