import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { startServer, type TestCompany, type TestServer } from '../../../test/harness.ts';
import { type MailServer, startMailServer } from '../../../test/mail-server.ts';
import { startBackground } from '../../background.ts';
import { enqueue } from '../jobs/outbox.ts';
import { uuidv7 } from '../uuid.ts';
import { MAIL_TOPIC, type Mail } from './mail.ts';

const PUBLIC_URL = 'https://crm.example.org';
const log = pino({ level: 'silent' });

let server: TestServer;
let company: TestCompany;
beforeAll(async () => {
  server = await startServer();
  company = await server.company();
});
afterAll(() => server.close());
beforeEach(() => server.sql('delete from outbox'));

async function mailServer(): Promise<MailServer> {
  const started = await startMailServer();
  onTestFinished(() => started.close());
  return started;
}

function background(smtpUrl: string | undefined, retries = [0.02, 0.02, 0.02]) {
  const started = startBackground({
    config: { smtpUrl, publicUrl: PUBLIC_URL },
    database: server.database,
    log,
    timing: { poll: 20, retries },
  });
  onTestFinished(() => started.stop());
  return started;
}

async function put(mail: Partial<Mail> = {}): Promise<void> {
  const whole = {
    to: 'anna@example.org',
    subject: 'Grüße',
    text: 'plain words',
    html: '<p>rich</p>',
    ...mail,
  };
  await server.database.transaction(async (sql) =>
    enqueue({ sql, afterCommit: () => {} }, company.id, MAIL_TOPIC, whole),
  );
}

const row = async () =>
  (
    await server.sql<{ id: string; status: string; attempts: number; last_error: string | null }>(
      'select id, status, attempts, last_error from outbox',
    )
  )[0]!;
/** What is long done goes at the end of a worker's first look: to be called before it starts, and then awaited. */
async function untilFirstLook(): Promise<() => Promise<void>> {
  const old = uuidv7();
  await server.sql(
    `insert into outbox (company_id, id, topic, payload, status, done_at)
     values ($1, $2, 'elsewhere', '{}', 'done', now() - interval '31 days')`,
    [company.id, old],
  );
  return () =>
    eventually(async () =>
      expect(await server.sql('select from outbox where id = $1', [old])).toHaveLength(0),
    );
}

const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 15_000, interval: 20 });
const turns = (expected: object) => eventually(async () => expect(await row()).toMatchObject(expected));

/** A header's encoded words (RFC 2047), put together. */
function wordsOf(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/(?:=\?utf-8\?[qb]\?[^?]*\?=)+/gi, (words) =>
      Buffer.concat(
        [...words.matchAll(/=\?utf-8\?([qb])\?([^?]*)\?=/gi)].map(([, form, text]) =>
          form!.toUpperCase() === 'B' ? Buffer.from(text!, 'base64') : unquoted(text!.replaceAll('_', ' ')),
        ),
      ).toString(),
    );
}

/** A part of a multipart mail by its type, with its transfer encoding undone. */
function partOf(raw: string, type: string): string {
  const part = raw.split(/\r\n--\S+\r\n/).find((one) => one.startsWith(`Content-Type: ${type}`))!;
  const [head, body] = part.split('\r\n\r\n').map((half) => half.split('\r\n--')[0]!) as [string, string];
  const bytes = /encoding: base64/i.test(head) ? Buffer.from(body, 'base64') : unquoted(body);
  return bytes.toString().trim();
}

