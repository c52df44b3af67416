import { validateSync } from 'class-validator';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { refusalIn } from './argument-faults.js';
import { passes } from './argument-check.js';
import { instanceOf } from './argument-class.js';
import { argumentClassOf, readArguments } from './arguments.js';
import { commandDefinition, COMMAND_NAMES } from './commands.js';
import type { CommandName } from './commands.js';
import { exampleArguments } from './examples.js';

interface Body {
  readonly what: string;
  readonly command: CommandName;
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** `CODE /pointer` each; absent for a body that is accepted. */
  readonly faults?: readonly string[];
  /** The domain's own code, where no fault is one of form alone. */
  readonly refusal?: string;
}

const bodies = JSON.parse(readFileSync(join(__dirname, 'samples', 'bodies.json'), 'utf8')) as Body[];
const alliance = {
  timeZone: 'Europe/Paris',
  locale: 'fr',
  facilitator: { validFrom: '2026-01-01', validTo: '2026-12-31', name: 'n' },
};

function faultsOf(name: CommandName, body: unknown, path?: Readonly<Record<string, string>>) {
  const read = readArguments(name, body, path);
  return 'faults' in read ? read.faults : [];
}

describe('a body', () => {
  it.each(bodies)('is read as its class says: $what', ({ command, body, path, faults = [], refusal }) => {
    const found = faultsOf(command, body, path);
    expect(found.map(({ code, pointer }) => `${code} ${pointer}`.trim())).toEqual(faults);
    expect(refusalIn(found)?.refused).toBe(refusal);
  });

  it('with more than 20 faults names 20', () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, number) => [`m${String(number)}`, 1]));
    expect(faultsOf('SponsorProposal', many)).toHaveLength(20);
  });

  it('that is refused is not repeated in any detail', () => {
    const faults = faultsOf('FormAlliance', { ...alliance, name: 'x', timeZone: 'secret text', locale: 'secret' });
    expect(JSON.stringify(faults)).not.toContain('secret');
    expect(faults).toHaveLength(2);
  });
});

describe('a body is well formed exactly when class-validator finds nothing wrong with it', () => {
  const values = [undefined, null, '', 'a', 0, 1.5, true, [], [null], [{}], {}, 'x'.repeat(6_000), ['a'.repeat(26)]];

  it.each(COMMAND_NAMES)('%s', (name) => {
    const made = argumentClassOf(name);
    const sent = exampleArguments(name, 'full');
    const bodies = Object.keys(sent).flatMap((member) => values.map((value) => ({ ...sent, [member]: value })));
    for (const body of [sent, exampleArguments(name, 'bare'), ...bodies]) {
      const instance = instanceOf(made, body, []);
      expect([passes(made, instance), body]).toEqual([validateSync(instance).length === 0, body]);
    }
  });

  it('inside a record too, and in each of a list', () => {
    const made = argumentClassOf('SubmitProposal');
    const sent = exampleArguments('SubmitProposal', 'full') as { readonly requests: readonly object[] };
    const [request] = sent.requests;
    for (const more of [{ quantity: 'x' }, { kind: null }, {}]) {
      const instance = instanceOf(made, { ...sent, requests: [request, { ...request, ...more }] }, []);
      expect(passes(made, instance)).toBe(validateSync(instance).length === 0);
    }
  });
});

describe('the arguments', () => {
  it.each(COMMAND_NAMES)('of %s are accepted with every member, and with those alone that must be there', (name) => {
    for (const extent of ['full', 'bare'] as const) {
      const sent = exampleArguments(name, extent);
      const read = readArguments(name, sent);
      if ('faults' in read) throw new Error(JSON.stringify(read.faults));
      const { public: fields, sealed, parts, occurredOn } = read;
      const flat = Object.fromEntries(
        Object.entries(parts).map(([part, input]) => [part, { ...input.public, ...input.sealed }]),
      );
      expect({ ...fields, ...sealed, ...flat, ...(occurredOn && { occurredOn }) }).toEqual(sent);
      expect(Object.keys(fields).filter((field) => !Object.hasOwn(commandDefinition(name).public, field))).toEqual([]);
    }
  });

  it.each(COMMAND_NAMES)('of %s are refused one by one when they are missing', (name) => {
    const sent = exampleArguments(name, 'bare');
    for (const member of Object.keys(sent)) {
      const faults = faultsOf(name, { ...sent, [member]: undefined });
      expect(faults.map(({ code, pointer }) => code + pointer)).toEqual([`MISSING/${member}`]);
    }
  });

  it('hold texts in NFC with LF line ends, counted in code points', () => {
    const read = readArguments('FormAlliance', { ...alliance, name: 'Cafe\u0301', purpose: 'a\r\nb' });
    expect(read).toMatchObject({ sealed: { name: 'Café', purpose: 'a\nb' } });
    expect(faultsOf('FormAlliance', { ...alliance, name: '𝒜'.repeat(200) })).toEqual([]);
    expect(faultsOf('FormAlliance', { ...alliance, name: 'e\u0301'.repeat(200) })).toEqual([]);
    expect(faultsOf('FormAlliance', { ...alliance, name: '𝒜'.repeat(201) })).toMatchObject([{ code: 'TOO_LONG' }]);
    expect(faultsOf('FormAlliance', { ...alliance, name: 'a'.repeat(201) })).toMatchObject([{ code: 'TOO_LONG' }]);
    expect(faultsOf('FormAlliance', { ...alliance, name: 'n', purpose: 'a'.repeat(5_001) })).toMatchObject([
      { code: 'TOO_LONG' },
    ]);
  });

  it('hold instants in UTC with milliseconds', () => {
    const path = { proposalId: 'a'.repeat(26) };
    const closesAt = (text: string) => readArguments('OpenRound', { closesAt: text }, path);
    expect(closesAt('2026-03-16T18:00:00+01:00')).toMatchObject({ public: { closesAt: '2026-03-16T17:00:00.000Z' } });
    expect(closesAt('2026-03-16T17:00:00.5Z')).toMatchObject({ public: { closesAt: '2026-03-16T17:00:00.500Z' } });
  });

  it('hold plain values: objects without a prototype are read, none of ours is handed on', () => {
    const body = Object.assign(Object.create(null) as object, exampleArguments('TakePosition', 'full'));
    const read = readArguments('TakePosition', body);
    if ('faults' in read) throw new Error(JSON.stringify(read.faults));
    expect(Object.getPrototypeOf(read.parts['objection']?.public['touches'])).toBe(Object.prototype);
  });

  it('say in parts what a part says', () => {
    expect(readArguments('FormAlliance', { ...alliance, name: 'n' })).toEqual({
      public: { timeZone: 'Europe/Paris', locale: 'fr' },
      sealed: { name: 'n' },
      parts: { facilitator: { public: { validFrom: '2026-01-01', validTo: '2026-12-31' }, sealed: { name: 'n' } } },
    });
  });

  it('of a fact may have a day, those of an act never', () => {
    for (const name of COMMAND_NAMES) {
      const read = readArguments(name, { ...exampleArguments(name, 'bare'), occurredOn: '2026-01-01' });
      if (commandDefinition(name).fact) expect(read).toMatchObject({ occurredOn: '2026-01-01' });
      else expect(read).toMatchObject({ faults: [{ code: 'OCCURRED_ON_NOT_ALLOWED', pointer: '/occurredOn' }] });
    }
  });
});
