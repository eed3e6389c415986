// The language of the page: as its address says (/en/..., /fr/...), else as the server marked the document (from the
// cookie of the last choice, then from the browser). It changes in place, without loading anything again: a call that
// goes on in the page must not end because somebody reads the other language.

import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { IntlProvider } from 'react-intl';
import type { Language } from '../../src/core/id.ts';
import { languageOf, localeOf } from './phrases.ts';

type Chosen = { readonly language: Language; choose(language: Language): void };

const Choice = createContext<Chosen>({ language: 'en', choose: () => {} });

export function LanguageRoom({ children }: { readonly children: ReactNode }): ReactNode {
  const [language, setLanguage] = useState<Language>(() => languageOf(document.documentElement.lang));
  const chosen = useMemo<Chosen>(
    () => ({
      language,
      choose(next) {
        remember(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return (
    <Choice.Provider value={chosen}>
      <IntlProvider locale={localeOf(language)} defaultLocale={localeOf(language)}>
        {children}
      </IntlProvider>
    </Choice.Provider>
  );
}

export function useLanguage(): Chosen {
  return useContext(Choice);
}

const YEAR_S = 31_536_000;

function remember(language: Language): void {
  document.documentElement.lang = language;
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it with the next page, and no store of cookies is everywhere
  document.cookie = `rappel-language=${language}; path=/; max-age=${YEAR_S}; samesite=lax`;
  history.replaceState(history.state, '', inLanguage(location.pathname, language) + location.search);
}

/** The same page in this language: `/fr/agent` for `/agent` and for `/en/agent`. */
export function inLanguage(path: string, language: Language): string {
  return `/${language}${path.replace(/^\/(en|fr)(?=\/|$)/, '')}`.replace(/\/$/, '');
}

/** The path without its language. */
export function plainPath(path: string): string {
  return path.replace(/^\/(en|fr)(?=\/|$)/, '') || '/';
}
