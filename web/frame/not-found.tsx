// An address that is no page of ours.

import { common } from '../language/common-phrases.ts';
import { useSay } from '../language/phrases.ts';
import { Frame } from './frame.tsx';

export default function NotFound() {
  const say = useSay(common);
  return (
    <Frame title={say('frame.not_found')}>
      <p>
        <a href="/">{say('page.home')}</a>
      </p>
    </Frame>
  );
}
