// The page /supervisor: its place in the frame.

import { SignedIn } from '../../access/account.tsx';
import { Frame } from '../../frame/frame.tsx';
import { common } from '../../language/common-phrases.ts';
import { useSay } from '../../language/phrases.ts';

export default function SupervisorPage() {
  const say = useSay(common);
  return (
    <SignedIn>
      <Frame title={say('page.supervisor')} view="supervisor" wide>
        <p>…</p>
      </Frame>
    </SignedIn>
  );
}
