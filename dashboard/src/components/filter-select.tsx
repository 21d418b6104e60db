import { NativeSelect } from "@mantine/core";

/** A filter of which one value, or any, is chosen. */
export function FilterSelect<Value extends string>({
  label,
  anyLabel,
  value,
  options,
  onChange,
}: {
  label: string;
  /** What the list is called without the filter. */
  anyLabel: string;
  /** Undefined: any. */
  value: Value | undefined;
  options: readonly { readonly value: Value; readonly label: string }[];
  onChange: (value: Value | undefined) => void;
}) {
  return (
    <NativeSelect
      size="sm"
      aria-label={label}
      value={value ?? ""}
      onChange={(event) => onChange(options.find((option) => option.value === event.currentTarget.value)?.value)}
    >
      <option value="">{anyLabel}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  );
}
