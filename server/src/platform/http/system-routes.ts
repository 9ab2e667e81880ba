import type { FastifyInstance } from 'fastify';
import { Histogram } from 'prom-client';
import { Problem } from '../problem.ts';
import { registerDocsPage } from './docs-page.ts';
import { frontPage } from './front-page.ts';
import { languageOf } from './language.ts';
import { registerLoadMetrics } from './load-metrics.ts';
import type { Metrics } from './metrics.ts';
import { send } from './send.ts';

/** Health, metrics and the API's description: what operators and integration developers ask the server about itself. */
export function registerSystemRoutes(
  app: FastifyInstance,
  options: { ready(): Promise<boolean>; metrics: Metrics },
): void {
  const { registry, text } = options.metrics;
  const duration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from the request to the end of its answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  app.addHook('onResponse', (request, reply, next) => {
    duration.observe(
      { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode },
      reply.elapsedTime / 1000,
    );
    next();
  });
  registerLoadMetrics(registry, () => app.load());

  const vital = { config: { permission: 'public', vital: true }, schema: { hide: true } };
  app.get('/healthz', vital, async () => ({ status: 'alive' }));
  app.get('/readyz', vital, async () => {
    if (!(await options.ready())) throw new Problem(503, 'the database is away', { retryAfter: 1 });
    return { status: 'ready' };
  });
  app.get('/metrics', vital, async (_request, reply) => reply.type(registry.contentType).send(await text()));

  const open = { config: { permission: 'public' }, schema: { hide: true } };
  app.get('/', open, async (request, reply) => send(reply, frontPage(languageOf(request.headers))));
  let description: Buffer | undefined;
  app.get('/openapi.json', open, async (_request, reply) => {
    description ??= Buffer.from(JSON.stringify(app.swagger()));
    return reply.type('application/json; charset=utf-8').send(description);
  });
  registerDocsPage(app);
}
