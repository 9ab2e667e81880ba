import { beforeAll, describe, expect, it } from 'vitest';
import { auditTrail, eventPath, newEvent } from '../../../../test/factories.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { readPage } from '../../../platform/http/fixtures/read-page.ts';
import {
  attendees,
  doorPath,
  mailsTo,
  postForm,
  registered,
} from '../../registration/http/fixtures/visitors.ts';

type Body = Awaited<ReturnType<typeof newEvent>>;

const world = twoCompanies();
const open = (path: string, cookie?: string) =>
  world.server.call('GET', path, { headers: cookie === undefined ? {} : { cookie } });
const use = (path: string, cookie?: string, form: Record<string, string> = {}) =>
  postForm(world.server, path, form, cookie === undefined ? {} : { cookie });
/** The cookie that a device has after the event's check-in page was opened on it. */
const cookieOf = async (event: Body) =>
  (await open(doorPath(event))).headers.get('set-cookie')!.split(';')[0]!;
const heading = (body: string) => readPage(body).all('h1')[0]!.text;
const statusOf = async (event: Body, contactId: string) =>
  (await attendees(world.company, event)).get(contactId)?.status;

let event: Body;
let door: string;
let elsewhere: string;
beforeAll(async () => {
  event = await newEvent(world.company, {
    locationType: 'virtual_physical',
    locationUrl: 'https://meet.example/1',
    location: { name: 'Hall 3' },
  });
  door = await cookieOf(event);
  elsewhere = await cookieOf(await newEvent(world.company));
});
const join = (name?: string) => registered(world.server, world.company, event, name);

describe('GET /ticket/{token}', () => {
  it('200: the registrant’s own, with the code, when, where and how to join', async () => {
    const { ticket } = await join('Anna Berg');
    const { status, headers, body } = await open(ticket);
    expect(status).toBe(200);
    const page = readPage(body);
    expect(heading(body)).toBe(event.name);
    for (const text of ['Anna Berg', 'Friday, 5 May 2090', 'Hall 3']) expect(page.text).toContain(text);
    expect(page.all('svg')).toHaveLength(1);
    expect(page.all('a').map(({ attributes }) => attributes.href)).toEqual(['https://meet.example/1']);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).not.toMatch(/unsafe|connect-src/);
    expect(headers.get('set-cookie')).toBeNull();
  });

  it('200: the same ticket however often it is asked for, also on another device', async () => {
    const { ticket } = await join();
    const pages = [await open(ticket), await open(ticket, elsewhere), await open(ticket, 'door-x=1; =;')];
    expect(new Set(pages.map(({ body }) => body)).size).toBe(1);
  });

  it('200: the staff’s, where the event’s check-in page was opened', async () => {
    const { ticket } = await join('Ben Frost');
    const { status, body } = await open(ticket, `${elsewhere}; ${door}`);
    expect([status, heading(body)]).toEqual([200, 'Ben Frost']);
    const page = readPage(body);
    expect(page.all('form')[0]!.attributes).toMatchObject({ method: 'post', action: ticket });
    expect(page.all('a')[0]!.attributes.href).toBe(doorPath(event));
    expect(page.byId('count')!.text).toMatch(/^\d+ of \d+ here$/);
  });

  it('200: says when it has been used, and when the event is cancelled', async () => {
    const cancelled = await newEvent(world.company);
    const { ticket } = await registered(world.server, world.company, cancelled);
    const cookie = await cookieOf(cancelled);
    await use(ticket, cookie);
    expect((await open(ticket)).body).toContain('This ticket has been used');
    await world.company.admin.post(eventPath(cancelled.id, '/cancel'));
    for (const given of [undefined, cookie]) {
      const { status, body } = await open(ticket, given);
      expect([status, readPage(body).all('svg').length]).toEqual([200, 0]);
      expect(body).toContain('This event is cancelled.');
    }
    expect((await use(ticket, cookie)).status).toBe(409);
  });

  it('404: what this server did not issue, a registration that is gone, and a deleted event', async () => {
    const gone = await join();
    await world.company.admin.delete(`${eventPath(event.id)}/attendees/${gone.contactId}`);
    const deleted = await newEvent(world.company);
    const dead = await registered(world.server, world.company, deleted);
    const dooropen = await cookieOf(deleted);
    await world.company.admin.delete(eventPath(deleted.id));
    const { ticket } = await join();
    const forged = `${ticket.slice(0, -2)}${ticket.endsWith('AA') ? 'BB' : 'AA'}`;
    const foreign = ticket.replace(`/${world.company.id}.`, `/${world.other.id}.`);
    const pages = new Set<string>();
    for (const path of [gone.ticket, dead.ticket, forged, foreign, '/ticket/1', '/ticket/1.x']) {
      const { status, body } = await open(path, `${door}; ${dooropen}`);
      expect([path, status]).toEqual([path, 404]);
      pages.add(body);
    }
    expect(pages.size).toBe(1);
  });

  it('400: an address that no link is, as a page', async () => {
    const { status, headers } = await open('/ticket/%00');
    expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  });
});

describe('POST /ticket/{token}', () => {
  it('303: checks in, again, and out, on a device of the door', async () => {
    const { ticket, contactId } = await join('Cleo Lind');
    const steps = [
      [{}, 'attended', 'attended', 'Cleo Lind is checked in.'],
      [{ undo: 'no' }, 'again', 'attended', 'Cleo Lind was already checked in at'],
      [{ undo: 'yes' }, 'undone', 'registered', 'Cleo Lind is no longer checked in.'],
    ] as const;
    for (const [form, told, status, said] of steps) {
      const answer = await use(ticket, door, form);
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `${ticket}?told=${told}`]);
      expect(await statusOf(event, contactId)).toBe(status);
      expect(readPage((await open(answer.headers.get('location')!, door)).body).text).toContain(said);
    }
    expect(await auditTrail(world.server, `${event.id}/${contactId}`)).toEqual([
      'event-attendee.register',
      'event-attendee.check-in',
      'event-attendee.undo-check-in',
    ]);
  });

  it('403: nobody checks in but at the event’s own door', async () => {
    const { ticket, contactId } = await join();
    for (const cookie of [
      undefined,
      elsewhere,
      'door-x=1.x',
      door.replace(/=\d+\./, `=${world.other.id}.`),
    ]) {
      for (const form of [{}, { undo: 'yes' }]) {
        const { status, headers, body } = await use(ticket, cookie, form);
        expect([cookie, status, heading(body)]).toEqual([cookie, 403, 'This device does not check in']);
        expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
      }
    }
    expect(await statusOf(event, contactId)).toBe('registered');
  });

  it('404: what this server did not issue', async () => {
    expect((await use('/ticket/1.x', door)).status).toBe(404);
    const deleted = await newEvent(world.company);
    const { ticket } = await registered(world.server, world.company, deleted);
    await world.company.admin.delete(eventPath(deleted.id));
    expect((await use(ticket)).status).toBe(404);
  });

  it('400: what is no form, as a page', async () => {
    const { ticket } = await join();
    const { status, headers } = await use(ticket, door, { undo: 'x'.repeat(101) });
    expect([status, headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
  });
});

it('the code in the mail and that of the page open the ticket', async () => {
  const { ticket, email } = await join();
  const [mail] = await mailsTo(world.company, email);
  expect(mail.html).toContain(`href="http://headwater.test${ticket}"`);
  expect((await open(ticket)).status).toBe(200);
});
