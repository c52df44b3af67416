import { atMost, median, percentile } from '../figures.js';
import type { Bench } from '../figures.js';
import { LoadChild } from '../http/child.js';
import { BODY } from '../http/seed.js';
import { Platform } from './platform.js';

const ALLIANCES = 20;
const PER_SECOND = 100;
const WARM_SECONDS = 4;
const SECONDS = 8;
const ROUNDS = 2;
const MOST_MS = 500;

/** From the instant at which a command is due to leave until a view that shows it has arrived; the way leads over Kafka. */
export const kafkaVisible: Bench = {
  name: 'kafka-visible',
  async run(print) {
    const platform = await Platform.start();
    const loads = platform.ports.map((port) => ({ port, child: new LoadChild() }));
    try {
      const targets = await platform.seed(ALLIANCES);
      const offer = async (seconds: number) => {
        const open = { kind: 'open', targets, body: BODY, perSecond: PER_SECOND / loads.length, seconds } as const;
        const results = await Promise.all(loads.map(({ port, child }) => child.run({ ...open, port })));
        const all = (name: 'answeredMs' | 'visibleMs') => results.flatMap((result) => result[name]);
        return { visible: all('visibleMs'), answered: all('answeredMs') };
      };
      await offer(WARM_SECONDS);
      const rounds: { visible: number; answered: number }[] = [];
      for (let n = 0; n < ROUNDS; n += 1) {
        const { visible, answered } = await offer(SECONDS);
        const [p50, p99] = [percentile(visible, 0.5), percentile(visible, 0.99)];
        rounds.push({ visible: p99, answered: percentile(answered, 0.99) });
        print(`kafka-visible: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
      }
      const what = `command -> view through Kafka, ${String(PER_SECOND)} commands/s offered to two replicas, p99`;
      return [
        atMost(what, median(rounds.map(({ visible }) => visible)), MOST_MS, 'ms'),
        { what: '  its answer alone, p99', value: `${median(rounds.map(({ answered }) => answered)).toFixed(1)} ms` },
      ];
    } finally {
      await Promise.allSettled(loads.map(({ child }) => child.stop()));
      await platform.stop();
    }
  },
};
