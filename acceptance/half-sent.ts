import { once } from 'node:events';
import http from 'node:http';
import type { Answer } from './client.ts';

/** A POST of a contact whose headers the server has accepted and whose body it still waits for. */
export async function halfSent(
  url: string,
  token: string,
): Promise<{ finish(): Promise<Omit<Answer, 'headers'>> }> {
  const body = JSON.stringify({ fullName: 'Slow Sender' });
  const request = http.request(`${url}/v1/contact`, {
    method: 'POST',
    headers: {
      authorization: token,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      expect: '100-continue',
    },
  });
  request.flushHeaders();
  await once(request, 'continue');
  request.write(body.slice(0, 5));
  const answered = once(request, 'response') as Promise<[http.IncomingMessage]>;
  answered.catch(() => {});
  return {
    async finish() {
      request.end(body.slice(5));
      const [response] = await answered;
      return { status: response.statusCode!, body: JSON.parse(await text(response)) };
    },
  };
}

async function text(stream: NodeJS.ReadableStream): Promise<string> {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}
