import { canonicalJson } from '#kernel';
import type { Json } from '#kernel';
import { readLine, Rehearsal } from '#rehearsal';
import { readFileSync } from 'node:fs';
import { answerFromEntries } from '../../apps/standalone/commands/answer-from-entries.js';

const PAGE = readFileSync('docs/rehearsal.md', 'utf8');

/** The lines of a fence of the page, by its label. */
function fence(label: string): readonly string[] {
  const [, text] = new RegExp(`^\`\`\`text ${label}\\n(.*?)\\n\`\`\`$`, 'ms').exec(PAGE) ?? [];
  if (text === undefined) throw new Error(`no fence ${label}`);
  return text.split('\n');
}

const LINES = fence('script');

async function played(lines: readonly string[]): Promise<readonly string[]> {
  const rehearsal = new Rehearsal('1', answerFromEntries);
  const answers: string[] = [];
  for (const line of lines) answers.push(canonicalJson((await rehearsal.play(line)) as Json));
  return answers;
}

describe('the page about rehearsals', () => {
  it('shows the answers that its script gives', async () => {
    expect(await played(LINES)).toEqual(fence('answers'));
  });

  it('shows a refusal, a due event, a view with its texts, a name and a person', () => {
    const [script, answers] = [LINES.join('\n'), fence('answers').join('\n')];
    for (const part of ['"let":{', '"$p:', '"Tick"', '"query"']) expect(script).toContain(part);
    for (const part of ['"refused":', '"dueAt":', 'L’Atelier', '"view"']) expect(answers).toContain(part);
  });

  it('names in both languages every member that a line may have, and no other', () => {
    const rows = [...PAGE.matchAll(/^\| `([a-z]+)` +\|/gm)].map(([, name = '']) => name);
    const members = ['at', 'command', 'as', 'arguments', 'let', 'query'];
    for (const member of members) expect(rows.filter((row) => row === member)).toHaveLength(2);
    const [, second = ''] = LINES;
    expect(readLine(second.replace('"at"', '"note":1,"at"'), () => 'x')).toMatchObject({ pointer: '/note' });
  });

  it('tells what a line that cannot be read is told', async () => {
    const [form = '', invite = ''] = LINES;
    const answers = await played([form, invite.replace('"association"', '"king"')]);
    expect(answers[1]).toBe('{"fault":"NOT_IN_LIST","pointer":"/arguments/kind"}');
    expect(PAGE.match(/4, \/arguments\/kind ?: NOT_IN_LIST/g)).toHaveLength(2);
  });
});
