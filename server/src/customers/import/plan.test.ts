import { describe, expect, it } from 'vitest';
import type { AccountType } from '../account-types.ts';
import type { GivenRow } from './given-list.ts';
import { planImport } from './plan.ts';
import type { Standing } from './standing.ts';
import type { Stood } from './stood.ts';

const OWN = 1;
const admin = { companyId: OWN, accountType: 'admin' } as const;

const row = (username: string | undefined, more: Partial<GivenRow> = {}): GivenRow => ({
  index: 0,
  pk: 'username',
  username,
  email: username && `${username}@example.org`,
  accountType: 'recruiter',
  firstName: '',
  lastName: '',
  position: '',
  gender: '',
  ...more,
});
const byEmail = (username: string, more: Partial<GivenRow> = {}) => row(username, { pk: 'email', ...more });

interface Person {
  username: string;
  accountType?: AccountType;
  active?: boolean;
  /** Whose email it is otherwise: another company's, or an account's that is no customer. */
  elsewhere?: 'company' | 'account';
}

/** A company of these people, whose emails are their names at example.org. */
function standingOf(...people: Person[]): Standing {
  const stood = people.map(({ username, accountType, active }, place): [string, Stood] => [
    username,
    {
      accountId: username,
      number: place + 1,
      accountType: accountType ?? 'recruiter',
      active: active ?? true,
    },
  ]);
  const customers = new Map(stood.filter(([, { number }]) => people[number - 1]!.elsewhere === undefined));
  return {
    customers,
    usernameKey: (username) => username.toLowerCase(),
    named: (username) => customers.get(username.toLowerCase()),
    holder(email) {
      const person = people.find(({ username }) => `${username}@example.org` === email.toLowerCase());
      if (!person) return undefined;
      return { companyId: person.elsewhere === 'company' ? 2 : OWN, accountId: person.username };
    },
  };
}

async function planned(
  rows: GivenRow[],
  standing: Standing,
  by: { companyId: number; accountType: AccountType } = admin,
) {
  const given = { rows: rows.map((one, index) => ({ ...one, index })), mistakes: [] };
  const { plan, mistakes } = await planImport(given, standing, by);
  const names = (stood: Stood[]) => stood.map(({ accountId }) => accountId);
  return {
    created: plan.created.map(({ username }) => username),
    reactivated: names(plan.reactivated),
    deactivated: names(plan.deactivated),
    unchanged: names(plan.unchanged),
    mistakes: mistakes.map(({ index, field }) => `${index} ${field}`),
  };
}
const mistakes = async (...given: Parameters<typeof planned>) => (await planned(...given)).mistakes;

