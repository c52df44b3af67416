import { memberFault, valueFromText } from '#contracts';
import type { Fields } from '#contracts';
import type { FastifyRequest } from 'fastify';
import { Problem } from './problem.js';
import type { Fault } from './problem.js';

/** Query parameters by name: unknown, empty and repeated ones are refused, since a filter ignored shows everything. */
export function readParameters(
  request: FastifyRequest,
  known: Iterable<string>,
): Readonly<Record<string, string | undefined>> {
  const given = request.query as Readonly<Record<string, unknown>>;
  const names = new Set(known);
  const faults = Object.entries(given)
    .filter(([name, value]) => !names.has(name) || typeof value !== 'string' || value === '')
    .map(([parameter]) => faultOf(parameter));
  if (faults.length > 0) throw new Problem('PARAMETER_INVALID', { errors: faults });
  return given as Readonly<Record<string, string>>;
}

/** The parameters of a view as values of its own fields. */
export function readFields(
  fields: Fields,
  given: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  const faults: Fault[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const text = given[name];
    const value = text === undefined ? undefined : valueFromText(field, text);
    if (memberFault(field, value)) faults.push(faultOf(name));
    else if (value !== undefined) values[name] = value;
  }
  if (faults.length > 0) throw new Problem('PARAMETER_INVALID', { errors: faults });
  return values;
}

/** A whole number of at most `max`; `base` when it is left out. */
export function readCount(
  name: string,
  text: string | undefined,
  { base, max }: { base: number; max: number },
): number {
  if (text === undefined) return base;
  const count = /^[1-9][0-9]{0,8}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > max) throw Problem.parameter(name);
  return count;
}

/** The seq of an entry in a path or parameter. */
export function readSeq(text: string | undefined): number | undefined {
  return text !== undefined && /^(?:0|[1-9][0-9]{0,14})$/.test(text) ? Number(text) : undefined;
}

function faultOf(parameter: string): Fault {
  return { parameter: parameter.slice(0, 64), code: 'PARAMETER_INVALID' };
}
