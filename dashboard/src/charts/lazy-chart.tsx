import { lazy, Suspense } from "react";
import { useIntl } from "react-intl";
import { LoadingState } from "../components/list-states.tsx";
import type { ChartProps } from "./chart.tsx";

const Chart = lazy(() => import("./chart.tsx").then((module) => ({ default: module.Chart })));

/** A `<Chart>` over time; the library that draws it is loaded when the first one is shown. */
export function LazyChart(props: Omit<ChartProps, "labelsTitle">) {
  const intl = useIntl();
  return (
    <Suspense fallback={<LoadingState label={intl.formatMessage({ id: "loading" })} />}>
      <Chart labelsTitle={intl.formatMessage({ id: "chart.time" })} {...props} />
    </Suspense>
  );
}