describe('planImport', () => {
  it.each([
    ['usernames', row],
    ['emails', byEmail],
  ])('compares by %s, whatever their case', async (_kind, of) => {
    const standing = standingOf(
      { username: 'ann' },
      { username: 'ben', active: false },
      { username: 'cleo' },
      { username: 'dan', active: false },
      { username: 'own', accountType: 'owner' },
      { username: 'peer', accountType: 'admin' },
    );
    expect(await planned([of('ANN'), of('Ben'), of('new')], standing)).toEqual({
      created: ['new'],
      reactivated: ['ben'],
      deactivated: ['cleo'],
      unchanged: ['ann'],
      mistakes: [],
    });
  });

  it('an owner deactivates admins, and no owner', async () => {
    const standing = standingOf(
      { username: 'own', accountType: 'owner' },
      { username: 'other', accountType: 'owner' },
      { username: 'admin', accountType: 'admin' },
    );
    const { deactivated } = await planned([row('new')], standing, { ...admin, accountType: 'owner' });
    expect(deactivated).toEqual(['admin']);
  });

  it('does not mind that a listed customer is of another type or spelling by now: nothing of it changes', async () => {
    const standing = standingOf({ username: 'ann', accountType: 'hiring-manager' });
    const rows = [row('ann', { email: 'new@example.org', accountType: 'admin' })];
    expect(await planned(rows, standing)).toMatchObject({ unchanged: ['ann'], mistakes: [] });
    expect(await planned([byEmail('ann', { username: 'anna' })], standing)).toMatchObject({
      unchanged: ['ann'],
      mistakes: [],
    });
  });

  it('makes an account that is no customer yet one', async () => {
    const standing = standingOf({ username: 'ann', elsewhere: 'account' });
    for (const rows of [[row('ann')], [byEmail('ann')]]) {
      expect(await planned(rows, standing)).toMatchObject({ created: ['ann'], mistakes: [] });
    }
  });

  it('names both of two rows for one, and all of three', async () => {
    const none = standingOf();
    const email = 'one@example.org';
    expect(await mistakes([row('ann'), row('ben'), row('ANN', { email })], none)).toEqual([
      '2 username',
      '0 username',
    ]);
    expect(await mistakes([row('a', { email }), row('b', { email: 'ONE@example.org' })], none)).toEqual([
      '1 email',
      '0 email',
    ]);
    const three = await mistakes([byEmail('ann'), byEmail('ann'), byEmail('ann')], none);
    expect(three.toSorted()).toEqual([
      '0 email',
      '0 username',
      '1 email',
      '1 username',
      '2 email',
      '2 username',
    ]);
  });

  it('names each row whose pk_attribute is not the first one’s', async () => {
    const rows = [row('a', { pk: undefined }), row('b'), byEmail('c'), row('d'), byEmail('e')];
    expect(await mistakes(rows, standingOf())).toEqual(['2 pk_attribute', '4 pk_attribute']);
  });

  it('names what another customer has', async () => {
    const standing = standingOf({ username: 'ann' }, { username: 'ben' });
    expect(await mistakes([row('new', { email: 'Ann@example.org' })], standing)).toEqual(['0 email']);
    expect(await mistakes([row('ann', { email: 'ben@example.org' })], standing)).toEqual(['0 email']);
    expect(await mistakes([byEmail('new', { username: 'Ann' })], standing)).toEqual(['0 username']);
    expect(await mistakes([byEmail('ann', { username: 'ben' })], standing)).toEqual(['0 username']);
  });

  it('names an email of another company, of an account that the row does not mean, and of no one it could mean', async () => {
    const standing = standingOf(
      { username: 'ann' },
      { username: 'far', elsewhere: 'company' },
      { username: 'near', elsewhere: 'account' },
    );
    for (const email of ['far@example.org', 'near@example.org']) {
      expect(await mistakes([row('ann', { email })], standing)).toEqual(['0 email']);
    }
    expect(await mistakes([row(undefined, { email: 'FAR@example.org' })], standing)).toEqual(['0 email']);
    expect(await mistakes([row('far'), row('new')], standing)).toEqual(['0 email']);
  });

  it('names a new customer’s username that is another one’s email, in the company or the list', async () => {
    const standing = standingOf(
      { username: 'ann' },
      { username: 'near', elsewhere: 'account' },
      { username: 'far', elsewhere: 'company' },
    );
    const named = (username: string) => row(username, { email: 'new@example.org' });
    expect(await mistakes([named('ANN@example.org')], standing)).toEqual(['0 username']);
    expect(await mistakes([named('near@example.org')], standing)).toEqual(['0 username']);
    expect(await mistakes([named('far@example.org')], standing)).toEqual([]);
    expect(await mistakes([named('new@example.org')], standing)).toEqual([]);
    expect(await mistakes([named('Ben@example.org'), row('ben')], standing)).toEqual(['0 username']);
    // Of someone who is there, it is not kept.
    expect(await mistakes([byEmail('ann', { username: 'near@example.org' })], standing)).toEqual([]);
  });

  it('says nothing of whom a row means where that is not known', async () => {
    const standing = standingOf({ username: 'ann' });
    const unknown = row('ann', { pk: undefined, accountType: 'admin' });
    expect(await mistakes([unknown], standing)).toEqual([]);
    expect(await mistakes([byEmail('ann', { email: undefined })], standing)).toEqual([]);
  });

  it('names a type above the caller’s, and for a new customer one that is not below', async () => {
    const standing = standingOf({ username: 'ann', accountType: 'admin' });
    const types = ['owner', 'admin', 'recruiter'] as const;
    const rows = types.map((accountType) => row(accountType, { accountType }));
    expect(await mistakes(rows, standing)).toEqual(['0 account_type', '1 account_type']);
    expect(await mistakes([row('ann', { accountType: 'admin' })], standing)).toEqual([]);
    expect(await mistakes([row('ann', { accountType: 'owner' })], standing)).toEqual(['0 account_type']);
  });

  it('names a deactivated customer whom the caller may not change', async () => {
    const standing = standingOf({ username: 'ann', accountType: 'admin', active: false });
    expect(await mistakes([row('ann')], standing)).toEqual(['0 account_type']);
    const owner = { ...admin, accountType: 'owner' } as const;
    expect(await planned([row('ann')], standing, owner)).toMatchObject({ reactivated: ['ann'] });
  });

  it('keeps the mistakes that came with the list, and leaves the list as it was', async () => {
    const given = {
      rows: [row('far'), row('new')].map((one, index) => ({ ...one, index })),
      mistakes: [{ index: 1, field: 'gender', sentence: 'must be a string' }],
    };
    const standing = standingOf({ username: 'far', elsewhere: 'company' });
    const { mistakes: found } = await planImport(given, standing, admin);
    expect(found.map(({ index, field }) => `${index} ${field}`)).toEqual(['1 gender', '0 email']);
    expect(given.mistakes).toHaveLength(1);
  });
});
