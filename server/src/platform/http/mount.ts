import { setTimeout as sleep } from 'node:timers/promises';
import type {
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RouteShorthandOptions,
} from 'fastify';
import { type TSchema, Type } from 'typebox';
import { invalid, Problem } from '../problem.ts';
import type { Endpoint } from './endpoint.ts';
import { answerError } from './errors.ts';
import { ignoredFieldsHeader, knownFields, namesAt, nearest, untouchedRows } from './known-fields.ts';
import type { Perform } from './perform.ts';
import { ErrorBody, SuiteErrorBody } from './schema.ts';
import { send } from './send.ts';
import { isSuite } from './suite.ts';
import { compile, problemOf, problemOfForm } from './validation.ts';

export interface MountOptions {
  perform: Perform;
  /** Unknown fields are a 400 instead of being ignored. */
  strict: boolean;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Who may call the route; a route without one does not boot. */
    permission?: string;
    responses?: Endpoint['responses'];
    page?: boolean;
    consumes?: readonly string[];
  }
}

const UPLOAD_LIMIT = 16 * 1024 * 1024;

/** Registers route tables. Throws at boot where a table contradicts its verbs. */
export function mount(app: FastifyInstance, endpoints: readonly Endpoint[], options: MountOptions): void {
  for (const route of endpoints) {
    if (route.permission !== route.verb.permission) {
      throw new Error(
        `${route.method} ${route.path} declares the permission ${route.permission}, its verb checks ${route.verb.permission}`,
      );
    }
    app.route({
      method: route.method,
      url: route.path.replaceAll(/\{(\w+)\}/g, ':$1'),
      config: {
        permission: route.permission,
        responses: route.responses,
        signIn: route.signIn ?? false,
        page: route.page ?? false,
        ...(route.consumes ? { consumes: route.consumes } : {}),
      },
      ...(route.upload ? { bodyLimit: UPLOAD_LIMIT, errorHandler: answerUploadError } : {}),
      schema: description(route),
      handler: handler(route, options),
    });
  }
}

function handler(route: Endpoint, { perform, strict }: MountOptions) {
  const read = { params: reader(route.params), query: reader(route.query) };
  const suite = isSuite(route.path);
  const body = route.body
    ? { schema: route.body, validate: compile(route.body, suite ? 'form' : 'body') }
    : undefined;
  const open = route.permission === 'public';

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const actor = open ? undefined : request.actor;
    const unknown: Unknown[] = [];
    const inputs = {
      params: read.params(request.params, ''),
      query: read.query(withoutEmpty(request.query as object, route.query), '?', unknown),
      body: undefined as unknown,
      headers: request.headers,
    };
    if (body) {
      if (request.body === undefined) throw new Problem(400, 'body: is required, as JSON');
      const known = (route.rows ? untouchedRows : knownFields)(body.schema, request.body);
      if (!route.rows && !body.validate(known.value))
        throw (suite ? problemOfForm : problemOf)(body.validate.errors);
      inputs.body = known.value;
      for (const path of known.unknown) unknown.push({ path, known: () => namesAt(body.schema, path) });
    }
    if (unknown.length > 0) {
      // A person did not write the address of a page; mail programs add to it what they like.
      if (strict && !route.page) throw strictProblem(unknown[0]!);
      reply.header('x-ignored-fields', ignoredFieldsHeader(unknown.map(({ path }) => path)));
    }
    const input = route.input(inputs as never);
    const ready = input instanceof Promise ? await input : input;
    const settled = route.noSooner === undefined ? undefined : sleep(route.noSooner);
    const output = await perform(route.verb, actor, request, ready);
    await settled;
    return send(reply, route.answer(output as never, inputs as never));
  };
}

/** As everywhere, but for the limit that it names. */
function answerUploadError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const tooLarge = error.code === 'FST_ERR_CTP_BODY_TOO_LARGE';
  return answerError(tooLarge ? new Problem(413, 'the body is larger than 16 MiB') : error, request, reply);
}

interface Unknown {
  path: string;
  known(): string[];
}

function reader(schema: TSchema | undefined) {
  const effective = schema ?? Type.Object({});
  const validate = compile(effective, 'parameters');
  return (given: unknown, mark: string, unknown: Unknown[] = []) => {
    if (schema === undefined && isEmpty(given)) return {};
    const known = knownFields(effective, { ...(given as object) });
    if (!validate(known.value)) throw problemOf(validate.errors);
    if (mark) {
      const names = () => namesAt(effective, '').map((name) => `${mark}${name}`);
      for (const name of known.unknown) unknown.push({ path: `${mark}${name}`, known: names });
    }
    return known.value;
  };
}

function isEmpty(given: unknown): boolean {
  for (const _ in given as object) return false;
  return true;
}

/** Clients write `?email=` for a filter they do not use; a switch that is empty is a mistake. */
function withoutEmpty(query: object, schema: TSchema | undefined): object {
  if (isEmpty(query)) return query;
  const { properties = {} } = (schema ?? {}) as {
    properties?: Record<string, { type?: string; default?: unknown }>;
  };
  const isSwitch = (name: string) =>
    properties[name]?.type === 'boolean' && properties[name].default !== undefined;
  return Object.fromEntries(Object.entries(query).filter(([name, value]) => value !== '' || isSwitch(name)));
}

function strictProblem({ path, known }: Unknown): Problem {
  const near = nearest(path.split('.').at(-1)!, known());
  return invalid(path.slice(0, 200), `is not known here${near ? `; did you mean ${near}?` : ''}`);
}

/** The route as @fastify/swagger reads it. */
function description(route: Endpoint): NonNullable<RouteShorthandOptions['schema']> {
  const errorBody = isSuite(route.path) ? SuiteErrorBody : ErrorBody;
  const errors = Object.fromEntries(
    Object.entries(route.responses).map(([status, schema]) => [
      status,
      typeof schema === 'string'
        ? { description: schema, ...(Number(status) >= 400 ? errorBody : { type: 'null' }) }
        : { description: 'OK', ...schema },
    ]),
  );
  return {
    ...(route.hidden ? { hide: true } : {}),
    operationId: route.operationId,
    tags: [route.tag],
    summary: route.summary,
    description: [route.description, `Permission: \`${route.permission}\`.`].filter(Boolean).join('\n\n'),
    ...(route.params ? { params: route.params } : {}),
    ...(route.query ? { querystring: route.query } : {}),
    ...(route.body ? { body: route.body, consumes: ['application/json', ...(route.consumes ?? [])] } : {}),
    ...(route.permission === 'public' ? { security: [] } : {}),
    response: errors,
  };
}
