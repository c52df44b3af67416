import type { Texts } from '#words';
import { fieldSchema, id, valueFromText } from '#contracts';
import type { Fields } from '#contracts';
import { VIEWS } from '#engine';
import type { Json } from '#kernel';
import { BadUsage, GivenUp } from '../subcommand.js';
import { formOf } from './argument-rows.js';
import type { Row } from './argument-rows.js';

/** Not a view, and asked for like one: what `evaluate` reads of a round. */
export const SNAPSHOT = 'snapshot';
const SNAPSHOT_PARAMETERS: Fields = { roundId: id() };

/** As of when: every view takes these. */
const AS_OF: Readonly<Record<string, Texts>> = {
  at: { fr: 'un numéro ou un jour, sans autre date', en: 'a seq or a day, and no other date' },
  trueOn: { fr: 'un jour, tel que 2026-03-01', en: 'a day, such as 2026-03-01' },
  knownAt: {
    fr: 'un numéro ou un instant, tel que 2026-03-01T10:00:00.000Z',
    en: 'a seq or an instant, such as 2026-03-01T10:00:00.000Z',
  },
};

/** The names of what can be shown. */
export const SHOWN: readonly string[] = [...VIEWS.map(({ name }) => name), SNAPSHOT];

/** The option under which a parameter is given: `roundId` as `--round`, `trueOn` as `--true-on`. */
export function optionOf(parameter: string): string {
  return parameter.replace(/Id$/, '').replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** An option for each parameter of each view. */
export const PARAMETER_OPTIONS: Readonly<Record<string, { readonly type: 'string' }>> = Object.fromEntries(
  SHOWN.flatMap((view) => [...Object.keys(fieldsOf(view)), ...Object.keys(AS_OF)]).map((parameter) => [
    optionOf(parameter),
    { type: 'string' },
  ]),
);

function fieldsOf(view: string): Fields {
  return view === SNAPSHOT ? SNAPSHOT_PARAMETERS : (VIEWS.find(({ name }) => name === view)?.params ?? {});
}

/** The parameters that the options of a command line give to a view. An option that the view does not have is refused. */
export function parametersOf(view: string, options: Readonly<Record<string, unknown>>): Readonly<Record<string, Json>> {
  const fields = fieldsOf(view);
  const names = [...Object.keys(fields), ...(view === SNAPSHOT ? [] : Object.keys(AS_OF))];
  const parameters: Record<string, Json> = {};
  for (const option of Object.keys(PARAMETER_OPTIONS)) {
    const text = options[option];
    if (typeof text !== 'string') continue;
    const parameter = names.find((name) => optionOf(name) === option);
    if (parameter === undefined)
      throw misfit(option, { fr: 'cette vue n’a pas cette option', en: 'this view has no such option' });
    const field = fields[parameter];
    parameters[parameter] = field ? (valueFromText(field, text) as Json) : text;
  }
  return parameters;
}

/** The options of a view, one a line of its help. */
export function parameterRows(view: string): Row[] {
  const own = Object.entries(fieldsOf(view)).map(([parameter, field]) => ({
    name: `--${optionOf(parameter)}`,
    isNeeded: field.is !== 'optional',
    form: formOf(fieldSchema(field)),
  }));
  if (view === SNAPSHOT) return own;
  const dates = Object.entries(AS_OF).map(([name, form]) => ({ name: `--${optionOf(name)}`, isNeeded: false, form }));
  return [...own, ...dates];
}

/** What is wrong with a parameter, by the option that gave it, or should have. */
export function parameterMisfit(
  view: string,
  { pointer, fault }: { readonly pointer: string; readonly fault: string },
): GivenUp {
  const [, parameter = ''] = /^\/arguments\/([A-Za-z]+)/.exec(pointer) ?? [];
  const field = fieldsOf(view)[parameter];
  const form = field ? formOf(fieldSchema(field)) : AS_OF[parameter];
  if (!form) return new GivenUp({ fr: `${pointer} : ${fault}`, en: `${pointer}: ${fault}` }, 2);
  if (fault === 'AT_IN_FUTURE' || fault === 'SEQ_AHEAD_OF_HEAD') {
    return misfit(optionOf(parameter), { fr: 'au-delà de la fin du registre', en: 'beyond the end of the ledger' });
  }
  const isMissing = fault === 'MISSING';
  return misfit(optionOf(parameter), {
    fr: isMissing ? `nécessaire (${form.fr})` : form.fr,
    en: isMissing ? `needed (${form.en})` : form.en,
  });
}

function misfit(option: string, { fr, en }: Texts): BadUsage {
  return new BadUsage({ fr: `--${option} : ${fr}`, en: `--${option}: ${en}` });
}
