import type { ReactNode } from "react";
import { BrandMark } from "./brand-mark.tsx";
import { ColorSchemeMenu } from "./color-scheme-menu.tsx";
import styles from "./entrance.module.css";
import { LanguageSwitch } from "./language-switch.tsx";

/** A page for people who are not signed in: one thing to do, in the middle. */
export function Entrance({ title, intro, children }: { title: ReactNode; intro: ReactNode; children: ReactNode }) {
  return (
    <div className={styles["page"]}>
      <header className={styles["preferences"]}>
        <LanguageSwitch />
        <ColorSchemeMenu />
      </header>
      <main className={styles["main"]}>
        <BrandMark size={44} />
        <h1 className={styles["title"]}>{title}</h1>
        <p className={styles["intro"]}>{intro}</p>
        {children}
      </main>
    </div>
  );
}
