import type { FastifyInstance, FastifyRequest } from 'fastify';
import { notAccepted, Problem } from '../problem.ts';

const FORM = 'application/x-www-form-urlencoded';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON, and forms where a route takes them, as UTF-8; every other type is a 415. An empty body is no body. */
export function registerBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: unknown, body: Buffer) => (body.length === 0 ? undefined : parseJson(decode(body))),
  );
  app.addContentTypeParser(FORM, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (!request.routeOptions.config.consumes?.includes(FORM)) throw notAccepted();
    return Object.fromEntries(new URLSearchParams(decode(body)));
  });
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Problem(400, 'body: must be UTF-8');
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's message quotes what it could not read; only the place is the caller's to have.
    const place = /position \d+(?: \(line \d+ column \d+\))?/.exec((error as Error).message)?.[0];
    throw new Problem(400, `JSON parse error - body: must be JSON${place ? `; it breaks at ${place}` : ''}`);
  }
}
