import { spawn } from 'node:child_process';

/** Runs `npm run distributed` on the servers of this run; gives its exit code and what it printed. */
function played(): Promise<{ readonly code: number | null; readonly text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['tools/distributed.mjs'], { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part.toString()));
    child.on('error', reject).on('exit', (code) => {
      resolve({ code, text });
    });
  });
}

it('two replicas, a relay and two projectors tell the story as the embedded server does, to the head', async () => {
  const { code, text } = await played();
  expect(text).toContain('the same head');
  expect(text).toMatch(/head 233:[A-Za-z0-9+/]{43}=/);
  expect(code).toBe(0);
});
