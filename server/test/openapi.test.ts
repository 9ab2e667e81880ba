import { readFile } from 'node:fs/promises';
import { validate } from '@scalar/openapi-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { describedApp, type OpenApi, type Operation } from './app-routes.ts';

let openapi: OpenApi;
let routes: Awaited<ReturnType<typeof describedApp>>['routes'];
let operations: { name: string; path: string; operation: Operation }[];
beforeAll(async () => {
  ({ openapi, routes } = await describedApp());
  operations = Object.entries(openapi.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      operation,
    })),
  );
});

describe('openapi.json', () => {
  it('is what the app says of itself; renew it by: npm run openapi', async () => {
    const kept = await readFile(new URL('../../openapi.json', import.meta.url), 'utf8');
    expect(JSON.parse(kept), 'out of date; renew it by: npm run openapi').toEqual(plain(openapi));
    expect(kept, 'written by hand or another tool; renew it by: npm run openapi').toBe(
      `${JSON.stringify(openapi, null, 2)}\n`,
    );
  });

  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await validate(plain(openapi) as Record<string, unknown>);
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(openapi.openapi).toBe('3.1.0');
  });

  it('has every route that is no page and no system route', () => {
    const described = operations.map(({ name }) => name).toSorted();
    const shown = routes.filter(({ hidden }) => !hidden).map(({ method, path }) => `${method} ${path}`);
    expect(described).toEqual(shown.toSorted());
  });

  it('refers only to what is there', () => {
    const references = [...JSON.stringify(openapi).matchAll(/"\$ref":"([^"]+)"/g)].map(
      ([, target]) => target!,
    );
    expect(references.length).toBeGreaterThan(50);
    const dangling = references.filter((target) => !resolved(openapi, target));
    expect(dangling).toEqual([]);
  });

  it('has no component that nothing refers to', () => {
    const text = JSON.stringify(openapi);
    const unused = Object.keys(openapi.components.schemas).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
  });

  it('gives one name to one schema', () => {
    const meanings = new Map<string, Set<string>>();
    const walk = (node: unknown): void => {
      if (node === null || typeof node !== 'object') return;
      const { title, description: _d, readOnly: _r, type, ...rest } = node as Record<string, unknown>;
      if (typeof title === 'string' && type !== undefined) {
        const meant = meanings.get(title) ?? new Set();
        meant.add(JSON.stringify({ ...rest, type: [type].flat().filter((one) => one !== 'null') }));
        meanings.set(title, meant);
      }
      Object.values(node).forEach(walk);
    };
    for (const { params, query, body, responses } of routes) [params, query, body, responses].forEach(walk);
    const ambiguous = [...meanings].filter(([, meant]) => meant.size > 1).map(([name]) => name);
    expect(ambiguous).toEqual([]);
  });

  it('names each operation, once, with a tag and a summary', () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(ids.filter((id, at) => !id || ids.indexOf(id) !== at)).toEqual([]);
    const bare = operations.filter(({ operation }) => !operation.tags?.length || !operation.summary);
    expect(bare.map(({ name }) => name)).toEqual([]);
  });

  it('declares the parameters of every path', () => {
    const wrong = operations.filter(({ path, operation }) => {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
      const declared = (operation.parameters ?? []).filter((one) => one.in === 'path' && one.required);
      return (
        inPath.toSorted().join() !==
        declared
          .map(({ name }) => name)
          .toSorted()
          .join()
      );
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  it('documents a success, and an error wherever there can be one', () => {
    const missing = operations.flatMap(({ name, path, operation }) => {
      const open = operation.security?.length === 0;
      const takes = operation.parameters?.length || 'requestBody' in operation;
      const wanted = [
        ...(open ? [] : ['401']),
        ...(takes ? ['400'] : []),
        ...(path.includes('{') && !open ? ['404'] : []),
      ];
      const statuses = Object.keys(operation.responses);
      if (!statuses.some((status) => /^2/.test(status))) return [`${name}: 2xx`];
      return wanted.filter((status) => !statuses.includes(status)).map((status) => `${name}: ${status}`);
    });
    expect(missing).toEqual([]);
  });

  it('asks for a token unless the route is open to all, and says 403 unless it is open to every user', () => {
    const wrong = routes
      .filter(({ hidden }) => !hidden)
      .filter(({ method, path, permission, responses }) => {
        const { security } = openapi.paths[path]![method.toLowerCase()]!;
        if (permission === 'public') return security?.length !== 0;
        return security !== undefined || (permission !== 'signed-in') !== 403 in responses;
      });
    expect(wrong.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    expect(openapi.security).toEqual([{ token: [] }]);
  });

  it('describes every error by the shape of its API, and an import’s mistakes by their rows, too', () => {
    const described = operations.flatMap(({ name, path, operation }) =>
      Object.entries(operation.responses)
        .filter(([status]) => Number(status) >= 400)
        .map(([status, { content }]) => ({
          name: `${name}: ${status}`,
          shape: `#/components/schemas/${path.startsWith('/api/v3/') ? 'SuiteError' : 'Error'}`,
          schema: content?.['application/json']?.schema as { $ref?: string; anyOf?: object[] } | undefined,
        })),
    );
    const [byRows, ...others] = described.filter(({ shape, schema }) => schema?.$ref !== shape);
    expect(others.map(({ name }) => name)).toEqual([]);
    expect(byRows?.name).toBe('POST /api/v3/companies/{companyId}/customers/batch-import/: 400');
    expect(plain(byRows?.schema?.anyOf)).toEqual([
      {
        type: 'array',
        items: {
          type: 'object',
          required: ['index', 'errors'],
          properties: {
            index: expect.objectContaining({ type: 'integer' }),
            errors: expect.objectContaining({
              type: 'object',
              additionalProperties: { type: 'array', items: { type: 'string' } },
            }),
          },
        },
      },
      { $ref: byRows?.shape },
    ]);
  });
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function resolved(document: object, reference: string): unknown {
  if (!reference.startsWith('#/')) return undefined;
  return reference
    .slice(2)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document);
}
