import { NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { FormattedMessage, useIntl } from "react-intl";
import { type TimeRangePreset, type TimeRangeSearch, timeRangeOf, timeRangePresets } from "../url/time-range.ts";
import styles from "./time-range-picker.module.css";

const absolute = "absolute";

/** Presets, or two times of this device's time zone. The range lives in the address: give `onChange` to `useSetSearch`. */
export function TimeRangePicker({
  value,
  onChange,
}: {
  value: TimeRangeSearch;
  onChange: (value: Required<TimeRangeSearch>) => void;
}) {
  const intl = useIntl();
  const isAbsolute = value.since !== undefined && value.until !== undefined;
  const choose = (choice: string) => {
    if (choice !== absolute) {
      return onChange({ range: choice as TimeRangePreset, since: undefined, until: undefined });
    }
    onChange({ range: undefined, ...timeRangeOf(value, Date.now()) });
  };
  return (
    <div className={styles["picker"]}>
      <NativeSelect
        size="sm"
        aria-label={intl.formatMessage({ id: "timeRange.label" })}
        value={isAbsolute ? absolute : (value.range ?? "24h")}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        {timeRangePresets.map((preset) => (
          <option key={preset} value={preset}>
            {intl.formatMessage({ id: `timeRange.${preset}` })}
          </option>
        ))}
        <option value={absolute}>{intl.formatMessage({ id: "timeRange.absolute" })}</option>
      </NativeSelect>
      {isAbsolute && <AbsoluteRange key={`${value.since} ${value.until}`} value={value} onChange={onChange} />}
    </div>
  );
}

function AbsoluteRange({
  value,
  onChange,
}: {
  value: TimeRangeSearch;
  onChange: (value: Required<TimeRangeSearch>) => void;
}) {
  const intl = useIntl();
  const [since, setSince] = useState(localText(value.since));
  const [until, setUntil] = useState(localText(value.until));
  const isInOrder = since !== "" && until !== "" && since < until;
  const apply = () => {
    if (!isInOrder) return;
    onChange({ range: undefined, since: new Date(since).toISOString(), until: new Date(until).toISOString() });
  };
  return (
    <>
      <TextInput
        size="sm"
        type="datetime-local"
        aria-label={intl.formatMessage({ id: "timeRange.since" })}
        value={since}
        onChange={(event) => setSince(event.currentTarget.value)}
        onBlur={apply}
      />
      <TextInput
        size="sm"
        type="datetime-local"
        aria-label={intl.formatMessage({ id: "timeRange.until" })}
        value={until}
        error={!isInOrder && <FormattedMessage id="timeRange.order" />}
        onChange={(event) => setUntil(event.currentTarget.value)}
        onBlur={apply}
      />
    </>
  );
}

/** As `datetime-local` fields write a time: to the minute, without a zone. */
function localText(isoTime: string | undefined): string {
  const date = new Date(isoTime ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return "";
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
