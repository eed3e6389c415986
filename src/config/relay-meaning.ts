// What is wrong with the meaning of what a configuration says of relay services and TTY users: routes that would dial what
// must never be dialled, and numbers of their own that lead nowhere.

import { type RouteRefusal, whyNoRoute } from '../core/dialled.ts';
import { type Mistake, mistake } from './mistake.ts';
import type { Path } from './position.ts';
import { repeated } from './repeated.ts';
import { dialPolicyOf } from './resolve.ts';
import type { ConfigurationFile } from './schema.ts';

export function relayMistakes(file: ConfigurationFile, lines: ReadonlySet<string>): Mistake[] {
  return [...ofRoutes(file), ...ofEntries(file, lines)];
}

/** Who uses a relay service or a TTY is led to a line and a language that there are. */
function ofEntries({ relay = {}, languages }: ConfigurationFile, lines: ReadonlySet<string>): Mistake[] {
  const ofLine = (path: Path, line: string | undefined): Mistake[] =>
    line === undefined || lines.has(line)
      ? []
      : [mistake(path, `there is no line "${line}"`, `use one of ${[...lines].join(', ')}`)];
  return [
    ...ofLine(['relay', 'line'], relay.line),
    ...(relay.numbers ?? []).flatMap(({ line, language }, i) => [
      ...ofLine(['relay', 'numbers', i, 'line'], line),
      ...(language === undefined || languages.includes(language)
        ? []
        : [
            mistake(
              ['relay', 'numbers', i, 'language'],
              `"${language}" is not a language of the centre`,
              'add it to languages, or use another',
            ),
          ]),
    ]),
  ];
}

const NO_ROUTE: Readonly<Record<RouteRefusal, string>> = {
  emergency: 'is, or begins as, an emergency number, which is never dialled',
  service: 'is a short service number; of those only 711 reaches a relay service',
  premium: 'is paid by the minute',
  form: 'is neither 711 nor a whole telephone number',
};

function ofRoutes(file: ConfigurationFile): Mistake[] {
  const routes = file.numbers?.relayRoutes ?? [];
  const { ownNumbers } = dialPolicyOf(file);
  const path = (i: number, key: string): Path => ['numbers', 'relayRoutes', i, key];
  return [
    ...routes.flatMap(({ number, dial }, i) =>
      (['number', 'dial'] as const).flatMap((key) => {
        const why = whyNoRoute(key === 'number' ? number : dial);
        if (why !== null) return [mistake(path(i, key), NO_ROUTE[why], 'give the number of a relay service')];
        return ownNumbers.includes(key === 'number' ? number : dial)
          ? [mistake(path(i, key), 'is a number of this centre', 'give the number of a relay service')]
          : [];
      }),
    ),
    ...repeated(routes.map(({ number }) => number)).map((i) =>
      mistake(path(i, 'number'), 'this number stands twice', 'keep one of the two'),
    ),
  ];
}
