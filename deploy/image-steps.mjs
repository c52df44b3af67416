// node deploy/image-steps.mjs [command …]: does what the Dockerfile says, in a temporary folder and without Docker: each
// stage is a folder, each COPY a copy, each RUN a run on this machine's Node. Then starts the image's command, or the one
// that is given, with the files made read-only, and passes its exit code on.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const temporary = mkdtempSync(join(tmpdir(), 'collegium-image-'));
const stages = new Map();
let stage;
let exitCode = 1;

try {
  for (const [word, ...rest] of instructions()) step(word, rest.join(' '), rest);
  exitCode = startCommand(process.argv.slice(2));
} finally {
  spawnSync('chmod', ['-R', 'u+w', temporary]);
  rmSync(temporary, { recursive: true, force: true });
}
process.exit(exitCode);

function instructions() {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split(/\s+/));
}

function step(word, text, words) {
  console.log(`${word} ${text}`);
  if (word === 'FROM') return begin(words[2]);
  if (word === 'WORKDIR') return mkdirSync((stage.cwd = inStage(words[0])), { recursive: true });
  if (word === 'ENV') return Object.assign(stage.env, Object.fromEntries(words.map((pair) => pair.split('='))));
  if (word === 'COPY') return copy(words);
  if (word === 'RUN') return run(text);
  if (word === 'ENTRYPOINT' || word === 'CMD') stage[word] = JSON.parse(text);
  else if (!['USER', 'VOLUME', 'EXPOSE'].includes(word)) throw new Error(`${word}: not understood`);
  return undefined;
}

function begin(name) {
  const folder = join(temporary, name);
  mkdirSync(folder);
  stage = { folder, cwd: folder, env: {} };
  stages.set(name, stage);
}

function inStage(path) {
  return path.startsWith('/') ? join(stage.folder, path) : join(stage.cwd, path);
}

function copy(words) {
  const from = words[0].startsWith('--from=') ? stages.get(words.shift().slice('--from='.length)).folder : undefined;
  const to = words.pop();
  for (const path of words) {
    if (from !== undefined) cpSync(join(from, path), inStage(to), { recursive: true, verbatimSymlinks: true });
    else
      for (const file of context(path))
        cpSync(join(root, file), inStage(words.length > 1 || path === '.' ? file : file.replace(path, to)));
  }
}

/** Files of the build context at a path: what git knows, less what .dockerignore names. */
function context(path) {
  const ignored = readFileSync(join(root, '.dockerignore'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const known = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', path], {
    cwd: root,
  });
  const matches = (file, name) =>
    name.includes('*')
      ? new RegExp(`^${name.replaceAll('.', '\\.').replace('*', '.*')}$`).test(file)
      : file === name || file.startsWith(`${name}/`);
  return known
    .toString()
    .split('\n')
    .filter((file) => file !== '' && !ignored.some((name) => matches(file, name)));
}

function run(text) {
  // Absolute paths of the image are of its own root, and nobody here may change an owner.
  const line = text.replaceAll(/(^|\s)\/data\b/g, `$1${join(stage.folder, 'data')}`).replace(/&& chown \S+ \S+/, '');
  const { status } = spawnSync('sh', ['-c', line], {
    cwd: stage.cwd,
    env: { ...process.env, ...stage.env },
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`RUN ${text}: ${status}`);
}

function startCommand(given) {
  const [node, ...args] = [...stage.ENTRYPOINT, ...(given.length > 0 ? given : stage.CMD)];
  spawnSync('chmod', ['-R', 'a-w', join(stage.folder, 'app')]);
  const env = { ...process.env, ...stage.env, COLLEGIUM_DATA: join(stage.folder, 'data'), COLLEGIUM_HOST: '127.0.0.1' };
  console.log(`${node} ${args.join(' ')}`);
  const { status } = spawnSync(node === 'node' ? process.execPath : node, args, {
    cwd: stage.cwd,
    env,
    stdio: 'inherit',
    timeout: 60_000,
  });
  return status ?? 1;
}
