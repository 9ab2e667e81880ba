import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';
import { command, query, recordCommand } from '../src/identity/verbs.ts';
import { type Endpoint, endpoint, ok } from '../src/platform/http/endpoint.ts';
import { mount } from '../src/platform/http/mount.ts';
import { rateLimits } from '../src/platform/http/rate-limits.ts';
import { httpServer } from '../src/platform/http/server.ts';

/** The product's HTTP server before any route is on it. */
function bareServer(): FastifyInstance {
  const app = httpServer({
    log: pino({ level: 'silent' }),
    authenticate: async () => ({ companyId: 1 }),
    limits: rateLimits({ company: 0, auth: 0 }),
    draining: () => false,
  });
  onTestFinished(() => app.close());
  return app;
}

const reading = query('signed-in', async () => ({}));
const declared = (permission: string): Endpoint =>
  endpoint({
    method: 'GET',
    path: '/v1/thing',
    permission,
    operationId: 'readThing',
    tag: 'thing',
    summary: 'Read a thing',
    responses: { 200: 'The thing' },
    verb: reading,
    input: () => ({}),
    answer: ok,
  });
const options = { perform: async () => ({}), strict: false };

describe('a route', () => {
  it('boots with the permission of its verb', async () => {
    const app = bareServer();
    mount(app, [declared('signed-in')], options);
    await expect(app.ready()).resolves.toBeDefined();
  });

  it('does not boot without a permission', async () => {
    const app = bareServer();
    app.get('/v1/forgotten', async () => ({}));
    app.get('/healthz', { config: { permission: 'public' } }, async () => ({}));
    await expect(app.ready()).rejects.toThrow(
      'without a declared permission ("public" is one): GET /v1/forgotten',
    );
  });

  it('does not boot with a permission that is empty', async () => {
    const app = bareServer();
    app.get('/v1/forgotten', { config: { permission: '' } }, async () => ({}));
    await expect(app.ready()).rejects.toThrow('GET /v1/forgotten');
  });

  it.each(['public', 'users.write', ''])(
    'is not mounted as %j where its verb asks for another',
    (permission) => {
      expect(() => mount(bareServer(), [declared(permission)], options)).toThrow(
        `GET /v1/thing declares the permission ${permission}, its verb checks signed-in`,
      );
    },
  );

  it('is not mounted twice', () => {
    expect(() => mount(bareServer(), [declared('signed-in'), declared('signed-in')], options)).toThrow(
      'already declared',
    );
  });
});

describe('a verb', () => {
  const allowedNothing = { actor: { rights: { settings: 'none' } } } as never;

  it.each([
    ['query', query('settings.write', async () => 'done')],
    ['command', command('settings.write', async () => 'done')],
    [
      'record command',
      recordCommand('settings.write', async (_ctx, _input, permit) => {
        permit(true);
        return 'done';
      }),
    ],
  ])('checks its permission itself: a %s', async (_kind, verb) => {
    await expect(verb.run(allowedNothing, {})).rejects.toMatchObject({ status: 403 });
  });

  it('that forgets to ask whether it may is a fault, not a success', async () => {
    const forgetful = recordCommand('settings.write', async () => 'done');
    await expect(forgetful.run(allowedNothing, {})).rejects.toThrow('without asking whether it is permitted');
  });
});
