import type { Field } from './schema.js';

/**
 * A text, as a query parameter or an option gives it, as the field's type: integers and flags have no quotes in JSON,
 * lists are comma-separated. What does not fit stays text, for `fieldFault` to name.
 */
export function valueFromText(field: Field, text: string): unknown {
  switch (field.is) {
    case 'optional':
      return valueFromText(field.of, text);
    case 'int':
      return /^-?(?:0|[1-9][0-9]{0,15})$/.test(text) ? Number(text) : text;
    case 'flag':
      return text === 'true' ? true : text === 'false' ? false : text;
    case 'list':
      return text.split(',').map((item) => valueFromText(field.of, item));
    default:
      return text;
  }
}
