import { randomUUID } from 'node:crypto';
import type { Role } from '../src/identity/permissions.ts';
import type { Caller, TestCompany, TestServer } from './harness.ts';

/** A company with one user of the role under test, and a colleague; another company to which it must not matter. */
export interface Scene {
  company: TestCompany;
  other: TestCompany;
  actor: Caller;
  colleague: { id: string };
  /** A contact of the user's own, for paths and bodies that name one besides their record. */
  contact: { id: string };
}

/** Something that a route's path can name. */
export interface Made {
  /** As lists answer it. */
  id: string;
  /** Its id at the partner workday, where the kind has one. */
  externalId?: string;
  /** Who made it, and sees it. */
  by: Caller;
}

export async function openScene(server: TestServer, other: TestCompany, role: Role): Promise<Scene> {
  const company = await server.company();
  const actor = await company.user(role);
  const colleague = await made(company.admin, '/v1/user', { email: address(), allowSSO: true });
  const contact = await made(company.admin, '/v1/contact', { fullName: text(), assignedTo: actor.id });
  return { company, other, actor, colleague, contact };
}

const address = () => `${randomUUID()}@people.example`;
const text = () => `Any ${randomUUID()}`;
const tomorrow = () => new Date(Date.now() + 24 * 60 * 60 * 1000).toISOString();

