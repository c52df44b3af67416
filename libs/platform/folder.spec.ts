import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './folder.js';

let base: string;
beforeEach(() => (base = mkdtempSync(join(tmpdir(), 'collegium-folder-'))));
afterEach(() => {
  rmSync(base, { recursive: true });
});

describe('a folder to be made', () => {
  it('comes with what is missing above it, for this user alone, and may be there already', () => {
    const folder = join(base, 'a', 'b', 'c');
    makeFolder(folder);
    makeFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('cannot stand below a file', () => {
    writeFileSync(join(base, 'file'), '');
    expect(() => {
      makeFolder(join(base, 'file', 'below'));
    }).toThrow(expect.objectContaining({ code: 'ENOTDIR' }) as Error);
  });

  it('is refused at once where the system makes none', () => {
    // Systems without /proc refuse it too, at the root.
    expect(() => {
      makeFolder('/proc/collegium/data');
    }).toThrow();
    expect(existsSync('/proc/collegium')).toBe(false);
  });
});
