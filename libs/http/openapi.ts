import { bodySchema, COMMAND_NAMES, commandDefinition, fieldSchema } from '#contracts';
import type { CommandName, Field, JsonSchema } from '#contracts';
import { EXPORT_FORMATS } from '#paper';
import type { View } from '#views';
import { PENDING_ACTS } from './commands/pending-acts.controller.js';
import { ALLIANCE, ALLIANCES, templateOf } from './commands/routes.js';
import { AS_OF } from './queries/ask.js';
import { ATTESTATION } from './queries/attestation.controller.js';
import { EXPORT_PARAMETERS, EXPORTS } from './queries/exports.controller.js';
import { MINUTES, PROPOSAL_MINUTES } from './queries/minutes.controller.js';
import { listTemplate, objectTemplate, PAGING } from './queries/object-controllers.js';
import { COLLECTIONS, FILTER_FIELDS } from './queries/object-views.js';
import { PAGE_PARAMETERS } from './queries/pages.js';
import { HANDOVER, STATEMENT } from './queries/partner-papers.controller.js';
import { viewTemplate } from './queries/view-controllers.js';
import { PROBLEM, problemResponses, problems, RECEIPT, ref } from './openapi-components.js';
import type { Group } from './openapi-components.js';
import { VERSION } from './version.js';

/** Token of the document as JSON text. */
export const OPENAPI = Symbol('openapi');

type Operation = Readonly<Record<string, unknown>>;
type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

/** OpenAPI 3.1 of everything that the router has, from the table of commands, the views and the collections. */
export function openApiDocument(views: readonly View[]): JsonSchema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Collegium',
      version: VERSION,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      description:
        'Territorial alliances: proposals, co-decisions and contributions on a ledger that anyone can verify.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }],
    paths: merged([
      ...commandPaths(),
      ...viewPaths(views),
      ...objectPaths(),
      ...pendingActPaths(),
      ...ledgerPaths(),
      ...paperPaths(),
      ...metaPaths(),
    ]),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Receipt: RECEIPT, Problem: PROBLEM },
      responses: problemResponses(),
    },
  };
}

function commandPaths(): Paths[] {
  const ofTable = COMMAND_NAMES.map((name) => ({ [templateOf(name)]: { post: commandOperation(name) } }));
  const named = {
    type: 'object',
    properties: {
      name: { enum: COMMAND_NAMES.filter((name) => name !== 'FormAlliance') },
      arguments: { type: 'object' },
    },
    required: ['name'],
    additionalProperties: false,
  };
  const door = writing('sendCommand', `${ALLIANCE}/commands`, { schema: named, statuses: [200, 201, 202] });
  return [...ofTable, { [`${ALLIANCE}/commands`]: { post: door } }];
}

function commandOperation(name: CommandName): Operation {
  const { status, who, signatures } = commandDefinition(name);
  const statuses = signatures ? [status, 202] : [status];
  const operation = writing(lowerCamel(name), templateOf(name), { schema: bodySchema(name), statuses });
  return { ...operation, tags: [commandDefinition(name).context], 'x-command': name, 'x-who': who };
}

function writing(
  operationId: string,
  path: string,
  { schema, statuses }: { readonly schema: JsonSchema; readonly statuses: readonly number[] },
): Operation {
  const headers = [
    headerParameter('Idempotency-Key', { type: 'string', pattern: '^"?[A-Za-z0-9._~-]{1,64}"?$' }, true),
    headerParameter('Acting-As', { type: 'string' }),
    headerParameter('If-Match', { type: 'string' }),
    headerParameter('X-Correlation-Id', { type: 'string' }),
  ];
  const receipt = { description: 'recorded', content: { 'application/json': { schema: ref('Receipt') } } };
  const awaited = {
    description: 'signed; more have to sign',
    content: { 'application/json': { schema: { type: 'object' } } },
  };
  const answers = statuses.map((status) => [status, status === 202 ? awaited : receipt]);
  return {
    operationId,
    parameters: [...pathParameters(path), ...headers],
    requestBody: { required: true, content: { 'application/json': { schema } } },
    responses: { ...Object.fromEntries(answers), ...problems('Command') },
  };
}

function viewPaths(views: readonly View[]): Paths[] {
  return views.map((view) => {
    const own = Object.entries(view.params).map(([name, field]) => queryParameter(name, field));
    const path = viewTemplate(view);
    const id = lowerCamel(`get-${view.name}`.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase()));
    return { [path]: { get: reading(id, path, [...own, ...asOfParameters()], 'AsOf') } };
  });
}

function objectPaths(): Paths[] {
  return COLLECTIONS.flatMap((collection) => {
    const name = collection.replace(/(^|-)(.)/g, (_, _dash, letter: string) => letter.toUpperCase());
    const [list, one] = [listTemplate(collection), objectTemplate(collection)];
    const filters = Object.entries(FILTER_FIELDS).map(([parameter, field]) => queryParameter(parameter, field));
    const parameters = [...filters, ...PAGING.map(queryText), minSeqParameter()];
    return [
      { [list]: { get: reading(`list${name}`, list, parameters, 'List') } },
      { [one]: { get: reading(`getOneOf${name}`, one, asOfParameters(), 'AsOf') } },
    ];
  });
}

