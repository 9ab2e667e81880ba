import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { Actors } from './identity/actor.ts';
import { bearerToken } from './identity/http/bearer-token.ts';
import { signInRoutes } from './identity/http/sign-in-routes.ts';
import { userRoutes } from './identity/http/user-routes.ts';
import { tokens as tokensOf } from './identity/tokens.ts';
import type { Database } from './platform/db/database.ts';
import { checkAnswers } from './platform/http/answer-check.ts';
import { mount } from './platform/http/mount.ts';
import { registerOpenApi } from './platform/http/openapi.ts';
import { perform } from './platform/http/perform.ts';
import { rateLimits } from './platform/http/rate-limits.ts';
import { httpServer } from './platform/http/server.ts';
import { registerSystemRoutes } from './platform/http/system-routes.ts';

/** The whole server: what is mounted, in which order. It listens to nothing yet. */
export async function createApp(options: {
  config: Pick<Config, 'publicUrl' | 'rateCompany' | 'rateAuth' | 'strict'>;
  secret: string;
  database: Database;
  log: Logger;
  version: string;
  draining?: () => boolean;
  /** Holds every answer against its schema; for tests. */
  checked?: boolean;
}): Promise<FastifyInstance> {
  const { config, database, log } = options;
  const tokens = tokensOf(options.secret);
  const actors = new Actors(database.read);
  const limits = rateLimits({ company: config.rateCompany, auth: config.rateAuth });
  const authenticate = (request: FastifyRequest) => actors.of(tokens.verify(bearerToken(request)));

  const app = httpServer({ log, authenticate, limits, draining: options.draining ?? (() => false) });
  if (options.checked) checkAnswers(app);
  await registerOpenApi(app, options.version);
  mount(
    app,
    [...signInRoutes(tokens), ...userRoutes({ publicUrl: config.publicUrl, beforeUserLeaves: [] })],
    { perform: perform(database, () => actors.forget()), strict: config.strict },
  );
  registerSystemRoutes(app, { ready: () => database.reachable() });
  return app;
}
