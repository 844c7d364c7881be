import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry, Summary } from 'prom-client';

/** The hub's own figures; labels are agencies, outcomes and routes, never anything about a person. */
export interface Metrics {
  readonly registry: Registry;
  readonly published: Counter<'agency' | 'outcome'>;
  readonly requests: Histogram<'route' | 'status'>;
  readonly projected: Gauge;
  readonly visible: Summary;
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
    visible: new Summary({
      name: 'concordat_visible_seconds',
      help: 'Time from the receipt of a fact until queries can see it, of the last hour',
      percentiles: [0.5, 0.95, 0.99],
      maxAgeSeconds: 3600,
      ageBuckets: 6,
      pruneAgedBuckets: true,
      registers: [registry],
    }),
    reviewOverdue: new Gauge({
      name: 'concordat_agreements_review_overdue',
      help: 'Agreements that bind their parties although their review was due',
      registers: [registry],
    }),
  };
}

/** Within how many milliseconds of its receipt a fact was visible, 95 of 100 times in the last hour; null when there was none. */
export async function visibleWithin({ visible }: Pick<Metrics, 'visible'>): Promise<number | null> {
  const { values } = await visible.get();
  const seconds = values.find(({ labels }) => labels.quantile === 0.95)?.value;
  return seconds === undefined ? null : Math.ceil(seconds * 1000);
}
