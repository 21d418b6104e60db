import { Select, type SelectProps } from "@mantine/core";
import { useEffect, useRef } from "react";

/** The list that was asked for, open, in place of the field that was clicked. */
export function OrganizationSelect(props: SelectProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  return <Select {...props} ref={input} searchable openOnFocus />;
}
