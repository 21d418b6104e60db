import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { IntlProvider } from "react-intl";
import { type Language, storeLanguage } from "./language.ts";
import type { Messages } from "./load-messages.ts";
import { loadMessages } from "./load-messages.ts";

const LanguageContext = createContext<{ language: Language; setLanguage: (language: Language) => void } | null>(null);

/** `first` are the messages of the language to begin with; another language is fetched when it is chosen. */
export function LanguageProvider({ first, children }: { first: Messages; children: ReactNode }) {
  const [{ language, messages }, setMessages] = useState(first);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      setLanguage(next: Language) {
        storeLanguage(next);
        void loadMessages(next).then(setMessages);
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={value}>
      <IntlProvider locale={language} messages={messages}>
        {children}
      </IntlProvider>
    </LanguageContext>
  );
}

export function useLanguage() {
  const value = useContext(LanguageContext);
  if (value === null) throw new Error("useLanguage is used outside of a LanguageProvider");
  return value;
}