function pendingActPaths(): Paths[] {
  const one = `${PENDING_ACTS}/{id}`;
  const signatures = `${one}/signatures`;
  const schema = { type: 'object', additionalProperties: false };
  return [
    { [PENDING_ACTS]: { get: reading('listPendingActs', PENDING_ACTS, []) } },
    { [one]: { get: reading('getOneOfPendingActs', one, [], 'PendingAct') } },
    { [signatures]: { post: writing('signPendingAct', signatures, { schema, statuses: [201, 202] }) } },
  ];
}

function ledgerPaths(): Paths[] {
  const entries = `${ALLIANCE}/entries`;
  const opening = `${ALLIANCE}/openings/{seq}/{event}/{name}`;
  return [
    { [ALLIANCES]: { get: reading('listAlliances', ALLIANCES, []) } },
    { [ALLIANCE]: { get: reading('getAlliance', ALLIANCE, []) } },
    { [entries]: { get: reading('listEntries', entries, [queryText('after'), queryText('limit')]) } },
    { [`${entries}/{seq}`]: { get: reading('getEntry', `${entries}/{seq}`, []) } },
    { [opening]: { get: reading('getOpening', opening, []) } },
  ];
}

function paperPaths(): Paths[] {
  return [
    { [MINUTES]: { get: page('printMinutes', MINUTES) } },
    { [PROPOSAL_MINUTES]: { get: page('printProposalMinutes', PROPOSAL_MINUTES) } },
    { [ATTESTATION]: { get: page('printAttestation', ATTESTATION) } },
    { [STATEMENT]: { get: page('printStatement', STATEMENT) } },
    { [HANDOVER]: { get: page('printHandoverDossier', HANDOVER) } },
    { [EXPORTS]: { get: file('getExport', EXPORTS) } },
  ];
}

function metaPaths(): Paths[] {
  const open: readonly (readonly [string, string])[] = [
    ['listCommands', '/v1/commands'],
    ['getOpenapi', '/openapi.json'],
    ['getLiveness', '/livez'],
    ['getReadiness', '/readyz'],
  ];
  const problem = reading('getProblem', '/problems/{code}', [], 'Open');
  const responses = {
    ...(problem['responses'] as JsonSchema),
    200: found('application/json', 'text/html', 'text/markdown'),
  };
  return [
    ...open.map(([id, path]) => ({ [path]: { get: { ...reading(id, path, [], 'Open'), security: [] } } })),
    { '/problems/{code}': { get: { ...problem, responses, security: [] } } },
  ];
}

/** What is found, in each of the forms that can be asked for. */
function found(...types: readonly string[]): JsonSchema {
  const schemaOf = (type: string) => ({ schema: { type: type === 'application/json' ? 'object' : 'string' } });
  return { description: 'found', content: Object.fromEntries(types.map((type) => [type, schemaOf(type)])) };
}

/** A page for people, as HTML or as Markdown. */
function page(operationId: string, path: string): Operation {
  return sending(operationId, path, { names: PAGE_PARAMETERS, answer: found('text/html', 'text/markdown') });
}

/** A file to keep: its format is named in the path. */
function file(operationId: string, path: string): Operation {
  const headers = Object.fromEntries(
    ['Content-Disposition', 'Content-Digest'].map((name) => [name, { schema: { type: 'string' } }]),
  );
  const operation = sending(operationId, path, {
    names: EXPORT_PARAMETERS,
    answer: { ...found('text/csv', 'application/json'), headers },
  });
  const parameters = operation['parameters'] as readonly JsonSchema[];
  const schema = { enum: [...EXPORT_FORMATS.keys()] };
  return { ...operation, parameters: parameters.map((one) => (one['name'] === 'format' ? { ...one, schema } : one)) };
}

function sending(
  operationId: string,
  path: string,
  { names, answer }: { readonly names: readonly string[]; readonly answer: Operation },
): Operation {
  return {
    operationId,
    parameters: [...pathParameters(path), ...names.map(queryText), minSeqParameter()],
    responses: { 200: answer, 304: { description: 'not modified' }, ...problems('AsOf') },
  };
}

function reading(
  operationId: string,
  path: string,
  parameters: readonly JsonSchema[],
  group: Group = 'Reading',
): Operation {
  return {
    operationId,
    parameters: [...pathParameters(path), ...parameters],
    responses: { 200: found('application/json'), 304: { description: 'not modified' }, ...problems(group) },
  };
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/\{([A-Za-z]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

function asOfParameters(): JsonSchema[] {
  return [...AS_OF.map(queryText), minSeqParameter()];
}

/** The entry that an answer must have reached, so that who wrote it reads it (HTTP page, 2.2). */
function minSeqParameter(): JsonSchema {
  return headerParameter('X-Min-Seq', { type: 'integer', minimum: 0 });
}

function queryText(name: string): JsonSchema {
  return { name, in: 'query', schema: { type: 'string' } };
}

function queryParameter(name: string, field: Field): JsonSchema {
  return { name, in: 'query', required: field.is !== 'optional', schema: fieldSchema(field) };
}

function headerParameter(name: string, schema: JsonSchema, required = false): JsonSchema {
  return { name, in: 'header', required, schema };
}

function merged(paths: readonly Paths[]): Record<string, Record<string, Operation>> {
  const all: Record<string, Record<string, Operation>> = {};
  for (const [path, operations] of paths.flatMap((one) => Object.entries(one))) {
    all[path] = { ...all[path], ...operations };
  }
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function lowerCamel(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
