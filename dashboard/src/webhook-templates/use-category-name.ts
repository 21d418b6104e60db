import { useIntl } from "react-intl";
import type { MessageId } from "../i18n/en.ts";

/** What a category of templates is called. The server may know others than this page. */
export function useCategoryName(): (category: string) => string {
  const intl = useIntl();
  return (category) => {
    const id = `templateCategory.${category}`;
    return id in intl.messages ? intl.formatMessage({ id: id as MessageId }) : category;
  };
}
