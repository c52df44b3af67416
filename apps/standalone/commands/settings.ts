import type { JsonSchema } from '#contracts';
import { BadUsage } from '../subcommand.js';

type Members = Record<string, unknown>;

/**
 * The arguments that `--set key=value` words make, beside those of a file. `a.b=c` sets member b of a. The catalogue
 * says what a value is: lists, records, flags and whole numbers are read as JSON, everything else is text as it stands.
 * What fits no argument is sent as text all the same: the server names it.
 */
export function argumentsOf(settings: readonly string[], schema: JsonSchema, given: Readonly<Members> = {}): Members {
  const body: Members = { ...given };
  for (const setting of settings) {
    const [, path = '', value = ''] = /^([A-Za-z][A-Za-z.]{0,80})=([\s\S]*)$/.exec(setting) ?? [];
    const names = path.split('.');
    const last = names.pop() ?? '';
    let place: Members | undefined = body;
    let known: JsonSchema | undefined = schema;
    for (const name of names) {
      place = place && placeIn(place, name);
      known = memberOf(known, name);
    }
    if (!place || last === '' || Object.hasOwn(place, last)) {
      throw new BadUsage({
        fr: `--set clé=valeur, une fois par clé : ${setting}`,
        en: `--set key=value, once a key: ${setting}`,
      });
    }
    place[last] = valueOf(value, memberOf(known, last));
  }
  return body;
}

/** The members below a name, made when there are none yet; nothing when a value stands there. */
function placeIn(place: Members, name: string): Members | undefined {
  if (name === '') return undefined;
  if (!Object.hasOwn(place, name)) place[name] = {};
  const found = place[name];
  return typeof found === 'object' && found !== null && !Array.isArray(found) ? (found as Members) : undefined;
}

function memberOf(schema: JsonSchema | undefined, name: string): JsonSchema | undefined {
  const members = (schema?.['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  return Object.hasOwn(members, name) ? members[name] : undefined;
}

function valueOf(text: string, schema: JsonSchema | undefined): unknown {
  if (schema === undefined || schema['type'] === 'string') return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
