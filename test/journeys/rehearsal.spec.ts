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

  it('shows the sealed texts in its views, since it has them all', async () => {
    const { answers } = await play('1');
    expect(answers.at(-1)).toContain('Nettoyer les berges');
    expect(answers.at(-1)).not.toMatch(/"\d+\/\d+\/title"/);
  });

  it('records a ledger that verifies', async () => {
    const { rehearsal } = await play('1');
    const bodies = rehearsal.entries.map(({ body }) => ({ body }));
    expect((await verifyLedger(bodies)).fault).toBeUndefined();
    expect(await verifyLedger(bodies)).toMatchObject({ entries: bodies.length, openings: 'not given' });
    expect((await verifyLedger(bodies)).fault).toBeUndefined();
  });
});

describe('what several sign, and texts that go on, in a rehearsal', () => {
  const as = (name: string) => ({ kind: 'representative', mandate: `$m-${name}` });
  const by = (name: string, at: string, command: string, args: object) => {
    const names = { p: 'proposalId', a: 'amendmentId', q: 'roundId', e: 'decisionId' };
    return { at, as: as(name), command, arguments: args, let: names };
  };
  const delegation = {
    ...{ delegates: ['$aa', '$bb'], subjects: ['s'.repeat(26)], ceilings: [], validUntil: '2026-12-31' },
  };
  const lines: readonly object[] = [
    by('aa', '2026-07-01T09:00:00Z', 'DraftProposal', { decisionType: 'delegation', title: 'A', driver: 'B' }),
    by('aa', '2026-07-01T09:01:00Z', 'SubmitProposal', {
      proposalId: '$p',
      reviewOn: '2027-03-05',
      text: 'Un',
      delegation,
    }),
    by('bb', '2026-07-01T10:00:00Z', 'SubmitAmendment', { proposalId: '$p', baseVersion: 1, text: 'Deux' }),
    by('aa', '2026-07-01T11:00:00Z', 'AcceptAmendment', { amendmentId: '$a' }),
    by('aa', '2026-07-02T09:00:00Z', 'OpenRound', { proposalId: '$p', closesAt: '2026-07-12T09:00:00Z' }),
    ...['aa', 'bb', 'cc'].map((name) =>
      by(name, '2026-07-05T09:00:00Z', 'TakePosition', { roundId: '$q', value: 'agree' }),
    ),
  ];
  const decision = { enablingId: '$e', subjectKey: 's'.repeat(26), text: 'Nous décidons' };
  const signed = (...names: readonly string[]) => ({
    ...by('aa', '2026-07-06T09:00:00Z', 'TakeDelegatedDecision', decision),
    as: names.map(as),
  });

  it('is decided on all signatures, as a list of capacities; the ledger verifies with its texts', async () => {
    const { rehearsal } = await play('1');
    const told = async (line: object) => canonicalJson((await rehearsal.play(JSON.stringify(line))) as Json);
    for (const line of lines) expect(await told(line)).not.toMatch(/"refused"|"fault"/);
    expect(await told(signed('aa'))).toContain('"refused":"NOT_ENOUGH_DELEGATES"');
    expect(await told(signed('aa', 'bb'))).toContain('"DelegatedDecisionTaken"');
    const wrong = { ...signed('aa', 'bb'), command: 'WithdrawProposal', arguments: { proposalId: '$p' } };
    expect(await told(wrong)).toContain('"pointer":"/as"');
    const versions = rehearsal.entries.flatMap(({ events, openings }) =>
      events.flatMap(({ type }, index) =>
        type === 'ProposalVersioned' ? openings.filter(({ event, name }) => event === index && name === 'text') : [],
      ),
    );
    expect(versions.at(-1)?.payload).toBe('"Deux"');
    const { entries } = rehearsal;
    const openingsOf = (seq: number) => entries[seq]?.openings ?? [];
    const { fault, openings } = await verifyLedger(
      entries.map(({ body }) => ({ body })),
      { openingsOf },
    );
    expect(fault).toBeUndefined();
    expect(openings).toMatchObject({ missing: 0 });
  });
});
