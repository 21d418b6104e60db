import { FormattedMessage } from "react-intl";
import { useNowMs } from "../components/now.ts";
import { RelativeTime } from "../components/relative-time.tsx";

export function NextRetry({ at }: { at: string }) {
  const isDue = Date.parse(at) <= useNowMs();
  if (isDue) return <FormattedMessage id="delivery.retryDue" />;
  return <FormattedMessage id="delivery.nextRetry" values={{ when: <RelativeTime at={at} /> }} />;
}
