import type { Opening } from '#ledger';
import { bodiesOf, readOpenings, verifyLedger } from '#transparency';

const LEDGER = 'test/samples/foundation-ledger.ndjson';
const OPENINGS = 'test/samples/foundation-openings.ndjson';
/** Noted when the sample was written; the files are never made again. */
const HEAD = { seq: 233, hash: 'zL7B5LSPpQgT7k4t0iSJj/LTzaqjm0lvxF07iE9ac5g=' };

describe('a ledger written by the first version, the story of Silver Geek', () => {
  it('still verifies: form, chain, sealed texts and every rule, up to the head that was noted', async () => {
    const openings = await readOpenings(OPENINGS);
    const openingsOf = (seq: number): readonly Opening[] => openings.get(seq) ?? [];
    const verdict = await verifyLedger(bodiesOf(LEDGER), { head: HEAD, openingsOf });
    expect(verdict.fault).toBeUndefined();
    expect(verdict).toMatchObject({ entries: 234, head: HEAD, openings: { checked: 121, missing: 0 } });
  });
});
