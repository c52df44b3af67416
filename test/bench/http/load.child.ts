import { closedLoop, openLoop } from './load.js';
import type { Load } from './load.js';

// A process of its own that loads a server: one load in, one result out, until the parent lets go.
process.on('message', (load: Load) => {
  const run = load.kind === 'closed' ? closedLoop(load) : openLoop(load);
  run.then(
    (result) => process.send?.(result),
    (fault: unknown) => {
      console.error(fault);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit());
