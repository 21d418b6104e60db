import "@mantine/core/styles.layer.css";
import "./theme/global.css";
import { localStorageColorSchemeManager, MantineProvider } from "@mantine/core";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { config } from "zod/mini";
import { App } from "./app.tsx";
import { initialLanguage } from "./i18n/language.ts";
import { LanguageProvider } from "./i18n/language-provider.tsx";
import { loadMessages } from "./i18n/load-messages.ts";
import { cssVariables, theme } from "./theme/theme.ts";

// Its faster way evaluates text as code, which the page's Content-Security-Policy refuses with an error on the console.
config({ jitless: true });

const colorScheme = localStorageColorSchemeManager({ key: "vera-qr-color-scheme" });
const messages = await loadMessages(initialLanguage());
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root");

createRoot(root).render(
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorScheme}
      defaultColorScheme="auto"
    >
      <LanguageProvider first={messages}>
        <App />
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
