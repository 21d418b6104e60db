import { FormattedMessage } from "react-intl";
import { type Failure, hintOf } from "./failure.ts";

/** What went wrong, and what to do about it where something can be done. */
export function FailureSentences({ failure }: { failure: Failure }) {
  const hintId = hintOf(failure);
  return (
    <>
      <FormattedMessage id={`outcome.${failure}`} />
      {hintId !== null && (
        <>
          {" "}
          <FormattedMessage id={hintId} />
        </>
      )}
    </>
  );
}
