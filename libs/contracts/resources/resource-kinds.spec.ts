import { RESOURCE_KINDS } from '../enums.js';
import { amountLinesFault, compareLines, givenLineFault, lineFault } from './lines.js';
import { RESOURCE_KIND_TABLE } from './resource-kinds.js';

describe('resource kinds', () => {
  it('has each kind once, in the order of the page', () => {
    expect(RESOURCE_KIND_TABLE.map(({ kind }) => kind)).toEqual(RESOURCE_KINDS);
  });

  it('swaps 870 and 875 between CRC 99-01 and ANC 2018-06, and nothing else on the 87 side', () => {
    const swap = new Map([
      ['870', '875'],
      ['875', '870'],
    ]);
    for (const { accounts } of RESOURCE_KIND_TABLE) {
      if (accounts) expect(accounts.crc.source).toBe(swap.get(accounts.anc.source) ?? accounts.anc.source);
    }
  });

  it('refuses an unknown kind and a unit outside its row', () => {
    expect(lineFault({ kind: 'gold' as 'goods', unit: 'kg' })?.refused).toBe('UNKNOWN_KIND');
    expect(lineFault({ kind: 'goods', unit: 'hour' })?.refused).toBe('UNIT_NOT_ALLOWED');
    expect(lineFault({ kind: 'money', unit: 'XYZ' })?.refused).toBe('UNIT_NOT_ALLOWED');
    expect(lineFault({ kind: 'money', unit: '' })?.refused).toBe('UNIT_NOT_ALLOWED');
    expect(lineFault({ kind: 'money', unit: 'XPF' })).toBeUndefined();
  });

  it('a guarantee may be asked for, but enters by an offer alone', () => {
    expect(lineFault({ kind: 'guarantee', unit: 'EUR' })).toBeUndefined();
    expect(givenLineFault({ kind: 'guarantee', unit: 'EUR' })?.refused).toBe('GUARANTEE_BY_OFFER');
  });

  it.each([
    [{ kind: 'gold' as 'goods', unit: 'kg', amount: '1' }, 'UNKNOWN_KIND', '/requests/1/kind'],
    [{ kind: 'goods', unit: 'hour', amount: '1' }, 'UNIT_NOT_ALLOWED', '/requests/1/unit'],
    [{ kind: 'goods', unit: 'piece', amount: '0.5' }, 'AMOUNT_INVALID', '/requests/1/amount'],
    [{ kind: 'money', unit: 'EUR', amount: '0.001' }, 'AMOUNT_INVALID', '/requests/1/amount'],
    [{ kind: 'money', unit: 'EUR', amount: '0' }, 'AMOUNT_INVALID', '/requests/1/amount'],
  ] as const)('in a list %j is refused %s at its place', (line, code, pointer) => {
    const guarantee = { kind: 'guarantee', unit: 'EUR', amount: '100.5' } as const;
    expect(amountLinesFault([guarantee, line], '/requests')).toMatchObject({ refused: code, pointer });
    expect(amountLinesFault([guarantee, guarantee], '/requests')).toBeUndefined();
  });

  it('orders lines by kind, then by unit in code-point order', () => {
    const lines = [
      { kind: 'skills', unit: 'hour' },
      { kind: 'goods', unit: 'piece' },
      { kind: 'skills', unit: 'day' },
      { kind: 'money', unit: 'XPF' },
      { kind: 'money', unit: 'EUR' },
    ] as const;
    expect([...lines].sort(compareLines).map(({ kind, unit }) => `${kind} ${unit}`)).toEqual([
      'money EUR',
      'money XPF',
      'goods piece',
      'skills day',
      'skills hour',
    ]);
  });
});
