import { configurationOfProcess, runProcess } from '#platform';
import { startProjector } from './projector.js';

await runProcess('collegium-projector', () => startProjector(configurationOfProcess()));
