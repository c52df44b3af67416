import { attestationView } from '#engine';
import type { AttestationAnswer } from '#engine';
import { attestation, attestationFacts } from '#paper';
import type { View } from '#views';
import { BadUsage, cannotRead } from '../subcommand.js';
import type { Subcommand } from '../subcommand.js';
import { PAPER_OPTIONS, pourPage, withPaper } from './paper.js';
import { readWords } from './words.js';

const OPTIONS = { ...PAPER_OPTIONS, markdown: { type: 'boolean', default: false } } as const;

/** `collegium attestation <contribution> [<seq>]`: who attests that what was received, fit to print. */
export const attestationCommand: Subcommand = {
  name: 'attestation',
  summary: {
    fr: 'écrit l’attestation de réception d’un apport, en HTML ou en Markdown',
    en: 'writes the acknowledgement of a contribution, as HTML or as Markdown',
  },
  usage: {
    fr: 'collegium attestation <apport> [<seq de l’attestation>] [--markdown] [--alliance A]\n       [--data DOSSIER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on jour] [--at seq|jour]',
    en: 'collegium attestation <contribution> [<seq of the acknowledgement>] [--markdown]\n       [--alliance A] [--data FOLDER | --ledger F [--openings F]]\n       [--known-at seq|instant] [--true-on day] [--at seq|day]',
  },
  async run(args, terminal) {
    const { contributionId, params, markdown, ...options } = read(args);
    const asked = { view: attestationView as unknown as View, params, options };
    await withPaper<{ readonly attestation: AttestationAnswer | null }>(
      asked,
      async ({ data, entries, knownAt, isWhole }) => {
        const entry = entries[data.attestation?.seq ?? -1];
        if (!data.attestation || !entry) {
          throw cannotRead(contributionId, { fr: 'aucune attestation de ce nom', en: 'no such acknowledgement' });
        }
        const facts = { ...attestationFacts(data.attestation, entry, knownAt), isWhole };
        await pourPage(terminal, attestation(facts, terminal.language), markdown);
      },
    );
    return 0;
  },
};

function read(args: readonly string[]) {
  const { values, positionals } = readWords(args, OPTIONS);
  const [contributionId, seq, ...more] = positionals;
  const isSeq = seq === undefined || /^(?:0|[1-9][0-9]{0,14})$/.test(seq);
  if (contributionId === undefined || !isSeq || more.length > 0) {
    throw new BadUsage({
      fr: 'un apport, et le numéro de son attestation',
      en: 'one contribution, and the seq of its acknowledgement',
    });
  }
  const params = { contributionId, ...(seq === undefined ? {} : { acknowledgedSeq: Number(seq) }) };
  return { contributionId, params, ...values };
}
