import { atMost, median, percentile } from '../figures.js';
import type { Bench } from '../figures.js';
import { inFolder } from '../folder.js';
import { LoadChild, ServerChild } from './child.js';
import { BODY, seed } from './seed.js';

const ALLIANCES = 100;
const PER_SECOND = 500;
const SECONDS = 8;
const ROUNDS = 3;
const MOST_MS = 50;

/** From the instant at which a command is due to leave until a view that shows it has arrived. */
export const visible: Bench = {
  name: 'visible',
  run: (print) =>
    inFolder(async (folder) => {
      const load = new LoadChild();
      const server = await ServerChild.collegium(folder);
      const targets = await seed(folder, server.port, ALLIANCES);
      const bare = await ServerChild.bare('{}');
      const open = { kind: 'open', targets, body: BODY, perSecond: PER_SECOND } as const;
      await load.run({ ...open, port: server.port, seconds: 3 });
      const rounds: { ours: number; answered: number; bare: number }[] = [];
      for (let n = 0; n < ROUNDS; n++) {
        const floor = await load.run({ ...open, port: bare.port, seconds: SECONDS / 2 });
        const ours = await load.run({ ...open, port: server.port, seconds: SECONDS });
        const p99 = (values: readonly number[]) => percentile(values, 0.99);
        rounds.push({ ours: p99(ours.visibleMs), answered: p99(ours.answeredMs), bare: p99(floor.answeredMs) });
        print(
          `visible: p50 ${percentile(ours.visibleMs, 0.5).toFixed(1)} ms, p99 ${p99(ours.visibleMs).toFixed(1)} ms`,
        );
      }
      for (const child of [bare, server, load]) await child.stop();
      const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick));
      const what = `command -> view visible, ${String(PER_SECOND)} commands/s offered, p99`;
      return [
        atMost(
          what,
          of((r) => r.ours),
          MOST_MS,
          'ms',
        ),
        { what: '  its answer alone, p99', value: `${of((r) => r.answered).toFixed(1)} ms` },
        { what: '  an answer of the bare server at the same rate, p99', value: `${of((r) => r.bare).toFixed(1)} ms` },
      ];
    }),
};
