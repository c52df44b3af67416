import { MachineClock, MachineRandomness } from '#http';
import { configurationOfProcess, runProcess } from '#platform';
import { startApi } from './api.js';

await runProcess('collegium-api', async () => {
  const configuration = configurationOfProcess();
  const api = await startApi(configuration, { clock: new MachineClock(), randomness: new MachineRandomness() });
  api.timer.start();
  return api;
});
