// The page /reports: its place in the frame.

import { SignedIn } from '../../access/account.tsx';
import { Frame } from '../../frame/frame.tsx';
import { common } from '../../language/common-phrases.ts';
import { useSay } from '../../language/phrases.ts';

export default function ReportsPage() {
  const say = useSay(common);
  return (
    <SignedIn>
      <Frame title={say('page.reports')}>
        <p>…</p>
      </Frame>
    </SignedIn>
  );
}
