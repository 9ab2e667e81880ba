import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { customFieldRoutes } from './contacts/custom-fields/http/custom-field-routes.ts';
import { dropGrantee } from './contacts/drop-grantee.ts';
import { contactRoutes } from './contacts/http/routes.ts';
import { holdContactsOf, releaseUser } from './contacts/release-user.ts';
import { statusRoutes } from './contacts/statuses/http/status-routes.ts';
import { tagRoutes } from './contacts/tags/http/tag-routes.ts';
import { confirmInvited } from './customers/confirm-invited.ts';
import { CustomerActors } from './customers/customer-actor.ts';
import { companyRoutes } from './customers/http/company-routes.ts';
import { customerRoutes } from './customers/http/customer-routes.ts';
import { tokenRoutes } from './customers/http/token-routes.ts';
import { importRoutes } from './customers/import/http/import-routes.ts';
import { photoLinksUnder } from './customers/photos/photo-links.ts';
import { photosIn } from './customers/photos/photos.ts';
import { forgetAttendee } from './events/attendees/forget-attendee.ts';
import { attendeeRoutes } from './events/attendees/http/attendee-routes.ts';
import { checkInRoutes } from './events/check-in/http/check-in-routes.ts';
import { eventFieldRoutes } from './events/custom-fields/http/field-routes.ts';
import { eventRoutes } from './events/http/event-routes.ts';
import { registrationRoutes } from './events/registration/http/registration-routes.ts';
import { registrationLimits } from './events/registration/registration-limits.ts';
import { releaseEventOwner } from './events/release-owner.ts';
import { ticketsUnder } from './events/tickets.ts';
import { Actors } from './identity/actor.ts';
import { apiClientRoutes } from './identity/http/api-client-routes.ts';
import { bearerToken } from './identity/http/bearer-token.ts';
import { invitationRoutes } from './identity/http/invitation-routes.ts';
import { signInRoutes } from './identity/http/sign-in-routes.ts';
import { teamRoutes } from './identity/http/team-routes.ts';
import { userRoutes } from './identity/http/user-routes.ts';
import { tokens as tokensOf } from './identity/tokens.ts';
import { mailPageRoutes } from './mail/http/mail-page-routes.ts';
import { mailRoutes } from './mail/http/mail-routes.ts';
import { dropNotes } from './notes/drop-notes.ts';
import { noteRoutes } from './notes/http/note-routes.ts';
import { releaseAuthor } from './notes/release-author.ts';
import type { Database } from './platform/db/database.ts';
import type { Files } from './platform/files/files.ts';
import { checkAnswers } from './platform/http/answer-check.ts';
import { LimitShares } from './platform/http/limit-shares.ts';
import type { LoadLimits } from './platform/http/load-limits.ts';
import { type Metrics, ownMetrics } from './platform/http/metrics.ts';
import { mount } from './platform/http/mount.ts';
import { registerOpenApi } from './platform/http/openapi.ts';
import { perform } from './platform/http/perform.ts';
import { rateLimits } from './platform/http/rate-limits.ts';
import { httpServer } from './platform/http/server.ts';
import { isSuite } from './platform/http/suite.ts';
import { registerSystemRoutes } from './platform/http/system-routes.ts';
import { poolRoutes } from './pools/http/pool-routes.ts';
import { leavePools } from './pools/leave-pools.ts';
import { poolPlacement } from './pools/pool-placement.ts';
import { releasePoolOwner } from './pools/release-owner.ts';
import { vacancyRoutes } from './vacancies/http/vacancy-routes.ts';
import { leaveVacancies } from './vacancies/leave-vacancies.ts';
import { vacancyPlacement } from './vacancies/vacancy-placement.ts';

/** The whole server: what is mounted, in which order. It listens to nothing yet. */
export async function createApp(options: {
  config: Pick<Config, 'publicUrl' | 'rateCompany' | 'rateAuth' | 'rateRegistration' | 'strict'>;
  secret: string;
  database: Database;
  /** Where photos are. */
  files: Files;
  log: Logger;
  version: string;
  draining?: () => boolean;
  /** Called after a commit that left work in the outbox. */
  workEnqueued?: () => void;
  /** Of all processes of the server; without it, of this one. */
  metrics?: Metrics;
  /** For tests, which have the processes talk to each other when they want. */
  shares?: LimitShares;
  /** Holds every answer against its schema; for tests. */
  checked?: boolean;
  /** For tests: other bounds than those of production. */
  load?: Partial<LoadLimits>;
}): Promise<FastifyInstance> {
  const { config, database, files, log } = options;
  const tokens = tokensOf(options.secret);
  const actors = new Actors(database.read);
  const shares = options.shares ?? new LimitShares(database.read, log);
  const limits = rateLimits({ company: config.rateCompany, auth: config.rateAuth }, shares);
  const tickets = ticketsUnder(options.secret);
  const { publicUrl } = config;
  const links = photoLinksUnder(options.secret);
  const placements = { lists: poolPlacement, vacancies: vacancyPlacement };
  const customers = new CustomerActors(database.read, tokens, actors);
  const authenticate = (request: FastifyRequest): Promise<{ companyId: number }> =>
    isSuite(request.url)
      ? customers.of(bearerToken(request))
      : actors.of(tokens.verify(bearerToken(request)));

  const heard = {
    'rights changed': () => {
      actors.forget();
      customers.forget();
    },
    'work enqueued': options.workEnqueued ?? (() => {}),
  };
  const app = httpServer({
    log,
    authenticate,
    limits,
    draining: options.draining ?? (() => false),
    delay: () => database.delay(),
    load: options.load,
  });
  app.addHook('onClose', async () => shares.stop());
  if (options.checked) checkAnswers(app);
  await registerOpenApi(app, options.version);
  mount(
    app,
    [
      ...signInRoutes(tokens),
      ...userRoutes({
        publicUrl,
        beforeUserIsHeld: [holdContactsOf],
        beforeUserLeaves: [releaseUser, releaseAuthor, releasePoolOwner, releaseEventOwner],
      }),
      ...invitationRoutes({ publicUrl, afterAccepting: [confirmInvited] }),
      ...teamRoutes({ beforeTeamGoes: [dropGrantee] }),
      ...apiClientRoutes,
      ...mailRoutes,
      ...mailPageRoutes({ publicUrl, tokens, actors, database }),
      ...contactRoutes({
        placements,
        beforeContactGoes: [leavePools, leaveVacancies, dropNotes, forgetAttendee],
      }),
      ...customFieldRoutes,
      ...tagRoutes,
      ...statusRoutes,
      ...noteRoutes,
      ...poolRoutes,
      ...vacancyRoutes,
      ...eventFieldRoutes,
      ...eventRoutes({ publicUrl }),
      ...attendeeRoutes,
      ...registrationRoutes({
        publicUrl,
        placements,
        tickets,
        limits: registrationLimits(config.rateRegistration, database.read),
      }),
      ...checkInRoutes({ publicUrl, placements, tickets }),
      ...tokenRoutes,
      ...customerRoutes({ publicUrl, photos: photosIn(files), files, links, actors }),
      ...importRoutes({ publicUrl, links }),
      ...companyRoutes({ publicUrl, links }),
    ],
    { perform: perform(database, heard), strict: config.strict },
  );
  registerSystemRoutes(app, {
    ready: () => database.reachable(),
    metrics: options.metrics ?? ownMetrics(),
  });
  return app;
}
