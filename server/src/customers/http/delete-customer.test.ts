import { describe, expect, it } from 'vitest';
import { atOnce } from '../../../test/at-once.ts';
import { auditTrail, essence, someEmail } from '../../../test/factories.ts';
import type { Answer } from '../../../test/harness.ts';
import {
  accountOf,
  asCustomer,
  choosePassword,
  customerOfType,
  customerPath,
  customersPath,
  followed,
  invitationOf,
  keepsSuitesApart,
  knowsItsCustomers,
  mailsTo,
  newCustomer,
  numberOf,
  ownerOf,
  signedInCustomer,
  signInToSuite,
} from '../../../test/suite.ts';
import { twoCompanies } from '../../../test/world.ts';
import { ACCOUNT_TYPES, typesBelow } from '../account-types.ts';

type Body = Answer['body'];

const world = twoCompanies();
const pathOf = (customer: Body) => customerPath(world.company, numberOf(customer));
const DENIED = { status: 403, body: { detail: expect.any(String) } };
const GONE = { status: 404, body: { detail: expect.any(String) } };

describe('DELETE /api/v3/companies/{companyId}/customers/{customerId}/', () => {
  knowsItsCustomers(world, 'DELETE', async () => ({ path: pathOf(await newCustomer(world.company)) }), {
    success: 204,
  });
  keepsSuitesApart(world, 'DELETE', customerPath);

  it('204: gone from every read, with its names free again', async () => {
    const { server, company } = world;
    const { admin } = company;
    const more = { email: someEmail(), username: 'To be deleted' };
    const made = await newCustomer(company, more);
    const id = await accountOf(server, company, numberOf(made));
    const { status, headers, body } = await admin.delete(pathOf(made));
    expect([status, body, headers.get('content-type')]).toEqual([204, '', null]);
    for (const path of [
      pathOf(made),
      followed(made.user),
      followed(made.projects),
      `${pathOf(made)}reinvite/`,
    ]) {
      const answer = await (path.endsWith('reinvite/') ? admin.patch(path) : admin.get(path));
      expect([path, essence(answer)]).toEqual([path, GONE]);
    }
    expect(essence(await admin.patch(pathOf(made), { first_name: 'x' }))).toEqual(GONE);
    for (const query of [`?email=${made.email}`, '?username=to%20be%20deleted']) {
      expect((await admin.get(customersPath(company, query))).body.meta.total_count).toBe(0);
    }
    expect(await server.sql('select from account where id = $1', [id])).toEqual([]);
    expect(await auditTrail(server, id)).toEqual(['customer.create', 'customer.delete']);
    const again = await newCustomer(company, more);
    expect(numberOf(again)).toBeGreaterThan(numberOf(made));
  });

  it('204: a mail tells who did it, by name and email', async () => {
    const { server, company } = world;
    const caller = await signedInCustomer(server, company, 'admin', {
      first_name: 'Jürgen',
      last_name: '<b>Groß</b>',
    });
    const made = await newCustomer(company, { first_name: 'Leona' });
    await caller.delete(pathOf(made));
    const [mail, invitation, ...others] = await mailsTo(company, made.email);
    expect(others).toEqual([]);
    expect(invitation.subject).toContain('access');
    expect(mail.subject).toBe(`Your account at ${company.identifier} was deleted`);
    expect(mail.text).toContain(`Hello Leona,`);
    expect(mail.text).toContain(`Jürgen <b>Groß</b> (${caller.email})`);
    expect(mail.html).not.toContain('<b>');
    expect(mail.html).toContain('Groß');
  });

  it('204: in German to who prefers it, and by the username where there is no name', async () => {
    const { company } = world;
    const made = await newCustomer(company, { preferred_language: 'de', first_name: 'Jörg' });
    const { body: owner } = await company.admin.get(customerPath(company, 1));
    await company.admin.delete(pathOf(made));
    const [mail] = await mailsTo(company, made.email);
    expect(mail.subject).toBe(`Ihr Konto bei ${company.identifier} wurde gelöscht`);
    expect(mail.text).toContain('Guten Tag Jörg,');
    expect(mail.text).toContain(`${owner.username} (${owner.email}) hat Ihr Konto`);
  });

  it('204: its tokens, its link and what it made are left behind it', async () => {
    const { server, company } = world;
    const maker = await signedInCustomer(server, company, 'admin');
    const invited = await newCustomer(company);
    const link = await invitationOf(company, invited.email);
    const made = await newCustomer(company, {}, maker);
    expect(made.created_by).toContain(`/customusers/${maker.number}/`);
    await company.admin.delete(customerPath(company, maker.number));
    await company.admin.delete(pathOf(invited));
    expect((await maker.get(customersPath(company))).status).toBe(401);
    expect((await signInToSuite(server, company, maker.email)).status).toBe(400);
    expect((await choosePassword(server, link)).status).toBe(404);
    const { status, body } = await company.admin.get(pathOf(made));
    expect([status, body]).toEqual([200, { ...made, created_by: null }]);
    expect((await company.admin.patch(pathOf(made), body)).status).toBe(202);
  });

  it('204 once, of ten at once', async () => {
    const { company } = world;
    const made = await newCustomer(company);
    const statuses = await atOnce(10, () => company.admin.delete(pathOf(made)));
    expect(statuses).toEqual([204, ...Array(9).fill(404)]);
    expect(await mailsTo(company, made.email)).toHaveLength(2);
  });

  it('401: by who was deleted a moment ago, on a server that has not noticed yet', async () => {
    const { server, company } = world;
    const sibling = await server.sibling();
    const caller = await signedInCustomer(server, company, 'admin');
    const made = await newCustomer(company);
    const elsewhere = asCustomer(sibling, caller.token);
    expect((await elsewhere.get(pathOf(made))).status).toBe(200);
    await company.admin.delete(customerPath(company, caller.number));
    const answer = await elsewhere.delete(pathOf(made));
    expect(essence(answer)).toEqual({ status: 401, body: { detail: expect.any(String) } });
    expect((await company.admin.get(pathOf(made))).status).toBe(200);
  });

  it('either is last, of a change and a deletion at once', async () => {
    const { company } = world;
    for (let time = 0; time < 5; time++) {
      const made = await newCustomer(company);
      const [changed, deleted] = await Promise.all([
        company.admin.patch(pathOf(made), { first_name: 'x', email: someEmail() }),
        company.admin.delete(pathOf(made)),
      ]);
      expect([202, 404]).toContain(changed.status);
      expect(deleted.status).toBe(204);
      expect((await company.admin.get(pathOf(made))).status).toBe(404);
    }
  });
});

