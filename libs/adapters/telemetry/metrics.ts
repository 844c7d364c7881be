import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The hub's own figures; labels are agencies, outcomes and routes, never anything about a person. */
export interface Metrics {
  readonly registry: Registry;
  readonly published: Counter<'agency' | 'outcome'>;
  readonly requests: Histogram<'route' | 'status'>;
  readonly projected: Gauge;
  readonly reviewOverdue: Gauge;
}

export function openMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    published: new Counter({
      name: 'concordat_publications_total',
      help: 'Publications received, by agency and outcome',
      labelNames: ['agency', 'outcome'],
      registers: [registry],
    }),
    requests: new Histogram({
      name: 'concordat_request_seconds',
      help: 'Time to answer, by route and status',
      labelNames: ['route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
      registers: [registry],
    }),
    projected: new Gauge({
      name: 'concordat_projected_position',
      help: 'Log position up to which the read models have followed',
      registers: [registry],
    }),
    reviewOverdue: new Gauge({
      name: 'concordat_agreements_review_overdue',
      help: 'Agreements that bind their parties although their review was due',
      registers: [registry],
    }),
  };
}
