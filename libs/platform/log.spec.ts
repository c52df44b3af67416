import { makeLog } from './log.js';
import type { LogLevel } from './log.js';

const at = '2026-11-24T08:00:00.000Z';

function logged(least: LogLevel, say: (log: ReturnType<typeof makeLog>) => void): string[] {
  const lines: string[] = [];
  say(
    makeLog(
      least,
      (line) => lines.push(line),
      () => at,
    ),
  );
  return lines;
}

describe('log', () => {
  it('writes one JSON object a line', () => {
    expect(
      logged('info', (log) => {
        log.info('listening', { address: '127.0.0.1:3210' });
      }),
    ).toEqual([`{"time":"${at}","level":"info","message":"listening","address":"127.0.0.1:3210"}\n`]);
  });

  it('keeps to its least level', () => {
    const lines = logged('warn', (log) => {
      log.debug('a');
      log.info('b');
      log.warn('c');
      log.error('d');
    });
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['c', 'd']);
  });

  it('cuts long values and escapes controls, so that a line stays a line', () => {
    const [line = ''] = logged('info', (log) => {
      log.info('x\ny', { code: 'z'.repeat(1_000) });
    });
    expect(line.split('\n')).toHaveLength(2);
    expect((JSON.parse(line) as { code: string }).code).toHaveLength(200);
  });
});