describe('whom a customer may delete', () => {
  for (const type of ACCOUNT_TYPES) {
    it(`${type}: those below it, and not itself`, async () => {
      const { server, company } = world;
      const caller = await signedInCustomer(server, company, type);
      for (const other of ACCOUNT_TYPES) {
        const path = pathOf(await customerOfType(server, company, other));
        const answer = await caller.delete(path);
        const { status } = await company.admin.get(path);
        if (typesBelow(type).includes(other))
          expect([other, answer.status, status]).toEqual([other, 204, 404]);
        else expect([essence(answer), status]).toEqual([DENIED, 200]);
      }
      expect(essence(await caller.delete(customerPath(company, caller.number)))).toEqual(DENIED);
      expect((await caller.get(customersPath(company))).status).toBe(200);
    });
  }

  it('the last owner stays, whoever asks, and at most one of two goes', async () => {
    const { server } = world;
    const company = await server.company();
    const first = await ownerOf(server, company);
    const second = await signedInCustomer(server, company, 'owner');
    const admin = await signedInCustomer(server, company, 'admin');
    for (const caller of [first, second, admin, asCustomer(server, company.admin.token)]) {
      for (const { number } of [first, second]) {
        const path = customerPath(company, number);
        expect((await caller.delete(path)).status).toBe(403);
        const lowered = await caller.patch(path, { account_type: 'admin' });
        const left = await caller.patch(path, { is_active: false });
        expect([lowered.status, left.status]).toEqual([403, 403]);
      }
    }
    const { body } = await company.admin.get(customersPath(company, '?account_type=owner&is_active=true'));
    expect(body.meta.total_count).toBe(2);
  });
});
