import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../../../test/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const look = (path: string) => fetch(`${server.url}${path}`, { redirect: 'manual' });

it('is a page whose program comes from this server alone', async () => {
  const page = await look('/docs/');
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
  const html = await page.text();
  expect(html).toContain('<title>Headwater API</title>');
  const sources = [...html.matchAll(/<(?:script|link|img)[^>]+(?:src|href)="([^"]+)"/g)].map(
    ([, url]) => url,
  );
  expect(sources).toEqual(['js/scalar.js']);
  const program = await look('/docs/js/scalar.js');
  expect([program.status, program.headers.get('content-type')]).toEqual([
    200,
    'application/javascript; charset=utf-8',
  ]);
  expect((await program.text()).length).toBeGreaterThan(1_000_000);
});

it('is found without the slash too, by which its own addresses go', async () => {
  for (const path of ['/docs', '/docs?section=contacts']) {
    const { status, headers } = await look(path);
    expect([status, headers.get('location')]).toEqual([301, '/docs/']);
  }
});

it('may be opened by many at once', async () => {
  const pages = await Promise.all(
    Array.from({ length: 10 }, async () => (await fetch(`${server.url}/docs/`)).text()),
  );
  expect(new Set(pages).size).toBe(1);
});
