/** Tags are printable ASCII: a line for each holds them apart, and costs a fraction of JSON. */
export function tagText(tags: readonly string[]): string {
  return tags.join('\n');
}

export function tagsIn(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}
