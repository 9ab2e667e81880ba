import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import type { FloorRoute } from './floor.ts';

const READERS = 2;
const WRITERS = 10;

interface Counted {
  client: pg.Client;
  pending: number;
}

process.once('message', async (options: { connection: pg.ClientConfig; routes: FloorRoute[] }) => {
  const config = { ...options.connection, options: '-c TimeZone=UTC' };
  const readers: Counted[] = [];
  for (let reader = 0; reader < READERS; reader++) {
    const client = new pg.Client({ ...config, pipeline: true } as pg.ClientConfig);
    await client.connect();
    readers.push({ client, pending: 0 });
  }
  const writers = new pg.Pool({ ...config, max: WRITERS });
  const routes = new Map(options.routes.map((route) => [route.name, route]));

  async function read(query: pg.QueryConfig): Promise<string> {
    const reader = readers.reduce((least, one) => (one.pending < least.pending ? one : least));
    reader.pending++;
    try {
      return (await reader.client.query(query)).rows[0]?.body;
    } finally {
      reader.pending--;
    }
  }
  const answer = (response: ServerResponse, status: number, body: string) => {
    response.writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  };
  const run = (response: ServerResponse, { name, text, writes }: FloorRoute, values: unknown[]) => {
    const answered = writes
      ? writers.query({ name, text, values }).then(({ rows }) => rows[0]?.body as string)
      : read({ name, text, values });
    answered.then(
      (body) => answer(response, body === undefined ? 404 : 200, body ?? '{}'),
      (error) => answer(response, 500, JSON.stringify({ error: String(error) })),
    );
  };

  const server = createServer((request, response) => {
    const [, name, ...segments] = request.url!.split('/');
    if (name === 'usage') return answer(response, 200, JSON.stringify(usage()));
    const route = routes.get(name!);
    if (!route) return answer(response, 404, '{}');
    const values = [...route.lead, ...segments.map(decodeURIComponent)];
    if (request.method === 'GET') return run(response, route, values);
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => run(response, route, [...values, Buffer.concat(chunks).toString()]));
  });
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
});
process.once('disconnect', () => process.exit());

function usage() {
  const { user, system } = process.cpuUsage();
  return { cpu: (user + system) / 1e6, rss: process.memoryUsage.rss() };
}
