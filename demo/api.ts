import { setTimeout as sleep } from 'node:timers/promises';

/** Of the requests that a company may make in a second, those that are left to everyone else. */
const LEFT_TO_OTHERS = 10;
const MOST_FAILURES = 30;

export interface Reply {
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: the API's JSON
  body: any;
}
export type Request = (method: string, path: string, body?: unknown) => Promise<Reply>;

/** A well-behaved client: it slows down before the limit and waits when it is told to. Throws what the API says of a mistake. */
export function api(url: string, token: string): Request {
  let pausedUntil = 0;
  let windowEnds = 0;
  const pause = (seconds: number) => {
    pausedUntil = Math.max(pausedUntil, performance.now() + seconds * 1000);
  };
  return async (method, path, body) => {
    for (let failures = 0; ; ) {
      const wait = pausedUntil - performance.now();
      if (wait > 0) await sleep(wait);
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const { headers, status } = response;
      const remaining = headers.get('x-ratelimit-remaining');
      if (remaining !== null) {
        // A window's end is told in whole seconds, rounded up: the first answer in it comes closest.
        const now = performance.now();
        if (now >= windowEnds) windowEnds = now + Number(headers.get('x-ratelimit-reset')) * 1000;
        if (Number(remaining) < LEFT_TO_OTHERS) pausedUntil = Math.max(pausedUntil, windowEnds);
      }
      if (response.ok) return { headers, body: text && JSON.parse(text) };
      if (status === 429 || (status === 503 && ++failures < MOST_FAILURES)) {
        pause(Number(headers.get('retry-after') ?? 1));
        continue;
      }
      throw new Error(`${method} ${path} answered ${status}: ${text.slice(0, 500)}`, { cause: status });
    }
  };
}

/** What is at a path; undefined where the API says that there is nothing. */
export async function find(request: Request, path: string): Promise<Reply['body'] | undefined> {
  try {
    return (await request('GET', path)).body;
  } catch (error) {
    if ((error as Error).cause === 404) return undefined;
    throw error;
  }
}
