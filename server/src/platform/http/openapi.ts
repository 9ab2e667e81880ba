import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';

/** Collects the routes that are registered after it into an OpenAPI 3.1 description, at `app.swagger()`. */
export async function registerOpenApi(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Headwater',
        version,
        description:
          'A talent CRM. Sign in by GET /v1/auth with HTTP Basic, then send the token in the Authorization header.',
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      servers: [{ url: '/' }],
      components: {
        securitySchemes: {
          token: { type: 'apiKey', in: 'header', name: 'Authorization' },
          password: { type: 'http', scheme: 'basic' },
        },
      },
      security: [{ token: [] }],
    },
    transformObject: (documents) =>
      'openapiObject' in documents ? (hoisted(documents.openapiObject) as never) : documents.swaggerObject,
  });
}

/** Moves each schema with a title under components/schemas and refers to it there. */
function hoisted(document: object): object {
  const schemas: Record<string, unknown> = {};
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (node === null || typeof node !== 'object') return node;
    const { title, ...rest } = node as Record<string, unknown>;
    const walked = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, walk(value)]));
    if (typeof title !== 'string' || !('type' in rest))
      return title === undefined ? walked : { title, ...walked };
    // `null` or "not for writing" belong to the place, not to the component.
    const { description, readOnly, ...schema } = walked;
    const type = Array.isArray(schema.type) ? schema.type.find((one) => one !== 'null') : schema.type;
    schemas[title] ??= { ...schema, type };
    const reference = { $ref: `#/components/schemas/${title}` };
    const place = { ...(description ? { description } : {}), ...(readOnly ? { readOnly } : {}) };
    return Array.isArray(schema.type)
      ? { ...place, anyOf: [reference, { type: 'null' }] }
      : { ...place, ...reference };
  };
  const walked = walk(document) as { components?: Record<string, unknown> };
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { ...walked, components: { ...walked.components, schemas: sorted } };
}
