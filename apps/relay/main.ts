import { configurationOfProcess, runProcess } from '#platform';
import { startRelay } from './relay.js';

await runProcess('collegium-relay', () => startRelay(configurationOfProcess()));
