import { isDeepStrictEqual } from 'node:util';
import { expect, test, vi } from 'vitest';
import { type Answer, type Client, inParallel, signIn } from './client.ts';
import {
  type Person,
  type Reading,
  type SyncClient,
  type SyncedContact,
  syncClient,
} from './fixtures/sync-client.ts';
import { PASSWORD, startServer } from './server.ts';

const PERSONS = 5_000;
/** Every so many-th is there from an earlier run. */
const KNOWN = 4;
const AT_A_TIME = 20;
const ONE_BY_ONE = 300;
const BATCHES = [500, 1_000, 750];
const WRITERS = 2;
/** Acknowledged to the other client before the reader asks for its next page. */
const WRITES_PER_PAGE = 10;
/** Offsets reach no further. */
const MOST_PAGES = 10_000 / 150;
const SAMPLE = 200;

const FORMS: Reading[] = [{ sortField: 'createdAt' }, { sortField: 'updatedAt', limit: 150 }];

test('a sync client finds, writes and reads back five thousand contacts while another keeps writing, and loses none', {
  timeout: 300_000,
}, async () => {
  const server = await startServer();
  const admin = await signIn(server.url);
  const company = await prepare(admin);
  const { token } = await newUser(admin, server.url, 'sync@acceptance.example');
  const client = syncClient(server.url, token);

  const earlier: string[] = [];
  await inParallel(PERSONS / KNOWN, AT_A_TIME, async (index) => {
    const { id, found } = await client.upsertContact(person(index * KNOWN, company, 'earlier'));
    expect(found).toBe(false);
    earlier[index * KNOWN] = id;
  });

  const beforeSync = new Date().toISOString();
  const twin = syncClient(server.url, token);
  const ids = await synchronise(client, twin, company);
  expect(new Set(ids).size).toBe(PERSONS);
  expect(ids.filter((id, index) => index % KNOWN === 0 && id !== earlier[index])).toEqual([]);

  const beforeWriting = new Date().toISOString();
  const other = await newUser(admin, server.url, 'other@acceptance.example');
  const writer = keepWriting(other, ids, company.shortlist);
  const copies: Map<string, SyncedContact>[] = [];
  for (const form of FORMS) {
    const atFirst = writer.versions();
    const { seen, atLast, writes } = await read(client, beforeSync, form, writer);
    expect(ids.filter((id) => !seen.has(id))).toEqual([]);
    // By time of change, what changes behind the reader comes again at the end.
    const told = form.sortField === 'updatedAt' ? atLast : atFirst;
    expect([...told].filter(([id, version]) => !(seen.get(id)?.version >= version))).toEqual([]);
    expect(writes).toBeGreaterThan(200);
    copies.push(seen);
  }
  await writer.stop();

  for (const [index, form] of FORMS.entries()) {
    const { seen } = await read(client, beforeWriting, form);
    for (const [id, contact] of seen) copies[index]!.set(id, contact);
  }
  const [copy, another] = copies;
  expect([...copy!].filter(([id, contact]) => !isDeepStrictEqual(contact, another!.get(id)))).toEqual([]);
  expect(another!.size).toBe(copy!.size);
  expect((await admin.get('/v1/contacts?limit=0')).body.total_count).toBe(copy!.size);

  expectAllAsWritten(copy!, ids, company, writer);
  const sample = [...copy!.keys()].filter((_, index) => index % Math.floor(copy!.size / SAMPLE) === 0);
  await inParallel(sample.length, AT_A_TIME, async (index) => {
    const id = sample[index]!;
    expect(await ok(admin.get(`/v1/contact/${id}`))).toEqual(copy!.get(id));
  });
});

interface Company {
  pool: string;
  shortlist: string;
  tag: { id: string; value: string };
  source: { id: string; options: { id: string; label: string }[] };
  since: { id: string };
  remark: { id: string };
}

async function prepare(admin: Client): Promise<Company> {
  const field = (name: string, type: string, options?: object[]) =>
    ok(admin.post('/v1/contact/customfields', { name, type, options }));
  const pool = async (name: string) => (await ok(admin.post('/v1/pool', { name }))).id;
  return {
    pool: await pool('Synchronised'),
    shortlist: await pool('Shortlist'),
    tag: await ok(admin.post('/v1/globaltags', { value: 'From the directory' })),
    source: await field('Source', 'singleSelect', [{ label: 'Fair' }, { label: 'Referral' }]),
    since: await field('Employed since', 'date'),
    remark: await field('Remark', 'text'),
  };
}

