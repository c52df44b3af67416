import { configurationOfProcess, runProcess } from '#platform';
import type { Cue, Done, Listening } from '#stage';
import { StorySources } from '#stage';
import { startApi } from './api.js';
import type { Api } from './api.js';

/** Alliances of a story, at most. */
const ALLIANCES = 10;

/**
 * The demonstration's composition of `api`: the same modules, with a clock and ids that the parent process hands over
 * through its channel. No shipped image starts it, and the shipped composition has no such channel.
 */
await runProcess('collegium-api-demo', async () => {
  const sources = new StorySources();
  const api = await startApi(configurationOfProcess(), sources);
  process.on('message', (cue: Cue) => {
    const { number } = cue;
    obey(api, sources, cue).then(
      () => {
        tell({ number });
      },
      (fault: unknown) => {
        tell({ number, fault: String(fault) });
      },
    );
  });
  tell({ listening: api.url });
  return api;
});

/** Moves the clock; with seeds, also records what has become due, from all that any replica has recorded before. */
async function obey(api: Api, sources: StorySources, { at, seeds }: Cue): Promise<void> {
  const { timer, ledger, ledgerStore } = api;
  sources.clock.moveTo(at);
  if (!seeds) return;
  await timer.learn();
  sources.restart(seeds.due);
  await timer.runDue();
  // The act that follows is decided once, on the newest state.
  for (const { alliance } of await ledgerStore.alliances(undefined, ALLIANCES)) await ledger.state(alliance);
  sources.restart(seeds.act);
}

function tell(message: Done | Listening): void {
  process.send?.(message);
}
