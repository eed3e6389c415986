// Which Debian mirror does this machine already use? Read from apt's own sources (both forms), so that the operator's
// choice, and nobody else's, is used, and no host name stands in our code. Pure text in, an address out; the rule is:
// the first enabled "deb" source that has "main", is no security archive, has a suite name of Debian, and is not
// signed by some third party's key.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type DebianMirror = { readonly url: string; readonly keyring: string };

const standardKeyring = '/usr/share/keyrings/debian-archive-keyring.gpg';

type Source = {
  readonly uris: readonly string[];
  readonly suites: readonly string[];
  readonly components: readonly string[];
  readonly signedBy: string;
};

/** The mirror named by these files' texts; `codename` is that of the machine's own release, if known. */
export function chooseMirror(
  files: readonly { readonly name: string; readonly text: string }[],
  codename: string | undefined,
): DebianMirror | undefined {
  const suites = new Set(['oldstable', 'stable', 'testing', 'unstable', 'sid']);
  if (codename) suites.add(codename);
  for (const { name, text } of files) {
    const sources = name.endsWith('.sources') ? parseParagraphs(text) : parseLines(text);
    for (const source of sources) {
      const known = source.suites.some((suite) =>
        suites.has(suite.replace(/\/$/, '').replace(/-updates$/, '')),
      );
      const ours = source.signedBy === '' || source.signedBy.includes('debian-archive');
      if (!known || !ours || !source.components.includes('main')) continue;
      const url = source.uris.find((uri) => /^[a-z+]+:/.test(uri) && !/^cdrom:|security/.test(uri));
      if (url) return { url, keyring: source.signedBy.startsWith('/') ? source.signedBy : standardKeyring };
    }
  }
  return undefined;
}

function words(text: string | undefined): string[] {
  return (text ?? '').split(/\s+/).filter((word) => word !== '');
}

/** The newer form: paragraphs of "Field: values", continued on lines that begin with a blank. */
function parseParagraphs(text: string): Source[] {
  const withoutComments = text.replaceAll(/^[ \t]*#.*\n?/gm, '');
  return withoutComments.split(/\n[ \t]*\n/).flatMap((paragraph) => {
    const fields = new Map<string, string>();
    for (const line of paragraph.replaceAll(/\n[ \t]+/g, ' ').split('\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) fields.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    }
    const enabled = !/^(no|false|0)/i.test(fields.get('enabled') ?? 'yes');
    if (!enabled || !words(fields.get('types')).includes('deb')) return [];
    return [
      {
        uris: words(fields.get('uris')),
        suites: words(fields.get('suites')),
        components: words(fields.get('components')),
        signedBy: words(fields.get('signed-by'))[0] ?? '',
      },
    ];
  });
}

/** The older form: `deb [options] URI suite component...`, one source a line. */
function parseLines(text: string): Source[] {
  return text.split('\n').flatMap((line) => {
    const match = /^deb[ \t]+(?:\[([^\]]*)\][ \t]+)?(\S+)[ \t]+(\S+)[ \t]+([^#]+)/.exec(line.trim());
    if (!match) return [];
    const signedBy = /signed-by=(\S+)/.exec(match[1] ?? '')?.[1] ?? '';
    return [{ uris: [match[2] ?? ''], suites: [match[3] ?? ''], components: words(match[4]), signedBy }];
  });
}

/** The mirror this machine uses, or undefined. `RAPPEL_DEBIAN_MIRROR` names another one. */
export function findMirror(environment: NodeJS.ProcessEnv = process.env): DebianMirror | undefined {
  const given = environment.RAPPEL_DEBIAN_MIRROR;
  if (given) return { url: given, keyring: standardKeyring };
  const codename = /^VERSION_CODENAME="?([a-z]+)/m.exec(read('/etc/os-release') ?? '')?.[1];
  const folder = '/etc/apt/sources.list.d';
  const names = list(folder);
  const paths = [
    ...names.filter((name) => name.endsWith('.sources')).map((name) => join(folder, name)),
    '/etc/apt/sources.list',
    ...names.filter((name) => name.endsWith('.list')).map((name) => join(folder, name)),
  ];
  const files = paths.flatMap((name) => {
    const text = read(name);
    return text === undefined ? [] : [{ name, text }];
  });
  return chooseMirror(files, codename);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
