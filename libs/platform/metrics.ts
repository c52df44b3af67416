/** Names and route templates of the machinery; never an alliance, a person or a path. */
export type Labels = Readonly<Record<string, string>>;

/** Upper bounds of the classes of a duration, in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Series of one metric, at most: a label that grows without end is a fault, and is dropped. */
const MAX_SERIES = 1_000;
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

interface Metric {
  readonly about: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  lines(name: string): Iterable<string>;
}

/** What a process counts, in the text form that Prometheus reads. */
export class Metrics {
  private readonly metrics = new Map<string, Metric>();

  /** A number that only grows; the answer adds to it. */
  counter(name: string, about: string): (labels?: Labels, by?: number) => void {
    const series = new Map<string, number>();
    this.metrics.set(name, {
      about,
      type: 'counter',
      lines: () => [...series].map(([labels, value]) => `${name}${labels} ${String(value)}`),
    });
    return (labels = {}, by = 1) => {
      const key = textOf(labels);
      if (series.has(key) || series.size < MAX_SERIES) series.set(key, (series.get(key) ?? 0) + by);
    };
  }

  /** A number that is asked for when it is read. */
  gauge(name: string, about: string, read: () => number): void {
    this.metrics.set(name, { about, type: 'gauge', lines: () => [`${name} ${String(read())}`] });
  }

  /** Durations in classes; the answer takes one, in seconds. */
  durations(name: string, about: string): (labels: Labels, seconds: number) => void {
    const series = new Map<string, Durations>();
    this.metrics.set(name, {
      about,
      type: 'histogram',
      lines: () => [...series.values()].flatMap((one) => one.lines(name)),
    });
    return (labels, seconds) => {
      const key = textOf(labels);
      const known = series.get(key) ?? new Durations(labels);
      if (series.has(key) || series.size < MAX_SERIES) series.set(key, known);
      known.take(seconds);
    };
  }

  text(): string {
    const lines = [...this.metrics].flatMap(([name, metric]) => [
      `# HELP ${name} ${metric.about}`,
      `# TYPE ${name} ${metric.type}`,
      ...metric.lines(name),
    ]);
    return `${lines.join('\n')}\n`;
  }
}

class Durations {
  private readonly counts = BOUNDS.map(() => 0);
  private count = 0;
  private sum = 0;

  constructor(private readonly labels: Labels) {}

  take(seconds: number): void {
    this.count += 1;
    this.sum += seconds;
    BOUNDS.forEach((bound, place) => {
      if (seconds <= bound) this.counts[place] = (this.counts[place] ?? 0) + 1;
    });
  }

  lines(name: string): string[] {
    const bucket = (le: string, count: number) => `${name}_bucket${textOf({ ...this.labels, le })} ${String(count)}`;
    return [
      ...BOUNDS.map((bound, place) => bucket(String(bound), this.counts[place] ?? 0)),
      bucket('+Inf', this.count),
      `${name}_sum${textOf(this.labels)} ${String(this.sum)}`,
      `${name}_count${textOf(this.labels)} ${String(this.count)}`,
    ];
  }
}

function textOf(labels: Labels): string {
  const parts = Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return parts.length === 0 ? '' : `{${parts.join(',')}}`;
}

/** What every process tells of itself. */
export function processMetrics(metrics: Metrics): void {
  metrics.gauge('process_resident_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  metrics.gauge('process_uptime_seconds', 'How long the process runs.', () => process.uptime());
}
