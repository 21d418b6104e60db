import { Button, CloseButton, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { useShortcut } from "../shortcuts/use-shortcut.ts";
import styles from "./filter-bar.module.css";

const typingPauseMs = 250;

export interface SearchBox {
  /** What is searched for, as the address has it. */
  readonly value: string;
  readonly label: string;
  /** Called when typing pauses. */
  readonly onChange: (value: string) => void;
}

/** The filters of a list. They live in the page's address: this only shows and changes them. */
export function FilterBar({
  search,
  isFiltered,
  onClear,
  children,
}: {
  /** Absent: the list cannot be searched. `/` leads to it. */
  search?: SearchBox;
  isFiltered: boolean;
  onClear: () => void;
  children?: ReactNode;
}) {
  return (
    <search className={styles["bar"]}>
      {search !== undefined && <SearchInput search={search} />}
      {children}
      {isFiltered && (
        <Button variant="subtle" size="compact-sm" onClick={onClear}>
          <FormattedMessage id="filter.clear" />
        </Button>
      )}
    </search>
  );
}

function SearchInput({ search }: { search: SearchBox }) {
  const intl = useIntl();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(search.value);
  useShortcut("/", "filter.shortcut", () => input.current?.focus());
  const { value } = search;
  const seen = useRef(value);
  const change = useEffectEvent((next: string) => {
    seen.current = next;
    search.onChange(next);
  });
  // The address changed otherwise than by typing: by "back", a link or "clear filters".
  useEffect(() => {
    if (value === seen.current) return;
    seen.current = value;
    setText(value);
  }, [value]);
  useEffect(() => {
    const next = text.trim();
    if (next === seen.current) return;
    const timer = setTimeout(() => change(next), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <TextInput
      ref={input}
      className={styles["search"] ?? ""}
      size="sm"
      type="text"
      aria-label={search.label}
      placeholder={search.label}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      leftSection={<Search size={15} aria-hidden="true" />}
      rightSection={
        text !== "" && (
          <CloseButton
            size="sm"
            aria-label={intl.formatMessage({ id: "filter.clearSearch" })}
            onClick={() => setText("")}
          />
        )
      }
    />
  );
}
