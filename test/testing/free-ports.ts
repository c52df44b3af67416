import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Where a process of the distributed mode was told to listen. */
export interface Ports {
  readonly port: number;
  readonly adminPort: number;
}

/** Two ports that nobody listens on now. */
export async function freePorts(): Promise<Ports> {
  const servers = [createServer(), createServer()];
  const ports = servers.map(async (server) => {
    await once(server.listen({ host: '127.0.0.1', port: 0 }), 'listening');
    return (server.address() as AddressInfo).port;
  });
  const [port = 0, adminPort = 0] = await Promise.all(ports);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return { port, adminPort };
}
