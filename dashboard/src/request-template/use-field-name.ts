import { useCallback } from "react";
import { useIntl } from "react-intl";
import type { MessageId } from "../i18n/en.ts";

/** What a field of the payload is called by people; its path for what only the publisher knows. */
export function useFieldName(): (path: string) => string {
  const intl = useIntl();
  return useCallback(
    (path) => {
      const id = `payloadField.${path.replaceAll("[]", "")}`;
      return id in intl.messages ? intl.formatMessage({ id: id as MessageId }) : path;
    },
    [intl],
  );
}
