import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { customFieldRoutes } from './contacts/custom-fields/http/custom-field-routes.ts';
import { dropGrantee } from './contacts/drop-grantee.ts';
import { contactRoutes } from './contacts/http/routes.ts';
import { releaseUser } from './contacts/release-user.ts';
import { statusRoutes } from './contacts/statuses/http/status-routes.ts';
import { tagRoutes } from './contacts/tags/http/tag-routes.ts';
import { Actors } from './identity/actor.ts';
import { apiClientRoutes } from './identity/http/api-client-routes.ts';
import { bearerToken } from './identity/http/bearer-token.ts';
import { invitationRoutes } from './identity/http/invitation-routes.ts';
import { signInRoutes } from './identity/http/sign-in-routes.ts';
import { teamRoutes } from './identity/http/team-routes.ts';
import { userRoutes } from './identity/http/user-routes.ts';
import { tokens as tokensOf } from './identity/tokens.ts';
import { mailRoutes } from './mail/http/mail-routes.ts';
import { dropNotes } from './notes/drop-notes.ts';
import { noteRoutes } from './notes/http/note-routes.ts';
import { releaseAuthor } from './notes/release-author.ts';
import type { Database } from './platform/db/database.ts';
import { checkAnswers } from './platform/http/answer-check.ts';
import { mount } from './platform/http/mount.ts';
import { registerOpenApi } from './platform/http/openapi.ts';
import { perform } from './platform/http/perform.ts';
import { rateLimits } from './platform/http/rate-limits.ts';
import { httpServer } from './platform/http/server.ts';
import { registerSystemRoutes } from './platform/http/system-routes.ts';
import { Walks } from './platform/walks.ts';
import { poolRoutes } from './pools/http/pool-routes.ts';
import { leavePools } from './pools/leave-pools.ts';
import { poolPlacement } from './pools/pool-placement.ts';
import { vacancyRoutes } from './vacancies/http/vacancy-routes.ts';
import { leaveVacancies } from './vacancies/leave-vacancies.ts';
import { vacancyPlacement } from './vacancies/vacancy-placement.ts';

/** The whole server: what is mounted, in which order. It listens to nothing yet. */
export async function createApp(options: {
  config: Pick<Config, 'publicUrl' | 'rateCompany' | 'rateAuth' | 'strict'>;
  secret: string;
  database: Database;
  log: Logger;
  version: string;
  draining?: () => boolean;
  /** Called after a commit that left work in the outbox. */
  workEnqueued?: () => void;
  /** Holds every answer against its schema; for tests. */
  checked?: boolean;
  /** Milliseconds, 0 = any: tests share a busy machine. */
  longestEventLoopDelay?: number;
}): Promise<FastifyInstance> {
  const { config, database, log } = options;
  const tokens = tokensOf(options.secret);
  const actors = new Actors(database.read);
  const limits = rateLimits({ company: config.rateCompany, auth: config.rateAuth });
  const authenticate = (request: FastifyRequest) => actors.of(tokens.verify(bearerToken(request)));

  const heard = {
    'rights changed': () => actors.forget(),
    'work enqueued': options.workEnqueued ?? (() => {}),
  };
  const app = httpServer({
    log,
    authenticate,
    limits,
    draining: options.draining ?? (() => false),
    longestEventLoopDelay: options.longestEventLoopDelay,
  });
  if (options.checked) checkAnswers(app);
  await registerOpenApi(app, options.version);
  mount(
    app,
    [
      ...signInRoutes(tokens),
      ...userRoutes({ publicUrl: config.publicUrl, beforeUserLeaves: [releaseUser, releaseAuthor] }),
      ...invitationRoutes({ publicUrl: config.publicUrl }),
      ...teamRoutes({ beforeTeamGoes: [dropGrantee] }),
      ...apiClientRoutes,
      ...mailRoutes,
      ...contactRoutes({
        placements: { lists: poolPlacement, vacancies: vacancyPlacement },
        beforeContactGoes: [leavePools, leaveVacancies, dropNotes],
        walks: new Walks(),
      }),
      ...customFieldRoutes,
      ...tagRoutes,
      ...statusRoutes,
      ...noteRoutes,
      ...poolRoutes,
      ...vacancyRoutes,
    ],
    { perform: perform(database, heard), strict: config.strict },
  );
  registerSystemRoutes(app, { ready: () => database.reachable() });
  return app;
}
