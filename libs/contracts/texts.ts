import type { SealedField } from './schema.js';
import { HASH, isMembers, MEMBER_NAME, pointerTo } from './validate.js';
import type { FormCode } from './validate.js';

/** Code points of a text at most, after NFC (HTTP page, 2.4). */
export const TEXT_LIMITS = { title: 200, note: 5_000, long: 60_000 } as const;
type Kind = keyof typeof TEXT_LIMITS;

export interface TextFault {
  readonly pointer: string;
  readonly fault: FormCode | 'STRING_INVALID' | 'EMPTY';
}

/** Marks that hide or turn what is read, and lone surrogates (HTTP page, 5.1); and marks piled up on one letter. */
const HIDDEN = /[\u061C\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E00FF}\p{Cs}]/u;
const PILED_UP = /\p{M}{9}/u;
const CONTROL = /\p{Cc}/u;
const CONTROL_BUT_LINES = /(?![\n\t])\p{Cc}/u;

/** Text as it is measured, hashed and stored: NFC, with LF line ends. Values that hold no text come back as they are. */
export function normalText(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\r\n', '\n').normalize('NFC');
  if (Array.isArray(value)) return value.map(normalText);
  if (!isMembers(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, text]) => [name, normalText(text)]));
}

/** The first fault of a normal sealed value, or nothing. A blank text says nothing: who has nothing to say leaves it out. */
export function sealedFault(field: SealedField, value: unknown): TextFault | undefined {
  switch (field.text) {
    case 'list':
      return Array.isArray(value) ? textsFault(field, value) : { pointer: '', fault: 'WRONG_TYPE' };
    case 'record':
      return isMembers(value) ? textsFault(field, value) : { pointer: '', fault: 'WRONG_TYPE' };
    case 'key':
      return typeof value === 'string' && HASH.test(value) ? undefined : { pointer: '', fault: 'FORMAT_INVALID' };
    default: {
      const fault = textFault(field.text, value);
      return fault && { pointer: '', fault };
    }
  }
}

function textsFault(
  { of, max }: { readonly of: Kind; readonly max: number },
  texts: readonly unknown[] | Readonly<Record<string, unknown>>,
): TextFault | undefined {
  const entries = Object.entries(texts);
  if (entries.length > max) return { pointer: '', fault: 'TOO_MANY' };
  for (const [name, text] of entries) {
    const fault = MEMBER_NAME.test(name) ? textFault(of, text) : 'UNKNOWN_MEMBER';
    if (fault) return { pointer: pointerTo(name), fault };
  }
  return undefined;
}

function textFault(kind: Kind, text: unknown): TextFault['fault'] | undefined {
  if (typeof text !== 'string') return 'WRONG_TYPE';
  if (text.trim() === '') return 'EMPTY';
  if (HIDDEN.test(text) || PILED_UP.test(text)) return 'STRING_INVALID';
  if ((kind === 'title' ? CONTROL : CONTROL_BUT_LINES).test(text)) return 'STRING_INVALID';
  return isLonger(text, TEXT_LIMITS[kind]) ? 'TOO_LONG' : undefined;
}

/** Whether a text has more code points than `limit`, without counting those of a text that is surely short enough. */
function isLonger(text: string, limit: number): boolean {
  if (text.length <= limit) return false;
  if (text.length > 2 * limit) return true;
  let points = 0;
  for (const _ of text) points++;
  return points > limit;
}
