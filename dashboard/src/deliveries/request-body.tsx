import { SegmentedControl } from "@mantine/core";
import { useId, useMemo, useState } from "react";
import { useIntl } from "react-intl";
import { CodeBlock } from "../components/code-block.tsx";
import styles from "./request-body.module.css";

/** The body that every attempt sends: indented for reading, or exactly the bytes that were signed. */
export function RequestBody({ body }: { body: string }) {
  const intl = useIntl();
  const titleId = useId();
  const [format, setFormat] = useState<"formatted" | "asSent">("formatted");
  const formatted = useMemo(() => indented(body), [body]);
  const title = intl.formatMessage({ id: "delivery.requestBody" });
  return (
    <section aria-labelledby={titleId}>
      <div className={styles["head"]}>
        <h3 id={titleId} className={styles["heading"]}>
          {title}
        </h3>
        <SegmentedControl
          size="xs"
          aria-label={intl.formatMessage({ id: "delivery.bodyFormat" })}
          value={format}
          onChange={setFormat}
          data={[
            { value: "formatted", label: intl.formatMessage({ id: "delivery.formatted" }) },
            { value: "asSent", label: intl.formatMessage({ id: "delivery.asSent" }) },
          ]}
        />
      </div>
      <CodeBlock
        label={title}
        copyLabel={intl.formatMessage({ id: "delivery.copyRequestBody" })}
        text={format === "formatted" ? formatted : body}
      />
    </section>
  );
}

function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
