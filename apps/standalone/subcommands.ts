import type { Subcommand } from './subcommand.js';

/** Each subcommand is loaded when it is called: one that reads a file need not load the server. */
export const SUBCOMMANDS: Readonly<Record<string, () => Promise<Subcommand>>> = {
  serve: async () => (await import('./commands/serve.js')).serveCommand,
  demo: async () => (await import('./commands/demo.js')).demoCommand,
  person: async () => (await import('./commands/person.js')).personCommand,
  topics: async () => (await import('./commands/topics.js')).topicsCommand,
  token: async () => (await import('./commands/person.js')).tokenCommand,
  do: async () => (await import('./commands/do.js')).doCommand,
  'pending-acts': async () => (await import('./commands/pending-acts.js')).pendingActsCommand,
  agenda: async () => (await import('./commands/agenda.js')).agendaCommand,
  document: async () => (await import('./commands/document.js')).documentCommand,
  minutes: async () => (await import('./commands/minutes.js')).minutesCommand,
  attestation: async () => (await import('./commands/attestation.js')).attestationCommand,
  statement: async () => (await import('./commands/partner-papers.js')).statementCommand,
  handover: async () => (await import('./commands/partner-papers.js')).handoverCommand,
  'export-csv': async () => (await import('./commands/export-csv.js')).exportCsvCommand,
  show: async () => (await import('./commands/show.js')).showCommand,
  verify: async () => (await import('./commands/verify.js')).verifyCommand,
  export: async () => (await import('./commands/export.js')).exportCommand,
  import: async () => (await import('./commands/import.js')).importCommand,
  backup: async () => (await import('./commands/backup.js')).backupCommand,
  restore: async () => (await import('./commands/backup.js')).restoreCommand,
  evaluate: async () => (await import('./commands/evaluate.js')).evaluateCommand,
  rehearse: async () => (await import('./commands/rehearse.js')).rehearseCommand,
};
