import { COMMAND_NAMES, commandDefinition, isCommandName } from '#contracts';
import type { CommandName } from '#contracts';
import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Allows } from '../access.js';
import type { CallerRequest } from '../caller.js';
import { Problem } from '../problem.js';
import type { Fault } from '../problem.js';
import { CommandDoor } from './command-door.js';
import { ALLIANCE, routeOf, templateOf } from './routes.js';

/** One controller for each command of the table. */
export function commandControllers(): Type[] {
  return COMMAND_NAMES.map(controllerOf);
}

function controllerOf(name: CommandName): Type {
  @Controller()
  class CommandController {
    constructor(@Inject(CommandDoor) private readonly door: CommandDoor) {}

    @Post(routeOf(templateOf(name)))
    @Allows(commandDefinition(name).path === '' ? 'self' : 'capacity')
    async handle(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
      const ids = request.params as Readonly<Record<string, string>>;
      await this.door.execute(request, reply, { name, body: bodyOf(request), ids, pointer: '' });
    }
  }
  Object.defineProperty(CommandController, 'name', { value: `${name}Controller` });
  return CommandController;
}

/** One path for every command (HTTP page 1.1, rule 8): for the command line, agents and scripts. */
@Controller()
export class UniformDoorController {
  constructor(private readonly door: CommandDoor) {}

  @Post(routeOf(`${ALLIANCE}/commands`))
  @Allows('capacity')
  async handle(@Req() request: CallerRequest, @Res() reply: FastifyReply): Promise<void> {
    const { name, args } = namedCommand(bodyOf(request));
    const { alliance = '' } = request.params as Readonly<Record<string, string>>;
    await this.door.execute(request, reply, { name, body: args, ids: { alliance }, pointer: '/arguments' });
  }
}

/** A command without body has no Content-Type either, which the gate never sees. */
export function bodyOf(request: CallerRequest): unknown {
  if (request.body === undefined) throw new Problem('MEDIA_TYPE_UNSUPPORTED');
  return request.body;
}

function namedCommand(body: unknown): { readonly name: CommandName; readonly args: unknown } {
  const given = (typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}) as Record<
    string,
    unknown
  >;
  const { name, arguments: args = {}, ...unknown } = given;
  const faults: Fault[] = Object.keys(unknown).map((key) => ({ pointer: `/${key}`, code: 'UNKNOWN_MEMBER' }));
  // FormAlliance makes the alliance that the path of this door names already.
  const isKnown = typeof name === 'string' && isCommandName(name) && name !== 'FormAlliance';
  if (!isKnown) faults.push({ pointer: '/name', code: name === undefined ? 'MISSING' : 'NOT_IN_LIST' });
  if (!isKnown || faults.length > 0) throw new Problem('ARGUMENTS_INVALID', { errors: faults });
  return { name, args };
}
