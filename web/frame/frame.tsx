// The frame around every page: a link past it, the name of the page, the other pages this account may open, the other
// language, the account, and how old the data is. Pages give what is theirs and no frame of their own.

import { type ReactNode, useEffect } from 'react';
import type { BoardView } from '../../src/engine/board-shape.ts';
import { signOut, useAccount } from '../access/account.tsx';
import { Button } from '../kit/button.tsx';
import { common } from '../language/common-phrases.ts';
import { inLanguage, plainPath, useLanguage } from '../language/language.tsx';
import { useSay } from '../language/phrases.ts';
import { StatusLine } from '../live/status-line.tsx';

export type FrameProps = {
  /** Of the page, in its heading and in the browser's tab. */
  readonly title: string;
  /** Whose stream the page lives on; left out: it has none. */
  readonly view?: BoardView;
  /** Beside the title: what belongs to the whole page. */
  readonly beside?: ReactNode;
  /** As wide as the window allows; else a column that can be read. */
  readonly wide?: boolean;
  readonly children: ReactNode;
};

export function Frame({ title, view, beside, wide = false, children }: FrameProps) {
  const say = useSay(common);
  useTitle(title);
  return (
    <div className={wide ? 'frame frame-wide' : 'frame'}>
      <a className="skip" href="#main">
        {say('frame.skip')}
      </a>
      <header className="head">
        <a className="head-name" href="/">
          Rappel
        </a>
        <PageLinks />
        <div className="head-end">
          <LanguageLink />
          <AccountPart />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="main">
        <div className="title-row">
          <h1>{title}</h1>
          {view === undefined ? null : <StatusLine view={view} />}
          {beside}
        </div>
        {children}
      </main>
    </div>
  );
}

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === 'Rappel' ? title : `${title} – Rappel`;
  }, [title]);
}

/** By role; who has none of these sees none of them. */
const LINKS = [
  { path: '/supervisor', phrase: 'page.supervisor', roles: ['supervisor', 'admin'] },
  { path: '/agent', phrase: 'page.agent', roles: ['agent'] },
  { path: '/wall', phrase: 'page.wall', roles: ['supervisor', 'analyst', 'admin'] },
  { path: '/reports', phrase: 'page.reports', roles: ['supervisor', 'analyst', 'admin'] },
  { path: '/admin', phrase: 'page.admin', roles: ['admin'] },
] as const;

function PageLinks() {
  const say = useSay(common);
  const account = useAccount();
  const here = plainPath(location.pathname);
  const mine = LINKS.filter(
    ({ path, roles }) =>
      account !== null &&
      (roles.some((role) => account.roles.includes(role)) || (path === '/agent' && account.agent !== null)),
  );
  if (mine.length === 0) return null;
  return (
    <nav className="head-pages" aria-label={say('frame.pages')}>
      {mine.map(({ path, phrase }) => (
        <a key={path} href={path} aria-current={here === path ? 'page' : undefined}>
          {say(phrase)}
        </a>
      ))}
    </nav>
  );
}

export function LanguageLink() {
  const say = useSay(common);
  const { language, choose } = useLanguage();
  const other = language === 'en' ? 'fr' : 'en';
  return (
    <a
      className="head-language"
      lang={other}
      hrefLang={other}
      href={inLanguage(location.pathname, other)}
      onClick={(event) => {
        event.preventDefault();
        choose(other);
      }}
    >
      {say('frame.language')}
    </a>
  );
}

function AccountPart() {
  const say = useSay(common);
  const account = useAccount();
  if (account === null) return null;
  return (
    <>
      <span className="head-account">
        <span className="unseen">{say('frame.signed_in_as', { name: account.name })}</span>
        <span aria-hidden="true">{account.name}</span>
      </span>
      <Button kind="quiet" size="small" onPress={signOut}>
        {say('frame.sign_out')}
      </Button>
    </>
  );
}
