import { ReaderGone } from './subcommand.js';
import type { Language, Terminal } from './subcommand.js';

const CLEAR_LINE = '\r\u001b[K';

/** The terminal of this process. A reader that leaves early, as `head` does, ends nothing with an error. */
export function terminalOfProcess(language: Language): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) stream.on('error', assertReaderGone);
  let hasProgress = false;
  const clear = (): void => {
    if (hasProgress) stderr.write(CLEAR_LINE);
    hasProgress = false;
  };
  return {
    language,
    input: stdin,
    out: (line) => {
      clear();
      stdout.write(`${line}\n`);
    },
    pour: (line) =>
      new Promise((resolve, reject) => {
        stdout.write(`${line}\n`, (fault) => {
          if (fault) reject(new ReaderGone());
          else resolve();
        });
      }),
    err: (line) => {
      clear();
      stderr.write(`${line}\n`);
    },
    progress: (line) => {
      if (!stderr.isTTY) return;
      stderr.write(`${CLEAR_LINE}${line}`);
      hasProgress = line !== '';
    },
  };
}

function assertReaderGone(fault: NodeJS.ErrnoException): void {
  if (fault.code !== 'EPIPE') throw fault;
}
