// A bad scenario is one line that names the key and says how to mend it.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseScenario, readScenario } from './scenario.ts';

const SAMPLE = new URL('../../../config/scenarios/one-line.yaml', import.meta.url);
const sample = readFileSync(SAMPLE, 'utf8');

const changed = (from: string, to: string): string => {
  expect(sample).toContain(from);
  return sample.replace(from, to);
};

test('the sample is read, as YAML and as JSON', () => {
  const scenario = parseScenario(sample);
  expect(scenario.lines[0]).toMatchObject({ id: 'main', perHour: 6_300, capacity: 150, takeRate: 0.45 });
  expect(scenario.stop).toEqual({ calls: 1_000_000 });
  const json =
    '{"stop": {"days": 1}, "agents": [{"count": 1, "lines": ["x"]}], "lines": {"x": {"arrivals": {"kind": "poisson", "perHour": 5}, "handle": {"kind": "constant", "meanS": 9}}}}';
  expect(parseScenario(json).lines[0]).toMatchObject({ capacity: null, offerOverMs: null, wrapUpMs: 0 });
});

test.each([
  ['an unknown key', changed('wrapUpS', 'wrapupS'), 'lines.main.wrapupS: is not a known key'],
  [
    'a misspelt key that is needed',
    changed('perHour', 'perhour'),
    'lines.main.arrivals.perhour: is not a known',
  ],
  [
    'a text for a number',
    changed('6300', '"many"'),
    'lines.main.arrivals.perHour: "many" has the wrong type',
  ],
  ['a negative time', changed('wrapUpS: 0', 'wrapUpS: -1'), 'lines.main.wrapUpS: -1 is too small'],
  ['more than all', changed('0.45', '45'), 'lines.main.callback.takeRate: 45 is too large'],
  [
    'an unknown law',
    changed('handle:   { kind: exponential', 'handle:   { kind: normal'),
    'lines.main.handle.kind: "normal" is not allowed',
  ],
  [
    'lognormal without cv',
    changed('handle:   { kind: exponential', 'handle:   { kind: lognormal'),
    'lines.main.handle: the key "cv" is missing',
  ],
  [
    'a mean of infinity',
    changed('{ kind: exponential, meanS: 120 }', '{ kind: infinite, meanS: 120 }'),
    'lines.main.patience: infinite has neither',
  ],
  [
    'an offer nobody knows',
    changed('offer: always', 'offer: sometimes'),
    'lines.main.callback.offer: "sometimes" is not allowed',
  ],
  [
    'a wait below nothing',
    changed('offer: always', 'offer: { whenEwtOverS: -1 }'),
    'lines.main.callback.offer.whenEwtOverS: -1 is too small; give 0 or more',
  ],
  [
    'a misspelt wait',
    changed('offer: always', 'offer: { whenEwtoverS: 900 }'),
    'lines.main.callback.offer.whenEwtoverS: is not a known key',
  ],
  [
    'agents of no line',
    changed('lines: [main]', 'lines: [mian]'),
    'agents[0].lines[0]: there is no line "mian"',
  ],
  ['no end', changed('{ calls: 1000000 }', '{}'), 'stop: says not when to stop'],
  ['two ends', changed('{ calls: 1000000 }', '{ calls: 10, days: 1 }'), 'stop: says not when to stop'],
  ['half a call', changed('calls: 1000000', 'calls: 0.5'), 'stop.calls: 0.5 has the wrong type'],
  ['nobody at work', changed('count: 100', 'count: 0'), 'agents[0].count: 0 is too small'],
  [
    'no attempt',
    changed('probabilities: [1]', 'probabilities: []'),
    'lines.main.callback.answer.probabilities: the list',
  ],
  ['no YAML', 'lines: [', ''],
  ['nothing', '', ''],
])('%s', (_, text, says) => {
  let message = '';
  try {
    parseScenario(text, 'file.yaml');
  } catch (error) {
    message = (error as Error).message;
    expect((error as { code?: string }).code).toBe('scenario.invalid');
  }
  expect(message).toMatch(/^file\.yaml:\d+:\d+: /);
  expect(message).toContain(says);
  expect(message).not.toContain('\n');
});

test('a file that is not there', () => {
  expect(() => readScenario('nowhere.yaml')).toThrow('nowhere.yaml: there is no such file');
});
