// The administration: the configuration, whose sections are forms over one draft; accounts and tokens; what is sent to
// other programs; prompts; and what was changed, by whom and why. A section is a place of its own in the address.

import { Suspense, useEffect, useState } from 'react';
import { SignedIn, useAccount } from '../../access/account.tsx';
import type { Fault } from '../../access/api.ts';
import { useFaultText } from '../../access/fault-text.ts';
import { Frame } from '../../frame/frame.tsx';
import { later } from '../../kit/later.tsx';
import { common } from '../../language/common-phrases.ts';
import { useSay } from '../../language/phrases.ts';
import { adminPhrases } from './admin-phrases.ts';
import './admin.css';

const SECTIONS = [
  ...['lines', 'hours', 'rules', 'phases', 'agents', 'numbers', 'webhooks', 'yaml', 'history'],
  ...['accounts', 'tokens', 'prompts'],
] as const;
export type Section = (typeof SECTIONS)[number];

const Configuration = later(() => import('./configuration/configuration.tsx'));
const History = later(() => import('./history-section.tsx'));
const Accounts = later(() => import('./people/accounts-section.tsx'));
const Prompts = later(() => import('./prompts/prompts-section.tsx'));
const Tokens = later(() => import('./people/tokens-section.tsx'));

export default function AdminPage() {
  const say = useSay(common);
  return (
    <SignedIn>
      <Frame title={say('page.admin')} wide>
        <Rooms />
      </Frame>
    </SignedIn>
  );
}

function Rooms() {
  const say = useSay(adminPhrases);
  const isAdmin = useAccount()?.roles.includes('admin') ?? false;
  const section = useSection();
  if (!isAdmin) return <p className="panel">{say('admin.may_not')}</p>;
  return (
    <div className="admin">
      <nav className="admin-nav" aria-label={say('admin.sections')}>
        <ul>
          {SECTIONS.map((one) => (
            <li key={one}>
              <a href={`#${one}`} aria-current={one === section ? 'page' : undefined}>
                {say(`section.${one}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <div className="admin-room">
        <Suspense>
          <Room section={section} />
        </Suspense>
      </div>
    </div>
  );
}

/** The draft lives as long as the page: whoever looks at accounts in between finds it again. */
function Room({ section }: { readonly section: Section }) {
  const faultText = useFaultText(adminPhrases);
  const [fault, setFault] = useState<Fault>();
  const isConfiguration = !(['history', 'accounts', 'tokens', 'prompts'] as string[]).includes(section);
  return (
    <>
      <p className="form-fault" role="alert">
        {fault === undefined ? '' : faultText(fault)}
      </p>
      <div hidden={!isConfiguration}>
        <Configuration section={section} onFault={setFault} />
      </div>
      {section === 'history' ? <History /> : null}
      {section === 'accounts' ? <Accounts /> : null}
      {section === 'tokens' ? <Tokens /> : null}
      {section === 'prompts' ? <Prompts /> : null}
    </>
  );
}

function sectionOf(hash: string): Section {
  const name = hash.slice(1);
  return (SECTIONS as readonly string[]).includes(name) ? (name as Section) : 'lines';
}

function useSection(): Section {
  const [section, setSection] = useState(() => sectionOf(location.hash));
  useEffect(() => {
    const move = () => setSection(sectionOf(location.hash));
    addEventListener('hashchange', move);
    return () => removeEventListener('hashchange', move);
  }, []);
  return section;
}
