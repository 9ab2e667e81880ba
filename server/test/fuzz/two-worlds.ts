import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Answer, Caller, TestCompany, TestServer } from '../harness.ts';
import type { Known } from './arbitraries.ts';
import { furnishedEvents } from './event-worlds.ts';
import { HOSTILE_TEXTS } from './hostile.ts';
import { furnishedSuite } from './suite-worlds.ts';

/** In every text of the other company, and in none of ours. */
export const MARK = 'Zq7-mark-of-the-other-company';

/** The stages of every vacancy, and the steps of every pool type. */
const STAGES = ['applied', 'interview', 'hired'];
const STEPS = ['one', 'two'];

/** The ids that a company's paths can name, by the name of the parameter. */
export type Ids = Record<string, string[]>;

/** A company with some of everything, every text of it ending in `text`. */
export async function furnished(server: TestServer, company: TestCompany, text: string): Promise<Ids> {
  const { admin } = company;
  const make = async (path: string, body: object) => {
    const answer = await admin.post(path, body);
    if (answer.status !== 200) throw new Error(`POST ${path}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  const few = <T>(one: (index: number) => Promise<T>) =>
    [0, 1, 2, 3].reduce<Promise<T[]>>(
      async (made, index) => [...(await made), await one(index)],
      Promise.resolve([]),
    );
  const slug = text.toLowerCase();

  const users = await few((index) =>
    make('/v1/user', {
      email: `user${index}@${slug}.example`,
      firstName: `First ${text}`,
      lastName: `Last ${text}`,
      position: `Position ${text}`,
      // One without single sign-on: its invitation is a mail with a link.
      allowSSO: index > 0,
      fromEmails: [`from@${slug}.example`],
      integrations: { taleo: { id: `user ${index} ${text}` } },
    }),
  );
  const teams = await few((index) =>
    make('/v1/teams', { name: `Team ${index} ${text}`, members: [users[index].id] }),
  );
  const tags = await few((index) => make('/v1/globaltags', { value: `Tag ${index} ${text}` }));
  const statuses = await few((index) => make('/v1/statuses', { value: `Status ${index} ${text}` }));
  const clients = await few((index) =>
    make('/v1/apiclients', { name: `Client ${index} ${text}`, userId: users[index].id }),
  );
  const fields: Answer['body'][] = [];
  for (const type of ['text', 'number', 'date', 'boolean', 'singleSelect', 'multiSelect']) {
    const options = /Select/.test(type)
      ? { options: [{ label: `Option ${text}` }, { label: `Second ${text}` }] }
      : {};
    fields.push(await make('/v1/contact/customfields', { name: `${type} ${text}`, type, ...options }));
  }
  const contacts = await few((index) =>
    make('/v1/contact', {
      fullName: `Contact ${index} ${text}`,
      emails: [`contact${index}@${slug}.example`],
      phoneNumbers: [`+49 ${index} ${text}`],
      links: [`https://${slug}.example/in/${index}`],
      location: { city: `City ${text}`, address: `Address ${text}` },
      experience: [{ organisationName: `Employer ${text}`, description: text }],
      education: [{ organisationName: `School ${text}` }],
      skills: [`Skill ${text}`],
      languages: [{ languageCode: 'de', value: `Language ${text}` }],
      customFields: [
        { id: fields[0].id, value: `Value ${text}` },
        { id: fields[5].id, values: [fields[5].options[0].id] },
      ],
      globalTags: [{ id: tags[index].id }],
      status: { id: statuses[index].id },
      integrations: { taleo: { id: `contact ${index} ${text}`, url: `https://${slug}.example` } },
      creationSource: { value: `Source ${text}` },
    }),
  );
  const poolTypes = await few((index) =>
    make('/v1/pooltype', {
      name: `Pool type ${index} ${text}`,
      description: text,
      steps: { values: STEPS.map((id) => ({ id, name: `${id} ${text}` })) },
    }),
  );
  const pools = await few((index) =>
    make('/v1/pool', {
      name: `Pool ${index} ${text}`,
      description: text,
      poolType: { id: poolTypes[index].id },
      shares: { users: [users[index].id], teams: [teams[index].id] },
    }),
  );
  const vacancies = await few((index) =>
    make('/v1/vacancy', {
      title: `Vacancy ${index} ${text}`,
      description: text,
      integrations: { taleo: { id: `vacancy ${index} ${text}` } },
      stages: STAGES.map((id) => ({ id, value: `${id} ${text}` })),
    }),
  );
  const notes = await few((index) =>
    make('/v1/note', { contactId: contacts[index].id, text: `Note ${index} ${text}` }),
  );
  for (const [index, { id }] of contacts.entries()) {
    const path = `/v1/contact/${id}`;
    const body = { lists: [{ id: pools[index].id }], vacancies: [{ id: vacancies[index].hash_id }] };
    const { status } = await admin.patch(path, body);
    if (status !== 200) throw new Error(`PATCH ${path}: ${status}`);
  }
  const events = await furnishedEvents(server, company, text, { users, contacts });
  const suite = await furnishedSuite(server, company, text);
  const { mails } = (await admin.get('/v1/mail?limit=200')).body;
  const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);
  return {
    ...events,
    ...suite,
    mailid: ids(mails),
    userid: ids(users),
    teamid: ids(teams),
    globaltagid: ids(tags),
    statusid: ids(statuses),
    clientid: clients.map(({ clientId }) => clientId),
    customfieldid: ids(fields),
    contactid: ids(contacts),
    contactId: ids(contacts),
    partnername: ['taleo'],
    externalid: [0, 1, 2, 3].flatMap((index) => [
      `user ${index} ${text}`,
      `contact ${index} ${text}`,
      `vacancy ${index} ${text}`,
    ]),
    poolid: ids(pools),
    pooltypeid: ids(poolTypes),
    vacancyid: vacancies.flatMap(({ id, hash_id }) => [id, hash_id]),
    noteid: ids(notes),
    invitation: [`${company.id}.${randomUUID()}`, ...suite.invitation!],
  };
}

