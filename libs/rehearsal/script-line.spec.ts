import { readLine } from './script-line.js';

const names = new Map([
  ['$m1', 'a'.repeat(26)],
  ['$p:alice', 'b'.repeat(26)],
]);
const valueOf = (reference: string) => names.get(reference);
const read = (line: object) => readLine(JSON.stringify(line), valueOf);

const at = '2026-03-02T09:00:00Z';
const as = { kind: 'representative', mandate: '$m1' };
const command = { at, as, command: 'TakePosition', arguments: { value: 'agree' }, let: { p: 'positionId' } };

describe('a line of a script', () => {
  it('is a command with who sends it, and what its answer binds', () => {
    expect(read(command)).toEqual({
      ...{ at: '2026-03-02T09:00:00.000Z', command: 'TakePosition', arguments: { value: 'agree' } },
      ...{ as: { kind: 'representative', mandate: 'a'.repeat(26) }, let: { p: 'positionId' } },
      signed: [],
    });
  });

  it('or a query, which nobody signs', () => {
    const query = { at, query: 'partner-statement', arguments: { trueOn: '2026-03-01', knownAt: 4 } };
    expect(read(query)).toEqual({ ...query, at: '2026-03-02T09:00:00.000Z' });
  });

  it('may leave out arguments and let', () => {
    expect(read({ at, as, command: 'FormAlliance' })).toMatchObject({ arguments: {}, let: {} });
    expect(read({ at, query: 'members' })).toMatchObject({ arguments: {} });
  });

  it('Tick needs nobody', () => {
    expect(read({ at, command: 'Tick' })).toMatchObject({ as: undefined, command: 'Tick' });
  });

  it('has its instant in any zone', () => {
    expect(read({ at: '2026-03-02T10:00:00.5+01:00', command: 'Tick' })).toMatchObject({
      at: '2026-03-02T09:00:00.500Z',
    });
  });

  it.each([
    ['account', 'person'],
    ['citizen', 'person'],
    ['facilitator', 'facilitator'],
    ['representative', 'mandate'],
    ['auditor', 'access'],
  ])('is signed by a %s with a %s', (kind, member) => {
    expect(read({ ...command, as: { kind, [member]: '$m1' } })).toMatchObject({
      as: { kind, [member]: 'a'.repeat(26) },
    });
    expect(read({ ...command, as: { kind } })).toEqual({ pointer: `/as/${member}`, fault: 'missing' });
  });

  it('is signed by a list of one as by that one', () => {
    expect(read({ ...command, as: [as] })).toEqual(read(command));
  });

  it('is signed by several in their order, the last of them sends it', () => {
    const facilitator = { kind: 'facilitator', facilitator: '$m1' };
    const mandate = { kind: 'representative', mandate: 'a'.repeat(26) };
    expect(read({ ...command, as: [as, as, facilitator] })).toMatchObject({
      ...{ as: { kind: 'facilitator', facilitator: 'a'.repeat(26) }, signed: [mandate, mandate] },
    });
  });
});

describe('what stands for something else', () => {
  it('is put in its place wherever it stands, in lists and records too', () => {
    const args = { one: '$m1', many: ['$p:alice', 'plain'], deep: { er: { person: '$p:alice' } }, n: 1, no: null };
    expect(read({ ...command, arguments: args })).toMatchObject({
      arguments: {
        ...{ one: 'a'.repeat(26), many: ['b'.repeat(26), 'plain'], deep: { er: { person: 'b'.repeat(26) } } },
        ...{ n: 1, no: null },
      },
    });
  });

  it('is refused where nothing has that name, and the place is named', () => {
    expect(read({ ...command, arguments: { list: ['$m1', '$m2'] } })).toEqual({
      ...{ pointer: '/arguments/list/1', fault: 'nothing is called $m2' },
    });
    expect(read({ ...command, as: { kind: 'representative', mandate: '$m2' } })).toMatchObject({
      pointer: '/as/mandate',
    });
  });

  it('is only what looks like a name: amounts and texts with a dollar stay as they are', () => {
    for (const text of ['$', '$ 5', '$5', 'a $m1', '$m1 ', '$p:', '$-x']) {
      expect(read({ ...command, arguments: { text } })).toMatchObject({ arguments: { text } });
    }
  });

  it('is not looked for among the names that let gives', () => {
    expect(read({ ...command, let: { p: '$m9' } })).not.toHaveProperty('pointer', '/let/p');
  });
});

describe('a line that cannot be read', () => {
  it.each(['[]', '1', 'null', '"line"'])('%s is no object', (text) => {
    expect(readLine(text, valueOf)).toEqual({ pointer: '', fault: 'not a JSON object' });
  });

  it('is read by the gate of a request: what is no JSON, and a member given twice, is pointed at', () => {
    for (const text of ['', 'no JSON']) {
      expect(readLine(text, valueOf)).toEqual({ pointer: '', fault: 'JSON_INVALID' });
    }
    const twice = JSON.stringify({ ...command, arguments: { value: 1, other: 2 } }).replace('other', 'value');
    expect(readLine(twice, valueOf)).toEqual({ pointer: '/arguments/value', fault: 'DUPLICATE_KEY' });
  });

  it.each<[string, string, object]>([
    ['no instant', '/at', { ...command, at: undefined }],
    ['a day for an instant', '/at', { ...command, at: '2026-03-02' }],
    ['an instant without zone', '/at', { ...command, at: '2026-03-02T09:00:00' }],
    ['a month that is none', '/at', { ...command, at: '2026-13-02T09:00:00Z' }],
    ['a number for an instant', '/at', { ...command, at: 5 }],
    ['arguments in a list', '/arguments', { ...command, arguments: [] }],
    ['arguments of text', '/arguments', { ...command, arguments: 'agree' }],
    ['neither command nor query', '/command', { at, as }],
    ['a command that is no name', '/command', { ...command, command: 1 }],
    ['a query that is no name', '/query', { at, query: 1 }],
    ['a query that is signed', '/as', { at, query: 'members', as }],
    ['an unknown member', '/note', { ...command, note: 'x' }],
    ['nobody who signs', '/as', { ...command, as: undefined }],
    ['a name for who signs', '/as', { ...command, as: 'facilitator' }],
    ['an empty list of who signs', '/as', { ...command, as: [] }],
    ['a signature of nobody', '/as', { ...command, as: [] }],
    ['a signature that is no capacity', '/as/kind', { ...command, as: [{ kind: 'gang' }, as] }],
    ['an unknown kind', '/as/kind', { ...command, as: { kind: 'robot' } }],
    ['no kind', '/as/kind', { ...command, as: { mandate: '$m1' } }],
    ['a member of another kind', '/as/person', { ...command, as: { ...as, person: '$p:alice' } }],
    ['a mandate that is no text', '/as/mandate', { ...command, as: { kind: 'representative', mandate: 1 } }],
    ['let as a list', '/let', { ...command, let: [] }],
    ['let of a number', '/let', { ...command, let: { p: 1 } }],
  ])('%s is named', (_what, pointer, line) => {
    expect(read(line)).toMatchObject({ pointer, fault: expect.any(String) as string });
  });
});
