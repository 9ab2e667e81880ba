import { Type } from 'typebox';
import { FIELD_TYPES } from '../../../contacts/custom-fields/custom-field.ts';
import { type Endpoint, endpoint, ok } from '../../../platform/http/endpoint.ts';
import { id, moment, named, nullable, oneOf, readOnly, text } from '../../../platform/http/schema.ts';
import { createEventField } from '../create-field.ts';
import { deleteEventField } from '../delete-field.ts';
import { readEventField, readEventFields } from '../read-fields.ts';
import { updateEventField } from '../update-field.ts';

const PATH = '/v1/attractEvents/customfields';

const name = text(200, { minLength: 1 });
const type = oneOf(FIELD_TYPES);
const OptionInput = Type.Object({
  id: Type.Optional(text(100, { minLength: 1 })),
  label: text(200, { minLength: 1 }),
});
const input = {
  id: Type.Optional(readOnly(id())),
  options: Type.Optional(
    nullable(
      Type.Array(OptionInput, { maxItems: 1_000, description: 'For singleSelect and multiSelect only.' }),
    ),
  ),
  required: Type.Optional(nullable(Type.Boolean())),
  askedAtRegistration: Type.Optional(
    nullable(
      Type.Boolean({
        description:
          'Whether the registration page asks visitors. Then `required` is required of the visitor, not of the event.',
      }),
    ),
  ),
  createdAt: Type.Optional(readOnly(moment())),
  createdBy: Type.Optional(readOnly(id())),
  updatedAt: Type.Optional(readOnly(moment())),
  updatedBy: Type.Optional(readOnly(id())),
};
const NewField = named('NewEventCustomField', Type.Object({ ...input, name, type }));
const FieldChange = named(
  'EventCustomFieldChange',
  Type.Object({ ...input, name: Type.Optional(name), type: Type.Optional(type) }),
);
const Field = named(
  'EventCustomField',
  Type.Object({
    id: id(),
    name: Type.String(),
    type,
    options: Type.Array(Type.Object({ id: Type.String(), label: Type.String() })),
    required: Type.Boolean(),
    askedAtRegistration: Type.Boolean(),
    createdAt: moment(),
    createdBy: Type.Optional(id()),
    updatedAt: moment(),
    updatedBy: Type.Optional(id()),
  }),
);
const Fields = named(
  'EventCustomFields',
  Type.Object({ customFields: Type.Array(Field), total: Type.Integer() }),
);
const FieldParams = Type.Object({ customFieldId: id() });

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const write = { ...errors, 403: "Not allowed to define the events' custom fields" } as const;
const unknown = { 404: 'No such custom field' } as const;
const tag = 'attractEventCustomFields';

export const eventFieldRoutes: Endpoint[] = [
  endpoint({
    method: 'GET',
    path: PATH,
    permission: 'signed-in',
    operationId: 'listEventCustomFields',
    tag,
    summary: "List the events' custom fields",
    description: 'All of them, oldest first.',
    responses: { 200: Fields, ...errors },
    verb: readEventFields,
    input: () => undefined,
    answer: ok,
  }),
  endpoint({
    method: 'POST',
    path: PATH,
    permission: 'eventSettings.write',
    operationId: 'createEventCustomField',
    tag,
    summary: 'Create a custom field',
    description: 'A company has at most 500 of them.',
    body: NewField,
    responses: { 200: Field, ...write, 409: 'The name is taken, or there are 500 custom fields already' },
    verb: createEventField,
    input: ({ body }) => body,
    answer: (field) => ({ status: 200, body: field, headers: { location: `${PATH}/${field.id}` } }),
  }),
  endpoint({
    method: 'GET',
    path: `${PATH}/{customFieldId}`,
    permission: 'signed-in',
    operationId: 'getEventCustomField',
    tag,
    summary: 'Read a custom field',
    params: FieldParams,
    responses: { 200: Field, ...errors, ...unknown },
    verb: readEventField,
    input: ({ params }) => params,
    answer: ok,
  }),
  endpoint({
    method: 'PATCH',
    path: `${PATH}/{customFieldId}`,
    permission: 'eventSettings.write',
    operationId: 'updateEventCustomField',
    tag,
    summary: 'Change a custom field',
    description: '`options` are replaced whole; an option keeps its id. The type stays.',
    params: FieldParams,
    body: FieldChange,
    responses: {
      200: Field,
      ...write,
      ...unknown,
      409: 'The name is taken, or events or attendees use an option that would go',
    },
    verb: updateEventField,
    input: ({ params, body }) => ({ customFieldId: params.customFieldId, change: body }),
    answer: ok,
  }),
  endpoint({
    method: 'DELETE',
    path: `${PATH}/{customFieldId}`,
    permission: 'eventSettings.write',
    operationId: 'deleteEventCustomField',
    tag,
    summary: 'Delete a custom field',
    description: 'Answers it as it was. What events and attendees said to it goes along.',
    params: FieldParams,
    responses: { 200: Field, ...write, ...unknown },
    verb: deleteEventField,
    input: ({ params }) => params,
    answer: ok,
  }),
];
