import { Metrics } from './metrics.js';

describe('metrics', () => {
  it('are written one series a line, under what they are about', () => {
    const metrics = new Metrics();
    const failed = metrics.counter('failures_total', 'What failed.');
    metrics.gauge('lag_seconds', 'How late.', () => 1.5);
    failed({ part: 'sweep' });
    failed({ part: 'sweep' }, 2);
    failed({ part: 'a "turn"' });
    expect(metrics.text().split('\n')).toEqual([
      '# HELP failures_total What failed.',
      '# TYPE failures_total counter',
      'failures_total{part="sweep"} 3',
      'failures_total{part="a \\"turn\\""} 1',
      '# HELP lag_seconds How late.',
      '# TYPE lag_seconds gauge',
      'lag_seconds 1.5',
      '',
    ]);
  });

  it('count a duration in every class that it fits', () => {
    const metrics = new Metrics();
    const took = metrics.durations('request_seconds', 'Requests.');
    took({ route: '/livez' }, 0.02);
    took({ route: '/livez' }, 60);
    const lines = metrics.text().split('\n');
    expect(lines).toContain('request_seconds_bucket{route="/livez",le="0.01"} 0');
    expect(lines).toContain('request_seconds_bucket{route="/livez",le="0.025"} 1');
    expect(lines).toContain('request_seconds_bucket{route="/livez",le="+Inf"} 2');
    expect(lines).toContain('request_seconds_count{route="/livez"} 2');
  });

  it('drop what would grow without end', () => {
    const metrics = new Metrics();
    const seen = metrics.counter('seen_total', 'Seen.');
    for (let number = 0; number < 2_000; number += 1) seen({ name: String(number) });
    expect(metrics.text().match(/seen_total\{/g)).toHaveLength(1_000);
  });
});
