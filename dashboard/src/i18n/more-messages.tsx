import { type ReactNode, useMemo } from "react";
import { IntlProvider, useIntl } from "react-intl";
import type { MessageId } from "./en.ts";
import type { Language } from "./language.ts";

/** Adds the texts of a part that is loaded when it is shown: they come with it, in both languages, and burden no other page. */
export function MoreMessages({
  messages,
  children,
}: {
  messages: Readonly<Record<Language, Readonly<Record<string, string>>>>;
  children: ReactNode;
}) {
  const { locale, messages: shared } = useIntl();
  const all = useMemo(() => ({ ...shared, ...messages[locale as Language] }), [shared, messages, locale]);
  return (
    <IntlProvider locale={locale} messages={all as Record<MessageId, string>}>
      {children}
    </IntlProvider>
  );
}
