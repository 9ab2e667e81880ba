import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { essence } from './factories.ts';
import type { World } from './world.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What every operation under /v1 shows. `request` makes one that a super admin of `company` is answered `success` to. */
export function knowsItsCallers(
  world: World,
  method: Method,
  request: () => Promise<{ path: string; body?: unknown }>,
  { success = 200 }: { success?: number } = {},
): void {
  const call = async (authorization: (token: string) => string | undefined, slash = '') => {
    const { path, body } = await request();
    const header = authorization(world.company.admin.token);
    return world.server.call(method, `${path}${slash}`, {
      body,
      ...(header === undefined ? {} : { headers: { authorization: header } }),
    });
  };

  describe('knows its callers', () => {
    it.each([
      ['bare', (token: string) => token],
      ['after Bearer', (token: string) => `Bearer ${token}`],
      ['after Token', (token: string) => `Token ${token}`],
    ])(`${success}: with the token %s`, async (_form, authorization) => {
      expect((await call(authorization)).status).toBe(success);
    });

    it(`${success}: with a trailing slash`, async () => {
      expect((await call((token) => token, '/')).status).toBe(success);
    });

    it.each([
      ['without a', () => undefined],
      ['with an empty', () => ''],
      [
        'with a forged',
        (token: string) => `Bearer ${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`,
      ],
      ['with a meaningless', () => 'Token of my appreciation'],
    ])('401: %s token', async (_kind, authorization) => {
      const { status, headers, body } = await call(authorization);
      expect(status).toBe(401);
      expect(body).toEqual({
        code: 401,
        message: expect.any(String),
        request_id: headers.get('x-request-id'),
      });
    });
  });
}

/** What every operation on one record shows. `record` makes one of `company`'s and answers how paths name it. */
export function keepsCompaniesApart(
  world: World,
  method: Method,
  record: () => Promise<string>,
  path: (name: string) => string,
  { body, look = path }: { body?: unknown; look?: (name: string) => string } = {},
): void {
  it("404: another company's record exactly as one that never was, and nothing happens to it", async () => {
    const name = await record();
    const { company, other, server } = world;
    const before = essence(await company.admin.get(look(name)));
    const ask = (asked: string) => server.call(method, path(asked), { token: other.admin.token, body });
    const foreign = await ask(name);
    expect(foreign.status).toBe(404);
    expect(essence(foreign)).toEqual(essence(await ask(randomUUID())));
    expect(essence(foreign)).toEqual(essence(await ask('nothing')));
    expect(essence(await company.admin.get(look(name)))).toEqual(before);
  });
}
