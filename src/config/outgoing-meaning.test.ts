// A message to the page of a survey: it needs a page, a link in its words, and one way only.

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseConfiguration } from './configuration-file.ts';

const centre = readFileSync(new URL('../../config/demonstration.yaml', import.meta.url), 'utf8').replace(
  /^(survey|tone):.*\n/gm,
  '',
);
const MESSAGES = `messages:
  linkBase: https://centre.example
  sms: { url: https://gateway.example/send, body: '{"to":"{to}","text":"{text}"}' }
  email: { host: mail.example, port: 587, from: centre@centre.example }
  send:
`;

function said(survey: string, ...send: readonly string[]): string {
  const text = `${centre}${survey}\n${MESSAGES}${send.map((one) => `    - ${one}\n`).join('')}`;
  try {
    parseConfiguration(text, 'centre.yaml', { nowAt: Date.UTC(2019, 3, 17) });
    return '';
  } catch (error) {
    return (error as Error).message;
  }
}

const PAGE = 'survey: { share: 1, linkDays: 7 }';
const BY_SMS = '{ when: survey, by: sms }';

test('with a page and one way it may be sent', () => {
  expect(said(PAGE, BY_SMS, '{ when: unreachable, by: email }')).toBe('');
});

test.each([
  [
    'survey: { share: 1 }',
    [BY_SMS],
    /is never sent: no survey has linkDays; set survey\.linkDays, or remove it/,
  ],
  [PAGE, [BY_SMS, '{ when: survey, by: email }'], /would ask everybody twice; send it by sms or by email/],
  [
    PAGE,
    ['{ when: survey, by: sms, text: { en: "{link}", fr: Merci } }'],
    /leads to no question; put \{link\}/,
  ],
] as const)('%s %j', (survey, send, message) => {
  expect(said(survey, ...send)).toMatch(message);
});
