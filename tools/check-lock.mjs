// Fails when package-lock.json names a registry host or lacks an optional (platform) package.
import { readFileSync } from 'node:fs';
const { packages } = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8')),
  faults = [];
for (const [path, entry] of Object.entries(packages)) {
  if (/^https?:/.test(entry.resolved ?? '')) faults.push(`${path}: names a host`);
  const folders = path
    .split('/node_modules/')
    .map((_, i, parts) => parts.slice(0, parts.length - i).join('/node_modules/'));
  for (const name of Object.keys(entry.optionalDependencies ?? {}))
    if (![...folders, ''].some((folder) => packages[`${folder && `${folder}/`}node_modules/${name}`]))
      faults.push(`${path}: ${name} is missing`);
}
console.log(faults.join('\n') || `package-lock.json: ${Object.keys(packages).length} entries, complete, no host`);
process.exitCode = faults.length ? 1 : 0;
