import type { ComponentProps } from "react";
import styles from "./data-table.module.css";

/**
 * Opens what a row of a table stands for. A click anywhere on the row is its click, and it stays the one thing that
 * keyboards and screen readers meet.
 */
export function RowButton({ className = "", ...button }: Omit<ComponentProps<"button">, "type">) {
  return <button type="button" className={`${styles["open"]} ${className}`} aria-haspopup="dialog" {...button} />;
}
