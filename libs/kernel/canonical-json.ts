/** A value that RFC 8785 can write. `undefined` members are left out; other values are a fault of the caller. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

/** Text that is its own JSON between quotes. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** RFC 8785 (JCS). Throws RangeError on NaN, an infinity or a lone surrogate: nothing of ours may hold one. */
export function canonicalJson(value: Json): string {
  switch (typeof value) {
    case 'string':
      return canonicalString(value);
    case 'number':
      if (!Number.isFinite(value)) throw new RangeError('not a JSON number');
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    default:
      if (value === null) return 'null';
      return isList(value) ? `[${value.map(canonicalJson).join(',')}]` : canonicalObject(value);
  }
}

function isList(value: readonly Json[] | { readonly [key: string]: Json | undefined }): value is readonly Json[] {
  return Array.isArray(value);
}

function canonicalObject(value: { readonly [key: string]: Json | undefined }): string {
  let out = '';
  for (const key of sorted(Object.keys(value))) {
    const member = value[key];
    if (member === undefined) continue;
    out += `${out ? ',' : ''}${canonicalString(key)}:${canonicalJson(member)}`;
  }
  return `{${out}}`;
}

/** Fewer keys than this are sooner moved by hand than given to sort(), which copies the list. */
const FEW_KEYS = 20;

/** Sorts in place by UTF-16 code units, as RFC 8785 section 3.2.3 asks. */
function sorted(keys: string[]): readonly string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let end = 1; end < keys.length; end++) {
    const key = keys[end] as string;
    let place = end;
    for (let before = keys[place - 1]; before !== undefined && before > key; before = keys[place - 1]) {
      keys[place--] = before;
    }
    keys[place] = key;
  }
  return keys;
}

function canonicalString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new RangeError('lone surrogate');
  return JSON.stringify(text);
}
