import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import underPressure from '@fastify/under-pressure';
import Fastify, {
  type FastifyInstance,
  type FastifyRequest,
  LogController,
  type RouteOptions,
} from 'fastify';
import type { Logger } from 'pino';
import { Problem, tooMany } from '../problem.ts';
import { isUuid } from '../uuid.ts';
import { registerBodyParsers } from './body-parsers.ts';
import { answerError } from './errors.ts';
import type { RateLimits } from './rate-limits.ts';

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
}

const BODY_LIMIT = 1024 * 1024;
const HEADER_TIMEOUT = 10_000;
const REQUEST_TIMEOUT = 30_000;
const LONGEST_EVENT_LOOP_DELAY = 1_000;
/** The load is measured by the second; what the start itself held up does not count. */
const SETTLING = 2_000;

/** The HTTP server with everything that holds for every route: request ids, limits, sign-in, errors, draining. */
export function httpServer(options: {
  log: Logger;
  authenticate(request: FastifyRequest): Promise<{ companyId: number }>;
  limits: RateLimits;
  draining(): boolean;
  /** Milliseconds; where it is longer, requests are turned away. 0 = never. */
  longestEventLoopDelay?: number | undefined;
}): FastifyInstance {
  const { log, authenticate, limits, draining } = options;
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: BODY_LIMIT,
    // A reverse proxy on this machine says whose request it passes on; nobody else is believed.
    trustProxy: 'loopback',
    requestTimeout: REQUEST_TIMEOUT,
    http: { headersTimeout: HEADER_TIMEOUT },
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
    genReqId: (request) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && isUuid(given) ? given.toLowerCase() : randomUUID();
    },
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

  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    routes.push(route);
  });
  app.addHook('onReady', async () => {
    const open = routes
      .filter((route) => !route.config?.permission)
      .map(({ method, url }) => `${method} ${url}`);
    if (open.length > 0) {
      throw new Error(`without a declared permission ("public" is one): ${open.join(', ')}`);
    }
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    reply.header('x-content-type-options', 'nosniff');
    if (draining()) {
      reply.header('connection', 'close');
      throw new Problem(503, 'the server is going down; try again shortly', { retryAfter: 5 });
    }
  });
  let settled = false;
  app.addHook('onListen', async () => {
    setTimeout(() => {
      settled = true;
    }, SETTLING).unref();
  });
  app.register(underPressure, {
    maxEventLoopDelay: options.longestEventLoopDelay ?? LONGEST_EVENT_LOOP_DELAY,
    pressureHandler: (request) => {
      if (settled && !request.routeOptions.config.vital)
        throw tooMany('the server is at its limit; try again shortly', 1);
    },
  });
  app.addHook('onRequest', async (request, reply) => {
    const { permission, signIn, vital } = request.routeOptions.config;
    if (vital) return;
    if (signIn) return limits.signIn(reply, request.ip);
    if (permission === undefined || permission === 'public') return limits.stranger(reply, request.ip);
    try {
      request.actor = await authenticate(request);
    } catch (error) {
      await limits.stranger(reply, request.ip);
      throw error;
    }
    return limits.company(reply, (request.actor as { companyId: number }).companyId);
  });
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not its URL: addresses hold emails.
    log.debug(
      {
        requestId: request.id,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
  app.setNotFoundHandler(async (request, reply) => {
    return answerError(new Problem(404, 'no such route; /docs lists them'), request, reply);
  });
  return app;
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
