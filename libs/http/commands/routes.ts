import { commandDefinition } from '#contracts';
import type { CommandName } from '#contracts';
import type { Receipt } from './receipt.js';

/** Below it everything of one alliance stands. */
export const ALLIANCES = '/v1/alliances';
export const ALLIANCE = `${ALLIANCES}/{alliance}`;

/** The path of a command with its ids in braces, as OpenAPI writes it. */
export function templateOf(name: CommandName): string {
  const { path } = commandDefinition(name);
  return path === '' ? ALLIANCES : `${ALLIANCE}/${path}`;
}

/** The same as the router writes it. */
export function routeOf(template: string): string {
  return template.replace(/\{([A-Za-z]+)\}/g, ':$1');
}

/** The names of the ids in the path, the alliance's apart. */
export function pathIdsOf(name: CommandName): readonly string[] {
  return [...commandDefinition(name).path.matchAll(/\{([A-Za-z]+)\}/g)].map(([, id]) => id ?? '');
}

/** The object in the path that a command acts on; the alliance when there is none. */
export function objectOf(name: CommandName, alliance: string, ids: Readonly<Record<string, unknown>>) {
  const [collection = '', id] = commandDefinition(name).path.split('/');
  const field = id && /^\{(.+)\}$/.exec(id)?.[1];
  return field ? { collection, id: String(ids[field]) } : { collection: 'alliances', id: alliance };
}

/** Where the new object is, or the one acted on (HTTP page 1.1, rule 5). Without path id, what the first event that has it names. */
export function locationOf(name: CommandName, receipt: Receipt, ids: Readonly<Record<string, unknown>>): string {
  const { creates } = commandDefinition(name);
  const base = `${ALLIANCES}/${receipt.alliance}`;
  const named = (field: string): string | number | undefined => {
    const value = receipt.events.find(({ data }) => data[field] !== undefined)?.data[field];
    return typeof value === 'string' || typeof value === 'number' ? value : undefined;
  };
  if (creates) return `${base}/${creates.collection}/${named(creates.field) ?? ''}`;
  if (name === 'ReplaceAttestor') {
    const contributionId = named('contributionId');
    return contributionId
      ? `${base}/contributions/${contributionId}`
      : `${base}/commitments/${named('commitmentId') ?? ''}`;
  }
  const { collection, id } = objectOf(name, receipt.alliance, ids);
  return collection === 'alliances' ? base : `${base}/${collection}/${id}`;
}
