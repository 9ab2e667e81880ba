import { Type } from 'typebox';
import { Page, Success } from '../../../identity/http/schemas.ts';
import { ROLES } from '../../../identity/permissions.ts';
import { type Endpoint, endpoint, ok } from '../../../platform/http/endpoint.ts';
import { id, moment, named, nullable, oneOf, readOnly, text } from '../../../platform/http/schema.ts';
import { createCustomField } from '../create-custom-field.ts';
import { FIELD_TYPES } from '../custom-field.ts';
import { deleteCustomField } from '../delete-custom-field.ts';
import { readCustomField, readCustomFields } from '../read-custom-fields.ts';
import { updateCustomField } from '../update-custom-field.ts';

const OptionInput = Type.Object({
  id: Type.Optional(text(100, { minLength: 1 })),
  label: text(200, { minLength: 1 }),
});
const name = text(200, { minLength: 1 });
const type = oneOf(FIELD_TYPES);
const input = {
  id: Type.Optional(readOnly(id())),
  createdAt: Type.Optional(readOnly(moment())),
  displayName: Type.Optional(nullable(text(200))),
  options: Type.Optional(
    Type.Array(OptionInput, { maxItems: 1_000, description: 'For singleSelect and multiSelect only.' }),
  ),
  visibleTo: Type.Optional(
    Type.Array(oneOf(ROLES), { uniqueItems: true, description: 'Empty = visible to everyone.' }),
  ),
};
const NewCustomField = named('NewContactCustomField', Type.Object({ ...input, name, type }));
const CustomFieldChange = named(
  'ContactCustomFieldChange',
  Type.Object({ ...input, name: Type.Optional(name), type: Type.Optional(type) }),
);
const CustomField = named(
  'ContactCustomField',
  Type.Object({
    id: id(),
    name: Type.String(),
    displayName: Type.String(),
    type,
    options: Type.Array(Type.Object({ id: Type.String(), label: Type.String() })),
    visibleTo: Type.Array(oneOf(ROLES)),
    createdAt: moment(),
  }),
);
const CustomFields = named(
  'ContactCustomFields',
  Type.Object({ customFields: Type.Array(CustomField), totalCount: Type.Integer() }),
);
const CustomFieldParams = Type.Object({ customfieldid: id() });

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const write = { ...errors, 403: 'Not allowed to change settings' } as const;
const unknown = { 404: 'No such custom field' } as const;
const tag = 'contact customfields';

export const customFieldRoutes: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: '/v1/contact/customfields',
    permission: 'signed-in',
    operationId: 'listContactCustomFields',
    tag,
    summary: "List the contacts' custom fields",
    query: Page,
    responses: { 200: CustomFields, ...errors },
    verb: readCustomFields,
    input: ({ query }) => query,
    answer: ok,
  }),
  endpoint({
    method: 'POST',
    path: '/v1/contact/customfields',
    permission: 'settings.write',
    operationId: 'createContactCustomField',
    tag,
    summary: 'Create a custom field',
    body: NewCustomField,
    responses: { 200: CustomField, ...write, 409: 'The name is taken' },
    verb: createCustomField,
    input: ({ body }) => body,
    answer: (field) => ({
      status: 200,
      body: field,
      headers: { location: `/v1/contact/customfields/${field.id}` },
    }),
  }),
  endpoint({
    method: 'GET',
    path: '/v1/contact/customfields/{customfieldid}',
    permission: 'signed-in',
    operationId: 'getContactCustomField',
    tag,
    summary: 'Read a custom field',
    params: CustomFieldParams,
    responses: { 200: CustomField, ...errors, ...unknown },
    verb: readCustomField,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: '/v1/contact/customfields/{customfieldid}',
    permission: 'settings.write',
    operationId: 'updateContactCustomField',
    tag,
    summary: 'Change a custom field',
    description:
      '`options` and `visibleTo` are replaced whole; an option keeps its id. The type stays. The contacts that carry the field follow within seconds.',
    params: CustomFieldParams,
    body: CustomFieldChange,
    responses: {
      200: CustomField,
      ...write,
      ...unknown,
      409: 'The name is taken, or contacts use an option that would go',
    },
    verb: updateCustomField,
    input: ({ params, body }) => ({ customfieldid: params.customfieldid, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: '/v1/contact/customfields/{customfieldid}',
    permission: 'settings.write',
    operationId: 'deleteContactCustomField',
    tag,
    summary: 'Delete a custom field',
    description: 'The contacts lose its values within seconds.',
    params: CustomFieldParams,
    responses: { 200: Success, ...write, ...unknown },
    verb: deleteCustomField,
    input: ({ params }) => params,
    answer: () => ok({ code: 200, message: 'the custom field was deleted' }),
  }),
];
