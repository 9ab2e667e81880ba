import { type TSchema, Type } from 'typebox';

/** A component of the API description: operations refer to it by this name. */
export function named<T extends TSchema>(name: string, schema: T): T {
  return { ...schema, title: name };
}

/** `null` besides what the schema takes. */
export function nullable<T extends TSchema>(schema: T) {
  const { type } = schema as unknown as { type: string };
  const widened: Record<string, unknown> = { ...(schema as object), type: [type, 'null'] };
  if (Array.isArray(widened.enum)) widened.enum = [...widened.enum, null];
  return Type.Unsafe<Type.Static<T> | null>(widened);
}

/** Answered, and dropped without a word when a client sends it back. */
export function readOnly<T extends TSchema>(schema: T): T {
  return { ...schema, readOnly: true };
}

export const text = (maxLength: number, more: object = {}) => Type.String({ maxLength, ...more });
export const email = () => Type.String({ format: 'email', maxLength: 254 });
/** Lenient in requests (see parseMoment), ISO 8601 UTC in answers. */
export const moment = () => Type.String({ format: 'date-time', maxLength: 40 });
export const id = () => Type.String({ maxLength: 100 });
export const oneOf = <const V extends readonly string[]>(values: V) =>
  Type.Unsafe<V[number]>({ type: 'string', enum: [...values] });

/** Every error under /v1. */
export const ErrorBody = named(
  'Error',
  Type.Object({
    code: Type.Integer({ description: 'The HTTP status.' }),
    message: Type.String({ description: 'What was wrong, where, and what would be right.' }),
    request_id: Type.String({ format: 'uuid', description: 'Also in the x-request-id header.' }),
  }),
);

/** Every error under /api/v3: sentences by field, or one for all. */
export const SuiteErrorBody = named(
  'SuiteError',
  Type.Object(
    { detail: Type.Optional(Type.String({ description: 'What was wrong, where it is in no one field.' })) },
    { additionalProperties: { type: 'array', items: { type: 'string' } } as never },
  ),
);
