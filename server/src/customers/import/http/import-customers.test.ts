import pg from 'pg';
import { describe, expect, inject, it } from 'vitest';
import { auditTrail } from '../../../../test/factories.ts';
import {
  choosePassword,
  customersPath,
  invitationOf,
  mailsTo,
  newCustomer,
  signedInCustomer,
  signInToSuite,
} from '../../../../test/suite.ts';
import { twoCompanies } from '../../../../test/world.ts';
import { customersOf, everythingOf, importPath, rowOf, someRow, someRows } from './fixtures/importing.ts';

const world = twoCompanies();
const NOW = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const none = { count: 0, objects: [] };

describe('POST /api/v3/companies/{companyId}/customers/batch-import/', () => {
  it('creates who is missing, as an invited customer, in the order of the list', async () => {
    const company = await world.server.company();
    const full = someRow({ first_name: ' Zoé', last_name: 'Ra', gender: 'mrs', position: 'Cook' });
    const bare = someRow({ account_type: 'admin', first_name: null, position: '' });
    const { status, body } = await company.admin.post(importPath(company), [full, bare]);
    expect(status).toBe(200);
    const made = await customersOf(company);
    const uris = [made[full.username].resource_uri, made[bare.username].resource_uri];
    expect(body).toEqual({
      created: { count: 2, objects: uris },
      reactivated: none,
      deactivated: none,
      unchanged: none,
    });
    expect(uris.map((uri) => uri.replace(/^.*\/customers/, ''))).toEqual(['/2/', '/3/']);
    expect(made[full.username]).toMatchObject({
      username: full.username,
      email: full.email,
      account_type: 'recruiter',
      status: 'invited',
      is_active: true,
      first_name: 'Zoé',
      last_name: 'Ra',
      gender: 'mrs',
      position: 'Cook',
      preferred_language: 'en',
      invitationdate: NOW,
      confirmationdate: null,
      created_by: expect.stringMatching(/\/customusers\/1\/$/),
      activation_key: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect(made[bare.username]).toMatchObject({ account_type: 'admin', first_name: '', position: null });
    expect((await newCustomer(company)).resource_uri).toMatch(/\/4\/$/);
  });

  it('mails each a link of 14 days that makes it a confirmed customer', async () => {
    const company = await world.server.company();
    const row = someRow({ first_name: 'Zoé' });
    await company.admin.post(importPath(company), [row, someRow()]);
    const mails = await mailsTo(company, row.email);
    expect(mails.map(({ text }) => text)).toEqual([expect.stringMatching(/^Hello Zoé,[\s\S]*14 days/)]);
    const { status } = await choosePassword(world.server, await invitationOf(company, row.email));
    expect(status).toBe(200);
    expect((await customersOf(company))[row.username]).toMatchObject({
      status: 'confirmed',
      confirmationdate: NOW,
    });
  });

  it.each(['username', 'email'])('knows customers by their %s, whatever its case', async (pk_attribute) => {
    const company = await world.server.company();
    const rows = someRows(3, { pk_attribute });
    await company.admin.post(importPath(company), rows);
    const before = await customersOf(company);
    const same = rows.map((row) => ({
      ...row,
      username: row.username.toUpperCase(),
      email: row.email.toUpperCase(),
      first_name: 'Another',
    }));
    const { body } = await company.admin.post(importPath(company), same);
    const uris = rows.map(({ username }) => before[username].resource_uri);
    expect(body).toEqual({
      created: none,
      reactivated: none,
      deactivated: none,
      unchanged: { count: 3, objects: uris },
    });
    expect(await customersOf(company)).toEqual(before);
  });

  it('deactivates who is not listed, reactivates who is, and leaves the caller, owners and others as they are', async () => {
    const company = await world.server.company();
    const admin = await signedInCustomer(world.server, company, 'admin');
    const peer = await newCustomer(company, { account_type: 'admin' });
    const [confirmed, invited, stays] = [someRow(), someRow(), someRow()];
    const left = { [company.admin.email]: 'confirmed', [admin.email]: 'confirmed', [peer.email]: 'invited' };
    expect((await admin.post(importPath(company), [confirmed, invited, stays])).status).toBe(200);
    await world.server.sql(
      `update customer set status = 'confirmed', confirmed_at = now() where company_id = $1 and username = $2`,
      [company.id, confirmed.username],
    );
    const {
      [confirmed.username]: one,
      [invited.username]: other,
      [stays.username]: kept,
    } = await customersOf(company);
    const uris = [one.resource_uri, other.resource_uri];

    const out = await admin.post(importPath(company), [stays]);
    expect(out.body).toEqual({
      created: none,
      reactivated: none,
      deactivated: { count: 2, objects: uris },
      unchanged: { count: 1, objects: [kept.resource_uri] },
    });
    const away = await customersOf(company);
    for (const row of [confirmed, invited]) {
      expect(away[row.username]).toMatchObject({ status: 'deactivated', is_active: false });
    }
    for (const [username, status] of Object.entries(left)) {
      expect(away[username]).toMatchObject({ status, is_active: true });
    }

    const back = await admin.post(importPath(company), [stays, invited, confirmed]);
    expect(back.body).toMatchObject({ reactivated: { count: 2, objects: uris.toReversed() } });
    expect(back.body.unchanged.count).toBe(1);
    const again = await customersOf(company);
    expect(again[confirmed.username]).toEqual({ ...one, is_active: true, status: 'confirmed' });
    expect(again[invited.username]).toEqual({ ...other, is_active: true, status: 'invited' });
  });

  it('ends the tokens of whoever it deactivates, and no one else’s', async () => {
    const company = await world.server.company();
    const [gone, listed] = [await company.user(), await company.user()];
    for (const { email } of [gone, listed]) await newCustomer(company, { email });
    const path = customersPath(company);
    const session = (await signInToSuite(world.server, company, gone.email)).body.token;
    const status = async (token: string) => (await world.server.call('GET', path, { token })).status;
    expect([await status(session), await status(gone.token)]).toEqual([200, 200]);
    await company.admin.post(importPath(company), [rowOf(listed)]);
    expect([await status(session), await status(gone.token)]).toEqual([401, 401]);
    expect((await gone.get('/v1/users')).status).toBe(401);
    expect(await status(listed.token)).toBe(200);
    await company.admin.post(importPath(company), [rowOf(listed), rowOf(gone)]);
    expect([await status(session), await status(gone.token)]).toEqual([401, 401]);
    expect((await signInToSuite(world.server, company, gone.email)).status).toBe(200);
  });

  it('gives an account of the company that is no customer yet the second face', async () => {
    const company = await world.server.company();
    const email = `user@${company.identifier}.example`;
    const user = await company.admin.post('/v1/user', {
      email,
      firstName: 'Zoé',
      lastName: 'Ra',
      allowSSO: true,
    });
    expect(user.status).toBe(200);
    const row = someRow({ email: email.toUpperCase(), last_name: 'Roy' });
    const { body } = await company.admin.post(importPath(company), [row]);
    expect(body.created.count).toBe(1);
    expect((await customersOf(company))[row.username]).toMatchObject({
      email,
      first_name: 'Zoé',
      last_name: 'Roy',
      status: 'invited',
    });
    expect((await company.admin.get(`/v1/user/${user.body.id}`)).body).toMatchObject({
      email,
      lastName: 'Roy',
    });
  });

  it('a dry run says the same, and changes nothing', async () => {
    const company = await world.server.company();
    const [active, inactive, unlisted, fresh] = someRows(4);
    await company.admin.post(importPath(company), [active, inactive]);
    await company.admin.post(importPath(company), [active, unlisted]);
    const before = await everythingOf(world.server, company);
    const dry = await company.admin.post(importPath(company, '?dry_run=true'), [active, inactive, fresh]);
    expect(dry.status).toBe(200);
    expect(await everythingOf(world.server, company)).toEqual(before);
    const { body } = await company.admin.post(importPath(company, '?dry_run=false'), [
      active,
      inactive,
      fresh,
    ]);
    expect(body.created).toMatchObject({ count: 1, objects: [expect.any(String)] });
    expect(body.deactivated.count).toBe(1);
    expect(dry.body).toEqual({ ...body, created: { count: 1, objects: [] } });
  });

  it('leaves an audit row for whom it changes, and none where it changes nothing', async () => {
    const company = await world.server.company();
    const [one, other] = someRows(2);
    await company.admin.post(importPath(company), [one]);
    await company.admin.post(importPath(company), [other]);
    await company.admin.post(importPath(company), [other]);
    await company.admin.post(importPath(company), [one, other]);
    const [{ account_id: id }] = (await world.server.sql<{ account_id: string }>(
      'select account_id from customer where company_id = $1 and username = $2',
      [company.id, one!.username],
    )) as [{ account_id: string }];
    expect(await auditTrail(world.server, id)).toEqual([
      'customer.create',
      'customer.deactivate',
      'customer.reactivate',
    ]);
    const [{ count }] = (await world.server.sql<{ count: number }>(
      `select count(*)::int4 as count from audit_entry where company_id = $1 and subject_kind = 'customer'`,
      [company.id],
    )) as [{ count: number }];
    expect(count).toBe(4);
  });

  it('ignores what it does not know, and names it', async () => {
    const company = await world.server.company();
    const rows = [someRow({ phone: 7 }), someRow({ zodiac: '\0' })];
    const { status, headers } = await company.admin.post(importPath(company, '?dryrun=1'), rows);
    expect(status).toBe(200);
    expect(headers.get('x-ignored-fields')).toBe('?dryrun, [].phone, [].zodiac');
  });

  it('takes 20,000 rows in one call, and again where the statistics are of the middle of the first', async () => {
    const company = await world.server.company();
    const rows = someRows(20_000, { first_name: 'Zoé', last_name: 'Ra', gender: 'mrs', position: 'Cook' });
    const { status, body } = await company.admin.post(importPath(company), rows);
    expect(status).toBe(200);
    expect([body.created.count, new Set(body.created.objects).size]).toEqual([20_000, 20_000]);
    await takeTablesForEmpty();
    const again = await company.admin.post(importPath(company), rows.slice(1));
    expect(again.status).toBe(200);
    expect([again.body.unchanged.count, again.body.deactivated.count]).toEqual([19_999, 1]);
  }, 120_000);
});

/** As PostgreSQL does when its autovacuum looks while nothing of them is committed yet. */
async function takeTablesForEmpty(): Promise<void> {
  const [row] = await world.server.sql<{ database: string }>('select current_database() as database');
  const operator = new pg.Client({ ...inject('postgres'), user: 'postgres', database: row!.database });
  await operator.connect();
  await operator.query(`
    update pg_class set reltuples = 0, relpages = greatest(1, pg_relation_size(oid) / 8192)
    where relname = any (array['account', 'account_email', 'customer'])`);
  await operator.end();
}
