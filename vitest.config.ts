// Four projects. "quick": the rules and everything else that needs no other process, files in parallel. "real": tests
// that start PostgreSQL or Asterisk (`*.real.test.ts`), one file at a time, so that they do not fight over two processors.
// "e2e": whole centres with people on the telephone, who mostly listen and wait: three files at a time. "browser": the pages in
// a real Chromium before a whole centre, one file at a time. Time limits are ends, not judgements: no test asserts a time, none is retried.

import { defineConfig } from 'vitest/config';

const real = ['{src,test}/**/*.real.test.ts'];
const e2e = ['test/e2e/**/*.test.ts'];
const browser = ['test/browser/**/*.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    retry: 0,
    passWithNoTests: false,
    projects: [
      {
        test: {
          name: 'quick',
          pool: 'forks',
          include: ['{src,test,web}/**/*.test.ts'],
          exclude: [...real, ...e2e, ...browser, '**/node_modules/**'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'real',
          pool: 'forks',
          include: real,
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          pool: 'forks',
          include: e2e,
          exclude: ['**/node_modules/**'],
          maxWorkers: 3,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'browser',
          pool: 'forks',
          include: browser,
          exclude: ['**/node_modules/**'],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 600_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
