import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';
import { startMailServer } from '../../../test/mail-server.ts';
import { enqueue } from '../../platform/jobs/outbox.ts';
import { MAIL_TOPIC } from '../../platform/mail/mail.ts';

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());

const invite = (by: TestCompany, name: string) =>
  by.admin.post('/v1/user', { email: `${name}@${by.identifier}.example` });

describe('GET /v1/mail', () => {
  it('200: lists the company’s mails, newest first, waiting without a mail server', async () => {
    for (const name of ['anna', 'ben', 'cleo']) await invite(company, name);
    const { status, body } = await company.admin.get('/v1/mail');
    expect(status).toBe(200);
    expect(body.totalCount).toBe(3);
    expect(body.mails.map((mail: { to: string }) => mail.to.split('@')[0])).toEqual(['cleo', 'ben', 'anna']);
    expect(body.mails[0]).toEqual({
      id: expect.any(String),
      to: `cleo@${company.identifier}.example`,
      subject: `Your access to ${company.identifier}`,
      text: expect.stringContaining('http://headwater.test/invitation/'),
      html: expect.stringContaining('http://headwater.test/invitation/'),
      status: 'waiting',
      attempts: 0,
      createdAt: expect.stringMatching(/Z$/),
      nextAttemptAt: body.mails[0].createdAt,
    });
  });

  it('200: with what is attached to them', async () => {
    const made = await server.company();
    const attached = {
      filename: 'event.ics',
      contentType: 'text/calendar; charset=utf-8',
      content: 'QkVHSU4=',
    };
    const mail = { to: 'a@b.example', subject: 'One', text: 'one', html: '<p>one</p>' };
    await server.database.transaction(async (sql) => {
      const ctx = { sql, afterCommit: () => {} };
      enqueue(ctx, made.id, MAIL_TOPIC, {
        ...mail,
        attachments: [attached, { ...attached, cid: 'x' }],
      });
    });
    const { status, body } = await made.admin.get('/v1/mail');
    expect(status).toBe(200);
    expect(body.mails[0].attachments).toEqual([attached, attached]);
  });

  it('200: a page of them', async () => {
    const { body } = await company.admin.get('/v1/mail?limit=1&offset=1');
    expect(body.totalCount).toBe(3);
    expect(body.mails).toHaveLength(1);
    expect(body.mails[0].to).toContain('ben@');
  });

  it.each(['waiting', 'sent', 'failed'])('200: those that are %s, and how many', async (status) => {
    const made = await server.company();
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await invite(made, name);
    const { mails } = (await made.admin.get('/v1/mail')).body;
    const put = (state: string, ...which: number[]) =>
      server.sql('update outbox set status = $1, done_at = now() where id = any ($2)', [
        state,
        which.map((at) => mails[at].id),
      ]);
    await put('done', 0, 3);
    await put('dead', 4);
    const expected = { waiting: [1, 2, 5], sent: [0, 3], failed: [4] }[status]!;
    const { body } = await made.admin.get(`/v1/mail?status=${status}`);
    expect(body.mails.map(({ id }: { id: string }) => id)).toEqual(expected.map((at) => mails[at].id));
    for (const mail of body.mails) expect(mail.status).toBe(status);
    expect(body.totalCount).toBe(expected.length);
    const beyond = await made.admin.get(`/v1/mail?status=${status}&offset=3`);
    expect(beyond.body).toEqual({ mails: [], totalCount: expected.length });
  });

  it('400: a state that no mail is in', async () => {
    const { status, body } = await company.admin.get('/v1/mail?status=dead');
    expect([status, body.message]).toEqual([400, 'status: must be one of waiting, sent, failed']);
  });

  it('200: nothing of another company', async () => {
    const other = await server.company();
    expect((await other.admin.get('/v1/mail')).body).toEqual({ mails: [], totalCount: 0 });
  });

  it('400: a page of more than 200', async () => {
    expect((await company.admin.get('/v1/mail?limit=201')).status).toBe(400);
  });

  it('401: without a token', async () => {
    expect((await server.call('GET', '/v1/mail')).status).toBe(401);
  });

  it('403: for anyone but a super admin', async () => {
    const user = await company.user('admin', 'team_member');
    expect((await user.get('/v1/mail')).status).toBe(403);
  });

  it('tells what was sent, right after it was written, and what was refused', async () => {
    const smtp = await startMailServer();
    smtp.behave({ rcpt: 550 }, 'accept');
    // An hour between looks: only the commit's own word can have the mail sent.
    const sending = await startServer({ smtpUrl: smtp.url, background: { poll: 3_600_000 } });
    const made = await sending.company();
    const state = async () => (await made.admin.get('/v1/mail')).body.mails[0];
    await invite(made, 'gone');
    await expect.poll(state).toMatchObject({
      status: 'failed',
      attempts: 1,
      error: 'the mail server answered 550 to RCPT TO',
    });
    await invite(made, 'anna');
    await expect
      .poll(state)
      .toMatchObject({ status: 'sent', attempts: 1, sentAt: expect.stringMatching(/Z$/) });
    expect(smtp.accepted[0]!.to).toEqual([`anna@${made.identifier}.example`]);
    await sending.close();
    await smtp.close();
  });
});
