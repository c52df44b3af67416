import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { Rehearsal } from '#rehearsal';
import { verifyLedger } from '#transparency';
import { readFileSync } from 'node:fs';
import { answerFromEntries } from '../../apps/standalone/commands/answer-from-entries.js';

const script = readFileSync('docs/examples/first-consent.ndjson', 'utf8').trim().split('\n');

async function play(seed: string): Promise<{ rehearsal: Rehearsal; answers: string[] }> {
  const rehearsal = new Rehearsal(seed, answerFromEntries);
  const answers: string[] = [];
  for (const line of script) answers.push(canonicalJson((await rehearsal.play(line)) as Json));
  return { rehearsal, answers };
}

describe('a rehearsal of a first consent', () => {
  it('accepts every line of the example', async () => {
    const { answers } = await play('1');
    expect(answers.filter((answer) => /"refused"|"fault"/.test(answer))).toEqual([]);
  });

  it('gives the same bytes for the same script and seed, and others for another seed', async () => {
    const [first, again, other] = [await play('1'), await play('1'), await play('2')];
    expect(again.answers).toEqual(first.answers);
    expect(other.answers).not.toEqual(first.answers);
  });

  it('records a ledger that verifies', async () => {
    const { rehearsal } = await play('1');
    const bodies = rehearsal.entries.map(({ body }) => ({ body }));
    expect((await verifyLedger(bodies)).fault).toBeUndefined();
    expect(await verifyLedger(bodies)).toMatchObject({ entries: bodies.length, openings: 'not given' });
    expect((await verifyLedger(bodies)).fault).toBeUndefined();
  });
});
