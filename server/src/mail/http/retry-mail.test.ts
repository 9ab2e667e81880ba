import { describe, expect, it } from 'vitest';
import { keepsCompaniesApart, knowsItsCallers } from '../../../test/every-operation.ts';
import { serverForThisTest } from '../../../test/harness.ts';
import { startMailServer } from '../../../test/mail-server.ts';
import { twoCompanies } from '../../../test/world.ts';
import { type STANDINGS, writtenMail } from './fixtures/written-mail.ts';

const world = twoCompanies();
const path = (id: string) => `/v1/mail/${id}`;
const retry = (id: string) => world.company.admin.post(`${path(id)}/retry`);
const written = (standing?: keyof typeof STANDINGS) => writtenMail(world.server, world.company.id, standing);
const audited = (id: string) =>
  world.server.sql(
    'select action, subject_kind, actor_id, fields from audit_entry where company_id = $1 and subject_id = $2',
    [world.company.id, id],
  );
/** Whether it is due, by the database's clock. */
const isDue = async (id: string) =>
  (await world.server.sql('select due_at <= now() as due from outbox where id = $1', [id]))[0]!.due;

describe('POST /v1/mail/{mailid}/retry', () => {
  knowsItsCallers(world, 'POST', async () => ({ path: `${path(await written('failed'))}/retry` }));
  keepsCompaniesApart(
    world,
    'POST',
    () => written('failed'),
    (id) => `${path(id)}/retry`,
    { look: path },
  );

  it('200: one that failed waits again, is due, and has all its attempts before it', async () => {
    const id = await written('failed');
    const { status, body } = await retry(id);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id,
      status: 'waiting',
      attempts: 0,
      error: 'the mail server answered 550 to RCPT TO',
    });
    expect(body).toEqual((await world.company.admin.get(path(id))).body);
    expect(await isDue(id)).toBe(true);
    expect(await audited(id)).toEqual([
      {
        action: 'mail.retry',
        subject_kind: 'mail',
        actor_id: world.company.admin.id,
        fields: ['status', 'attempts'],
      },
    ]);
  });

  it.each(['put off', 'put off for a moment'] as const)(
    '200: one that was %s does not wait for its time; its attempts count on',
    async (standing) => {
      const id = await written(standing);
      const { attempts } = (await world.company.admin.get(path(id))).body;
      const { status, body } = await retry(id);
      expect([status, body.status, body.attempts]).toEqual([200, 'waiting', attempts]);
      expect(await isDue(id)).toBe(true);
      expect(await audited(id)).toMatchObject([{ action: 'mail.retry', fields: ['nextAttemptAt'] }]);
    },
  );

  it.each(['new', 'in hand', 'in hand again'] as const)(
    '200: one that is %s stays as it is, so that no one else takes it too',
    async (standing) => {
      const id = await written(standing);
      const before = (await world.company.admin.get(path(id))).body;
      expect(await retry(id)).toMatchObject({ status: 200, body: before });
      expect((await world.company.admin.get(path(id))).body).toEqual(before);
      expect(await audited(id)).toEqual([]);
    },
  );

  it('200: of many at once, one changes something', async () => {
    const id = await written('failed');
    const answers = await Promise.all(Array.from({ length: 5 }, () => retry(id)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await audited(id)).toHaveLength(1);
  });

  it('409: one that was sent', async () => {
    const id = await written('sent');
    const before = (await world.company.admin.get(path(id))).body;
    expect((await retry(id)).status).toBe(409);
    expect((await world.company.admin.get(path(id))).body).toEqual(before);
    expect(await audited(id)).toEqual([]);
  });

  it('403: for anyone but a super admin, whether it is there or not', async () => {
    const user = await world.company.user('admin', 'team_member');
    const id = await written('failed');
    for (const asked of [id, 'none']) expect((await user.post(`${path(asked)}/retry`)).status).toBe(403);
    expect((await world.company.admin.get(path(id))).body.status).toBe('failed');
  });

  it('has a refused mail sent at once when the mail server has come to its senses', async () => {
    const smtp = await startMailServer();
    smtp.behave({ rcpt: 550 }, 'accept');
    // An hour between looks: only the commit's own word can have the mail sent.
    const sending = await serverForThisTest({ smtpUrl: smtp.url, background: { poll: 3_600_000 } });
    const { admin } = await sending.company();
    await admin.post('/v1/user', { email: 'anna@a.example' });
    const mail = async () => (await admin.get('/v1/mail')).body.mails[0];
    await expect.poll(async () => (await mail()).status).toBe('failed');
    await admin.post(`${path((await mail()).id)}/retry`);
    await expect.poll(mail).toMatchObject({ status: 'sent', attempts: 1 });
    expect(smtp.accepted).toHaveLength(1);
    expect((await admin.post(`${path((await mail()).id)}/retry`)).status).toBe(409);
    await smtp.close();
  });
});