async function newUser(admin: Client, url: string, email: string): Promise<Client> {
  const { id } = await ok(admin.post('/v1/user', { email, password: PASSWORD }));
  await ok(admin.put(`/v1/acl/user/${id}`, ['team_member']));
  return signIn(url, email);
}

/** What the synchronised system says of a person: now, or what it said of every second one earlier. */
function person(index: number, company: Company, said: 'now' | 'earlier' = 'now'): Person {
  const now = said === 'now';
  const email = `${index % 30 === 1 ? 'with+plus' : 'person'}-${index}@sync.example`;
  return {
    email: now || index % 10 > 0 ? email : email.toUpperCase(),
    firstName: now ? 'Zoë' : 'Zoe',
    lastName: `Nº ${index}`,
    phone: `+49 30 ${1_000_000 + index}${now ? '' : '9'}`,
    link: `https://network.example/in/${index}`,
    address: `${index} High Street`,
    city: now ? 'Łódź' : 'Leipzig',
    employer: `Employer ${now ? index % 90 : 'of old'}`,
    role: 'Engineer',
    school: `School ${index % 40}`,
    program: now ? 'Mathematics, M.Sc.' : 'Mathematics, B.Sc.',
    tag: company.tag,
    customFields: [
      { id: company.source.id, value: company.source.options[now ? 1 : 0]!.id },
      { id: company.since.id, value: now ? '2024-02-29' : '2019-01-01' },
      { id: company.remark.id, value: `${said} ${index}` },
    ],
  };
}

/** The contact of each person, by index. Some come from two clients at one moment; all of them are put into the pool. */
async function synchronise(client: SyncClient, twin: SyncClient, company: Company): Promise<string[]> {
  const ids: string[] = [];
  const write = async (index: number) => {
    const wanted = person(index, company);
    const isTwin = index % 50 === 1;
    const [first, second] = await Promise.all([
      client.upsertContact(wanted),
      isTwin ? twin.upsertContact(wanted) : undefined,
    ]);
    if (second) expect(second.id).toBe(first.id);
    else expect(first.found).toBe(index % KNOWN === 0);
    ids[index] = first.id;
  };
  await inParallel(ONE_BY_ONE, AT_A_TIME, async (index) => {
    await write(index);
    await client.addToPool(company.pool, ids[index]!);
  });
  for (let from = ONE_BY_ONE, batch = 0; from < PERSONS; batch++) {
    const size = Math.min(BATCHES[batch % BATCHES.length]!, PERSONS - from);
    await inParallel(size, AT_A_TIME, (index) => write(from + index));
    await client.addAllToPool(company.pool, ids.slice(from, from + size));
    from += size;
  }
  return ids;
}

/**
 * What a reading saw last of each contact. `atLast`: the versions that the other client had been told of when the last
 * page was asked for.
 */
async function read(client: SyncClient, since: string, form: Reading, writer?: Writer) {
  const seen = new Map<string, SyncedContact>();
  const writesBefore = writer?.count() ?? 0;
  let known = writer?.versions() ?? new Map();
  let atLast = known;
  let pages = 0;
  await client.readChanges(since, form, async (page) => {
    if (++pages > MOST_PAGES) throw new Error(`after ${pages} pages the reading has not ended`);
    for (const contact of page) seen.set(contact.id, contact);
    atLast = known;
    await writer?.more(WRITES_PER_PAGE);
    known = writer?.versions() ?? known;
  });
  return { seen, atLast, writes: (writer?.count() ?? 0) - writesBefore };
}

interface Written {
  version: number;
  skills: string[];
  shortlisted: boolean;
}

interface Writer {
  /** By contact: what the last acknowledged writes made of it. */
  written: Map<string, Written>;
  versions(): Map<string, number>;
  count(): number;
  /** Resolves when so many more writes have been acknowledged. */
  more(writes: number): Promise<void>;
  stop(): Promise<void>;
}

