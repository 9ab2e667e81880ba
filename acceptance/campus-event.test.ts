import { expect, test } from 'vitest';
import { type Client, signIn } from './client.ts';
import { choices, controlNames, open, type Page, submit } from './fixtures/form.ts';
import { shellBlocks, withFailingCurl } from './fixtures/shell-blocks.ts';
import { EMAIL, freePort, PASSWORD, runProgram, startServer } from './server.ts';

const README_URL = 'http://127.0.0.1:4010';

test('a campus event goes as its guide says: created, three registered, two of them checked in', {
  timeout: 120_000,
}, async () => {
  const server = await startServer({ env: { HEADWATER_PORT: String(await freePort()) } });
  const admin = await signIn(server.url);
  const known = await admin.post('/v1/contact', {
    fullName: 'Grace Hopper',
    emails: ['grace@example.org'],
    phoneNumbers: ['+1 202 555 0100'],
  });

  const [helper, question, event, result] = shellBlocks('docs/running-an-event.md');
  const preamble = `${signedIn(server.url)}\n${helper}`;
  const created = await bash(`${preamble}\n${question}\necho\n${event}\necho "$id"`);
  const [, registration, checkIn, eventId] = created.split('\n').filter(Boolean);

  const form = await open(registration!);
  expect(form.status).toBe(200);
  for (const visitor of [
    { name: 'Ada Lovelace', email: 'ada@example.org' },
    { name: 'Grace B. Hopper', email: 'GRACE@Example.ORG' },
    { name: 'Alan Turing', email: 'alan@example.org' },
  ]) {
    const page = await submit(registration!, filledIn(form, visitor));
    expect(page.status, page.text).toBe(200);
    expect(page.text).toContain(visitor.email);
  }

  const door = await open(checkIn!);
  const cookie = door.headers.getSetCookie().map((one) => one.split(';')[0]!);
  const ticket = await ticketOf(admin, 'GRACE@Example.ORG');
  expect((await submit(ticket, {})).status).toBe(403);
  const scanned = await submit(ticket, {}, { cookie: cookie.join('; ') });
  expect(scanned.text).toContain('Grace B. Hopper');
  const found = await open(`${checkIn}?q=lovelace`);
  const [ada, ...others] = choices(found, 'contact');
  expect(others).toEqual([]);
  for (const told of ['is checked in', 'already checked in']) {
    expect((await submit(`${checkIn}/attended`, { contact: ada! })).text).toContain(told);
  }

  const { body } = await admin.get(`/v1/attractEvents/${eventId}`);
  expect(body.metrics).toMatchObject({ attendanceRate: 0.667, funnel: { registered: 3, attended: 2 } });
  expect(await bash(`${preamble}\nid=${eventId}\n${result}`)).toBe('0.667\nAda Lovelace\nGrace Hopper\n');
  // The one who was known already is still one, and as she was; consent is all that came.
  const { contacts } = (await admin.get('/v1/contacts')).body;
  expect(contacts.map((contact: { fullName: string }) => contact.fullName).sort()).toEqual([
    'Ada Lovelace',
    'Alan Turing',
    'Grace Hopper',
  ]);
  expect((await admin.get(`/v1/contact/${known.body.id}`)).body).toMatchObject({
    fullName: 'Grace Hopper',
    emails: ['grace@example.org'],
    phoneNumbers: ['+1 202 555 0100'],
    gdprConsent: true,
    gdprConsentDate: expect.stringMatching(/Z$/),
  });
});

/** The form with a visitor's name and email, consent, and the first answer to every question. */
function filledIn(form: Page, visitor: { name: string; email: string }): Record<string, string> {
  const questions = controlNames(form).filter((name) => name.startsWith('q.'));
  return {
    ...visitor,
    ...Object.fromEntries(questions.map((name) => [name, choices(form, name)[0]!])),
    consent: choices(form, 'consent')[0] ?? 'on',
  };
}

/** The link in the QR code of a confirmation, from its mail. */
async function ticketOf(admin: Client, email: string): Promise<string> {
  const { mails } = (await admin.get('/v1/mail')).body;
  const mail = mails.find(({ to }: { to: string }) => to === email);
  return /http\S+\/ticket\/\S+/.exec(mail.text)![0];
}

/** The README's conversation up to the token, with this server and its super admin. */
function signedIn(url: string): string {
  const [conversation] = shellBlocks('README.md', '## A first conversation');
  const [beginning] = conversation!.split('\n\n# Create a contact');
  return beginning!
    .replace(README_URL, url)
    .replace(/ada@example\.org:choose-a-long-one/, `"${EMAIL}:${PASSWORD}"`);
}

async function bash(script: string): Promise<string> {
  const run = runProgram(['bash', '-euo', 'pipefail', '-c', withFailingCurl(script)], {});
  expect(await run.exited, `${run.stderr()}\n${run.stdout()}`).toBe(0);
  return run.stdout();
}
