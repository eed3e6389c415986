// The supervisor's desk: first what needs doing now, then the lines, worst first, the callbacks and what can be done with
// them, the agents, the switches, and one callback's story. Everything is of one moment and comes from one stream; after an
// act nothing is drawn by hand, the stream brings what became of it.

import { useState } from 'react';
import { SignedIn } from '../../access/account.tsx';
import { Frame } from '../../frame/frame.tsx';
import { useSay } from '../../language/phrases.ts';
import { useBoard, useLive } from '../../live/use-board.ts';
import { AgentsTable } from './agents-table.tsx';
import { CallbacksBoard } from './callbacks-board.tsx';
import { LinesTable } from './lines-table.tsx';
import { NeedsNow } from './needs-now.tsx';
import { StorySearch } from './story-search.tsx';
import { supervisorPhrases } from './supervisor-phrases.ts';
import { SwitchesPanel } from './switches-panel.tsx';
import './supervisor.css';

export default function SupervisorPage() {
  const say = useSay(supervisorPhrases);
  return (
    <SignedIn>
      <Frame title={say('title')} view="supervisor" wide>
        <Desk />
      </Frame>
    </SignedIn>
  );
}

function Desk() {
  const board = useBoard('supervisor', (all) => all);
  const seq = useLive('supervisor', (live) => live.seq);
  const [story, setStory] = useState('');
  if (board === null) return null;
  return (
    <div className="desk" data-seq={seq}>
      <NeedsNow board={board} />
      <LinesTable board={board} />
      <div className="desk-columns">
        <CallbacksBoard board={board} onStory={setStory} />
        <div className="desk-side">
          <AgentsTable board={board} />
          <SwitchesPanel board={board} />
          <StorySearch asked={story} onAsked={setStory} timeZone={board.centre[''].timeZone} />
        </div>
      </div>
    </div>
  );
}
