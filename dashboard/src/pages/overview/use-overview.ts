import { useCallback, useMemo, useState } from "react";
import { type CombinedError, useQuery } from "urql";
import { useMinuteMs } from "../../components/now.ts";
import { useThrottledEffect } from "../../components/use-throttled-effect.ts";
import { graphql } from "../../graphql/generated/gql.ts";
import type { Overview_DataQuery, OverviewStatsFragment } from "../../graphql/generated/graphql.ts";
import { useLiveUpdates } from "../../graphql/use-live-updates.ts";
import { useOrganizationUpdates } from "../../graphql/use-organization-updates.ts";
import { isLast24Hours, type TimeRangeSearch, timeRangeOf } from "../../url/time-range.ts";

graphql(`
  fragment OverviewStats on DeliveryStats {
    total
    success
    failed
    retrying
    pending
    cancelled
    skipped
    successRate
    p50ResponseTimeMs
    p95ResponseTimeMs
    buckets {
      start
      success
      failed
      cancelled
      skipped
      p50ResponseTimeMs
      p95ResponseTimeMs
    }
  }
`);

const Overview_Data = graphql(`
  query Overview_Data($organizationId: ID!, $range: TimeRange!, $timeZone: String!, $first: Int!) {
    organization(id: $organizationId) {
      id
      queueStatus {
        depth
        waitingRetries
        oldestDueAt
      }
    }
    deliveryStats(organizationId: $organizationId, range: $range, timeZone: $timeZone) {
      ...OverviewStats
    }
    deliveryStatsByWebhook(organizationId: $organizationId, range: $range, timeZone: $timeZone) {
      webhookConfigId
      stats {
        success
        failed
        retrying
        successRate
        buckets {
          start
          success
          failed
        }
      }
    }
    webhookConfigs(organizationId: $organizationId, first: $first) {
      edges {
        node {
          ...WebhookItem
        }
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const Overview_StatsUpdates = graphql(`
  subscription Overview_StatsUpdates($organizationId: ID!) {
    deliveryStatsUpdates(organizationId: $organizationId) {
      ...OverviewStats
    }
  }
`);

export type OverviewData = Overview_DataQuery;
export type WebhookStats = Overview_DataQuery["deliveryStatsByWebhook"][number]["stats"];

/** How many webhooks the page shows. */
export const webhooksMax = 50;

/** How soon what is not pushed follows what is: queue, health, and the statistics of other ranges than 24 hours. */
const refreshMs = 2_000;

export interface OverviewState {
  /** What was shown before stays until the new is there; undefined before the first answer. */
  readonly data: OverviewData | undefined;
  readonly stats: OverviewStatsFragment | undefined;
  readonly range: { readonly since: string; readonly until: string };
  readonly error: CombinedError | undefined;
  readonly reload: () => void;
}

/** Everything that the page shows about a time range, kept live. `changes` is anything that changes when deliveries do. */
export function useOverview(organizationId: string, search: TimeRangeSearch, changes: unknown): OverviewState {
  const { since, until } = timeRangeOf(search, useMinuteMs());
  const range = useMemo(() => ({ since, until }), [since, until]);
  const variables = useMemo(() => ({ organizationId, range, timeZone, first: webhooksMax }), [organizationId, range]);
  const [{ data, error }, execute] = useQuery({ query: Overview_Data, variables, requestPolicy: "cache-and-network" });
  const reload = useCallback(() => execute({ requestPolicy: "network-only" }), [execute]);

  useOrganizationUpdates(organizationId, ["WEBHOOKS", "REPLAYS"], reload);
  const [pushed, setPushed] = useState<OverviewStatsFragment>();
  useLiveUpdates(
    Overview_StatsUpdates,
    organizationId,
    () => ({ organizationId }),
    (update) => setPushed(update.deliveryStatsUpdates),
  );
  const trigger = useMemo(() => ({ pushed, changes }), [pushed, changes]);
  useThrottledEffect(reload, refreshMs, trigger);

  const stats = isLast24Hours(search) ? (pushed ?? data?.deliveryStats) : data?.deliveryStats;
  return { data, stats, range, error, reload };
}

const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