async function made(by: Caller, path: string, body: object): Promise<{ id: string }> {
  const answer = await by.post(path, body);
  if (answer.status !== 200) throw new Error(`POST ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return { ...answer.body, id: answer.body.id ?? answer.body.clientId };
}

type Maker = (scene: Scene) => Promise<Made>;

const contact =
  (details: (scene: Scene) => object | Promise<object>): Maker =>
  async (scene) => {
    const by = scene.company.admin;
    const externalId = randomUUID();
    const { id } = await made(by, '/v1/contact', {
      fullName: text(),
      assignedTo: scene.colleague.id,
      sourcedBy: scene.colleague.id,
      integrations: { workday: { id: externalId } },
      ...(await details(scene)),
    });
    return { id, externalId, by };
  };
const user = async (by: Caller): Promise<Made> => {
  const externalId = randomUUID();
  const integrations = { workday: { id: externalId } };
  return {
    ...(await made(by, '/v1/user', { email: address(), allowSSO: true, integrations })),
    externalId,
    by,
  };
};
const one = async (by: Caller, path: string, body: object): Promise<Made> => ({
  ...(await made(by, path, body)),
  by,
});
const team = (by: Caller, ...members: string[]) => one(by, '/v1/teams', { name: text(), members });
const field = (by: Caller, visibleTo: Role[]) =>
  one(by, '/v1/contact/customfields', { name: text(), type: 'text', visibleTo });
const apiClient = (by: Caller, userId: string) => one(by, '/v1/apiclients', { name: text(), userId });
const pool = (by: Caller, more: object = {}) => one(by, '/v1/pool', { name: text(), ...more });
const poolType = (by: Caller) =>
  one(by, '/v1/pooltype', { name: text(), steps: { values: [{ id: 'one', name: 'One' }] } });
const vacancy = async (by: Caller): Promise<Made> => {
  const externalId = randomUUID();
  const body = { title: text(), integrations: { workday: { id: externalId } } };
  return { ...(await one(by, '/v1/vacancy', body)), externalId };
};
/** A colleague's contact in a pool. */
const pooled =
  (details: (scene: Scene) => object | Promise<object>, more: object = {}): Maker =>
  async (scene) => {
    const { admin } = scene.company;
    const found = await contact(() => more)(scene);
    const { id } = await pool(admin, await details(scene));
    await admin.put(`/v1/pool/${id}/contacts`, { id: found.id });
    return found;
  };
const event = (by: Caller) =>
  one(by, '/v1/attractEvents', { name: text(), type: 'meetup', start: { timestamp: tomorrow() } });
const eventField = (by: Caller) => one(by, '/v1/attractEvents/customfields', { name: text(), type: 'text' });
const note =
  (about: Maker): Maker =>
  async (scene) => {
    const { id, by } = await about(scene);
    return one(by, '/v1/note', { contactId: id, text: text() });
  };
const sharedWithTeam = async ({ company, actor }: Scene) => ({
  shares: { teams: [(await team(company.admin, actor.id)).id] },
});
/** The invitation of a user. */
const mail = async (by: Caller): Promise<Made> => {
  const email = address();
  await made(by, '/v1/user', { email });
  const { mails } = (await by.get('/v1/mail?limit=200')).body;
  return { id: mails.find(({ to }: { to: string }) => to === email).id, by };
};
const tag = (by: Caller) => one(by, '/v1/globaltags', { value: text() });
const status = (by: Caller) => one(by, '/v1/statuses', { value: text() });

const keptFor = (shares: { users?: string[]; teams?: string[] }) => ({
  confidentiality: { mode: 'shares-only', shares },
});

/** How to make each record of role-table.md's first table. */
export const MAKERS: Record<string, Maker> = {
  'contact: its own': contact(({ actor }) => ({ assignedTo: actor.id })),
  'contact: its own by source alone': contact(({ actor }) => ({ sourcedBy: actor.id })),
  'contact: its own, confidential': contact(({ actor }) => ({ assignedTo: actor.id, confidential: true })),
  'contact: its own, kept for others': contact(({ actor, colleague }) => ({
    assignedTo: actor.id,
    ...keptFor({ users: [colleague.id] }),
  })),
  'contact: its own, kept for it': contact(({ actor }) => ({
    assignedTo: actor.id,
    ...keptFor({ users: [actor.id] }),
  })),
  "contact: a colleague's": contact(() => ({})),
  "contact: a colleague's, confidential": contact(() => ({ confidential: true })),
  "contact: a colleague's, kept for it": contact(({ actor }) => keptFor({ users: [actor.id] })),
  "contact: a colleague's, kept for its team": contact(async ({ company, actor }) =>
    keptFor({ teams: [(await team(company.admin, actor.id)).id] }),
  ),
  "contact: a colleague's, kept for others": contact(({ colleague }) => keptFor({ users: [colleague.id] })),
  'contact: in a public pool': pooled(() => ({ visibility: 'public' })),
  'contact: in a public pool, confidential': pooled(() => ({ visibility: 'public' }), { confidential: true }),
  'contact: in a private pool': pooled(({ colleague }) => ({ shares: { users: [colleague.id] } })),
  'contact: in a pool shared with it': pooled(({ actor }) => ({ shares: { users: [actor.id] } })),
  'contact: in a pool shared with its team': pooled(sharedWithTeam),
  "contact: another company's": async ({ other }) => {
    const externalId = randomUUID();
    const body = { fullName: text(), integrations: { workday: { id: externalId } } };
    return { ...(await one(other.admin, '/v1/contact', body)), externalId };
  },
  'user: itself': async ({ company, actor }) => {
    const externalId = randomUUID();
    await company.admin.put(`/v1/user/${actor.id}`, { integrations: { workday: { id: externalId } } });
    return { id: actor.id, externalId, by: company.admin };
  },
  'user: a colleague': ({ company }) => user(company.admin),
  "user: another company's": ({ other }) => user(other.admin),
  'API client: its own': ({ company, actor }) => apiClient(company.admin, actor.id),
  "API client: a colleague's": ({ company, colleague }) => apiClient(company.admin, colleague.id),
  "API client: another company's": ({ other }) => apiClient(other.admin, other.admin.id),
  'team: one it is in': ({ company, actor }) => team(company.admin, actor.id),
  'team: one it is not in': ({ company, colleague }) => team(company.admin, colleague.id),
  "team: another company's": ({ other }) => team(other.admin, other.admin.id),
  'custom field: for everyone': ({ company }) => field(company.admin, []),
  'custom field: for recruiters': ({ company }) =>
    field(company.admin, ['recruiter_team_member', 'recruiter_confidential']),
  "custom field: another company's": ({ other }) => field(other.admin, []),
  "tag: the company's": ({ company }) => tag(company.admin),
  "tag: another company's": ({ other }) => tag(other.admin),
  "status: the company's": ({ company }) => status(company.admin),
  "status: another company's": ({ other }) => status(other.admin),
  'pool: public': ({ company }) => pool(company.admin, { visibility: 'public' }),
  'pool: private': ({ company }) => pool(company.admin),
  'pool: shared with it': ({ company, actor }) => pool(company.admin, { shares: { users: [actor.id] } }),
  'pool: shared with its team': async (scene) => pool(scene.company.admin, await sharedWithTeam(scene)),
  "pool: another company's": ({ other }) => pool(other.admin, { visibility: 'public' }),
  "pool type: the company's": ({ company }) => poolType(company.admin),
  "pool type: another company's": ({ other }) => poolType(other.admin),
  "vacancy: the company's": ({ company }) => vacancy(company.admin),
  "vacancy: another company's": ({ other }) => vacancy(other.admin),
  'note: on its own contact': note(contact(({ actor }) => ({ assignedTo: actor.id }))),
  "note: on a colleague's contact": note(contact(() => ({}))),
  'note: on a contact in a public pool': note(pooled(() => ({ visibility: 'public' }))),
  "note: another company's": note(async ({ other }) => one(other.admin, '/v1/contact', { fullName: text() })),
  "event: the company's": ({ company }) => event(company.admin),
  "event: another company's": ({ other }) => event(other.admin),
  "event custom field: the company's": ({ company }) => eventField(company.admin),
  "event custom field: another company's": ({ other }) => eventField(other.admin),
  "mail: the company's": ({ company }) => mail(company.admin),
  "mail: another company's": ({ other }) => mail(other.admin),
};

/** What each route that takes a body is sent. */
export const BODIES: Record<string, (scene: Scene) => unknown> = {
  'POST /v1/oauth/token': () => ({}),
  'POST /invitation/{token}': () => ({}),
  'POST /register/{slug}': () => ({}),
  'POST /check-in/{slug}/attended': () => ({}),
  'POST /check-in/{slug}/undo': () => ({}),
  'POST /check-in/{slug}/walk-in': () => ({}),
  'POST /ticket/{token}': () => ({}),
  'POST /v1/user': () => ({ email: address(), allowSSO: true }),
  'PUT /v1/user/{userid}': () => ({ position: text() }),
  'PUT /v1/user/external/{partnername}/{externalid}': () => ({ position: text() }),
  'PUT /v1/acl/user/{userid}': () => ['super_admin'],
  'POST /v1/apiclients': ({ actor }) => ({ name: text(), userId: actor.id }),
  'POST /v1/teams': () => ({ name: text() }),
  'PATCH /v1/teams/{teamid}': () => ({ name: text() }),
  'POST /v1/contact/customfields': () => ({ name: text(), type: 'text' }),
  'PATCH /v1/contact/customfields/{customfieldid}': () => ({ displayName: text() }),
  'POST /v1/globaltags': () => ({ value: text() }),
  'PATCH /v1/globaltags/{globaltagid}': () => ({ value: text() }),
  'POST /v1/statuses': () => ({ value: text() }),
  'PATCH /v1/statuses/{statusid}': () => ({ value: text() }),
  'POST /v1/contact': () => ({ fullName: text() }),
  'PATCH /v1/contact/{contactid}': () => ({ skills: [text()] }),
  'PATCH /v1/contact/external/{partnername}/{externalid}': () => ({ skills: [text()] }),
  'PUT /v1/contact/{contactId}/confidentiality': ({ actor }) => ({ shares: { users: [actor.id] } }),
  'POST /v1/contact/{contactId}/contactinfo': () => ({ doNotContact: true }),
  'POST /v1/pool': () => ({ name: text() }),
  'PATCH /v1/pool/{poolid}': () => ({ name: text() }),
  'PUT /v1/pool/{poolid}/contacts': ({ contact }) => ({ id: contact.id }),
  'PUT /v1/pool/{poolid}/contacts/{contactid}/step': () => ({ id: 'one' }),
  'POST /v1/pooltype': () => ({ name: text() }),
  'PATCH /v1/pooltype/{pooltypeid}': () => ({ name: text() }),
  'POST /v1/vacancy': () => ({ title: text() }),
  'PATCH /v1/vacancy/{vacancyid}': () => ({ title: text(), updated_at: tomorrow() }),
  'PATCH /v1/vacancy/external/{partnername}/{externalid}': () => ({ title: text(), updated_at: tomorrow() }),
  'PUT /v1/vacancy/{vacancyid}/contacts/{contactid}': () => ({}),
  'POST /v1/note': ({ contact }) => ({ contactId: contact.id, text: text() }),
  'PATCH /v1/note/{noteid}': () => ({ text: text() }),
  'POST /v1/attractEvents/customfields': () => ({ name: text(), type: 'text' }),
  'PATCH /v1/attractEvents/customfields/{customFieldId}': () => ({ name: text() }),
  'POST /v1/attractEvents': () => ({ name: text(), type: 'other', start: { timestamp: tomorrow() } }),
  'POST /v1/attractEvents/search': () => ({ limit: 200 }),
  'POST /v1/attractEvents/clone/{attractEventId}': () => ({ start: { timestamp: tomorrow() } }),
  'PUT /v1/attractEvents/{attractEventId}': () => ({ description: text() }),
  'PUT /v1/attractEvents/{attractEventId}/attendees/{contactId}': () => ({ status: 'invited' }),
};

/** What is done to a record, by whoever sees it, before the request. Such a record serves for one request only. */
export const BEFORE: Record<string, (record: Made, scene: Scene) => Promise<unknown>> = {
  'GET /v1/contacts/deleted': ({ by, id }) => by.delete(`/v1/contact/${id}`),
  'POST /v1/contact/{contactid}/deanonymize': ({ by, id }) => by.post(`/v1/contact/${id}/anonymize`),
  'DELETE /v1/pool/{poolid}/contacts/{contactid}': ({ by, id }, { contact }) =>
    by.put(`/v1/pool/${id}/contacts`, { id: contact.id }),
  'PUT /v1/pool/{poolid}/contacts/{contactid}/step': async ({ by, id }, { contact }) => {
    await by.patch(`/v1/pool/${id}`, { poolType: { id: (await poolType(by)).id } });
    return by.put(`/v1/pool/${id}/contacts`, { id: contact.id });
  },
  'DELETE /v1/vacancy/{vacancyid}/contacts/{contactid}': ({ by, id }, { contact }) =>
    by.put(`/v1/vacancy/${id}/contacts/${contact.id}`, {}),
  'DELETE /v1/attractEvents/{attractEventId}/attendees/{contactId}': ({ by, id }, { contact }) =>
    by.put(`/v1/attractEvents/${id}/attendees/${contact.id}`, { status: 'invited' }),
};
