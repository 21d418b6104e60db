import { SegmentedControl } from "@mantine/core";
import { useIntl } from "react-intl";
import { type Language, languages } from "../i18n/language.ts";
import { useLanguage } from "../i18n/language-provider.tsx";
import styles from "./language-switch.module.css";

// Each language is named in itself, whatever language the page is in.
const names: Readonly<Record<Language, string>> = { tr: "Türkçe", en: "English" };

export function LanguageSwitch() {
  const intl = useIntl();
  const { language, setLanguage } = useLanguage();
  return (
    <SegmentedControl
      size="xs"
      aria-label={intl.formatMessage({ id: "language.label" })}
      value={language}
      onChange={setLanguage}
      data={languages.map((value) => ({
        value,
        label: (
          <span lang={value}>
            <span className={styles["name"]}>{names[value]}</span>
            <span className={styles["code"]} aria-hidden="true">
              {value.toUpperCase()}
            </span>
          </span>
        ),
      }))}
    />
  );
}
