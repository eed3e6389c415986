// While a page is being loaded. It is said only after a moment (by the style sheet): most are there before.

import { common } from '../language/common-phrases.ts';
import { useSay } from '../language/phrases.ts';

export function Loading() {
  const say = useSay(common);
  return (
    <main className="alone loading" aria-busy="true">
      <p>{say('frame.loading')}</p>
    </main>
  );
}
