import type { IncomingMessage, ServerResponse } from 'node:http';
import { atItsLimit } from '../problem.ts';
import { errorBody } from './errors.ts';
import { languageOf } from './language.ts';
import { problemPage } from './problem-page.ts';
import { requestIdOf } from './request-id.ts';
import { isSuite } from './suite.ts';

const PROBLEM = atItsLimit();
const HEADERS = ['x-content-type-options', 'nosniff', 'retry-after', String(PROBLEM.retryAfter)];

/**
 * A 429 for a request that nothing was done for, past the framework: under load most answers are this one. `close` ends
 * the connection too.
 */
export function refuse(request: IncomingMessage, response: ServerResponse, close = false): void {
  const id = requestIdOf(request);
  const { body, headers } = isForPerson(request) ? asPage(request) : asJson(request.url ?? '/', id);
  headers.push('content-length', String(Buffer.byteLength(body)), 'x-request-id', id, ...HEADERS);
  if (close) headers.push('connection', 'close');
  response.writeHead(PROBLEM.status, headers);
  response.end(body);
}

interface Written {
  body: string;
  /** Names and values by turns, which Node.js copies as they are. */
  headers: string[];
}

/** What comes before and after the request's id, by whether it is the suite that was asked. */
const BODIES = {
  false: JSON.stringify(errorBody('/', '#', PROBLEM)).split('#'),
  true: JSON.stringify(errorBody('/api/v3', '#', PROBLEM)).split('#'),
};

function asJson(url: string, id: string): Written {
  const body = BODIES[`${isSuite(url)}`].join(id);
  return { body, headers: ['content-type', 'application/json; charset=utf-8'] };
}

function asPage(request: IncomingMessage): Written {
  const { body, contentType, headers } = problemPage(PROBLEM, languageOf(request.headers));
  return { body: String(body), headers: ['content-type', contentType!, ...Object.entries(headers!).flat()] };
}

/** Whether a browser asks for a page: it says so, and programs ask the APIs. */
function isForPerson({ url = '/', headers }: IncomingMessage): boolean {
  return !url.startsWith('/v1/') && !isSuite(url) && headers.accept?.includes('text/html') === true;
}
