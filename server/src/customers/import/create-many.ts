import { type Company, companyById } from '../../identity/company-store.ts';
import { emailKey } from '../../identity/email.ts';
import { inviteMany } from '../../identity/invite.ts';
import { auditMany } from '../../platform/audit/audit.ts';
import { uuidv7 } from '../../platform/uuid.ts';
import { takeNumbers } from '../customer-store.ts';
import type { CustomerCtx } from '../customer-verbs.ts';
import { INVITATION_DAYS } from '../invite-customer.ts';
import { claimAll, type Numbered, storeAccounts, storeCustomers } from './import-store.ts';
import type { NewRow } from './plan.ts';
import { slices } from './slices.ts';

const CLAIMED_AT_ONCE = 5_000;
const MADE_AT_ONCE = 1_000;
const FIELDS = ['username', 'email', 'account_type', 'first_name', 'last_name', 'gender', 'position'];

/** Makes the customers and invites them, in the order of the list. Answers their numbers. */
export async function createMany(
  ctx: CustomerCtx,
  rows: readonly NewRow[],
  publicUrl: string,
): Promise<number[]> {
  if (rows.length === 0) return [];
  const { sql, actor } = ctx;
  const [company, last] = await Promise.all([
    companyById(sql, actor.companyId),
    takeNumbers(sql, actor.companyId, rows.length),
  ]);
  const people: Numbered[] = [];
  for await (const slice of slices(rows, MADE_AT_ONCE)) {
    for (const row of slice) {
      const number = last - rows.length + 1 + people.length;
      people.push({
        ...row,
        number,
        accountId: row.accountId ?? uuidv7(),
        held: row.accountId !== undefined,
      });
    }
  }
  await claimEmails(ctx, people);
  // What comes next is composed while the database has the last ones.
  let sent: Promise<unknown> = Promise.resolve();
  for await (const slice of slices(people, MADE_AT_ONCE)) {
    const before = sent;
    sent = create(ctx, company, slice, publicUrl);
    sent.catch(() => {});
    await before;
  }
  await sent;
  return people.map(({ number }) => number);
}

/** First of all, so that a collision costs little; in order, so that two imports do not each wait for the other. */
async function claimEmails({ sql, actor }: CustomerCtx, people: Numbered[]): Promise<void> {
  const claims = people
    .filter(({ held }) => !held)
    .map(({ email, accountId }) => ({ key: emailKey(email), accountId }))
    .sort((one, other) => (one.key < other.key ? -1 : Number(one.key > other.key)));
  for await (const slice of slices(claims, CLAIMED_AT_ONCE)) await claimAll(sql, actor.companyId, slice);
}

function create(ctx: CustomerCtx, company: Company, people: Numbered[], publicUrl: string): Promise<unknown> {
  const ids = people.map(({ accountId }) => accountId);
  const invited = people.map(({ accountId, email, firstName }) => ({
    id: accountId,
    email,
    firstName: firstName || null,
  }));
  return Promise.all([
    storeAccounts(ctx.sql, company.id, people),
    storeCustomers(ctx.sql, company.id, people, ctx.actor.userId),
    inviteMany(ctx, company, invited, publicUrl, { days: INVITATION_DAYS, language: 'en' }),
    auditMany(ctx, 'customer.create', { kind: 'customer', ids }, FIELDS),
  ]);
}
