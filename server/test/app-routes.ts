import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { pino } from 'pino';
import type { TSchema } from 'typebox';
import { createApp } from '../src/app.ts';
import { openDatabase } from '../src/platform/db/database.ts';
import { openFiles } from '../src/platform/files/files.ts';
import type { Endpoint } from '../src/platform/http/endpoint.ts';
import { VERSION } from '../src/version.ts';

/** A route as the app registered it, hidden and system ones too. */
export interface AppRoute {
  method: string;
  /** As the route tables write it: `/v1/user/{userid}`. */
  path: string;
  permission: string | undefined;
  hidden: boolean;
  page: boolean;
  /** Body types besides application/json. */
  consumes: readonly string[];
  responses: Endpoint['responses'];
  params: TSchema | undefined;
  query: TSchema | undefined;
  body: TSchema | undefined;
}

/** What the app says of itself; it needs no database for that. */
export async function describedApp(): Promise<{ routes: AppRoute[]; openapi: OpenApi }> {
  const registered: RouteOptions[] = [];
  const listen = (message: unknown) => {
    const { fastify } = message as { fastify: FastifyInstance };
    fastify.addHook('onRoute', (route) => {
      registered.push(route);
    });
  };
  const log = pino({ level: 'silent' });
  const database = openDatabase({ connectionString: 'postgres://127.0.0.1:1/none' }, log);
  diagnostics.subscribe('fastify.initialization', listen);
  const config = {
    publicUrl: 'http://headwater.test',
    rateCompany: 40,
    rateAuth: 30,
    rateRegistration: 30,
    strict: false,
  };
  const app = await createApp({
    config,
    secret: 'x'.repeat(32),
    database,
    files: openFiles({ dataDir: '/nowhere', filesUrl: undefined }),
    log,
    version: VERSION,
  });
  try {
    await app.ready();
    return { routes: registered.map(described), openapi: app.swagger() as unknown as OpenApi };
  } finally {
    diagnostics.unsubscribe('fastify.initialization', listen);
    await app.close();
    await database.close();
  }
}

/** As much of OpenAPI 3.1 as the tests read. */
export interface OpenApi {
  openapi: string;
  info: { title: string; version: string };
  security: object[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object> };
}

export interface Operation {
  operationId?: string;
  tags?: string[];
  summary?: string;
  security?: object[];
  parameters?: { name: string; in: string; required?: boolean }[];
  responses: Record<string, { description?: string; content?: Record<string, { schema?: object }> }>;
}

function described({ method, url, config, schema }: RouteOptions): AppRoute {
  return {
    method: String(method),
    path: url.replaceAll(/:(\w+)/g, '{$1}'),
    permission: config?.permission,
    hidden: schema?.hide === true,
    page: config?.page ?? false,
    consumes: config?.consumes ?? [],
    responses: config?.responses ?? {},
    params: schema?.params as TSchema | undefined,
    query: schema?.querystring as TSchema | undefined,
    body: schema?.body as TSchema | undefined,
  };
}
