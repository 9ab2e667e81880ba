import type { Reply, Request } from './api.ts';
import type { Contact } from './contacts.ts';
import { type DemoEvent, EVENT_FIELDS, EVENTS } from './events.ts';
import { everyPage } from './every-page.ts';
import type { Filling } from './filling.ts';
import { idsByName } from './named.ts';
import { seeded } from './seeded.ts';
import { DAY } from './workday.ts';

const SEED = 1_100_000;
/** The share of those who are invited that registers, and of those that comes. */
const REGISTERS = 0.6;
const COMES = 0.7;
const MOST_INVITED = 40;
const FIELDS = '/v1/attractEvents/customfields';

interface Attendance {
  path: string;
  status: string;
}

/** Makes the events that are not there, and who is invited, registered and came. */
export async function fillEvents({ request, each, made }: Filling, contacts: Contact[]): Promise<void> {
  const fieldIds = await idsByName(
    request,
    { list: FIELDS, property: 'customFields', path: FIELDS },
    EVENT_FIELDS,
  );
  const attendances = await each('events', EVENTS, async (wanted) => {
    const known = await eventNamed(request, wanted.name);
    const event = known ?? (await request('POST', '/v1/attractEvents', eventBody(wanted, fieldIds))).body;
    if (!known) made.events++;
    if (wanted.cancelled && event.status !== 'cancelled')
      await request('POST', `/v1/attractEvents/${event.id}/cancel`);
    const there = known ? await attendeesOf(request, event.id) : new Set<string>();
    return attendance(
      event,
      wanted,
      contacts.filter(({ id, archived }) => !archived && !there.has(id)),
    );
  });
  await each('attendees', attendances.flat(), async ({ path, status }) => {
    await request('PUT', path, { status });
    made.attendees++;
  });
}

async function eventNamed(request: Request, name: string): Promise<Reply['body'] | undefined> {
  const data = [{ name: { op: 'EQ', value: name } }];
  return (await request('POST', '/v1/attractEvents/search', { data, limit: 1 })).body.data[0];
}

async function attendeesOf(request: Request, eventId: string): Promise<Set<string>> {
  const attendees = await everyPage(request, `/v1/attractEvents/${eventId}/attendees`, {
    property: 'attendees',
    from: 'skip',
  });
  return new Set(attendees.map(({ contactId }) => contactId));
}

function eventBody(
  { name, type, description, inDays, time, hours, timezone, status, budget, format, ...place }: DemoEvent,
  fieldIds: Map<string, string>,
): object {
  const date = new Date(Date.now() + inDays * DAY).toISOString().slice(0, 10);
  const { location, locationType, locationUrl } = place;
  return {
    ...{ name, type, description, timezone: { id: timezone }, locationType },
    start: { date, time },
    end: laterBy(hours, date, time),
    ...(location && { location }),
    ...(locationUrl && { locationUrl }),
    ...(status && { status }),
    customFields: [
      ...(budget === undefined ? [] : [{ id: fieldIds.get('Budget'), value: String(budget) }]),
      ...(format === undefined ? [] : [{ id: fieldIds.get('Format'), value: format }]),
    ],
  };
}

/** By the clock on the wall. */
function laterBy(hours: number, date: string, time: string): { date: string; time: string } {
  const end = new Date(Date.parse(`${date}T${time}Z`) + (hours * DAY) / 24).toISOString();
  return { date: end.slice(0, 10), time: end.slice(11, 16) };
}

function attendance({ id }: { id: string }, wanted: DemoEvent, contacts: Contact[]): Attendance[] {
  if (wanted.invites === 0) return [];
  const place = EVENTS.indexOf(wanted);
  const over = wanted.inDays < 0;
  return contacts
    .filter(
      ({ person }) => person.index % wanted.invites === place && person.index < MOST_INVITED * wanted.invites,
    )
    .map((contact) => {
      const random = seeded(SEED + place * 10_000 + contact.person.index);
      const registers = random.datatype.boolean(REGISTERS);
      const comes = over && registers && random.datatype.boolean(COMES);
      const status = comes ? 'attended' : registers ? 'registered' : 'invited';
      return { path: `/v1/attractEvents/${id}/attendees/${contact.id}`, status };
    });
}
