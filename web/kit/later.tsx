// Parts of a page that are loaded when they are used. While the centre is away they are waited for, and where one cannot be
// loaded after all it says so in its own place; the rest of the page goes on: an agent in a call keeps the desk that they have.

import { type ComponentType, lazy } from 'react';
import { common } from '../language/common-phrases.ts';
import { useSay } from '../language/phrases.ts';
import { Button } from './button.tsx';

const AGAIN_MS = 1_500;

/** As React's `lazy`; an error of the part itself is the page's, as ever. */
export function later<Props>(load: () => Promise<{ readonly default: ComponentType<Props> }>) {
  return lazy(() => loaded(load).catch(() => ({ default: NotLoaded as ComponentType<Props> })));
}

/**
 * The centre is asked for first: a browser that could not fetch a module once does not fetch it again before the page is
 * loaded anew. Rejects where it could not be fetched all the same.
 */
export async function loaded<Module>(load: () => Promise<Module>): Promise<Module> {
  await untilCentreThere();
  try {
    return await load();
  } catch {
    await untilCentreThere();
    await askForStylesAgain();
    return load();
  }
}

async function untilCentreThere(): Promise<void> {
  while (!(await isCentreThere())) await pause(AGAIN_MS);
}

async function isCentreThere(): Promise<boolean> {
  return fetch(location.href, { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
}

const stylesThatFailed = new Set<HTMLLinkElement>();
document.addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') stylesThatFailed.add(target);
  },
  true,
);

/** The loader asks for a style sheet once, whatever came of it. */
async function askForStylesAgain(): Promise<void> {
  const failed = [...stylesThatFailed];
  stylesThatFailed.clear();
  await Promise.all(
    failed.map((link) => {
      const again = link.cloneNode() as HTMLLinkElement;
      const isOver = new Promise((resolve) => {
        again.addEventListener('load', resolve);
        again.addEventListener('error', resolve);
      });
      link.replaceWith(again);
      return isOver;
    }),
  );
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function NotLoaded() {
  const say = useSay(common);
  return (
    <div className="panel" role="alert">
      <p>{say('part.not_loaded')}</p>
      <Button onPress={() => location.reload()}>{say('frame.reload')}</Button>
    </div>
  );
}
