import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What `/metrics` shows, in Prometheus's format. */
export interface Metrics {
  readonly registry: Registry;
  readonly eventsPublished: Counter;
  readonly attempts: Counter<"outcome">;
  readonly attemptSeconds: Histogram;
  readonly lateResults: Counter;
}

/** Read when metrics are collected. */
export interface MetricSources {
  readonly held: () => number;
  readonly inFlight: () => number;
  readonly unrecorded: () => number;
  readonly openBreakers: () => number;
}

export function createMetrics(sources: MetricSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("vera_deliveries_held", "Deliveries that this process holds the lease of.", sources.held);
  gauge("vera_requests_in_flight", "Webhook requests under way.", sources.inFlight);
  gauge("vera_results_unrecorded", "Results that are not committed yet.", sources.unrecorded);
  gauge("vera_breakers_open", "Webhooks that get nothing but probes at the moment.", sources.openBreakers);
  return {
    registry,
    eventsPublished: new Counter({ name: "vera_events_published_total", help: "Order events stored.", registers }),
    attempts: new Counter({
      name: "vera_attempts_total",
      help: "Delivery attempts by outcome.",
      labelNames: ["outcome"],
      registers,
    }),
    attemptSeconds: new Histogram({
      name: "vera_attempt_duration_seconds",
      help: "Duration of delivery attempts.",
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers,
    }),
    lateResults: new Counter({
      name: "vera_late_results_total",
      help: "Results that arrived after their lease was lost.",
      registers,
    }),
  };
}
