import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Collision, DatabaseAway, DatabaseBusy, StatementTimeout } from '../db/errors.ts';
import { atItsLimit, conflict, notAccepted, Problem } from '../problem.ts';
import { languageOf } from './language.ts';
import { problemPage } from './problem-page.ts';
import { send } from './send.ts';
import { isSuite } from './suite.ts';

/** Answers any error in the shape of the API that was asked (docs/errors.md), or as a page. Faults of ours are logged, callers' are not. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const problem = asProblem(error);
  if (problem.status >= 500)
    request.log.error({ requestId: request.id, error: loggable(error) }, 'request failed');
  if (problem.retryAfter !== undefined) reply.header('retry-after', problem.retryAfter);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (request.routeOptions.config.page) return send(reply, problemPage(problem, languageOf(request.headers)));
  return reply
    .code(problem.status)
    .type('application/json; charset=utf-8')
    .send(errorBody(request.url, request.id, problem));
}

/** v1's three fields, or v3's field errors and detail. */
export function errorBody(url: string, requestId: string, problem: Problem): object {
  if (isSuite(url)) return problem.rows ?? problem.fields ?? { detail: problem.message };
  return { code: problem.status, message: problem.message, request_id: requestId };
}

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof DatabaseAway) {
    return new Problem(503, 'the database is away; try again shortly', { retryAfter: 1 });
  }
  if (error instanceof StatementTimeout) {
    return new Problem(504, 'the database took too long; narrow the request or try again');
  }
  if (error instanceof Collision)
    return conflict('the change collides with another one; read anew and try again');
  if (error instanceof DatabaseBusy) return atItsLimit();
  const { statusCode, code } = error as FastifyError;
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Problem(413, 'the body is larger than 1 MiB');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return notAccepted();
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') {
    return new Problem(400, 'path: a part of it is longer than anything here is called');
  }
  if (statusCode && statusCode >= 400 && statusCode < 500)
    return new Problem(statusCode, 'the request is malformed');
  return new Problem(
    500,
    'something went wrong on the server; its log has the details under this request id',
  );
}

/** What a log line may hold of an error: a driver's message and detail can quote a person's data, so they stay out. */
export function loggable(error: unknown): object {
  const { name, message, stack, code, constraint, severity, cause } = error as Error & {
    code?: string;
    constraint?: string;
    severity?: string;
  };
  const fromDatabase = severity !== undefined;
  return {
    name,
    ...(fromDatabase ? {} : { message }),
    ...(code ? { code } : {}),
    ...(constraint ? { constraint } : {}),
    stack: stack?.slice(stack.indexOf('\n    at ')).split('\n    at ').slice(1, 8),
    ...(cause instanceof Error ? { cause: loggable(cause) } : {}),
  };
}