/** Another client that changes the contacts, each by one hand, and creates its own, until it is stopped. */
function keepWriting(client: Client, ids: string[], poolId: string): Writer {
  const written = new Map<string, Written>();
  let count = 0;
  let stopped = false;
  const keep = (id: string, news: Partial<Written>) => {
    const blank = { version: 0, skills: [], shortlisted: false };
    written.set(id, { ...(written.get(id) ?? blank), ...news });
    count++;
  };
  const hand = async (which: number) => {
    const own = ids.filter((_, index) => index % WRITERS === which);
    const shortlist: string[] = [];
    for (let turn = 0; !stopped; turn++) {
      // Far from the one before.
      const id = own[(turn * 7919) % own.length]!;
      const skills = [`turn ${turn}`];
      if (turn % 5 === 0) {
        const emails = [`written-${which}-${turn}@other.example`];
        const contact = await ok(client.post('/v1/contact', { emails, skills }));
        keep(contact.id, { version: contact.version, skills });
      } else if (turn % 5 < 3 && shortlist.length < 10) {
        await ok(client.put(`/v1/pool/${poolId}/contacts`, { id }));
        shortlist.push(id);
        keep(id, { shortlisted: true });
      } else if (turn % 5 < 3) {
        const first = shortlist.shift()!;
        await ok(client.delete(`/v1/pool/${poolId}/contacts/${first}`));
        keep(first, { shortlisted: false });
      } else {
        const contact = await ok(client.patch(`/v1/contact/${id}`, { skills }));
        keep(id, { version: contact.version, skills });
      }
    }
  };
  const done = Promise.all(Array.from({ length: WRITERS }, (_, which) => hand(which)));
  done.catch(() => {});
  return {
    written,
    versions: () => new Map([...written].map(([id, { version }]) => [id, version])),
    count: () => count,
    more: async (writes) => {
      const wanted = count + writes;
      const enough = vi.waitFor(() => expect(count).toBeGreaterThanOrEqual(wanted), {
        timeout: 60_000,
        interval: 1,
      });
      await Promise.race([done, enough]);
    },
    stop: async () => {
      stopped = true;
      await done;
    },
  };
}

/** Each contact once, as the synchronised system said it and as the other client was told of its own writes. */
function expectAllAsWritten(
  copy: Map<string, SyncedContact>,
  ids: string[],
  company: Company,
  { written }: Writer,
): void {
  const created = new Set(written.keys()).difference(new Set(ids));
  expect(copy.size).toBe(PERSONS + created.size);
  const emails = [...copy.values()].flatMap((contact) => contact.emails as string[]);
  expect(emails.length).toBe(copy.size);
  expect(new Set(emails.map((email) => email.toLowerCase())).size).toBe(copy.size);
  for (const [index, id] of ids.entries()) {
    const contact = copy.get(id)!;
    const wanted = person(index, company);
    expect(contact).toMatchObject(contactOf(wanted));
    expect(contact.primaryEmail.toLowerCase()).toBe(wanted.email);
  }
  for (const [id, contact] of copy) {
    const { skills, shortlisted } = written.get(id) ?? { skills: [], shortlisted: false };
    expect(contact.skills).toEqual(skills);
    const pools = [...(created.has(id) ? [] : [company.pool]), ...(shortlisted ? [company.shortlist] : [])];
    expect(contact.lists.map((list: { id: string }) => list.id)).toEqual(pools);
  }
}

/** A contact as it is answered for a person whom the client has written. */
function contactOf({ customFields: [source, since, remark], ...person }: Person) {
  return {
    firstName: person.firstName,
    lastName: person.lastName,
    fullName: `${person.firstName} ${person.lastName}`,
    phoneNumbers: [person.phone],
    links: [person.link],
    location: { address: person.address, city: person.city },
    experience: [{ organisationName: person.employer, role: person.role, current: true }],
    education: [{ organisationName: person.school, program: person.program }],
    globalTags: [person.tag],
    customFields: [
      { ...source, displayValue: 'Referral' },
      { id: since!.id, value: `${since!.value}T00:00:00.000Z` },
      remark,
    ],
  };
}

async function ok(answer: Promise<Answer>) {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}