/** Quoted-printable (RFC 2045 §6.7). */
function unquoted(text: string): Buffer {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

describe('sending mails', () => {
  it('sends text and html from the public host, under an id that is the row’s', async () => {
    const smtp = await mailServer();
    await put();
    background(smtp.url);
    const [mail] = await smtp.has(1);
    expect(mail!.from).toBe('no-reply@crm.example.org');
    expect(mail!.to).toEqual(['anna@example.org']);
    expect(mail!.header('From')).toBe('Headwater <no-reply@crm.example.org>');
    expect(mail!.header('To')).toBe('anna@example.org');
    expect(mail!.header('Message-ID')).toBe(`<${(await row()).id}@crm.example.org>`);
    expect(mail!.header('Content-Type')).toContain('multipart/alternative');
    expect(mail!.readable).toContain('plain words');
    expect(mail!.readable).toContain('<p>rich</p>');
    await turns({ status: 'done', attempts: 1, last_error: null });
  });

  it('sends umlauts and any other script as they were written, in the subject and in both parts', async () => {
    const smtp = await mailServer();
    const written = 'Größe: „Ärger“ über Öl – Łódź, 東京, 🎈';
    await put({ subject: written, text: `${written}\n`, html: `<p>${written}</p>` });
    background(smtp.url);
    const [mail] = await smtp.has(1);
    expect(wordsOf(mail!.header('Subject')!)).toBe(written);
    expect(partOf(mail!.raw, 'text/plain')).toBe(written);
    expect(partOf(mail!.raw, 'text/html')).toBe(`<p>${written}</p>`);
  });

  it('sends what is attached, a picture of the html within it', async () => {
    const smtp = await mailServer();
    const base64 = (text: string) => Buffer.from(text).toString('base64');
    await put({
      html: '<img src="cid:the-picture">',
      attachments: [
        {
          filename: 'code.png',
          contentType: 'image/png',
          content: base64('not a picture'),
          cid: 'the-picture',
        },
        {
          filename: 'Größe.ics',
          contentType: 'text/calendar; charset=utf-8; method=PUBLISH',
          content: base64('BEGIN:VCALENDAR'),
        },
      ],
    });
    background(smtp.url);
    const [mail] = await smtp.has(1);
    expect(mail!.header('Content-Type')).toContain('multipart/mixed');
    const parts = mail!.raw.split(/\r\n--\S+\r\n/);
    const partOf = (type: string) => parts.find((part) => part.includes(`Content-Type: ${type}`))!;
    expect(partOf('multipart/related')).toBeDefined();
    expect(partOf('image/png')).toContain('Content-ID: <the-picture>');
    expect(partOf('image/png')).toContain('Content-Disposition: inline');
    expect(partOf('image/png')).toContain(base64('not a picture'));
    expect(partOf('text/calendar; charset=utf-8; method=PUBLISH')).toContain(base64('BEGIN:VCALENDAR'));
    expect(partOf('text/calendar')).toContain('Content-Disposition: attachment');
    await turns({ status: 'done', attempts: 1 });
  });

  it('sends as the account that it signs in with, where that is an address', async () => {
    const smtp = await mailServer();
    await put();
    background(smtp.url.replace('//', '//crm%40acme.example:secret@'));
    const [mail] = await smtp.has(1);
    expect(mail!.from).toBe('crm@acme.example');
  });

  it('waits without a mail server, and sends when there is one', async () => {
    const smtp = await mailServer();
    await put();
    const firstLook = await untilFirstLook();
    const waiting = background(undefined);
    await firstLook();
    await waiting.stop();
    expect(await row()).toMatchObject({ status: 'pending', attempts: 0, last_error: null });
    background(smtp.url);
    await smtp.has(1);
  });

  it('sends nothing again, after a new start, that the mail server took', async () => {
    const smtp = await mailServer();
    await put();
    const first = background(smtp.url);
    await turns({ status: 'done' });
    await first.stop();
    await put({ to: 'ben@example.org' });
    background(smtp.url);
    await eventually(async () =>
      expect(await server.sql(`select from outbox where status <> 'done'`)).toHaveLength(0),
    );
    expect(smtp.seen.map(({ to }) => to)).toEqual([['anna@example.org'], ['ben@example.org']]);
  });

  it('tries again while the server is down', async () => {
    const down = await startMailServer();
    await down.close();
    await put();
    background(down.url, Array(100).fill(0.05));
    await eventually(async () => expect((await row()).attempts).toBeGreaterThan(1));
    expect(await row()).toMatchObject({ status: 'pending', last_error: expect.stringMatching(/^no answer/) });
    const up = await startMailServer(down.port);
    onTestFinished(() => up.close());
    await up.has(1);
    await turns({ status: 'done' });
  });

  it('tries again after a temporary refusal of the recipient or of the data', async () => {
    const smtp = await mailServer();
    smtp.behave({ rcpt: 451 }, { data: 452 }, 'accept');
    await put();
    background(smtp.url);
    await smtp.has(1);
    await turns({ status: 'done', attempts: 3 });
  });

  it.each([
    [{ rcpt: 550 }, 'the mail server answered 550 to RCPT TO'],
    [{ data: 554 }, 'the mail server answered 554 to DATA'],
  ])('gives up at once after the permanent refusal %j', async (behaviour, reason) => {
    const smtp = await mailServer();
    smtp.behave(behaviour);
    await put();
    background(smtp.url);
    await turns({ status: 'dead', attempts: 1, last_error: reason });
    expect(smtp.accepted).toHaveLength(0);
  });

  it('sends the others when one is refused', async () => {
    const smtp = await mailServer();
    smtp.behave({ rcpt: 550 }, 'accept');
    await put();
    await put({ to: 'ben@example.org' });
    background(smtp.url);
    await smtp.has(1);
    await eventually(async () =>
      expect(await server.sql('select status from outbox order by status')).toEqual([
        { status: 'dead' },
        { status: 'done' },
      ]),
    );
  });

  it('tries again, under the same id, when the connection drops after the data', async () => {
    const smtp = await mailServer();
    smtp.behave('hang up', 'accept');
    await put();
    background(smtp.url);
    await smtp.has(1);
    expect(smtp.seen).toHaveLength(2);
    expect(smtp.seen[0]!.header('Message-ID')).toBe(smtp.seen[1]!.header('Message-ID'));
  });

  it('lets no one write headers or add recipients', async () => {
    const smtp = await mailServer();
    await put({ subject: 'Acme\r\nBcc: eve@example.org\r\n\r\nfalse body\u2028Cc: eve@example.org' });
    background(smtp.url);
    const [mail] = await smtp.has(1);
    expect(mail!.to).toEqual(['anna@example.org']);
    expect(mail!.header('Bcc')).toBeUndefined();
    expect(mail!.header('Cc')).toBeUndefined();
    expect(mail!.header('Subject')).toContain('Acme Bcc: eve@example.org');
  });

  it.each([
    'anna@example.org\r\nBcc: eve@example.org',
    'anna@example.org, eve@example.org',
    'anna@example.org> RCPT TO:<eve@example.org',
    '"Anna" <anna@example.org>',
    'anna',
  ])('sends nothing to what is no single address: %j', async (to) => {
    const smtp = await mailServer();
    await put({ to });
    background(smtp.url);
    await turns({ status: 'dead', last_error: 'not an address that mail goes to' });
    expect(smtp.seen).toHaveLength(0);
  });

  it('loses nothing when the process is killed while it sends', async () => {
    const stuck = await mailServer();
    stuck.behave('silence');
    await put();
    const { host, port } = inject('postgres');
    const [{ database } = {}] = await server.sql<{ database: string }>(
      'select current_database() as database',
    );
    const child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        fileURLToPath(new URL('fixtures/send-mails.ts', import.meta.url)),
        JSON.stringify({
          connection: { host, port, user: 'headwater', database },
          config: { smtpUrl: stuck.url, publicUrl: PUBLIC_URL },
          timing: { poll: 20, lease: 2 },
        }),
      ],
      { stdio: 'inherit' },
    );
    const gone = once(child, 'exit');
    await eventually(async () => expect(stuck.seen).toHaveLength(1));
    child.kill('SIGKILL');
    await gone;
    expect(await row()).toMatchObject({ status: 'pending', attempts: 1 });

    const smtp = await mailServer();
    background(smtp.url);
    const [mail] = await smtp.has(1);
    expect(mail!.header('Message-ID')).toBe(stuck.seen[0]!.header('Message-ID'));
    await turns({ status: 'done', attempts: 2 });
  });
});
