import type { FastifyInstance } from 'fastify';

export interface Route {
  readonly method: string;
  readonly url: string;
}

/** What the router has, as it was told: for 405 with `Allow`, and for the test that compares table, router and OpenAPI. */
export class RouteTable {
  private readonly byUrl = new Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }>();

  watch(server: FastifyInstance): void {
    server.addHook('onRoute', ({ method, url }) => {
      for (const one of Array.isArray(method) ? method : [method]) this.add(one, url);
    });
  }

  routes(): readonly Route[] {
    return [...this.byUrl].flatMap(([url, { methods }]) => [...methods].map((method) => ({ method, url })));
  }

  methodsAt(url: string): readonly string[] {
    const path = url.split('?', 1)[0] ?? '';
    const found = [...this.byUrl.values()].filter(({ pattern }) => pattern.test(path));
    return [...new Set(found.flatMap(({ methods }) => [...methods]))].sort();
  }

  private add(method: string, url: string): void {
    const pattern = new RegExp(`^${url.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:[A-Za-z]+/g, '[^/]+')}$`);
    const known = this.byUrl.get(url) ?? { pattern, methods: new Set() };
    known.methods.add(method);
    this.byUrl.set(url, known);
  }
}
