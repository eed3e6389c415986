// The agent's page: their own state, the client before the phone rings and while they talk, what came of it, and their
// lines. All of it comes from the one stream but the client, who is asked for when the stream says that there is one. The
// page itself is how the centre knows that the agent is there: of several, one counts.

import { SignedIn, useAccount } from '../../access/account.tsx';
import { Frame } from '../../frame/frame.tsx';
import { Button } from '../../kit/button.tsx';
import { useSay } from '../../language/phrases.ts';
import { useBoard } from '../../live/use-board.ts';
import { agentPhrases } from './agent-phrases.ts';
import { Desk } from './desk.tsx';
import { usePage } from './use-page.ts';
import './agent.css';

export default function AgentPage() {
  const say = useSay(agentPhrases);
  const agent = useAccount()?.agent ?? null;
  return (
    <SignedIn>
      {agent === null ? (
        <Frame title={say('title')}>
          <section className="panel">
            <h2>{say('none.title')}</h2>
            <p>{say('none.what')}</p>
          </section>
        </Frame>
      ) : (
        <Frame title={say('title')} view="agent" wide>
          <Present agent={agent} />
        </Frame>
      )}
    </SignedIn>
  );
}

function Present({ agent }: { readonly agent: string }) {
  const say = useSay(agentPhrases);
  const { life, takeOver } = usePage(agent);
  const row = useBoard('agent', (board) => board.agents[agent]);
  const isKnown = useBoard('agent', () => true) === true;
  if (life === 'elsewhere' || life === 'taken')
    return (
      <section className="panel desk-elsewhere" role="alert">
        <h2>{say(life === 'taken' ? 'taken.title' : 'elsewhere.title')}</h2>
        <p>{say('elsewhere.what')}</p>
        <Button kind="primary" onPress={takeOver}>
          {say('elsewhere.act')}
        </Button>
      </section>
    );
  return life === 'here' && isKnown ? <Desk agent={agent} row={row ?? null} /> : null;
}
