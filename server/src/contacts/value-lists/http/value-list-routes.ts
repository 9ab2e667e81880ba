import { type TSchema, Type } from 'typebox';
import { Page, Success } from '../../../identity/http/schemas.ts';
import { type Endpoint, endpoint, ok } from '../../../platform/http/endpoint.ts';
import { id, named, readOnly, text } from '../../../platform/http/schema.ts';
import type { ValueList } from '../value-list.ts';
import { valueListVerbs } from '../value-list-verbs.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const write = { ...errors, 403: 'Not allowed to change settings' } as const;

/** The routes of a list: `plural` is the property of its pages, `component` its name in the API's description. */
export function valueListRoutes(
  list: ValueList,
  names: { path: string; parameter: string; plural: string; component: string },
): Endpoint[] {
  const { path, parameter, plural, component } = names;
  const verbs = valueListVerbs(list);
  const Entry = named(component, Type.Object({ id: id(), value: Type.String() }));
  const EntryInput = named(
    `${component}Input`,
    Type.Object({ id: Type.Optional(readOnly(id())), value: text(200, { minLength: 1 }) }),
  );
  const Entries = named(
    `${component}List`,
    Type.Object({ [plural]: Type.Array(Entry), totalCount: Type.Integer() } as Record<string, TSchema>),
  );
  const one = `${path}/{${parameter}}`;
  const params = Type.Object({ [parameter]: id() });
  const idOf = (given: Record<string, string>) => given[parameter]!;
  const unknown = { 404: `No such ${list.what}` } as const;
  const taken = { 409: 'The value is taken' } as const;
  const tag = path.slice('/v1/'.length);

  return [
    endpoint({
      method: 'GET',
      path,
      permission: 'signed-in',
      operationId: `list${component}`,
      tag,
      summary: `List what can be a contact's ${list.what}`,
      query: Page,
      responses: { 200: Entries, ...errors },
      verb: verbs.list,
      input: ({ query }) => query,
      answer: ({ rows, totalCount }) => ok({ [plural]: rows, totalCount }),
    }),
    endpoint({
      method: 'POST',
      path,
      permission: 'settings.write',
      operationId: `create${component}`,
      tag,
      summary: `Create a ${list.what}`,
      body: EntryInput,
      responses: { 200: Entry, ...write, ...taken },
      verb: verbs.add,
      input: ({ body }) => body,
      answer: (row) => ({ status: 200, body: row, headers: { location: `${path}/${row.id}` } }),
    }),
    endpoint({
      method: 'GET',
      path: one,
      permission: 'signed-in',
      operationId: `get${component}`,
      tag,
      summary: `Read a ${list.what}`,
      params,
      responses: { 200: Entry, ...errors, ...unknown },
      verb: verbs.read,
      input: (inputs) => idOf(inputs.params),
      answer: ok,
    }),
    endpoint({
      method: 'PATCH',
      path: one,
      permission: 'settings.write',
      operationId: `rename${component}`,
      tag,
      summary: `Rename a ${list.what}`,
      description: 'The contacts that carry it follow within seconds.',
      params,
      body: EntryInput,
      responses: { 200: Entry, ...write, ...unknown, ...taken },
      verb: verbs.rename,
      input: (inputs) => ({ id: idOf(inputs.params), value: inputs.body.value }),
      answer: ok,
    }),
    endpoint({
      method: 'DELETE',
      path: one,
      permission: 'settings.write',
      operationId: `delete${component}`,
      tag,
      summary: `Delete a ${list.what}`,
      description: 'The contacts that carry it lose it within seconds.',
      params,
      responses: { 200: Success, ...write, ...unknown },
      verb: verbs.remove,
      input: (inputs) => ({ id: idOf(inputs.params) }),
      answer: () => ok({ code: 200, message: `the ${list.what} was deleted` }),
    }),
  ];
}
