import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfiguration } from './configuration-file.ts';
import { differenceOf } from './difference.ts';

const text = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8');
const read = (changed: string) => parseConfiguration(changed, 'x', { nowAt: 0 }).configuration;

test.each([
  ['nothing', text, ''],
  ['a remark', `# a remark\n${text}`, ''],
  ['a time', text.replace('wrapUpS: 2', 'wrapUpS: 3'), "agents' times"],
  [
    'the name of an agent',
    text.replace('id: benoit', 'id: bernard'),
    'agent added: bernard, agent removed: benoit',
  ],
  [
    'whom agents may consult outside',
    text.replace('id: interpreters', 'id: translators'),
    'directory entry added: translators, directory entry removed: interpreters',
  ],
  ['a line', text.replace('"+16135550142"', '"+16135550162"'), 'line changed: family_sponsorship'],
])('%s: said in a few words', (_, changed, words) => {
  expect(differenceOf(read(text), read(changed))).toBe(words);
});
