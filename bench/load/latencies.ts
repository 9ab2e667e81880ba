import { Agent, request } from 'node:http';

/** Milliseconds that each of `count` requests takes, one after another over one connection; `path` is asked for the next one. */
export async function latencies(
  { url, token }: { url: string; token: string },
  path: () => string,
  count: number,
): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const took: number[] = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    await answered(agent, url + path(), token);
    took.push(performance.now() - began);
  }
  agent.destroy();
  return took.toSorted((a, b) => a - b);
}

/** The body of a 200; anything else is an error. */
export function answered(agent: Agent, url: string, token: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => {
        if (response.statusCode === 200) resolve(Buffer.concat(chunks));
        else reject(new Error(`${url}: ${response.statusCode}`));
      });
    });
    asked.on('error', reject).end();
  });
}
