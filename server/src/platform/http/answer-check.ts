import type { FastifyInstance } from 'fastify';
import type { TSchema } from 'typebox';
import { ErrorBody, SuiteErrorBody } from './schema.ts';
import { isSuite } from './suite.ts';
import { compile, problemOf } from './validation.ts';

/**
 * Holds every answer against what its route declares: the status is documented, the body fits. For tests; in
 * production answers are composed when they are written and go out unread.
 */
export function checkAnswers(app: FastifyInstance): void {
  const compiled = new Map<object, ReturnType<typeof compile>>();
  const validator = (schema: TSchema) => {
    const known = compiled.get(schema) ?? compile(schema, 'answer');
    compiled.set(schema, known);
    return known;
  };
  app.addHook('onSend', async (request, reply, payload) => {
    const { responses } = request.routeOptions.config;
    if (!responses || SHARED.has(reply.statusCode)) return payload;
    const where = `${request.method} ${request.routeOptions.url} ${reply.statusCode}`;
    const schema = responses[reply.statusCode];
    if (schema === undefined) throw new Error(`${where} is not a documented answer: ${payload}`);
    const errorBody = isSuite(request.url) ? SuiteErrorBody : ErrorBody;
    const expected = typeof schema === 'string' ? (reply.statusCode >= 400 ? errorBody : undefined) : schema;
    if (!expected || !String(reply.getHeader('content-type')).startsWith('application/json')) return payload;
    const validate = validator(expected);
    if (!validate(JSON.parse(String(payload))))
      throw new Error(`${where}: ${problemOf(validate.errors).message}`);
    return payload;
  });
}

/** Documented once for all routes: 413, 415, 429, 503, 504. */
const SHARED = new Set([413, 415, 429, 503, 504]);
