import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { auditTrail, essence } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import {
  accountOf,
  choosePassword,
  customerOfType,
  customerPath,
  invitationOf,
  keepsSuitesApart,
  knowsItsCustomers,
  mailsTo,
  newCustomer,
  numberOf,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ACCOUNT_TYPES } from '../account-types.ts';

type Body = Answer['body'];

const world = twoCompanies();
const reinvitePath = (customer: Body) => customerPath(world.company, numberOf(customer), 'reinvite/');
const reinvite = (customer: Body) => world.company.admin.patch(reinvitePath(customer));

describe('PATCH /api/v3/companies/{companyId}/customers/{customerId}/reinvite/', () => {
  knowsItsCustomers(world, 'PATCH', async () => ({
    path: reinvitePath(await newCustomer(world.company)),
  }));
  keepsSuitesApart(world, 'PATCH', (company, number) => customerPath(company, number, 'reinvite/'));

  it('200: a new link, and every earlier one is dead', async () => {
    const { server, company } = world;
    const made = await newCustomer(company, { preferred_language: 'de', first_name: 'Jörg' });
    await server.sql(
      "update customer set invited_at = invited_at - interval '3 days' where company_id = $1",
      [company.id],
    );
    const links = [await invitationOf(company, made.email)];
    const keys = [made.activation_key];
    for (let time = 0; time < 2; time++) {
      const { status, headers, body } = await reinvite(made);
      expect([status, body]).toEqual([200, { detail: expect.any(String) }]);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      links.push(await invitationOf(company, made.email));
      keys.push((await company.admin.get(customerPath(company, numberOf(made)))).body.activation_key);
    }
    expect([new Set(links).size, new Set(keys).size]).toEqual([3, 3]);
    const mails = await mailsTo(company, made.email);
    expect(mails).toHaveLength(3);
    expect(mails[0].text).toContain('Guten Tag Jörg');
    const before = (await company.admin.get(customerPath(company, numberOf(made)))).body;
    expect(Date.parse(before.invitationdate)).toBeGreaterThanOrEqual(
      Math.floor(Date.parse(made.invitationdate) / 1000) * 1000,
    );
    for (const link of links.slice(0, -1)) expect((await choosePassword(server, link)).status).toBe(404);
    expect((await signInToSuite(server, company, made.email)).status).toBe(400);
    expect((await choosePassword(server, links.at(-1)!)).status).toBe(200);
    expect((await signInToSuite(server, company, made.email)).status).toBe(200);
    const id = await accountOf(server, company, numberOf(made));
    expect(await auditTrail(server, id)).toEqual([
      'customer.create',
      'customer.reinvite',
      'customer.reinvite',
      'user.accept-invitation',
    ]);
  });

  it('200: also where the last link is too old', async () => {
    const { server, company } = world;
    const made = await newCustomer(company);
    const id = await accountOf(server, company, numberOf(made));
    await server.sql('update invitation set expires_at = now() where account_id = $1', [id]);
    expect((await choosePassword(server, await invitationOf(company, made.email))).status).toBe(404);
    const { body } = await company.admin.get(customerPath(company, numberOf(made)));
    expect(body.activation_key).toBe('');
    expect((await reinvite(made)).status).toBe(200);
    expect((await choosePassword(server, await invitationOf(company, made.email))).status).toBe(200);
  });

  it('200: whatever body comes along', async () => {
    const made = await newCustomer(world.company);
    const path = reinvitePath(made);
    expect((await world.company.admin.patch(path, { status: 'confirmed' })).status).toBe(200);
    expect((await world.company.admin.patch(path, {})).status).toBe(200);
  });

  it('400: who is confirmed or deactivated, who gets no mail', async () => {
    const { server, company } = world;
    const confirmed = await signedInCustomer(server, company, 'recruiter');
    const gone = await newCustomer(company);
    await company.admin.patch(customerPath(company, numberOf(gone)), { is_active: false });
    for (const { email, number } of [confirmed, { email: gone.email, number: numberOf(gone) }]) {
      const mails = await mailsTo(company, email);
      const answer = await company.admin.patch(customerPath(company, number, 'reinvite/'));
      expect(essence(answer)).toEqual({ status: 400, body: { detail: expect.any(String) } });
      expect(await mailsTo(company, email)).toEqual(mails);
    }
  });

  it('200 for owners and admins, of any who is invited; 403 for all others', async () => {
    const { server, company } = world;
    for (const type of ACCOUNT_TYPES) {
      const caller = await signedInCustomer(server, company, type);
      for (const other of ACCOUNT_TYPES) {
        const made = await customerOfType(server, company, other);
        const link = await invitationOf(company, made.email);
        const answer = await caller.patch(reinvitePath(made));
        const allowed = type === 'owner' || type === 'admin';
        expect([type, other, answer.status]).toEqual([type, other, allowed ? 200 : 403]);
        if (!allowed) expect(answer.body).toEqual({ detail: expect.any(String) });
        expect((await invitationOf(company, made.email)) === link).toBe(!allowed);
      }
    }
  });

  it('leaves one link, of ten at once', async () => {
    const { server, company } = world;
    const made = await newCustomer(company);
    expect(await atOnce(10, () => reinvite(made))).toEqual(Array(10).fill(200));
    const mails = await mailsTo(company, made.email);
    expect(mails).toHaveLength(11);
    const links: string[] = mails.map(({ text }) => new URL(/http\S+/.exec(text)![0]).pathname);
    const answers = await Promise.all(links.map((link) => server.call('GET', link)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array(10).fill(404)]);
  });
});
