import { setTimeout as sleep } from 'node:timers/promises';
import { EMAIL, PASSWORD } from './server.ts';

export interface Answer {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test reads any JSON
  body: any;
}

/** A client of the HTTP API, signed in. */
export interface Client {
  token: string;
  get(path: string): Promise<Answer>;
  post(path: string, body: unknown): Promise<Answer>;
  put(path: string, body: unknown): Promise<Answer>;
  patch(path: string, body: unknown): Promise<Answer>;
  delete(path: string): Promise<Answer>;
}

/** Any request; one that the server has no room for is made again when it says. Rejects where no answer came. */
export async function call(method: string, url: string, sent: Sent = {}): Promise<Answer> {
  for (;;) {
    const answer = await callOnce(method, url, sent);
    if (answer.status !== 429) return answer;
    await sleep(Number(answer.headers.get('retry-after')) * 1000);
  }
}

interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
}

async function callOnce(method: string, url: string, { body, headers }: Sent): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const json = response.headers.get('content-type')?.startsWith('application/json');
  return { status: response.status, headers: response.headers, body: json && text ? JSON.parse(text) : text };
}

/** Asks for a token, as the company's first super admin unless another email is named. */
export function askForToken(url: string, email = EMAIL): Promise<Answer> {
  const basic = Buffer.from(`${email}:${PASSWORD}`).toString('base64');
  return call('GET', `${url}/v1/auth`, { headers: { authorization: `Basic ${basic}` } });
}

/** Signs in, as the company's first super admin unless another email is named. */
export async function signIn(url: string, email?: string): Promise<Client> {
  const { status, body } = await askForToken(url, email);
  if (status !== 200) throw new Error(`signing in: ${status} ${JSON.stringify(body)}`);
  const headers = { authorization: `Bearer ${body.token}` };
  return {
    token: body.token,
    get: (path) => call('GET', `${url}${path}`, { headers }),
    post: (path, sent) => call('POST', `${url}${path}`, { headers, body: sent }),
    put: (path, sent) => call('PUT', `${url}${path}`, { headers, body: sent }),
    patch: (path, sent) => call('PATCH', `${url}${path}`, { headers, body: sent }),
    delete: (path) => call('DELETE', `${url}${path}`, { headers }),
  };
}

/** Does `work` for 0 … count - 1, so many at a time. */
export async function inParallel(
  count: number,
  atATime: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: atATime }, lane));
}
