// The page /phone: its place in the frame.

import { SignedIn } from '../../access/account.tsx';
import { Frame } from '../../frame/frame.tsx';
import { common } from '../../language/common-phrases.ts';
import { useSay } from '../../language/phrases.ts';

export default function PhonePage() {
  const say = useSay(common);
  return (
    <SignedIn>
      <Frame title={say('page.phone')}>
        <p>…</p>
      </Frame>
    </SignedIn>
  );
}
