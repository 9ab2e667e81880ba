import { Type } from 'typebox';
import { FIELD_TYPES } from '../../../contacts/custom-fields/custom-field.ts';
import { type Endpoint, endpoint, ok } from '../../../platform/http/endpoint.ts';
import { id, moment, named, oneOf } from '../../../platform/http/schema.ts';
import { EventParams } from '../../http/schemas.ts';
import { STEP_IDS } from '../../metrics.ts';
import { attendeeWire } from '../attendee.ts';
import { readAttendees } from '../read-attendees.ts';
import { removeAttendee } from '../remove-attendee.ts';
import { setAttendee } from '../set-attendee.ts';

const opt = Type.Optional;
const status = oneOf(STEP_IDS);

const AttendeeParams = Type.Object({ attractEventId: id(), contactId: id() });
const AttendeesQuery = Type.Object({
  status: opt(status),
  limit: Type.Integer({ minimum: 0, maximum: 200, default: 50 }),
  skip: Type.Integer({ minimum: 0, maximum: 2_147_483_647, default: 0 }),
});
const AttendeeInput = named('AttractEventAttendeeInput', Type.Object({ status }));
const Attendee = named(
  'AttractEventAttendee',
  Type.Object({
    contactId: id(),
    status,
    prospectAt: opt(moment()),
    invitedAt: opt(moment()),
    registeredAt: opt(moment()),
    attendedAt: opt(moment()),
    fullName: opt(Type.String({ description: 'The contact’s.' })),
    primaryEmail: opt(Type.String()),
    givenName: opt(Type.String({ description: 'As typed at registration.' })),
    answers: Type.Array(
      Type.Object({
        id: id(),
        name: Type.String(),
        type: oneOf(FIELD_TYPES),
        optionIds: Type.Array(Type.Object({ id: Type.String() })),
        value: opt(Type.String()),
      }),
    ),
  }),
);
const Attendees = named(
  'AttractEventAttendees',
  Type.Object({ attendees: Type.Array(Attendee), total: Type.Integer() }),
);

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const denied = { 403: 'The roles do not include this' } as const;
const tag = 'attractEvents';
const path = '/v1/attractEvents/{attractEventId}/attendees';

export const attendeeRoutes: Endpoint[] = [
  endpoint({
    method: 'GET',
    path,
    permission: 'signed-in',
    operationId: 'listAttractEventAttendees',
    tag,
    summary: "List an attract event's attendees",
    description:
      'As they came. Without contacts that the reader does not see, or that are deleted or anonymised; the metrics count these too.',
    params: EventParams,
    query: AttendeesQuery,
    responses: { 200: Attendees, ...errors, 404: 'No such attract event' },
    verb: readAttendees,
    input: ({ params, query }) => ({ ...params, ...query }),
    answer: ({ attendees, total }) => ok({ attendees: attendees.map(attendeeWire), total }),
  }),
  endpoint({
    method: 'PUT',
    path: `${path}/{contactId}`,
    permission: 'events.write',
    operationId: 'setAttractEventAttendee',
    tag,
    summary: 'Put a contact at a step of an attract event',
    description: 'Onwards or back: a step that is behind again loses its time.',
    params: AttendeeParams,
    body: AttendeeInput,
    responses: { 200: Attendee, ...errors, ...denied, 404: 'No such attract event or contact' },
    verb: setAttendee,
    input: ({ params, body }) => ({ ...params, ...body }),
    answer: (attendee) => ok(attendeeWire(attendee)),
  }),
  endpoint({
    method: 'DELETE',
    path: `${path}/{contactId}`,
    permission: 'events.write',
    operationId: 'removeAttractEventAttendee',
    tag,
    summary: 'Take a contact off an attract event',
    params: AttendeeParams,
    responses: { 204: 'Taken off', ...errors, ...denied, 404: 'No such attract event, contact or attendee' },
    verb: removeAttendee,
    input: ({ params }) => params,
    answer: () => ({ status: 204 }),
  }),
];
