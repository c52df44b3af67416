import { makeLog } from '#platform';
import { openFolder } from '../../../apps/standalone/adapters.js';
import { createServer } from '../../../apps/standalone/create-server.js';
import { serveParent } from './served.js';

// The embedded server as `serve` composes it, on a folder given by the bench.
const adapters = await openFolder(process.argv[2] ?? '');
const server = await createServer(adapters, { log: makeLog('error') });
await server.app.listen({ host: '127.0.0.1', port: 0 });
const { port } = new URL(await server.app.getUrl());
serveParent(Number(port), () => server.close());
