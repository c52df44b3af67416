// npm run mutate -- <target> [<file> …]: changes the code of a target in one place at a time and runs its specs. The score is
// the share of changes that a spec noticed. Prints those that none did; fails below 90 %.
import { transformSync } from '@swc/core';
import { fork } from 'node:child_process';
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { mutantsOf } from './mutants.mjs';
import { TARGETS } from './targets.mjs';

const LEAST = 90;
const CHILDREN = 2;
/** A mutant may loop for ever: a run that takes so many times as long as an unchanged one has noticed it. */
const TOO_SLOW = 4;

const [targetName = 'deliberation', ...names] = process.argv.slice(2);
const target = TARGETS[targetName];
if (!target) {
  console.error(`no target named ${targetName}; there are: ${Object.keys(TARGETS).join(', ')}`);
  process.exit(2);
}
const root = resolve('.');
const home = join(root, 'dist', 'mutation');
const builtUrl = (name) => JSON.stringify(join(root, 'dist', 'libs', name, 'index.js'));

function compiled(text) {
  const { code } = transformSync(text, {
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2024', parser: { syntax: 'typescript' } },
  });
  // This folder has a scope of its own, so that its files are CommonJS and can be read anew for each mutant.
  return code.replaceAll(/require\("#(\w+)"\)/g, (_, name) => `require(${builtUrl(name)})`);
}

function copyFor(child) {
  const folder = join(home, String(child));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"type":"commonjs"}');
  for (const file of globSync(`${target.folder}/**/*.ts`)) {
    const copy = join(folder, builtName(file));
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, compiled(readFileSync(file, 'utf8')));
  }
  for (const file of globSync(`${target.folder}/*.json`)) cpSync(file, join(folder, basename(file)));
  return folder;
}

function builtName(file) {
  return file.slice(target.folder.length + 1).replace(/\.ts$/, '.js');
}

function queued() {
  return globSync(target.files.map((file) => `${target.folder}/${file}`))
    .filter((file) => !file.endsWith('.spec.ts'))
    .filter((file) => names.length === 0 || names.includes(basename(file, '.ts')))
    .flatMap((file) => {
      const text = readFileSync(file, 'utf8');
      const original = compiled(text);
      return mutantsOf(file, text).map((mutant) => ({ ...mutant, file, text, original }));
    });
}

/** One child works the queue off; one that hangs is replaced. */
async function work(folder, queue, judged) {
  let child = await started(folder);
  for (let mutant = queue.pop(); mutant; mutant = queue.pop()) {
    const { file, text, original, start, end, to } = mutant;
    const changed = `${text.slice(0, start)}${to}${text.slice(end)}`;
    let code;
    try {
      code = compiled(changed);
    } catch {
      continue;
    }
    const copy = builtName(file);
    const answer = await asked(child, { file: copy, code, original });
    judged.push({ ...mutant, failure: answer.failure });
    if (judged.length % 100 === 0) console.error(`${String(judged.length)} of ${String(judged.length + queue.length)}`);
    if (!answer.timedOut) continue;
    child.kill('SIGKILL');
    writeFileSync(join(folder, copy), original);
    child = await started(folder);
  }
  child.kill();
}

async function started(folder) {
  const child = fork(join(import.meta.dirname, 'suite.mjs'), [folder, ...target.specs]);
  await new Promise((done) => child.once('message', done));
  return child;
}

function asked(child, message) {
  return new Promise((done) => {
    const timer = setTimeout(() => done({ timedOut: true, failure: 'too slow' }), mostMs);
    const over = (answer) => {
      clearTimeout(timer);
      done(answer);
    };
    child.once('message', over);
    child.send(message);
  });
}

function report(judged) {
  const files = [...new Set(judged.map(({ file }) => file))].sort();
  const row = (name, of) => {
    const noticed = of.filter(({ failure }) => failure !== undefined).length;
    const share = ((100 * noticed) / of.length).toFixed(1);
    console.log(
      `${name.padEnd(28)}${String(of.length).padStart(6)}${String(of.length - noticed).padStart(10)}${share.padStart(8)} %`,
    );
    return (100 * noticed) / of.length;
  };
  for (const { file, line, from, to, failure } of judged.sort(
    (a, b) => a.file.localeCompare(b.file) || a.start - b.start,
  ))
    if (failure === undefined)
      console.log(`not noticed: ${file}:${String(line)}  ${oneLine(from)}  ->  ${oneLine(to)}`);
  console.log(`\n${'file'.padEnd(28)}mutants  survived   score`);
  for (const file of files)
    row(
      basename(file),
      judged.filter((one) => one.file === file),
    );
  return row('all', judged);
}

function oneLine(text) {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 57)}...` : line;
}

rmSync(home, { recursive: true, force: true });
const folders = Array.from({ length: CHILDREN }, (_, child) => copyFor(child));
let mostMs = 600_000;
const unchanged = await started(folders[0]);
const start = performance.now();
const { failure } = await asked(unchanged, {});
unchanged.kill();
mostMs = TOO_SLOW * (performance.now() - start);
if (failure !== undefined) throw new Error(`the specs fail without any change: ${failure}`);
const queue = queued().reverse();
console.log(`${String(queue.length)} mutants`);
const judged = [];
await Promise.all(folders.map((folder) => work(folder, queue, judged)));
const score = report(judged);
process.exitCode = score >= LEAST ? 0 : 1;