/** Our own ids for the most part; ids of the other company, ids of nobody, and what is no id. */
export function idsFor(parameter: string, ours: Ids, theirs: Ids): fc.Arbitrary<string> {
  // Their names for a record may hold the mark, and would come back with the question.
  const foreign = (theirs[parameter] ?? []).filter((id) => !id.includes(MARK));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...(ours[parameter] ?? ['none'])) },
    ...(foreign.length > 0 ? [{ weight: 2, arbitrary: fc.constantFrom(...foreign) }] : []),
    { weight: 1, arbitrary: fc.uuid() },
    { weight: 1, arbitrary: fc.constantFrom(...HOSTILE_TEXTS) },
  );
}

/** Values for what a body refers to, mostly such that exist. */
export function references(ours: Ids, theirs: Ids): Known {
  const id = (parameter: string) =>
    fc.oneof(
      { weight: 15, arbitrary: fc.constantFrom(...ours[parameter]!) },
      { weight: 1, arbitrary: fc.constantFrom(...theirs[parameter]!) },
    );
  const some = (arbitrary: fc.Arbitrary<unknown>) =>
    fc.uniqueArray(arbitrary, { maxLength: 2, selector: (item) => JSON.stringify(item) });
  const [text, number, date, boolean] = ours.customfieldid!;
  const field = (of: string | undefined, value: fc.Arbitrary<unknown>) =>
    fc.record({ id: fc.constant(of!), value });
  const standing = fc.record({ id: fc.constantFrom(...STAGES) });
  const entry = fc.oneof(
    field(text, fc.constantFrom(...HOSTILE_TEXTS)),
    field(number, fc.constantFrom(7, 0.1, -3e9, '12.50', '+7', 1e21)),
    field(date, fc.constantFrom('2026-01-31', '2015-09-01T00:00:00.0000')),
    field(boolean, fc.constantFrom(true, false, 'true')),
  );
  return {
    assignedTo: id('userid'),
    sourcedBy: id('userid'),
    userId: id('userid'),
    members: some(id('userid')),
    users: some(id('userid')),
    teams: some(id('teamid')),
    status: fc.oneof(fc.constant(null), fc.record({ id: id('statusid') })),
    globalTags: some(
      fc.oneof(
        fc.record({ id: id('globaltagid') }),
        fc.record({ value: fc.constantFrom(...HOSTILE_TEXTS.filter((value) => value.length <= 200)) }),
      ),
    ),
    customFields: fc.uniqueArray(entry, { maxLength: 4, selector: (item) => (item as { id: string }).id }),
    links: fc.array(
      fc.constantFrom('https://www.linkedin.com/in/fuzz/', 'x.example/ä?q=%zz#<b>', 'no link at all'),
      {
        maxLength: 2,
      },
    ),
    options: fc.constantFrom([], [{ label: 'One' }, { label: '<b>Two</b>' }]),
    clientId: id('clientid'),
    owner: id('userid'),
    contactId: id('contactid'),
    ids: some(id('contactid')),
    lists: some(fc.record({ id: id('poolid') })),
    vacancies: some(fc.record({ id: id('vacancyid'), stage: standing })),
    stage: standing,
    poolType: fc.oneof(fc.constant(null), fc.record({ id: id('pooltypeid') })),
    createdTime: fc.constantFrom('2015-09-01', '2020-02-29T12:00:00Z'),
  };
}

export interface Worlds {
  server: TestServer;
  /** Also the owner under /api/v3. */
  admin: Caller;
  /** A super admin whose name and password stay as they are. */
  reader: Caller;
  ours: Ids;
  theirs: Ids;
  /** What must be in no answer to us. */
  secrets: string[];
}

/** Whoever has one of these sees what is behind it, in whatever company that is. */
const OPENS = ['registration', 'door', 'ticket', 'session', 'invitation', 'photo', 'photoPath'];

export async function openWorlds(server: TestServer): Promise<Worlds> {
  const [company, other] = [await server.company(), await server.company()];
  const theirs = await furnished(server, other, MARK);
  const opening = OPENS.flatMap((name) => theirs[name]!);
  return {
    server,
    admin: company.admin,
    reader: await company.user('super_admin'),
    ours: await furnished(server, company, 'ours'),
    theirs: {
      ...Object.fromEntries(Object.entries(theirs).filter(([name]) => !OPENS.includes(name))),
      invitation: [`${other.id}.${randomUUID()}`],
    },
    secrets: [
      MARK,
      MARK.toLowerCase(),
      other.identifier,
      other.admin.id,
      ...theirs.activationKey!,
      ...opening,
    ],
  };
}
