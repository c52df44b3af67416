/** Where a sealed text stands, as in `/openings/<seq>/<event>/<name>`: rows hold this instead of the text. */
export function textPlace({ seq, index }: { readonly seq: number; readonly index: number }, name: string): string {
  return `${String(seq)}/${String(index)}/${name}`;
}
