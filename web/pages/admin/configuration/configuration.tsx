// The sections of the configuration, over one draft.

import { useState } from 'react';
import type { Fault } from '../../../access/api.ts';
import { useSay } from '../../../language/phrases.ts';
import type { Section } from '../admin-page.tsx';
import { adminPhrases } from '../admin-phrases.ts';
import { WebhooksSection } from '../outbox/webhooks-section.tsx';
import { AgentsSection } from './agents-section.tsx';
import { DraftBar } from './draft-bar.tsx';
import { DraftRoom, useDraft } from './draft-room.tsx';
import { fieldPhrases } from './field-phrases.ts';
import { HoursSection } from './hours-section.tsx';
import { PhasesSection } from './phases-section.tsx';
import { LinesSection, NumbersSection, RulesSection } from './sections.tsx';
import type { Where } from './where.tsx';
import { YamlSection } from './yaml-section.tsx';

type Props = { readonly section: Section; readonly onFault: (fault: Fault) => void };

export default function Configuration({ section, onFault }: Props) {
  return (
    <DraftRoom onFault={onFault}>
      <DraftBar />
      <Form section={section} />
    </DraftRoom>
  );
}

function Form({ section }: { readonly section: Section }) {
  const say = useSay(adminPhrases);
  const sayField = useSay(fieldPhrases);
  const { file } = useDraft();
  const [where, setWhere] = useState<Where>(-1);
  const props = { where, onWhere: setWhere };
  return (
    <section className="panel form-panel" aria-labelledby="section-title">
      <h2 id="section-title">{say(section === 'yaml' ? 'yaml.title' : `section.${section}`)}</h2>
      {file === undefined && section !== 'yaml' ? (
        <p className="field-fault">{sayField('yaml.only')}</p>
      ) : (
        form()
      )}
    </section>
  );

  function form() {
    switch (section) {
      case 'hours':
        return <HoursSection {...props} />;
      case 'rules':
        return <RulesSection {...props} />;
      case 'phases':
        return <PhasesSection {...props} />;
      case 'agents':
        return <AgentsSection />;
      case 'numbers':
        return <NumbersSection />;
      case 'webhooks':
        return <WebhooksSection />;
      case 'yaml':
        return <YamlSection />;
      default:
        return <LinesSection {...props} />;
    }
  }
}
