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

export const contactPath = (id: string, step = '') => `/v1/contact/${id}${step}`;
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
