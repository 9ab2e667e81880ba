import { type Answer, type Endpoint, endpoint, ok } from '../../platform/http/endpoint.ts';
import { cancelEvent } from '../cancel-event.ts';
import { cloneEvent } from '../clone-event.ts';
import { createEvent } from '../create-event.ts';
import { deleteEvent } from '../delete-event.ts';
import { eventWire, type SeenEvent } from '../event.ts';
import { readEvent } from '../read-event.ts';
import { readEventTypes, readLocationTypes } from '../read-event-types.ts';
import { searchEvents } from '../search-events.ts';
import { updateEvent } from '../update-event.ts';
import {
  AttractEvent,
  AttractEvents,
  EventChange,
  EventClone,
  EventParams,
  EventSearch,
  NewEvent,
  Types,
} from './schemas.ts';

const errors = { 400: 'Bad request', 401: 'Not signed in' } as const;
const denied = { 403: 'The roles do not include this' } as const;
const unknown = { 404: 'No such attract event' } as const;
const tag = 'attractEvents';

export const eventRoutes = ({ publicUrl }: { publicUrl: string }): Endpoint[] => {
  const answer = (event: SeenEvent): Answer => ok(eventWire(event, publicUrl));
  const created = (event: SeenEvent): Answer => ({
    ...answer(event),
    headers: { location: `/v1/attractEvents/${event.id}` },
  });
  return [
    endpoint({
      method: 'POST',
      path: '/v1/attractEvents',
      permission: 'events.write',
      operationId: 'createAttractEvent',
      tag,
      summary: 'Create an attract event',
      description: 'Published and the caller’s unless the body says otherwise.',
      body: NewEvent,
      responses: { 200: AttractEvent, ...errors, ...denied },
      verb: createEvent,
      input: ({ body }) => body,
      answer: created,
    }),
    endpoint({
      method: 'POST',
      path: '/v1/attractEvents/search',
      permission: 'signed-in',
      operationId: 'searchAttractEvents',
      tag,
      summary: 'Search attract events',
      description:
        'docs/wire-rulings.md, section 6, has the language of `data`. Deleted events are found by deletedAt.',
      body: EventSearch,
      responses: { 200: AttractEvents, ...errors },
      verb: searchEvents,
      input: ({ body }) => body,
      answer: ({ events, total }) => ok({ data: events.map((event) => eventWire(event, publicUrl)), total }),
    }),
    endpoint({
      method: 'GET',
      path: '/v1/attractEvents/types',
      permission: 'signed-in',
      operationId: 'listAttractEventTypes',
      tag,
      summary: 'List the types of attract events',
      responses: { 200: Types, ...errors },
      verb: readEventTypes,
      input: () => undefined,
      answer: ok,
    }),
    endpoint({
      method: 'GET',
      path: '/v1/attractEvents/locationtypes',
      permission: 'signed-in',
      operationId: 'listAttractEventLocationTypes',
      tag,
      summary: 'List the location types of attract events',
      responses: { 200: Types, ...errors },
      verb: readLocationTypes,
      input: () => undefined,
      answer: ok,
    }),
    endpoint({
      method: 'POST',
      path: '/v1/attractEvents/clone/{attractEventId}',
      permission: 'events.write',
      operationId: 'cloneAttractEvent',
      tag,
      summary: 'Clone an attract event',
      description:
        'Takes the content, and neither dates, attendance nor cancellation. The clone is the caller’s.',
      params: EventParams,
      body: EventClone,
      responses: { 200: AttractEvent, ...errors, ...denied, ...unknown },
      verb: cloneEvent,
      input: ({ params, body }) => ({ attractEventId: params.attractEventId, input: body }),
      answer: created,
    }),
    endpoint({
      method: 'GET',
      path: '/v1/attractEvents/{attractEventId}',
      permission: 'signed-in',
      operationId: 'getAttractEvent',
      tag,
      summary: 'Read an attract event',
      params: EventParams,
      responses: { 200: AttractEvent, ...errors, ...unknown },
      verb: readEvent,
      input: ({ params }) => params,
      answer,
    }),
    endpoint({
      method: 'PUT',
      path: '/v1/attractEvents/{attractEventId}',
      permission: 'events.write',
      operationId: 'updateAttractEvent',
      tag,
      summary: 'Change an attract event',
      description:
        'Changes what the body names, location and customFields whole; null clears. Of start and end, what differs from what is stored counts.',
      params: EventParams,
      body: EventChange,
      responses: { 200: AttractEvent, ...errors, ...denied, ...unknown },
      verb: updateEvent,
      input: ({ params, body }) => ({ attractEventId: params.attractEventId, change: body }),
      answer,
    }),
    endpoint({
      method: 'DELETE',
      path: '/v1/attractEvents/{attractEventId}',
      permission: 'events.delete',
      operationId: 'deleteAttractEvent',
      tag,
      summary: 'Delete an attract event',
      description: 'Softly: a search that asks for deletedAt still finds it.',
      params: EventParams,
      responses: { 204: 'Deleted', ...errors, ...denied, ...unknown },
      verb: deleteEvent,
      input: ({ params }) => params,
      answer: () => ({ status: 204 }),
    }),
    endpoint({
      method: 'POST',
      path: '/v1/attractEvents/{attractEventId}/cancel',
      permission: 'events.write',
      operationId: 'cancelAttractEvent',
      tag,
      summary: 'Cancel an attract event',
      description: 'It takes no registration any more. Again: unchanged.',
      params: EventParams,
      responses: { 200: AttractEvent, ...errors, ...denied, ...unknown },
      verb: cancelEvent,
      input: ({ params }) => params,
      answer,
    }),
  ];
};
