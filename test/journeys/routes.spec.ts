import { COMMAND_NAMES, commandDefinition } from '#contracts';
import { VIEWS } from '#engine';
import { openApiDocument, PROBLEM_CODES, RouteTable, statusOf, templateOf } from '#http';
import { Validator } from '@seriousme/openapi-schema-validator';
import { readFileSync } from 'node:fs';
import { TestServer } from '../testing/test-server.js';

interface Operation {
  readonly operationId: string;
  readonly 'x-command'?: string;
  readonly parameters: readonly { readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly $ref?: string }>>;
}
const { paths, components } = openApiDocument(VIEWS) as unknown as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Readonly<Record<string, { readonly description: string }>> };
};

/** The codes that an operation gives with a status. */
function codesOf(operation: Operation | undefined, status: number): readonly string[] {
  const name = operation?.responses[String(status)]?.$ref?.split('/').at(-1) ?? '';
  return components.responses[name]?.description.split(', ') ?? [];
}
const operations = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ route: `${method.toUpperCase()} ${path}`, operation })),
);

describe('table, router and OpenAPI', () => {
  const server = new TestServer('2026-03-02T09:00:00.000Z');
  beforeAll(async () => {
    await server.start();
  });
  afterAll(async () => {
    await server.stop();
  });

  test('have the same routes: one in only one of them fails', () => {
    const routed = server.running.app
      .get(RouteTable)
      .routes()
      .filter(({ method }) => method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url.replace(/:([A-Za-z]+)/g, '{$1}')}`);
    expect([...new Set(routed)].sort()).toEqual(operations.map(({ route }) => route).sort());
  });

  test('every command has its own operation, under its name and status', () => {
    for (const name of COMMAND_NAMES) {
      const operation = paths[templateOf(name)]?.['post'];
      expect(operation?.['x-command']).toBe(name);
      expect(operation?.operationId).toBe(name.charAt(0).toLowerCase() + name.slice(1));
      expect(Object.keys(operation?.responses ?? {})).toContain(String(commandDefinition(name).status));
    }
    expect(operations.filter(({ operation }) => operation['x-command'] !== undefined)).toHaveLength(
      COMMAND_NAMES.length,
    );
  });

  test('operation ids are unique, and every code of the domain stands at its status', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    const operation = paths[templateOf('TakePosition')]?.['post'];
    const missing = PROBLEM_CODES.filter((code) => !codesOf(operation, statusOf(code)).includes(code));
    expect(missing.sort()).toEqual(['AT_IN_FUTURE', 'CURSOR_INVALID', 'METHOD_NOT_ALLOWED', 'SEQ_AHEAD_OF_HEAD']);
  });

  test('the document is OpenAPI 3.1 to a validator that is not ours', async () => {
    const { valid, errors } = await new Validator().validate(
      JSON.parse(JSON.stringify(openApiDocument(VIEWS))) as Record<string, unknown>,
    );
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
    const { valid: isBrokenValid } = await new Validator().validate({ openapi: '3.1.0', info: {}, paths: {} });
    expect(isBrokenValid).toBe(false);
  });

  test('what a view, list, object, page or file answers can be asked to have reached an entry', () => {
    const asOf = operations.filter(({ operation }) => operation.parameters.some(({ name }) => name === 'knownAt'));
    expect(asOf.length).toBeGreaterThan(VIEWS.length + 20);
    expect(asOf.filter(({ operation }) => /^print|^getExport$/.test(operation.operationId))).toHaveLength(6);
    for (const { route, operation } of asOf) {
      const names = operation.parameters.map(({ name }) => name);
      expect([route, names]).toEqual([route, expect.arrayContaining(['X-Min-Seq'])]);
      expect(codesOf(operation, 503)).toContain('VIEW_BEHIND');
      expect(codesOf(operation, 409)).toContain('SEQ_AHEAD_OF_HEAD');
    }
  });

  test('the document that is served is the document of the code, in the version of the package', async () => {
    const served = (await server.send('GET', '/openapi.json')).json;
    expect(served).toEqual(JSON.parse(JSON.stringify(openApiDocument(VIEWS))));
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    expect(served['info']).toMatchObject({ version });
  });

  test('every route but the public ones asks for a login', async () => {
    for (const { operation, route } of operations) {
      const [method, path] = route.split(' ') as ['GET' | 'POST', string];
      const url = path.replace('{code}', 'NOT_FOUND').replace(/\{[A-Za-z]+\}/g, 'x');
      const { status } = await server.send(method, url, method === 'POST' ? { body: {} } : {});
      expect([route, status]).toEqual([route, 'security' in operation ? 200 : 401]);
    }
  });

  test('every code has its page, in the language asked for', async () => {
    for (const code of PROBLEM_CODES) expect((await server.send('GET', `/problems/${code}`)).status).toBe(200);
    const { json } = await server.send('GET', '/problems/ROUND_CLOSED', {
      headers: { 'accept-language': 'en;q=0.9,fr;q=0.1' },
    });
    expect([json.code, json['title'], json['status']]).toEqual(['ROUND_CLOSED', 'The round is closed', 409]);
    expect((await server.send('GET', '/problems/NOPE')).status).toBe(404);
  });

  test('the page of a code is for people too, as HTML or as Markdown', async () => {
    const page = (accept: string, language: string) =>
      server.send('GET', '/problems/ROUND_CLOSED', { headers: { accept, 'accept-language': language } });
    const html = await page('text/html,application/xhtml+xml,*/*;q=0.8', 'fr');
    expect(html.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'content-language': 'fr' });
    expect(html.headers['content-security-policy']).toContain("style-src 'sha256-");
    expect(html.text).toContain('<h1>Le tour est clos</h1>');
    expect(html.text).toContain('<h2>Que faire</h2>');
    expect(html.text).not.toContain('What to do now');
    const markdown = await page('text/markdown', 'en');
    expect(markdown.headers).toMatchObject({
      'content-type': 'text/markdown; charset=utf-8',
      vary: 'Accept, Accept-Language',
    });
    expect(markdown.text).toMatch(/^# The round is closed\n/);
    expect(markdown.text).not.toContain('Que faire');
  });

  test('answers carry the headers of an API that shows nothing', async () => {
    const { headers } = await server.send('GET', '/livez');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'x-frame-options': 'DENY',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    });
    expect((await server.send('GET', '/readyz')).json).toEqual({ status: 'ready' });
  });
});
