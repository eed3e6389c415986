// The one shell of every page: which page, in which language, for whom; then that page is loaded, alone. Whatever a page
// needs of the others it finds in frame, kit, language, access and live.

import { type ComponentType, lazy, StrictMode, Suspense } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import './kit/base.css';
import './kit/kit.css';
import { AccountRoom } from './access/account.tsx';
import { Broken } from './frame/broken.tsx';
import { Loading } from './frame/loading.tsx';
import { loaded } from './kit/later.tsx';
import { ToastRoom } from './kit/toast.tsx';
import { LanguageRoom, plainPath, useLanguage } from './language/language.tsx';
import { localeOf } from './language/phrases.ts';

type Page = Promise<{ readonly default: ComponentType }>;

/** By the first part of the path. Each is a chunk of its own. */
const pages: Readonly<Record<string, () => Page>> = {
  '': () => import('./pages/home/home-page.tsx'),
  agent: () => import('./pages/agent/agent-page.tsx'),
  supervisor: () => import('./pages/supervisor/supervisor-page.tsx'),
  wall: () => import('./pages/wall/wall-page.tsx'),
  reports: () => import('./pages/reports/reports-page.tsx'),
  admin: () => import('./pages/admin/admin-page.tsx'),
  'sign-in': () => import('./pages/sign-in/sign-in-page.tsx'),
  'first-admin': () => import('./pages/first-admin/first-admin-page.tsx'),
  phone: () => import('./pages/phone/phone-page.tsx'),
};

const name = plainPath(location.pathname).split('/')[1] ?? '';
const Page = lazy(() => loaded(pages[name] ?? (() => import('./frame/not-found.tsx'))));

function Shell() {
  const { language } = useLanguage();
  return (
    <I18nProvider locale={localeOf(language)}>
      <Broken>
        <Suspense fallback={<Loading />}>
          <AccountRoom>
            <Page />
          </AccountRoom>
        </Suspense>
      </Broken>
      <ToastRoom />
    </I18nProvider>
  );
}

createRoot(document.getElementById('page') as HTMLElement).render(
  <StrictMode>
    <LanguageRoom>
      <Shell />
    </LanguageRoom>
  </StrictMode>,
);
