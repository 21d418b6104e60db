import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { IntlProvider } from "react-intl";
import { en } from "./en.ts";
import { initialLanguage, type Language, storeLanguage } from "./language.ts";
import { tr } from "./tr.ts";

const messages = { en, tr };

const LanguageContext = createContext<{ language: Language; setLanguage: (language: Language) => void } | null>(null);

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(initialLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = messages[language]["app.title"];
  }, [language]);
  const value = useMemo(
    () => ({
      language,
      setLanguage(next: Language) {
        storeLanguage(next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return (
    <LanguageContext value={value}>
      <IntlProvider locale={language} messages={messages[language]}>
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
