// A colleague consults this agent: who, about a client of which line and language, before they answer and while they talk.
// When the client is handed over, the page shows them as the agent's own.

import type { AgentRow } from '../../../src/engine/board-shape.ts';
import { Button } from '../../kit/button.tsx';
import { common } from '../../language/common-phrases.ts';
import { useSay } from '../../language/phrases.ts';
import { talkPhrases } from './talk-phrases.ts';
import type { Act } from './use-act.ts';
import { useLineName } from './words.ts';

type Props = { readonly helps: NonNullable<AgentRow['helps']>; readonly act: Act };

export function HelpPanel({ helps, act }: Props) {
  const say = useSay(talkPhrases);
  const sayCommon = useSay(common);
  const lineName = useLineName();
  const { by, line, language, state } = helps;
  const isRinging = state === 'ringing';
  return (
    <section
      className="panel desk-client"
      aria-labelledby="help-title"
      data-new={isRinging ? 'true' : undefined}
    >
      <div className="panel-head">
        <h2 id="help-title">{say('help.title')}</h2>
      </div>
      <p role="alert">{isRinging ? say('help.about', { by }) : say(`help.${state}`, { by })}</p>
      <dl className="desk-facts">
        {[
          [say('help.by'), by],
          [say('help.line'), lineName(line)],
          [say('help.language'), sayCommon(`language.${language}`)],
        ].map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>{value}</strong>
            </dd>
          </div>
        ))}
      </dl>
      <div className="desk-do">
        <Button kind={isRinging ? 'plain' : 'danger'} size="large" onPress={act.hangUp}>
          {say(isRinging ? 'help.refuse' : 'help.leave')}
        </Button>
        <p>{say(isRinging ? 'help.ringing' : 'help.hang_up')}</p>
      </div>
    </section>
  );
}
