// What must hold of every page in every state: no violation that axe-core finds, nothing lost at 320 px or with text at
// 200 %, the language said. Each gives what is wrong, as text, so that a failure can be read.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type AxeBuilder from 'axe-core';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One line for each violation and place. */
export async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(axeSource);
  const { violations } = (await page.evaluate(
    (rules) =>
      (window as unknown as { axe: typeof AxeBuilder }).axe.run(document, {
        runOnly: { type: 'tag', values: rules },
        resultTypes: ['violations'],
      }),
    RULES,
  )) as AxeBuilder.AxeResults;
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')} (${failureSummary})`),
  );
}

/** What does not fit: the page scrolls sideways, or text is cut off. Tables may scroll in a room of their own. */
export function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth + 1) faults.push(`the page is ${scrollWidth} px wide in ${clientWidth} px`);
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (element.closest('.unseen, .skip, .table-room thead, svg') !== null) continue;
      // For screen readers alone: a pixel, on purpose.
      if (
        element.clientWidth <= 1 ||
        element.closest('[aria-hidden="true"], [data-react-aria-prevent-focus]') !== null
      )
        continue;
      const { overflowX, overflowY } = getComputedStyle(element);
      const cutX = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1;
      const cutY = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1;
      if (cutX || cutY)
        faults.push(`<${element.tagName.toLowerCase()} class="${element.className}"> is cut off`);
    }
    return faults;
  });
}

/** Runs `look` with the text of the page at this size, in per cent. */
export async function withTextAt<T>(page: Page, percent: number, look: () => Promise<T>): Promise<T> {
  const set = (size: string) =>
    page.evaluate((value) => {
      document.documentElement.style.fontSize = value;
    }, size);
  await set(`${percent}%`);
  try {
    return await look();
  } finally {
    await set('');
  }
}

/** Goes from focus to focus with Tab and names what each lands on, until it comes round or `stopsMax` is reached. */
export async function tabStops(page: Page, stopsMax = 200): Promise<string[]> {
  const stops: string[] = [];
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  for (let i = 0; i < stopsMax; i += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (element === null || element === document.body) return '';
      const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 60) ?? '';
      return `${element.tagName.toLowerCase()} ${name}`;
    });
    if (stop === '') break;
    stops.push(stop);
  }
  return stops;
}

/** With Tab alone, until the thing of this name has the focus: its label, or how it begins. */
export async function tabTo(page: Page, name: string | RegExp, stopsMax = 60): Promise<void> {
  for (let i = 0; i < stopsMax; i += 1) {
    await page.keyboard.press('Tab');
    const found = await page.evaluate(() => {
      const at = document.activeElement as HTMLElement | null;
      const labels = (at as HTMLInputElement | null)?.labels;
      return at?.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? at?.textContent ?? '';
    });
    if (typeof name === 'string' ? found.trim().startsWith(name) : name.test(found.trim())) return;
  }
  throw new Error(`Tab does not come to ${name}`);
}

/** Nothing that axe-core finds, nothing lost with text at 200 % nor where it is narrow. */
export async function unwell(page: Page): Promise<string[]> {
  const wide = page.viewportSize() ?? { width: 1280, height: 900 };
  const faults = [...(await axeViolations(page)), ...(await withTextAt(page, 200, () => lost(page)))];
  await page.setViewportSize({ width: 320, height: 700 });
  faults.push(...(await lost(page)), ...(await axeViolations(page)));
  await page.setViewportSize(wide);
  return faults;
}
