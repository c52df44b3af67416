// Waits behind one process that installs or starts servers. When its standard input closes, that process is gone,
// however it died: what it had not ended is ended here, by id, and its throwaway folders are removed.
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

const open = { pid: new Set(), group: new Set(), folder: new Set() };

for await (const line of createInterface({ input: process.stdin })) {
  const { begun, kind, value } = JSON.parse(line);
  if (begun) open[kind].add(value);
  else open[kind].delete(value);
}

// A group is named by its leader's id, negated.
const ids = [...open.pid, ...[...open.group].map((leader) => -leader)];
for (const id of ids) signal(id, 'SIGKILL');
for (let tries = 0; tries < 100 && ids.some((id) => signal(id, 0)); tries += 1) await wait(50);
for (const folder of open.folder) await rm(folder, { recursive: true, force: true });

function signal(pid, name) {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
