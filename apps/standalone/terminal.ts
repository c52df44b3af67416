import type { Language, Texts } from '#words';
import { writeSync } from 'node:fs';
import { ReaderGone } from './subcommand.js';
import type { Terminal } from './subcommand.js';

const CLEAR_LINE = '\r\u001b[K';
const NOT_WRITTEN: Texts = { fr: 'la sortie ne peut être écrite', en: 'the output cannot be written' };
const EXIT_NOT_WRITTEN = 2;

/**
 * The terminal of this process. A reader that leaves early, as `head` does, ends nothing with an error; output that
 * cannot be written, as to a full disk, ends the program in words, since what it prints is its result.
 */
export function terminalOfProcess(language: Language): Terminal {
  const { stdin, stdout, stderr } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (fault: NodeJS.ErrnoException) => {
      endUnlessReaderGone(fault, language);
    });
  }
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
          if (fault) reject(isReaderGone(fault) ? new ReaderGone() : fault);
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

function isReaderGone({ code }: NodeJS.ErrnoException): boolean {
  return code === 'EPIPE';
}

function endUnlessReaderGone(fault: NodeJS.ErrnoException, language: Language): void {
  if (isReaderGone(fault)) return;
  try {
    writeSync(2, `collegium: ${NOT_WRITTEN[language]} (${fault.code ?? fault.message})\n`);
  } finally {
    process.exit(EXIT_NOT_WRITTEN);
  }
}
