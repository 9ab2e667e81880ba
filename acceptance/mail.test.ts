import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';
import { expect, onTestFinished, test, vi } from 'vitest';
import { type Client, signIn } from './client.ts';
import { freePort, type RunningServer, startServer } from './server.ts';

const COUNT = 20;

test('after kill -9 between commit and send, every mail arrives, once, when the mail server is there', {
  timeout: 120_000,
}, async () => {
  const port = await freePort();
  const env = { SMTP_URL: `smtp://127.0.0.1:${port}` };
  let server = await startServer({ env, by: 'launcher' });
  const { data } = server;
  let client = await signIn(server.url);
  const invited = Array.from({ length: COUNT }, (_, index) => `juergen${index}@mail.example`);
  for (const email of invited) {
    const { status } = await client.post('/v1/user', { email, firstName: 'Jürgen Weiß' });
    expect(status).toBe(200);
  }
  // Nobody listens: each was tried, and none of these attempts is still on its way.
  await vi.waitFor(async () => {
    for (const mail of await mails(client, 'waiting')) expect(mail.error).toMatch(/^no answer/);
  }, PATIENT);
  expect(await mails(client, 'waiting')).toHaveLength(COUNT);
  await kill(server);

  const smtp = await mailServer(port);
  server = await startServer({ data, env, by: 'launcher' });
  client = await signIn(server.url);
  // By hand too, all of them twice at once: that must have none sent twice.
  const waiting = await mails(client, 'waiting');
  const retried = await Promise.all(
    [...waiting, ...waiting].map(({ id }) => client.post(`/v1/mail/${id}/retry`, undefined)),
  );
  expect(retried.filter(({ status }) => status !== 200 && status !== 409)).toEqual([]);
  await vi.waitFor(async () => expect(await mails(client, 'sent')).toHaveLength(COUNT), PATIENT);
  expect(recipients(smtp)).toEqual(invited.toSorted());
  for (const { raw } of smtp) {
    expect(raw).toContain('Content-Type: text/plain; charset=utf-8');
    expect(raw).toContain('Content-Type: text/html; charset=utf-8');
    expect(unquoted(raw).match(/Hello Jürgen Weiß,/g)).toHaveLength(2);
  }

  // What the mail server took stays taken, whatever becomes of us.
  await kill(server);
  server = await startServer({ data, env, by: 'launcher' });
  client = await signIn(server.url);
  await client.post('/v1/user', { email: 'last@mail.example' });
  await vi.waitFor(async () => expect(await mails(client, 'sent')).toHaveLength(COUNT + 1), PATIENT);
  expect(recipients(smtp)).toEqual([...invited, 'last@mail.example'].toSorted());
});

const PATIENT = { timeout: 60_000, interval: 50 };

async function kill({ data, exited }: RunningServer): Promise<void> {
  for (const pid of [await data.serverPid(), await data.postmasterPid()]) process.kill(pid, 'SIGKILL');
  await exited;
}

async function mails(client: Client, status: string): Promise<{ id: string; error?: string }[]> {
  return (await client.get(`/v1/mail?limit=200&status=${status}`)).body.mails;
}

interface Received {
  to: string[];
  raw: string;
}

const recipients = (received: Received[]) => received.flatMap(({ to }) => to).toSorted();

/** What a mail server on this port has taken so far. */
async function mailServer(port: number): Promise<Received[]> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onData(stream, { envelope }, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw: Buffer.concat(chunks).toString() });
        callback();
      });
    },
  });
  server.on('error', () => {});
  await once(server.listen(port, '127.0.0.1'), 'listening');
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return received;
}

/** Quoted-printable (RFC 2045 §6.7). */
function unquoted(text: string): string {
  const bytes = text
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
