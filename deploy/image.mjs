// The image of the Dockerfile as folders, without Docker: each stage is a folder, each COPY a copy, each RUN a run on this
// machine's Node. What it says of users and of read-only files is done as far as this machine allows.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, lchownSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import yaml from 'js-yaml';

const root = fileURLToPath(new URL('..', import.meta.url));
const IGNORED_WORDS = ['VOLUME', 'EXPOSE'];

/** The services of docker-compose.yml that run this image, as they are written. */
export function servicesOfImage() {
  const { services } = yaml.safeLoad(readFileSync(join(root, 'docker-compose.yml'), 'utf8'));
  return Object.fromEntries(Object.entries(services).filter(([, { build }]) => build !== undefined));
}

/** Follows the Dockerfile in a temporary folder; `said` hears every step. */
export function layOutImage(said = () => undefined) {
  const image = new Image(mkdtempSync(join(tmpdir(), 'collegium-image-')), said);
  try {
    for (const [word, ...words] of instructions()) image.step(word, words);
    image.close();
    return image;
  } catch (error) {
    image.remove();
    throw error;
  }
}

function instructions() {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8').replaceAll('\\\n', ' ');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return lines.map((line) => line.split(/\s+/));
}

class Image {
  #temporary;
  #said;
  #stages = new Map();
  #stage;

  constructor(temporary, said) {
    this.#temporary = temporary;
    this.#said = said;
    // Another user must find its way in.
    chmodSync(temporary, 0o755);
  }

  /** The folder that is `/` in the image. */
  get folder() {
    return this.#stage.folder;
  }

  /** What is started without a command of one's own. */
  get command() {
    return this.#stage.CMD;
  }

  /** Whether the image's user is another than this process's, so that nothing of it can be written. */
  get hasOwnUser() {
    return process.getuid?.() === 0;
  }

  /** Starts the image's entry point with a command, as its user, with its environment and this one. */
  start(command, env = {}, stdio = 'inherit') {
    const [node, ...args] = [...this.#stage.ENTRYPOINT, ...command];
    const file = node === 'node' ? process.execPath : node;
    return spawn(file, args, {
      cwd: this.#stage.cwd,
      // Nothing of whoever starts it but where programs are.
      env: { PATH: process.env.PATH, HOME: '/nonexistent', ...this.#stage.env, ...this.#ownData(), ...env },
      stdio,
      ...(this.hasOwnUser ? this.#stage.user : {}),
    });
  }

  remove() {
    spawnSync('chmod', ['-R', 'u+w', this.#temporary]);
    rmSync(this.#temporary, { recursive: true, force: true });
  }

  /** Nobody writes to the image's own files any more; its data folder belongs to its user. */
  close() {
    spawnSync('chmod', ['-R', 'a-w', this.#stage.cwd]);
    const data = join(this.folder, 'data');
    const { uid, gid } = this.#stage.user;
    if (this.hasOwnUser && existsSync(data)) lchownSync(data, uid, gid);
  }

  step(word, words) {
    const text = words.join(' ');
    this.#said(`${word} ${text}`);
    if (word === 'FROM') this.#begin(words[2]);
    else if (word === 'WORKDIR') mkdirSync((this.#stage.cwd = this.#inStage(words[0])), { recursive: true });
    else if (word === 'ENV') Object.assign(this.#stage.env, Object.fromEntries(words.map(pairOf)));
    else if (word === 'COPY') this.#copy(words);
    else if (word === 'RUN') this.#run(text);
    else if (word === 'USER') this.#stage.user = userOf(text);
    else if (word === 'ENTRYPOINT' || word === 'CMD') this.#stage[word] = JSON.parse(text);
    else if (!IGNORED_WORDS.includes(word)) throw new Error(`${word}: not understood`);
  }

  #begin(name) {
    const folder = join(this.#temporary, name);
    mkdirSync(folder);
    this.#stage = { folder, cwd: folder, env: {} };
    this.#stages.set(name, this.#stage);
  }

  #inStage(path) {
    return path.startsWith('/') ? join(this.#stage.folder, path) : join(this.#stage.cwd, path);
  }

  #copy(words) {
    const stage = words[0].startsWith('--from=') ? this.#stages.get(words.shift().slice('--from='.length)) : undefined;
    const to = words.pop();
    for (const path of words) {
      if (stage !== undefined) {
        cpSync(join(stage.folder, path), this.#inStage(to), { recursive: true, verbatimSymlinks: true });
        continue;
      }
      for (const file of context(path)) {
        cpSync(join(root, file), this.#inStage(words.length > 1 || path === '.' ? file : file.replace(path, to)));
      }
    }
  }

  /** Absolute paths of the image are of its own root, and owners are given when it is closed. */
  #run(text) {
    const line = text
      .replaceAll(/(^|\s)\/data\b/g, `$1${join(this.#stage.folder, 'data')}`)
      .replace(/&& chown \S+ \S+/, '');
    const env = { ...process.env, ...this.#stage.env };
    const { status, stderr } = spawnSync('sh', ['-c', line], { cwd: this.#stage.cwd, env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`RUN ${text}: ${status}\n${stderr}`);
  }

  /** The addresses of a machine that others use too. */
  #ownData() {
    return { COLLEGIUM_DATA: join(this.#stage.folder, 'data'), COLLEGIUM_HOST: '127.0.0.1' };
  }
}

function pairOf(word) {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)];
}

function userOf(text) {
  const [uid, gid = uid] = text.split(':').map(Number);
  return { uid, gid };
}

/** Files of the build context at a path: what git knows, less what .dockerignore names. */
function context(path) {
  const lines = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#'));
  const known = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '--', path], {
    cwd: root,
  });
  return known
    .toString()
    .split('\n')
    .filter((file) => file !== '' && existsSync(join(root, file)) && !isIgnored(file, rules));
}

/** The last rule that names a file, or a folder that it is in, tells; `!` takes it in again. */
function isIgnored(file, rules) {
  const matches = (name) =>
    name.includes('*')
      ? new RegExp(`^${name.replaceAll('.', '\\.').replace('*', '[^/]*')}$`).test(file)
      : file === name || file.startsWith(`${name}/`);
  const last = rules.findLast((rule) => matches(rule.replace(/^!/, '')));
  return last !== undefined && !last.startsWith('!');
}
