import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { type TSchema, Type } from 'typebox';
import { invalid, Problem } from '../problem.ts';
import type { Endpoint } from './endpoint.ts';
import { ignoredFieldsHeader, knownFields, namesAt, nearest } from './known-fields.ts';
import type { Perform } from './perform.ts';
import { ErrorBody } from './schema.ts';
import { send } from './send.ts';
import { compile, problemOf } from './validation.ts';

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
      schema: description(route),
      handler: handler(route, options),
    });
  }
}

function handler(route: Endpoint, { perform, strict }: MountOptions) {
  const read = { params: reader(route.params), query: reader(route.query) };
  const body = route.body ? { schema: route.body, validate: compile(route.body, 'body') } : undefined;
  const open = route.permission === 'public';

  return async (request: FastifyRequest, reply: FastifyReply) => {
    const actor = open ? undefined : request.actor;
    const unknown: Unknown[] = [];
    const inputs = {
      params: read.params(request.params, ''),
      query: read.query(withoutEmpty(request.query as object), '?', unknown),
      body: undefined as unknown,
      headers: request.headers,
    };
    if (body) {
      if (request.body === undefined) throw new Problem(400, 'body: is required, as JSON');
      const known = knownFields(body.schema, request.body);
      if (!body.validate(known.value)) throw problemOf(body.validate.errors);
      inputs.body = known.value;
      for (const path of known.unknown) unknown.push({ path, known: () => namesAt(body.schema, path) });
    }
    if (unknown.length > 0) {
      // A person did not write the address of a page; mail programs add to it what they like.
      if (strict && !route.page) throw strictProblem(unknown[0]!);
      reply.header('x-ignored-fields', ignoredFieldsHeader(unknown.map(({ path }) => path)));
    }
    const output = await perform(route.verb, actor, request, route.input(inputs as never));
    return send(reply, route.answer(output as never, inputs as never));
  };
}

interface Unknown {
  path: string;
  known(): string[];
}

function reader(schema: TSchema | undefined) {
  const effective = schema ?? Type.Object({});
  const validate = compile(effective, 'parameters');
  return (given: unknown, mark: string, unknown: Unknown[] = []) => {
    const known = knownFields(effective, { ...(given as object) });
    if (!validate(known.value)) throw problemOf(validate.errors);
    if (mark) {
      const names = () => namesAt(effective, '').map((name) => `${mark}${name}`);
      for (const name of known.unknown) unknown.push({ path: `${mark}${name}`, known: names });
    }
    return known.value;
  };
}

/** Clients write `?email=` for a filter they do not use. */
function withoutEmpty(query: object): object {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}

function strictProblem({ path, known }: Unknown): Problem {
  const near = nearest(path.split('.').at(-1)!, known());
  return invalid(path.slice(0, 200), `is not known here${near ? `; did you mean ${near}?` : ''}`);
}

/** The route as @fastify/swagger reads it. */
function description(route: Endpoint): NonNullable<RouteShorthandOptions['schema']> {
  const errors = Object.fromEntries(
    Object.entries(route.responses).map(([status, schema]) => [
      status,
      typeof schema === 'string'
        ? { description: schema, ...(Number(status) >= 400 ? ErrorBody : { type: 'null' }) }
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
