// What this process has begun and not ended yet, told to a guard that outlives it (guard.mjs).
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

let guard;

/** `kind`: pid (of a process), group (of a process that leads one), folder. */
export function tellGuard(begun, kind, value) {
  if (guard === undefined) {
    const file = fileURLToPath(new URL('./guard.mjs', import.meta.url));
    guard = spawn(process.execPath, [file], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    guard.unref();
    guard.stdin.unref();
    guard.stdin.on('error', () => undefined);
  }
  guard.stdin.write(`${JSON.stringify({ begun, kind, value })}\n`);
}
