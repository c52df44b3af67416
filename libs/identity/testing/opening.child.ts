import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { IdentityDatabase } from '../identity-database.js';

// Opens one new file after the other, each at an instant that another process opens it at too, and closes it again.
const [folder = '', count = '0', startMs = '0'] = process.argv.slice(2);
const EVERY_MS = 12;

for (let n = 0; n < Number(count); n += 1) {
  const dueMs = Number(startMs) + n * EVERY_MS;
  await setTimeout(Math.max(0, dueMs - Date.now() - 2));
  while (Date.now() < dueMs);
  new IdentityDatabase(join(folder, `${String(n)}.sqlite`)).close();
}
