import { allianceCommands } from './commands-alliance.js';
import { contributionCommands } from './commands-contribution.js';
import { deliberationCommands } from './commands-deliberation.js';
import type { ArgumentsFrom, CommandDefinition } from './command-schema.js';

/** The one table of commands, from which routes, uniform door, OpenAPI and command line are generated. */
export const commands = { ...allianceCommands, ...deliberationCommands, ...contributionCommands };

export type AllianceCommandName = keyof typeof allianceCommands;
export type DeliberationCommandName = keyof typeof deliberationCommands;
export type ContributionCommandName = keyof typeof contributionCommands;
export type CommandName = keyof typeof commands;
export type ArgumentsOf<N extends CommandName> = ArgumentsFrom<(typeof commands)[N]>;

export const COMMAND_NAMES = Object.keys(commands) as CommandName[];

export function isCommandName(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

export function commandDefinition(name: CommandName): CommandDefinition {
  return commands[name];
}
