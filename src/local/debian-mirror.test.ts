import { expect, test } from 'vitest';
import { chooseMirror } from './debian-mirror.ts';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

test('the newer form: the first source of Debian itself, never a security archive', () => {
  const text = [
    'Types: deb',
    '# URIs: http://commented.test/debian',
    'URIs: http://security.test/debian-security',
    'Suites: bookworm-security',
    'Components: main',
    '',
    'Types: deb deb-src',
    'URIs: http://first.test/debian',
    ' http://second.test/debian',
    'Suites: bookworm bookworm-updates',
    'Components: main contrib',
    `Signed-By: ${keyring}`,
  ].join('\n');
  expect(chooseMirror([{ name: 'debian.sources', text }], 'bookworm')).toEqual({
    url: 'http://first.test/debian',
    keyring,
  });
});

test('the older form, with and without options', () => {
  const text = [
    '# deb http://commented.test/debian bookworm main',
    'deb cdrom:[Debian]/ bookworm main',
    'deb [arch=amd64 signed-by=/etc/apt/other.gpg] https://vendor.test/apt stable main',
    'deb http://plain.test/debian bookworm contrib',
    'deb http://security.test/debian-security bookworm main',
    'deb [signed-by=/keys/debian-archive.gpg] http://right.test/debian bookworm main # ours',
  ].join('\n');
  expect(chooseMirror([{ name: 'sources.list', text }], 'bookworm')).toEqual({
    url: 'http://right.test/debian',
    keyring: '/keys/debian-archive.gpg',
  });
});

test('a source that is switched off, a stranger, another distribution: no mirror', () => {
  const off = 'Types: deb\nEnabled: no\nURIs: http://off.test/debian\nSuites: sid\nComponents: main\n';
  const other = 'deb http://archive.test/ubuntu noble main\n';
  expect(
    chooseMirror(
      [
        { name: 'off.sources', text: off },
        { name: 'other.list', text: other },
      ],
      'bookworm',
    ),
  ).toBeUndefined();
});
