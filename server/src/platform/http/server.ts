import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import Fastify, {
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
  type RouteOptions,
} from 'fastify';
import type { Logger } from 'pino';
import { Problem } from '../problem.ts';
import { Admission } from './admission.ts';
import { registerBodyParsers } from './body-parsers.ts';
import { door, VITAL_PATHS } from './door.ts';
import { answerError } from './errors.ts';
import { guard } from './guard.ts';
import { LOAD_LIMITS, type LoadLimits } from './load-limits.ts';
import { Porch } from './porch.ts';
import type { RateLimits } from './rate-limits.ts';
import { requestIdOf } from './request-id.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, on every route that is not open to all. */
    actor: unknown;
  }
  interface FastifyContextConfig {
    signIn?: boolean;
    /** Answers under any load and is not counted: health checks and metrics. */
    vital?: boolean;
  }
  interface FastifyInstance {
    /** What the server bears just now. */
    load(): Load;
  }
}

export interface Load {
  connections: number;
  /** Requests that are worked on, or wait for the database. */
  requests: number;
  /** Bytes of answers that their clients have not taken yet. */
  unread: number;
  /** Bytes of bodies that are on their way here. */
  bodies: number;
  /** Requests that were refused since the start. */
  refused: number;
}

const BODY_LIMIT = 1024 * 1024;

/** The HTTP server with everything that holds for every route: request ids, limits, sign-in, errors, draining. */
export function httpServer(options: {
  log: Logger;
  authenticate(request: FastifyRequest): Promise<{ companyId: number }>;
  limits: RateLimits;
  draining(): boolean;
  /** Milliseconds that a short statement waits for the database at present. */
  delay?(): number;
  load?: Partial<LoadLimits> | undefined;
}): FastifyInstance {
  const { log, draining, limits } = options;
  const load = { ...LOAD_LIMITS, ...options.load };
  const entrance = new Porch();
  const admission = new Admission(load, () => Math.max(entrance.delay(), options.delay?.() ?? 0));
  const { serve, connections } = door({ admission, limits: load, entrance, draining });
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    // What is logged of a request names it; a logger for each would be made for the few that are.
    childLoggerFactory: (logger) => logger,
    bodyLimit: BODY_LIMIT,
    // A reverse proxy on this machine says whose request it passes on; nobody else is believed.
    trustProxy: 'loopback',
    serverFactory: serve,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    genReqId: requestIdOf,
    clientErrorHandler: refuseMalformed,
    frameworkErrors: (error, request, reply) => {
      reply.header('x-request-id', request.id);
      reply.header('x-content-type-options', 'nosniff');
      answerError(error, request as FastifyRequest, reply as never);
    },
  }) as unknown as FastifyInstance;

  // Our own validators and serialisation: the schemas of the routes serve the API description.
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  app.setErrorHandler(answerError);
  registerBodyParsers(app);
  app.decorateRequest('actor', null);
  app.decorate('load', () => ({
    connections: connections(),
    requests: admission.seats.held,
    unread: admission.unread.held,
    bodies: admission.bodies.held,
    refused: admission.refused,
  }));

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  app.addHook('onReady', async () => {
    const unknown = routes.find(({ url, config }) => config?.vital && !VITAL_PATHS.includes(url));
    if (unknown) throw new Error(`${unknown.url} is vital, and the door does not know it`);
    const open = routes
      .filter((route) => !route.config?.permission)
      .map(({ method, url }) => `${method} ${url}`);
    if (open.length > 0) {
      throw new Error(`without a declared permission ("public" is one): ${open.join(', ')}`);
    }
  });
  app.addHook('onRequest', (request, reply, next) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    if (draining()) {
      reply.header('connection', 'close');
      next(new Problem(503, 'the server is going down; try again shortly', { retryAfter: 5 }));
    } else if (request.is404) {
      limits.stranger(reply, request.ip).then(() => next(), next);
    } else next();
  });
  guard(app, { ...options, admission });
  if (log.isLevelEnabled('debug')) {
    app.addHook('onResponse', (request, reply, next) => {
      logAnswer(log, request, reply);
      next();
    });
  }
  app.setNotFoundHandler(async (request, reply) => {
    return answerError(new Problem(404, 'no such route; /docs lists them'), request, reply);
  });
  return app;
}

function logAnswer(log: Logger, request: FastifyRequest, reply: FastifyReply): void {
  log.debug(
    {
      requestId: request.id,
      method: request.method,
      // The route's pattern, not its URL: addresses hold emails.
      route: request.routeOptions.url,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    },
    'answered',
  );
}

/** What is not even HTTP, or has headers past Node's limit, is answered in our shape and cut off. */
function refuseMalformed(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const [status, reason] = {
    HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
    ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  }[error.code ?? ''] ?? [400, 'Bad Request'];
  const id = randomUUID();
  const body = JSON.stringify({
    code: status,
    message: `the request is not usable: ${reason}`,
    request_id: id,
  });
  socket.end(
    [
      `HTTP/1.1 ${status} ${reason}`,
      'content-type: application/json; charset=utf-8',
      `content-length: ${body.length}`,
      `x-request-id: ${id}`,
      'x-content-type-options: nosniff',
      'connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
