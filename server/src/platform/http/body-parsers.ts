import type { FastifyInstance, FastifyRequest } from 'fastify';
import { readMultipart } from '../files/multipart.ts';
import { notAccepted, Problem } from '../problem.ts';
import { isSuite } from './suite.ts';

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** JSON, and forms of both kinds where a route takes them, as UTF-8; every other type is a 415. An empty body is no body. */
export function registerBodyParsers(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async ({ url }: FastifyRequest, body: Buffer) =>
      body.length === 0 ? undefined : (isSuite(url) ? parsePrintedJson : parseJson)(decode(body)),
  );
  app.addContentTypeParser(FORM, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    if (!request.routeOptions.config.consumes?.includes(FORM)) throw notAccepted();
    return Object.fromEntries(new URLSearchParams(decode(body)));
  });
  // Taken whole, within the route's limit, before it is read: no half of it waits for the other.
  app.addContentTypeParser(
    MULTIPART,
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (!request.routeOptions.config.consumes?.includes(MULTIPART)) throw notAccepted();
      return readMultipart(request.headers['content-type']!, body);
    },
  );
}

function decode(body: Buffer): string {
  try {
    return utf8.decode(body);
  } catch {
    throw new Problem(400, 'body: must be UTF-8');
  }
}

/**
 * JSON, also as it leaves a shell when it was copied from where commands are printed: with a backslash before each line's
 * end, between single quotes. Such a backslash is in no JSON. A blank in its place keeps all others where they were.
 */
function parsePrintedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return parseJson(text.replaceAll(/\\(?=\r?\n)/g, ' '));
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
