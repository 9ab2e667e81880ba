import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { twoCompanies } from '../../../test/world.ts';
import { writtenMail } from './fixtures/written-mail.ts';

const world = twoCompanies();
const path = (id: string) => `/v1/mail/${id}`;
const written = (
  ...more: Parameters<typeof writtenMail> extends [unknown, unknown, ...infer R] ? R : never
) => writtenMail(world.server, world.company.id, ...more);

describe('GET /v1/mail/{mailid}', () => {
  knowsItsCallers(world, 'GET', async () => ({ path: path(await written()) }));
  keepsCompaniesApart(world, 'GET', () => written(), path);

  it('200: as the list has it', async () => {
    const attached = { filename: 'event.ics', contentType: 'text/calendar', content: 'QkVHSU4=' };
    const id = await written('new', { attachments: [attached] });
    const { status, body } = await world.company.admin.get(path(id));
    expect(status).toBe(200);
    expect(body).toEqual({
      id,
      to: 'anna@a.example',
      subject: 'One',
      text: 'one',
      html: '<p>one</p>',
      attachments: [attached],
      status: 'waiting',
      attempts: 0,
      createdAt: expect.stringMatching(/Z$/),
      nextAttemptAt: body.createdAt,
    });
    expect((await world.company.admin.get('/v1/mail?limit=1')).body.mails).toEqual([body]);
  });

  it('200: of one that waits, why and until when', async () => {
    const { body } = await world.company.admin.get(path(await written('put off')));
    expect(body).toMatchObject({
      status: 'waiting',
      attempts: 3,
      error: 'the mail server answered 451 to RCPT TO',
      nextAttemptAt: new Date(new Date(body.createdAt).getTime() + 300_000).toISOString(),
    });
    expect(body.sentAt).toBeUndefined();
  });

  it.each([
    ['sent', ['sentAt']],
    ['failed', ['error']],
  ] as const)('200: of one that is %s, no next attempt', async (standing, there) => {
    const { body } = await world.company.admin.get(path(await written(standing)));
    expect(body.status).toBe(standing);
    const told = ['sentAt', 'error', 'nextAttemptAt'].filter((name) => name in body);
    expect(told).toEqual(there);
  });

  it('404: what lies in the outbox and is no mail', async () => {
    const id = await written();
    await world.server.sql(`update outbox set topic = 'elsewhere' where id = $1`, [id]);
    expect((await world.company.admin.get(path(id))).status).toBe(404);
  });

  it('403: for anyone but a super admin, whether it is there or not', async () => {
    const user = await world.company.user('admin', 'team_member');
    for (const id of [await written(), 'none']) expect((await user.get(path(id))).status).toBe(403);
  });
});
