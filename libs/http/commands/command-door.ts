import { commandDefinition, readArguments, refusalIn } from '#contracts';
import type { ArgumentFault, ArgumentInput, CommandName } from '#contracts';
import { isId, refuse } from '#kernel';
import type { Id } from '#kernel';
import { Injectable } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply } from 'fastify';
import { entityTag, sendJson } from '../answer.js';
import { accountOf } from '../caller.js';
import type { CallerRequest } from '../caller.js';
import { Problem } from '../problem.js';
import { readParameters } from '../query-parameters.js';
import { actingAs, correlationId, idempotencyKey, ifMatch } from '../request-headers.js';
import { AllianceCommand } from './alliance-command.js';
import type { Sender } from './alliance-command.js';
import { FormAllianceCommand } from './form-alliance.js';
import type { Awaited } from './gathering.js';
import type { ReadObject } from './object-versions.js';
import type { Receipt } from './receipt.js';
import { ALLIANCES, locationOf, objectOf, pathIdsOf } from './routes.js';
import { SignedCommand } from './signed-command.js';

type PathIds = Readonly<Record<string, string>>;

/** A command as it came through a route of its own, or by name through the uniform door. */
export interface Knock {
  readonly name: CommandName;
  readonly body: unknown;
  /** Ids of the path, the alliance's included. Through the uniform door the others stand in the body. */
  readonly ids: PathIds;
  /** Where the arguments stand in the body as sent. */
  readonly pointer: '' | '/arguments';
}

/** Reads headers and arguments, sends the command, writes the answer: the same for every command and both doors. */
@Injectable()
export class CommandDoor {
  constructor(private readonly bus: CommandBus) {}

  async execute(request: CallerRequest, reply: FastifyReply, knock: Knock): Promise<void> {
    readParameters(request, []);
    const sender = senderOf(request);
    const version = ifMatch(request.headers);
    const { alliance, ...ids } = knock.ids;
    const input = inputOf(knock, ids);
    const answered = await this.send(knock, alliance, sender, { input, version });
    answer(reply, knock.name, answered, input.public);
  }

  private async send(
    knock: Knock,
    alliance: string | undefined,
    sender: Sender,
    { input, version }: { readonly input: ArgumentInput; readonly version: number | undefined },
  ): Promise<Receipt | Awaited> {
    if (knock.name === 'FormAlliance') return await this.bus.execute(new FormAllianceCommand(sender, input));
    if (!isId(alliance)) throw new Problem('NOT_FOUND');
    const readAs = version === undefined ? undefined : readObject(knock.name, alliance, input, version);
    try {
      const isSigned = commandDefinition(knock.name).signatures !== undefined;
      const SentCommand = isSigned ? SignedCommand : AllianceCommand;
      return await this.bus.execute<Receipt | Awaited>(
        new SentCommand(knock.name, alliance, sender, { input, readAs }),
      );
    } catch (fault) {
      throw fault instanceof Problem ? asSent(fault, knock) : fault;
    }
  }
}

/** Shape is 400; a path id that names nothing is 404; what the domain alone could say has the domain's own code. */
function inputOf({ name, body, pointer }: Knock, ids: PathIds): ArgumentInput {
  const read = readArguments(name, body, ids);
  if (!('faults' in read)) return read;
  const { faults } = read;
  if (faults.some((fault) => isPathFault(fault, ids))) throw new Problem('NOT_FOUND');
  const errors = faults.map((fault) => ({ ...fault, pointer: `${pointer}${fault.pointer}` }));
  throw new Problem(refusalIn(faults)?.refused ?? 'ARGUMENTS_INVALID', { errors });
}

function isPathFault({ pointer, code }: ArgumentFault, ids: PathIds): boolean {
  return code === 'NOT_FOUND' && Object.hasOwn(ids, pointer.slice(1));
}

/** Pointers are into the body as sent: none at an id of the path, below `/arguments` through the uniform door. */
function asSent(problem: Problem, { name, pointer }: Knock): Problem {
  const inPath = pointer === '' ? pathIdsOf(name) : [];
  const errors = problem.more.errors
    ?.filter((fault) => !inPath.includes(fault.pointer?.slice(1) ?? ''))
    .map((fault) => (fault.pointer === undefined ? fault : { ...fault, pointer: `${pointer}${fault.pointer}` }));
  return new Problem(problem.problem, { ...problem.more, errors: errors?.length ? errors : undefined });
}

function readObject(name: CommandName, alliance: Id, input: ArgumentInput, lastSeq: number): ReadObject {
  const { collection, id } = objectOf(name, alliance, input.public);
  if (id === 'undefined') throw Problem.refused(refuse('NOT_FOUND'), undefined);
  return { collection, id, lastSeq };
}

/** Who sends, and how: from the credential and the headers. */
export function senderOf(request: CallerRequest): Sender {
  const { headers } = request;
  return {
    account: accountOf(request),
    key: idempotencyKey(headers),
    actingAs: actingAs(headers),
    correlation: correlationId(headers),
  };
}

export function answer(
  reply: FastifyReply,
  name: CommandName,
  answered: Receipt | Awaited,
  ids: Readonly<Record<string, unknown>>,
): void {
  if ('awaited' in answered) {
    sendAwaited(reply, answered);
    return;
  }
  const { status } = commandDefinition(name);
  const { seq, body } = answered;
  const headers: Record<string, string | number> = { 'x-seq': seq, etag: entityTag(seq, body) };
  if (status === 201) headers['location'] = locationOf(name, answered, ids);
  sendJson(reply, { status, body, headers });
}

/** 202: more have to sign (HTTP page 1.2, note 2). */
function sendAwaited(reply: FastifyReply, { awaited, ...signing }: Awaited): void {
  const { id, alliance, name, expiresAt } = awaited;
  const body = JSON.stringify({ alliance, pendingAct: id, name, expiresAt, ...signing });
  sendJson(reply, { status: 202, body, headers: { location: `${ALLIANCES}/${alliance}/pending-acts/${id}` } });
}
