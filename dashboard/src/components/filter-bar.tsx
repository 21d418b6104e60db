import { Button, CloseButton, TextInput } from "@mantine/core";
import { Search } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
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
      {search !== undefined && <SearchInput key={search.value === "" ? "empty" : "set"} search={search} />}
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
  const { value, onChange } = search;
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text.trim()), typingPauseMs);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);
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
