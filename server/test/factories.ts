import { randomUUID } from 'node:crypto';
import type { Answer, Caller, TestCompany, TestServer } from './harness.ts';

type Body = Answer['body'];

export const someEmail = () => `${randomUUID()}@example.org`;
export const somePartnerId = () => `at a partner ${randomUUID()}`;

/** What a request answered; throws where that was not 200. */
export async function made(answer: Promise<Answer>): Promise<Body> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(`answered ${status}: ${JSON.stringify(body)}`);
  return body;
}

/** A contact that the caller created. */
export const newContact = (caller: Caller, more: object = {}): Promise<Body> =>
  made(caller.post('/v1/contact', { fullName: 'Grace Hopper', emails: [someEmail()], ...more }));

/** A user of the role `limited` that nobody signs in as; `company.user()` makes one with a token. */
export const newUser = (company: TestCompany, more: object = {}): Promise<Body> =>
  made(company.admin.post('/v1/user', { email: someEmail(), allowSSO: true, ...more }));

export const newTeam = (company: TestCompany, members: Caller[] = []): Promise<Body> =>
  made(
    company.admin.post('/v1/teams', { name: `Team ${randomUUID()}`, members: members.map(({ id }) => id) }),
  );

export const newCustomField = (company: TestCompany, more: object): Promise<Body> =>
  made(company.admin.post('/v1/contact/customfields', { name: `Field ${randomUUID()}`, ...more }));

/** A pool that the caller created: private, without contacts. */
export const newPool = (caller: Caller, more: object = {}): Promise<Body> =>
  made(caller.post('/v1/pool', { name: `Pool ${randomUUID()}`, ...more }));

/** A pool type with steps of these names. */
export const newPoolType = (company: TestCompany, steps: string[], more: object = {}): Promise<Body> =>
  made(
    company.admin.post('/v1/pooltype', {
      name: `Pool type ${randomUUID()}`,
      steps: { values: steps.map((name) => ({ name })), ...more },
    }),
  );

export const contactPath = (id: string, step = '') => `/v1/contact/${id}${step}`;
export const poolPath = (id: string, step = '') => `/v1/pool/${id}${step}`;
export const externalContactPath = (id: string) => `/v1/contact/external/workday/${encodeURIComponent(id)}`;
export const externalUserPath = (id: string) => `/v1/user/external/taleo/${encodeURIComponent(id)}`;

/** The actions in a record's audit trail, oldest first. */
export async function auditTrail(server: TestServer, id: string): Promise<string[]> {
  const rows = await server.sql<{ action: string }>(
    'select action from audit_entry where subject_id = $1 order by at, id',
    [id],
  );
  return rows.map(({ action }) => action);
}

export const statusesOf = (answers: Answer[]) => answers.map(({ status }) => status).toSorted();

/** An answer's status and body, without what differs between two alike. */
export function essence({ status, body }: Answer): object {
  if (body === null || typeof body !== 'object') return { status, body };
  const { request_id: _, ...rest } = body;
  return { status, body: rest };
}

/** A note that the caller made about a contact. */
export const newNote = (caller: Caller, contactId: string, more: object = {}): Promise<Body> =>
  made(caller.post('/v1/note', { contactId, text: 'Would like to hear from us', ...more }));

export const notePath = (id: string) => `/v1/note/${id}`;

/** A vacancy with the stages Applied, Interview and Hired, of which the last lets no one out. */
export const newVacancy = (company: TestCompany, more: object = {}): Promise<Body> =>
  made(
    company.admin.post('/v1/vacancy', {
      title: `Vacancy ${randomUUID()}`,
      stages: [{ value: 'Applied' }, { value: 'Interview' }, { value: 'Hired', locked: true }],
      ...more,
    }),
  );

/** By its hash_id, or its id. */
export const vacancyPath = (name: string, step = '') => `/v1/vacancy/${encodeURIComponent(name)}${step}`;
export const externalVacancyPath = (id: string) => `/v1/vacancy/external/workday/${encodeURIComponent(id)}`;

/** Where a contact is put on a vacancy, moved there and taken off. */
export const standingPath = (vacancy: Body, contactId: string) =>
  vacancyPath(vacancy.hash_id, `/contacts/${contactId}`);

/** The id of the stage of this value. */
export const stageOf = (vacancy: Body, value: string): string =>
  vacancy.stages.find((stage: Body) => stage.value === value).id;

/** Puts a contact on a stage; without one it comes to the first stage, or stays where it is. */
export const placed = (caller: Caller, vacancy: Body, contactId: string, stage?: string): Promise<Body> =>
  made(
    caller.put(
      standingPath(vacancy, contactId),
      stage === undefined ? {} : { stage: { id: stageOf(vacancy, stage) } },
    ),
  );

/** An updated_at later than the stored one, as every change of a vacancy needs. */
export const laterThan = ({ updated_at }: Body, milliseconds = 1): string =>
  new Date(Date.parse(updated_at) + milliseconds).toISOString();

/** A published event that the company's super admin made. */
export const newEvent = (company: TestCompany, more: object = {}): Promise<Body> =>
  made(
    company.admin.post('/v1/attractEvents', {
      name: `Event ${randomUUID()}`,
      type: 'meetup',
      start: { timestamp: '2090-05-05T09:00:00.000Z' },
      ...more,
    }),
  );

export const eventPath = (id: string, step = '') => `/v1/attractEvents/${id}${step}`;

/** A custom field of events: of text unless said otherwise. */
export const newEventField = (company: TestCompany, more: object = {}): Promise<Body> =>
  made(
    company.admin.post('/v1/attractEvents/customfields', {
      name: `Field ${randomUUID()}`,
      type: 'text',
      ...more,
    }),
  );

/** Where a contact is put at a step of an event, and taken off it. */
export const attendeePath = (eventId: string, contactId: string) =>
  eventPath(eventId, `/attendees/${contactId}`);
