import type { Texts } from '#words';
import { CANONICAL_DECIMAL, HASH } from '#contracts';
import type { JsonSchema } from '#contracts';
import { say } from '../subcommand.js';
import type { Terminal } from '../subcommand.js';

/** What the catalogue's schemas say of a member, as far as it is told. */
interface Member {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, Member>>;
  readonly required?: readonly string[];
  readonly items?: Member;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: string;
  readonly pattern?: string;
  readonly maxLength?: number;
}

export interface Row {
  readonly name: string;
  readonly isNeeded: boolean;
  readonly form: Texts;
}

const ID_PATTERN = '^[a-z2-7]{26}$';
/** Parts of parts that are listed, at most: no argument is deeper. */
const MAX_DEPTH = 4;

/** Rows of a name, a mark and a form, one a line. */
export function showRows(rows: readonly Row[], terminal: Terminal): void {
  const width = Math.max(0, ...rows.map((row) => row.name.length));
  for (const row of rows) {
    const form = row.form[terminal.language];
    terminal.out(`  ${row.name.padEnd(width)}  ${row.isNeeded ? '*' : ' '} ${form}`);
  }
  if (rows.some(({ isNeeded }) => isNeeded)) say(terminal, { fr: '  * : nécessaire', en: '  * : needed' });
}

/** The members of an object's schema, parts by their path (`a.b`). */
export function rowsOf(schema: JsonSchema): Row[] {
  return memberRows(schema, '', MAX_DEPTH);
}

function memberRows({ properties = {}, required = [] }: Member, path: string, depth: number): Row[] {
  return Object.entries(properties).flatMap(([member, inner]) => {
    const name = path + member;
    const isRecord = inner.properties !== undefined && depth > 0;
    if (isRecord) return memberRows(inner, `${name}.`, depth - 1);
    return [{ name, isNeeded: required.includes(member), form: formOf(inner) }];
  });
}

/** What a value has to look like, in words. */
export function formOf(member: Member): Texts {
  if (member.enum) return same(member.enum.join(' | '));
  switch (member.type) {
    case 'array':
      return listForm(member);
    case 'boolean':
      return same('true | false');
    case 'integer':
      return { fr: `entier ${bounds(member)}`, en: `whole number ${bounds(member)}` };
    case 'object':
      return { fr: 'JSON {"nom": …}', en: 'JSON {"name": …}' };
    default:
      return textForm(member);
  }
}

function listForm({ items = {}, maxItems = 0 }: Member): Texts {
  const { properties } = items;
  const { fr, en } = properties ? same(`{${Object.keys(properties).join(', ')}}`) : formOf(items);
  const max = String(maxItems);
  return { fr: `JSON [${fr}, …], ${max} au plus`, en: `JSON [${en}, …], at most ${max}` };
}

function textForm({ format, pattern, maxLength }: Member): Texts {
  if (format === 'date') return { fr: 'jour, tel que 2026-03-01', en: 'day, such as 2026-03-01' };
  if (format === 'date-time') {
    const example = '2026-03-01T10:00:00.000Z';
    return { fr: `instant en temps universel, tel que ${example}`, en: `instant in UTC, such as ${example}` };
  }
  if (pattern === ID_PATTERN) return { fr: 'identifiant', en: 'id' };
  if (pattern === CANONICAL_DECIMAL.source) return { fr: 'quantité, telle que 12.5', en: 'amount, such as 12.5' };
  if (pattern === HASH.source)
    return { fr: 'empreinte : 44 caractères de base64', en: 'hash: 44 characters of base64' };
  if (pattern !== '\\S') return { fr: `de la forme ${pattern ?? ''}`, en: `of the form ${pattern ?? ''}` };
  const max = String(maxLength);
  return { fr: `texte, ${max} caractères au plus`, en: `text, at most ${max} characters` };
}

function bounds({ minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Member): string {
  return maximum === Number.MAX_SAFE_INTEGER ? `>= ${String(minimum)}` : `${String(minimum)}..${String(maximum)}`;
}

function same(text: string): Texts {
  return { fr: text, en: text };
}
