// The same tests with the large numbers: node tools/deep.mjs [arguments of jest].
import { commandOf, run } from './runtime.mjs';

process.env.DEEP = '1';
await run(commandOf('jest'), process.argv.slice(2));
