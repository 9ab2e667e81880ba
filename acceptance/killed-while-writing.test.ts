import { expect, test, vi } from 'vitest';
import { type Answer, type Client, call, inParallel, signIn } from './client.ts';
import { submit } from './fixtures/form.ts';
import { EMAIL, PASSWORD, startServer } from './server.ts';

/** Who fill in a form at the same time; every third one sends it twice at once. */
const VISITORS = 8;
/** Registrations that are answered before the import begins, and between that and the kill. */
const BEFORE = 16;
const MEANWHILE = 4;
/** Customers of an import that is answered, and how many more a longer one has. */
const FEW = 100;
const MANY = 2_000;
const ALL = FEW + MANY;

test('kill -9 during registrations and an import: what was answered is there once, the rest whole or not at all', {
  timeout: 120_000,
}, async () => {
  const env = { HEADWATER_RATE_REGISTRATION: '0' };
  let server = await startServer({ env, by: 'launcher' });
  const { data } = server;
  const admin = await signIn(server.url);
  const event = (await admin.post('/v1/attractEvents', EVENT)).body;
  const page = new URL(event.relations.flowReg.publicUrl).pathname;
  const first = await suite(server.url);
  expect(await first.importList(FEW)).toEqual({ created: FEW, unchanged: 0 });

  const forms = keepRegistering(server.url + page);
  await forms.answered(BEFORE);
  const imported = first.importList(ALL).catch(whenCutOff);
  await forms.answered(forms.registered.length + MEANWHILE);
  process.kill(await data.serverPid(), 'SIGKILL');
  await server.exited;
  const told = await imported;
  expect(await forms.ended).toEqual([]);
  expect(forms.others.length).toBeGreaterThan(0);

  server = await startServer({ data, env, by: 'launcher' });
  const again = await suite(server.url);
  const standing = await again.importList(ALL, '?dry_run=true');
  expect(told ? [ALL] : [FEW, ALL]).toContain(standing.unchanged);
  expect(standing.created).toBe(ALL - standing.unchanged);
  let found = await everything(await signIn(server.url), event.id);
  expect(mailsToCustomers(found)).toEqual(invited(standing.unchanged));
  expect(forms.registered.filter((email) => !isWhole(found, email))).toEqual([]);
  expect(forms.others.filter((email) => !isWhole(found, email) && !isNowhere(found, email))).toEqual([]);
  const visitors = [...forms.registered, ...forms.others];
  expect(found.contacts.filter((email) => !visitors.includes(email))).toEqual([]);

  // It goes on: the same list, and the same forms.
  expect(await again.importList(ALL)).toEqual(standing);
  await inParallel(forms.others.length, 4, async (index) => {
    expect((await submit(server.url + page, formOf(forms.others[index]!))).status).toBe(200);
  });
  found = await everything(await signIn(server.url), event.id);
  expect(visitors.filter((email) => !isWhole(found, email))).toEqual([]);
  expect(mailsToCustomers(found)).toEqual(invited(ALL));
  expect(await again.customers()).toEqual(invited(ALL));
});

const EVENT = {
  name: 'Campus day',
  type: 'campus',
  timezone: { id: 'Europe/Berlin' },
  start: { date: '2090-05-14', time: '10:00' },
  end: { date: '2090-05-14', time: '16:00' },
};

const formOf = (email: string) => ({ name: 'Jürgen Weiß', email, consent: 'yes' });

/** No answer: the connection ended. */
function whenCutOff(error: unknown): undefined {
  if (!(error instanceof TypeError)) throw error;
}

interface Forms {
  /** The emails of those who were told that they are registered, and of the others. */
  registered: string[];
  others: string[];
  /** Resolves when so many are registered. */
  answered(count: number): Promise<void>;
  /** When the server is gone: the answers that were something else. */
  ended: Promise<string[]>;
}

