import { type ReactNode, Suspense } from "react";
import { useIntl } from "react-intl";
import { LoadingState } from "./list-states.tsx";

/** A part of a page whose scripts are loaded when it is shown; says so until they are there. */
export function LazyPart({ children }: { children: ReactNode }) {
  const intl = useIntl();
  return <Suspense fallback={<LoadingState label={intl.formatMessage({ id: "loading" })} />}>{children}</Suspense>;
}
