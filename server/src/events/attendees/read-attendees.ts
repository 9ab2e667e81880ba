import { query } from '../../identity/verbs.ts';
import { notFound } from '../../platform/problem.ts';
import { isUuid } from '../../platform/uuid.ts';
import type { Step } from '../metrics.ts';
import { listAttendees } from './attendee-store.ts';

export interface AttendeesRequest {
  attractEventId: string;
  status?: Step;
  limit: number;
  skip: number;
}

/** A page of an event's attendees that the reader sees; one round trip. */
export const readAttendees = query('signed-in', async (ctx, request: AttendeesRequest) => {
  const { attractEventId } = request;
  const found = isUuid(attractEventId)
    ? await listAttendees(ctx.sql, ctx.actor, attractEventId, request)
    : undefined;
  if (!found) throw notFound('attract event');
  return found;
});