/** Visitors fill in the form, one after the other at each of several computers, until the server is gone. */
function keepRegistering(form: string): Forms {
  const registered: string[] = [];
  const others: string[] = [];
  const unexpected: string[] = [];
  let count = 0;
  const computer = async () => {
    for (;;) {
      const email = `visitor-${count}@event.example`;
      const sent = Array.from({ length: count++ % 3 === 0 ? 2 : 1 }, () => submit(form, formOf(email)));
      const pages = (await Promise.allSettled(sent)).flatMap((one) => ('value' in one ? [one.value] : []));
      const done = pages.filter(({ status, text }) => status === 200 && text.includes(email));
      (done.length > 0 ? registered : others).push(email);
      // A busy server may have had no room.
      const busy = pages.filter(({ status }) => status === 429 || status === 503);
      if (done.length + busy.length < pages.length) unexpected.push(...pages.map(({ text }) => text));
      if (pages.length < sent.length) return;
    }
  };
  const ended = Promise.all(Array.from({ length: VISITORS }, computer)).then(() => unexpected);
  return {
    registered,
    others,
    answered: (wanted) =>
      vi.waitFor(() => expect(registered.length).toBeGreaterThanOrEqual(wanted), {
        timeout: 60_000,
        interval: 1,
      }),
    ended,
  };
}

/** The customers' side: its list, and its import of the first so many of a list that only grows. */
async function suite(url: string) {
  const signedIn = await call('POST', `${url}/api/v3/api-token-auth/`, {
    body: { username: EMAIL, password: PASSWORD, company: 'demo' },
  });
  const headers = { authorization: `Token ${signedIn.body.token}` };
  const list = `${url}/api/v3/companies/1/customers/`;
  return {
    /** How many it made, and how many it found as they are. */
    async importList(count: number, query = ''): Promise<{ created: number; unchanged: number }> {
      const rows = invited(count).map((email) => ({
        pk_attribute: 'email',
        username: email,
        email,
        account_type: 'hiring-manager',
      }));
      const { status, body } = await call('POST', `${list}batch-import/${query}`, { headers, body: rows });
      expect(status, JSON.stringify(body)).toBe(200);
      return { created: body.created.count, unchanged: body.unchanged.count };
    },
    /** The emails of those who were imported and are invited, each as often as there is such a customer. */
    async customers(): Promise<string[]> {
      const emails: string[] = [];
      for (let offset = 0, total = 1; offset < total; offset += 1_000) {
        const { status, body } = await call('GET', `${list}?limit=1000&offset=${offset}`, { headers });
        expect(status, JSON.stringify(body)).toBe(200);
        total = body.meta.total_count;
        for (const one of body.objects) if (one.status === 'invited') emails.push(one.email);
      }
      return emails.toSorted();
    },
  };
}

const invited = (count: number) =>
  Array.from({ length: count }, (_, index) => `customer-${index}@suite.example`).toSorted();

/** The emails of the contacts, of the attendees and of the mails, each as often as it is there. */
interface Found {
  contacts: string[];
  attendees: string[];
  mails: string[];
}

async function everything(client: Client, eventId: string): Promise<Found> {
  const all = async (path: (read: number) => string, of: string) => {
    const found: Answer['body'][] = [];
    for (;;) {
      const { status, body } = await client.get(path(found.length));
      expect(status, JSON.stringify(body)).toBe(200);
      found.push(...body[of]);
      if (body[of].length < 200) return found;
    }
  };
  const [contacts, attendees, mails] = await Promise.all([
    all((read) => `/v1/contacts?limit=200&offset=${read}`, 'contacts'),
    all((read) => `/v1/attractEvents/${eventId}/attendees?limit=200&skip=${read}`, 'attendees'),
    all((read) => `/v1/mail?limit=200&offset=${read}`, 'mails'),
  ]);
  return {
    contacts: contacts.flatMap(({ emails }) => emails),
    attendees: attendees.map(({ primaryEmail }) => primaryEmail),
    mails: mails.map(({ to }) => to),
  };
}

const timesOf = ({ contacts, attendees, mails }: Found, email: string) =>
  [contacts, attendees, mails].map((emails) => emails.filter((one) => one === email).length).join();
const isWhole = (found: Found, email: string) => timesOf(found, email) === '1,1,1';
const isNowhere = (found: Found, email: string) => timesOf(found, email) === '0,0,0';
const mailsToCustomers = ({ mails }: Found) =>
  mails.filter((email) => email.endsWith('@suite.example')).toSorted();
