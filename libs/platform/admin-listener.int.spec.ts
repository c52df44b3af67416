import { openAdminListener } from './admin-listener.js';
import type { AdminListener } from './admin-listener.js';
import { Metrics } from './metrics.js';

describe('the listener for whoever runs the process', () => {
  const metrics = new Metrics();
  let fault: Error | undefined;
  let listener: AdminListener;
  beforeAll(async () => {
    metrics.gauge('lag_seconds', 'How late.', () => 0);
    const checks = {
      store: async () => undefined,
      lag: async () => {
        if (fault) throw fault;
      },
    };
    listener = await openAdminListener({ host: '127.0.0.1', port: 0, metrics, checks });
  });
  afterAll(async () => {
    await listener.close();
  });

  const get = async (path: string, method = 'GET') => {
    const response = await fetch(`${listener.url}${path}`, { method });
    return [response.status, await response.text()] as const;
  };

  it('says that the process lives, and what it counts', async () => {
    expect(await get('/livez')).toEqual([200, '{"status":"ok"}']);
    expect(await get('/metrics')).toEqual([200, metrics.text()]);
    expect([(await get('/v1/alliances'))[0], (await get('/livez', 'POST'))[0]]).toEqual([404, 405]);
  });

  it('is ready while every check holds, and names the one that does not', async () => {
    expect((await get('/readyz'))[0]).toBe(200);
    fault = new Error('12 s behind');
    const [status, text] = await get('/readyz');
    expect([status, JSON.parse(text)]).toEqual([
      503,
      { status: 'not ready', checks: { store: 'ok', lag: '12 s behind' } },
    ]);
  });
});
