import { VIEWS } from '#engine';
import { openApiDocument } from './openapi.js';

/** The document of the API, made from the table of commands, the views and the collections. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return { 'docs/openapi.json': `${JSON.stringify(openApiDocument(VIEWS), null, 1)}\n` };
}
