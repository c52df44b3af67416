import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RESOURCE_KINDS } from '../enums.js';
import type { ResourceKind } from '../enums.js';
import { ACCOUNT_EDITIONS, ACCOUNT_LABELS, accountsOf, baseEdition } from './accounts.js';
import { RESOURCE_KIND_TABLE, resourceKind } from './resource-kinds.js';

interface Crosswalk {
  readonly types: readonly {
    readonly kind: ResourceKind;
    readonly isCvn: boolean;
    readonly anc2018: { readonly use?: string; readonly resource?: string | readonly string[] };
  }[];
}
type Chart = Readonly<Record<'uses' | 'sources', Readonly<Record<string, string>>>> & {
  readonly validFrom?: string;
  readonly validTo?: string | null;
};
interface Accounts {
  readonly editions: Readonly<Record<'CRC-99-01' | 'ANC-2018-06' | 'CERFA-12156/15059', Chart>>;
}
type Lines = readonly { readonly code: string; readonly lines: readonly string[] }[];
interface Cerfa {
  readonly charges: Lines;
  readonly produits: Lines;
}

const read = (name: string): unknown => JSON.parse(readFileSync(join(__dirname, 'reference', `${name}.json`), 'utf8'));
const crosswalk = read('contribution-crosswalk') as Crosswalk;
const { editions } = read('cvn-accounts') as Accounts;
const cerfa = read('cerfa-12156-budget-lines') as Cerfa;
const CHARTS = {
  'CRC-99-01': editions['CRC-99-01'],
  'ANC-2018-06': editions['ANC-2018-06'],
  'CERFA-12156': editions['CERFA-12156/15059'],
};

describe('the table of kinds agrees with the reference', () => {
  it.each(crosswalk.types)('on $kind: its accounts of ANC 2018-06, or none', ({ kind, isCvn, anc2018 }) => {
    expect(resourceKind(kind)?.accounts?.anc).toEqual(
      isCvn ? { use: anc2018.use, source: anc2018.resource } : undefined,
    );
  });

  it('on which kinds have accounts at all', () => {
    const told = crosswalk.types.filter(({ isCvn }) => isCvn).map(({ kind }) => kind);
    expect(RESOURCE_KIND_TABLE.filter(({ accounts }) => accounts).map(({ kind }) => kind)).toEqual(told);
    expect(crosswalk.types.map(({ kind }) => kind)).toEqual(
      RESOURCE_KINDS.filter((kind) => kind !== 'knowledge' && kind !== 'network'),
    );
  });

  it.each(ACCOUNT_EDITIONS)('on the numbers and the words of %s', (edition) => {
    const { uses, sources } = CHARTS[edition];
    expect({ ...uses, ...sources }).toMatchObject(ACCOUNT_LABELS[edition]);
    for (const kind of RESOURCE_KINDS) {
      const accounts = accountsOf(kind, edition);
      if (!accounts) continue;
      expect(uses[accounts.use]).toBe(ACCOUNT_LABELS[edition][accounts.use]);
      expect(sources[accounts.source]).toBe(ACCOUNT_LABELS[edition][accounts.source]);
    }
  });

  it('on volunteer time and gifts in kind, which changed places and not their names', () => {
    for (const edition of ACCOUNT_EDITIONS) {
      const label = (kind: ResourceKind) => ACCOUNT_LABELS[edition][accountsOf(kind, edition)?.source ?? ''];
      expect([label('volunteer-time'), label('goods')]).toEqual(['Bénévolat', 'Dons en nature']);
    }
  });

  it('on the lines of the form Cerfa 12156', () => {
    const lines = (list: Lines, code: string) => list.find((one) => one.code === code)?.lines ?? [];
    const printed = [...lines(cerfa.charges, '86'), ...lines(cerfa.produits, '87')];
    const labels = Object.entries(ACCOUNT_LABELS['CERFA-12156']).map(([account, label]) => `${account} ${label}`);
    expect(printed).toEqual(labels);
  });

  it('on the day from which an edition is the base', () => {
    expect(baseEdition(editions['CRC-99-01'].validTo ?? '')).toBe('CRC-99-01');
    expect(baseEdition(editions['ANC-2018-06'].validFrom ?? '')).toBe('ANC-2018-06');
  });
});
