import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { FROM_SOURCES } from './index.js';

/** A process that works on a folder, as a server would, and says on its output what it does. */
export function startChild(script: string, ...parameters: readonly string[]): ChildProcessWithoutNullStreams {
  const file = fileURLToPath(new URL(`./${script}.ts`, import.meta.url));
  return spawn(process.execPath, [...FROM_SOURCES, file, ...parameters]);
}

/** Every line that a child writes until it ends, given on as it comes; then how it ended. */
export async function linesOf(
  child: ChildProcessWithoutNullStreams,
  each: (line: string) => void,
): Promise<{ code: number | null; signal: string | null; errors: string }> {
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const ended = once(child, 'close') as Promise<[number | null, string | null]>;
  for await (const line of createInterface(child.stdout)) each(line);
  const [code, signal] = await ended;
  return { code, signal, errors };
}
